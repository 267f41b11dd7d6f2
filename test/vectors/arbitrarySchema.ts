// Random schemas: any kind in any place, with structs, enums of all four shapes and recursion through them.

import fc from "fast-check";
import type { NamedType, TypeBody, TypeSchema, TypeTable } from "../../src/model/schema/schema.ts";
import { schemasWith } from "./rustTypes.ts";

export interface RandomSchema {
  readonly type: TypeSchema;
  readonly types: TypeTable;
}

/** Named types may refer to each other in any way that still lets every one of them have a value. */
const ids = ["A", "B", "C"] as const;

const scalars = [
  ..."bool u8 i8 u16 i16 u32 i32 u64 i64 u128 i128 usize isize f32 f64 char String ()".split(" "),
  ..."Vec<u8> [u8;3] NonZeroU16 NonZeroI128".split(" "),
].map((text) => schemasWith(new Set()).type(text));

const leaf: fc.Arbitrary<TypeSchema> = fc.constantFrom(...scalars);

/** `reference` makes the named types that may stand inside. */
function arbitraryType(reference: fc.Arbitrary<TypeSchema>): fc.Arbitrary<TypeSchema> {
  const { type } = fc.letrec<{ type: TypeSchema }>((tie) => ({
    type: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      { arbitrary: leaf, weight: 4 },
      { arbitrary: reference, weight: 1 },
      { arbitrary: composite(tie("type")), weight: 4 },
    ),
  }));
  return type;
}

function composite(inner: fc.Arbitrary<TypeSchema>): fc.Arbitrary<TypeSchema> {
  return fc.oneof(
    inner.map((type): TypeSchema => ({ rustType: "Option<_>", kind: "option", inner: type })),
    inner.map((type): TypeSchema => ({ rustType: "Vec<_>", kind: "sequence", element: type })),
    fc.tuple(inner, fc.integer({ min: 0, max: 3 })).map(([type, length]): TypeSchema => ({
      rustType: "[_; N]",
      kind: "array",
      element: type,
      length,
    })),
    fc
      .array(inner, { maxLength: 3, minLength: 1 })
      .map((elements): TypeSchema => ({ rustType: "(…)", kind: "tuple", elements })),
    fc
      .tuple(inner, inner)
      .map(([key, value]): TypeSchema => ({ rustType: "HashMap<_, _>", kind: "map", key, value })),
    fc.tuple(inner, inner).map(([success, failure]): TypeSchema => ({
      rustType: "Result<_, _>",
      kind: "result",
      success,
      failure,
    })),
  );
}

function arbitraryBody(type: fc.Arbitrary<TypeSchema>): fc.Arbitrary<TypeBody> {
  const name = fc.oneof(fc.constantFrom("x", "__proto__", "toString", "a b", "7"), fc.string());
  return fc.oneof(
    fc.constant<TypeBody>({ kind: "unit" }),
    type.map((inner): TypeBody => ({ kind: "newtype", inner })),
    fc.array(type, { maxLength: 3 }).map((elements): TypeBody => ({ kind: "tuple", elements })),
    fc
      .uniqueArray(fc.record({ name, type }), { maxLength: 4, selector: (field) => field.name })
      .map((fields): TypeBody => ({ kind: "struct", fields })),
  );
}

function arbitraryNamed(name: string, type: fc.Arbitrary<TypeSchema>): fc.Arbitrary<NamedType> {
  const struct = arbitraryBody(type).map((body): NamedType => ({
    kind: "struct",
    name,
    body,
    warnings: [],
  }));
  const enumeration = fc
    .array(arbitraryBody(type), { minLength: 1, maxLength: 4 })
    .map((bodies): NamedType => ({
      kind: "enum",
      name,
      variants: bodies.map((body, index) => ({ name: `V${index}`, index: index * index, body })),
      warnings: [],
    }));
  return fc.oneof(struct, enumeration);
}

function referenceTo(id: string): TypeSchema {
  return { rustType: id, kind: "named", id };
}

/** Inside `id`, later types stand bare and all types, itself too, behind something that can be empty. */
function referencesFrom(id: (typeof ids)[number]): fc.Arbitrary<TypeSchema> {
  const later = ids.slice(ids.indexOf(id) + 1);
  const all = fc.constantFrom(...ids).map(referenceTo);
  return fc.oneof(
    leaf,
    all.map((inner): TypeSchema => ({ rustType: "Option<Box<_>>", kind: "option", inner })),
    all.map((element): TypeSchema => ({ rustType: "Vec<_>", kind: "sequence", element })),
    ...later.map((other) => fc.constant(referenceTo(other))),
  );
}

export const arbitrarySchema: fc.Arbitrary<RandomSchema> = fc
  .record({
    type: arbitraryType(fc.constantFrom(...ids).map(referenceTo)),
    A: arbitraryNamed("A", arbitraryType(referencesFrom("A"))),
    B: arbitraryNamed("B", arbitraryType(referencesFrom("B"))),
    C: arbitraryNamed("C", arbitraryType(referencesFrom("C"))),
  })
  .map(({ type, ...types }) => ({ type, types }));
