// What becomes of a draft when the types of its method are edited: nothing typed is lost.

import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalArguments, formArguments } from "../../../media/values/conform.ts";
import { randomArguments } from "../../../media/values/randomValue.ts";
import { withValueAt } from "../../../media/values/pointer.ts";
import { reconcile, type DraftTypes, type FormState } from "../../../media/draft/reconcile.ts";
import { keptAt } from "../../../media/draft/keptParts.ts";
import type { NamedType, TypeBody, TypeSchema } from "../../../src/model/schema/schema.ts";
import type { JsonObject } from "../../../src/model/value/value.ts";
import { sampleMethod } from "../../support/schemaSamples.ts";

const text: TypeSchema = { kind: "string", rustType: "String" };
const f64: TypeSchema = { kind: "float", bits: 64, rustType: "f64" };
const u32: TypeSchema = { kind: "integer", bits: 32, signed: false, rustType: "u32" };
const unknown: TypeSchema = { kind: "unknown", rustType: "Strin", reason: "It was not found." };
const list = (element: TypeSchema): TypeSchema => ({ kind: "sequence", element, rustType: "Vec" });
const option = (inner: TypeSchema): TypeSchema => ({ kind: "option", inner, rustType: "Option" });
const point: TypeSchema = { kind: "named", id: "Point", rustType: "Point" };

type Parts = Readonly<Record<string, TypeSchema>>;

function fieldsOf(parts: Parts) {
  return Object.entries(parts).map(([name, type]) => ({ name, type }));
}

/** A method of such arguments; `Point` has such fields. */
function typesOf(args: Parts, pointFields: Parts = {}): DraftTypes {
  const named: NamedType = {
    kind: "struct",
    name: "Point",
    body: { kind: "struct", fields: fieldsOf(pointFields) },
    warnings: [],
  };
  return {
    method: sampleMethod("call", { arguments: fieldsOf(args) }),
    types: { Point: named },
  };
}

function draftOf(value: JsonObject, { method, types }: DraftTypes): FormState {
  return { value: formArguments(method, types, value), side: {} };
}

function sent({ value }: FormState, { method, types }: DraftTypes): string {
  return JSON.stringify(canonicalArguments(method, types, value));
}

describe("draft under other types", () => {
  it("keeps a list whose element is half typed for a moment, and gives it back", () => {
    const before = typesOf({ tags: list(text), name: text });
    const during = typesOf({ tags: list(unknown), name: text });
    const draft = draftOf({ tags: ["a", "b"], name: "x" }, before);
    const meanwhile = reconcile(draft, before, during);
    assert.deepEqual(meanwhile.value, { tags: [], name: "x" });
    assert.deepEqual(keptAt(meanwhile.side, "/tags"), [
      { value: ["a", "b"], kind: "sequence", instead: [] },
    ]);
    assert.deepEqual(reconcile(meanwhile, during, before), draft);
  });

  it("keeps the value of a renamed field, and gives it back when the name comes back", () => {
    const before = typesOf({ at: point }, { lat: f64, lon: f64 });
    const after = typesOf({ at: point }, { latitude: f64, lon: f64 });
    const draft = draftOf({ at: { lat: 47.37, lon: 8.5 } }, before);
    const renamed = reconcile(draft, before, after);
    assert.deepEqual(renamed.value, { at: { latitude: 0, lon: 8.5 } });
    assert.deepEqual(keptAt(renamed.side, "/at/lat"), [{ value: 47.37, kind: "float" }]);
    assert.deepEqual(reconcile(renamed, after, before), draft);
  });

  it("keeps what is typed while the type is another one, and both come back with their types", () => {
    const [before, during] = [typesOf({ tags: list(text) }), typesOf({ tags: u32 })];
    const draft = draftOf({ tags: ["a"] }, before);
    const meanwhile = reconcile(draft, before, during);
    const typed = { ...meanwhile, value: { tags: 5 } };
    const back = reconcile(typed, during, before);
    assert.deepEqual(back.value, { tags: ["a"] });
    assert.deepEqual(keptAt(back.side, "/tags"), [{ value: 5, kind: "integer" }]);
    assert.deepEqual(reconcile(back, before, during).value, { tags: 5 });
  });

  it("leaves what is half typed where it is while other types change", () => {
    const before = typesOf({ count: u32, name: text });
    const after = typesOf({ count: u32, name: list(text) });
    const draft = draftOf({ count: "12a", name: "x" }, before);
    assert.equal(reconcile(draft, before, after).value["count"], "12a");
  });

  it("takes no text for a number and no number for a text", () => {
    const before = typesOf({ a: text, b: u32, c: u32 });
    const after = typesOf({ a: u32, b: text, c: f64 });
    const draft = draftOf({ a: "8001 Zürich", b: 7, c: 7 }, before);
    const changed = reconcile(draft, before, after);
    assert.deepEqual(changed.value, { a: 0, b: "", c: 7 });
    assert.deepEqual(reconcile(changed, after, before), draft);
  });

  it("keeps a None under a type that has none", () => {
    const [before, during] = [typesOf({ a: option(u32) }), typesOf({ a: u32 })];
    const draft = draftOf({ a: null }, before);
    assert.deepEqual(reconcile(reconcile(draft, before, during), during, before), draft);
  });

  it("moves nothing when only an argument's place changed", () => {
    const [before, after] = [typesOf({ a: u32, b: text }), typesOf({ b: text, a: u32 })];
    const draft = draftOf({ a: 1, b: "x" }, before);
    assert.deepEqual(reconcile(draft, before, after), { value: { b: "x", a: 1 }, side: {} });
  });

  it("gives the draft back byte for byte after any edits of types and their undo", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 6 }), (seed, count) => {
        const edits = new RandomEdits(seed);
        const before = edits.schema();
        const given = randomArguments(method(before), before.types, edits.next(2 ** 31), "random");
        const draft = draftOf(given, before);
        let [state, types] = [draft, before];
        for (let step = 0; step < count; step++) {
          const after = edits.edited(types);
          state = reconcile(state, types, after);
          types = after;
        }
        const back = reconcile(state, types, before);
        assert.equal(sent(back, before), sent(draft, before));
        assert.deepEqual(back, draft);
      }),
      { numRuns: 400 },
    );
  });

  it("gives it back too when something else is typed between", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 4 }), (seed, count) => {
        const edits = new RandomEdits(seed);
        const own = { name: "own", type: text };
        const schema = (): DraftTypes => withArgument(edits.schema(), own);
        const before = schema();
        const given = randomArguments(method(before), before.types, edits.next(2 ** 31), "random");
        const draft = draftOf(given, before);
        let [state, types] = [draft, before];
        for (let step = 0; step < count; step++) {
          const after = edits.edited(types, own.name);
          state = reconcile(state, types, after);
          const typed = withValueAt(state.value, "/own", `step ${step}`) as JsonObject;
          state = { ...state, value: typed };
          types = after;
        }
        const back = reconcile(state, types, before);
        assert.deepEqual(back.value, { ...draft.value, own: `step ${count - 1}` });
        assert.deepEqual(back.side, {});
      }),
      { numRuns: 300 },
    );
  });
});

function method({ method: shape }: DraftTypes) {
  return { ...sampleMethod("call"), ...shape };
}

function withArgument(
  { method: shape, types }: DraftTypes,
  argument: { readonly name: string; readonly type: TypeSchema },
): DraftTypes {
  return { method: { ...shape, arguments: [...shape.arguments, argument] }, types };
}

/** Schemas and edits of them as somebody makes them, keystroke by keystroke: renamed, retyped, removed, added, moved. */
class RandomEdits {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(below: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * below);
  }

  schema(): DraftTypes {
    const types: Record<string, NamedType> = {};
    for (const name of ["A", "B", "C"]) {
      types[name] = this.#named(name);
    }
    const args = fieldsOf(
      Object.fromEntries(this.#names().map((name) => [name, this.#type(2)] as const)),
    );
    return { method: sampleMethod("call", { arguments: args }), types };
  }

  /** Another argument than `kept`, or a named type, becomes another one. */
  edited({ method: shape, types }: DraftTypes, kept?: string): DraftTypes {
    if (this.next(2) === 0) {
      const name = this.#one(["A", "B", "C"]);
      const old = types[name];
      return {
        method: shape,
        types: { ...types, [name]: old === undefined ? this.#named(name) : this.#editedType(old) },
      };
    }
    const own = shape.arguments.filter(({ name }) => name === kept);
    const others = shape.arguments.filter(({ name }) => name !== kept);
    return { method: { arguments: [...this.#editedFields(others), ...own] }, types };
  }

  #one<T>(items: readonly T[]): T {
    return items[this.next(items.length)] as T;
  }

  #names(): string[] {
    return ["a", "b", "c", "d"].slice(0, 1 + this.next(4));
  }

  #type(depth: number): TypeSchema {
    const scalars: readonly TypeSchema[] = [
      text,
      f64,
      u32,
      unknown,
      { kind: "bool", rustType: "bool" },
      { kind: "char", rustType: "char" },
      { kind: "unit", rustType: "()" },
      { kind: "bytes", rustType: "Vec<u8>" },
      { kind: "integer", bits: 64, signed: true, rustType: "i64" },
      { kind: "integer", bits: 8, signed: false, rustType: "u8" },
    ];
    if (depth === 0 || this.next(3) === 0) {
      return this.#one(scalars);
    }
    const inner = (): TypeSchema => this.#type(depth - 1);
    const named = this.#one(["A", "B", "C"]);
    return this.#one<() => TypeSchema>([
      () => option(inner()),
      () => list(inner()),
      () => ({ kind: "array", element: inner(), length: 1 + this.next(3), rustType: "[T; N]" }),
      () => ({ kind: "tuple", elements: [inner(), inner()], rustType: "(A, B)" }),
      () => ({ kind: "map", key: this.#one([text, u32]), value: inner(), rustType: "Map" }),
      () => ({ kind: "result", success: inner(), failure: inner(), rustType: "Result" }),
      () => ({ kind: "named", id: named, rustType: named }),
      () => ({ kind: "named", id: named, rustType: named }),
    ])();
  }

  #named(name: string): NamedType {
    return this.next(2) === 0
      ? { kind: "struct", name, body: this.#body(), warnings: [] }
      : {
          kind: "enum",
          name,
          variants: this.#names().map((variant, index) => ({
            name: variant.toUpperCase(),
            index,
            body: this.#body(),
          })),
          warnings: [],
        };
  }

  /** Named types have no named parts, so that all of them end. */
  #body(): TypeBody {
    const leaf = (): TypeSchema => this.#one<TypeSchema>([text, f64, u32, list(text), option(u32)]);
    return this.#one<() => TypeBody>([
      () => ({ kind: "unit" }),
      () => ({ kind: "newtype", inner: leaf() }),
      () => ({ kind: "tuple", elements: [leaf(), leaf()] }),
      () => ({
        kind: "struct",
        fields: this.#names().map((name) => ({ name, type: leaf() })),
      }),
    ])();
  }

  #editedType(type: NamedType): NamedType {
    const { name } = type;
    if (this.next(6) === 0) {
      return this.#named(name);
    }
    if (type.kind === "struct") {
      return { ...type, body: this.#editedBody(type.body) };
    }
    const at = this.next(type.variants.length);
    const variants = type.variants.map((variant, index) =>
      index !== at
        ? variant
        : this.next(2) === 0
          ? { ...variant, name: `${variant.name}x` }
          : { ...variant, body: this.#editedBody(variant.body) },
    );
    return { ...type, variants };
  }

  #editedBody(body: TypeBody): TypeBody {
    return body.kind === "struct" && this.next(4) > 0
      ? { ...body, fields: this.#editedFields(body.fields) }
      : this.#body();
  }

  #editedFields<F extends { readonly name: string; readonly type: TypeSchema }>(
    fields: readonly F[],
  ): readonly F[] {
    const at = this.next(Math.max(1, fields.length));
    const field = fields[at];
    if (field === undefined) {
      return fields;
    }
    const others = fields.filter((each) => each !== field);
    return this.#one<() => readonly F[]>([
      () => fields.map((each) => (each === field ? { ...field, type: this.#type(2) } : each)),
      () => fields.map((each) => (each === field ? { ...field, name: `${field.name}x` } : each)),
      () => others,
      () => [...others, field],
      () => [...fields, { ...field, name: `new${fields.length}` }],
    ])();
  }
}
