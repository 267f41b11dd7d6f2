// What is said of a method whose types changed: every difference that bytes or names depend on, in words, and nothing else.

import assert from "node:assert/strict";
import type {
  NamedType,
  TypeBody,
  TypeSchema,
  TypeTable,
} from "../../../src/model/schema/schema.ts";
import { typeChanges, type DescribedTypes } from "../../../src/model/typeChanges.ts";
import { bytesType, sampleMethod, u64Type } from "../../support/schemaSamples.ts";

const u8Type: TypeSchema = { kind: "integer", bits: 8, signed: false, rustType: "u8" };
const pType: TypeSchema = { kind: "named", id: "demo::P", rustType: "P" };

const structOf = (fields: Readonly<Record<string, TypeSchema>>, doc = ""): NamedType => ({
  kind: "struct",
  name: "P",
  doc,
  body: { kind: "struct", fields: Object.entries(fields).map(([name, type]) => ({ name, type })) },
  warnings: [],
});

const enumOf = (variants: Readonly<Record<string, TypeBody>>): NamedType => ({
  kind: "enum",
  name: "P",
  variants: Object.entries(variants).map(([name, body], index) => ({ name, index, body })),
  warnings: [],
});

const unit: TypeBody = { kind: "unit" };

/** A method that takes a `P`. */
const taking = (named: NamedType, more: TypeTable = {}): DescribedTypes => ({
  method: sampleMethod("f", { arguments: [{ name: "p", type: pType }] }),
  config: undefined,
  types: { "demo::P": named, ...more },
});

const changed = (then: NamedType, now: NamedType): readonly string[] =>
  typeChanges(taking(then), taking(now));

describe("typeChanges", () => {
  it("names fields that are new, gone, of another type or in another order", () => {
    const then = structOf({ x: u8Type });
    assert.deepEqual(changed(then, structOf({ x: u8Type, y: u8Type })), [
      "`P` has gained the field `y`",
    ]);
    assert.deepEqual(changed(structOf({ x: u8Type, y: u8Type, z: u8Type }), then), [
      "`P` has lost the fields `y` and `z`",
    ]);
    assert.deepEqual(changed(then, structOf({ x: u64Type })), ["`P.x` was `u8` and is `u64`"]);
    assert.deepEqual(
      changed(structOf({ x: u8Type, y: u8Type }), structOf({ y: u8Type, x: u8Type })),
      ["`P` has its fields in another order"],
    );
    assert.deepEqual(changed(then, structOf({ width: u8Type })), [
      "`P` has gained the field `width`",
      "`P` has lost the field `x`",
    ]);
  });

  it("names variants, their tags and what they hold", () => {
    const then = enumOf({ A: unit, B: unit });
    assert.deepEqual(changed(then, enumOf({ A: unit, B: unit, C: unit })), [
      "`P` has gained the variant `C`",
    ]);
    assert.deepEqual(changed(then, enumOf({ C: unit, A: unit, B: unit })), [
      "`P` has gained the variant `C`",
      "`P::A` has another tag",
      "`P::B` has another tag",
    ]);
    assert.deepEqual(changed(then, enumOf({ A: unit, B: { kind: "newtype", inner: u8Type } })), [
      "the variant `P::B` holds other values",
    ]);
    assert.deepEqual(changed(then, structOf({})), ["`P` was an enum and is a struct"]);
  });

  it("looks into what is inside of other types, each type once, and into types that hold themselves", () => {
    const list: TypeSchema = { kind: "sequence", element: pType, rustType: "Vec<P>" };
    const then = structOf({ x: u8Type, all: list, more: list });
    const now = structOf({ x: u64Type, all: list, more: list });
    assert.deepEqual(changed(then, now), ["`P.x` was `u8` and is `u64`"]);
    assert.deepEqual(changed(then, then), []);
  });

  it("does not count comments, warnings and other spellings of one form", () => {
    const spelled: TypeSchema = { ...u8Type, rustType: "Small" };
    assert.deepEqual(changed(structOf({ x: u8Type }), structOf({ x: spelled }, "A comment.")), []);
    const noted = { ...u8Type, warnings: [{ code: "c", message: "m" }] };
    assert.deepEqual(changed(structOf({ x: u8Type }), structOf({ x: noted })), []);
  });

  it("tells types that are spelled alike and cross in another form", () => {
    const short: TypeSchema = { kind: "bytes", length: 2, rustType: "[u8; N]" };
    assert.deepEqual(changed(structOf({ x: short }), structOf({ x: { ...short, length: 3 } })), [
      "`P.x`, `[u8; N]`, crosses in another form",
    ]);
  });

  it("looks at arguments, result, error, stream and configuration", () => {
    const of = (type: TypeSchema): DescribedTypes => ({
      method: sampleMethod("f", {
        arguments: [{ name: "a", type }],
        streamArgument: { name: "s", type },
        returns: { kind: "result", success: type, failure: type },
      }),
      config: type,
      types: {},
    });
    assert.deepEqual(typeChanges(of(u8Type), of(u8Type)), []);
    assert.deepEqual(
      typeChanges(of(u8Type), of(bytesType)),
      ["`a`", "the stream that it takes", "the configuration", "the result", "the error"].map(
        (place) => `${place} was \`u8\` and is \`Vec<u8>\``,
      ),
    );
    const bare = { ...of(u8Type), config: undefined };
    assert.deepEqual(typeChanges(of(u8Type), bare), ["the configuration is gone"]);
    assert.deepEqual(typeChanges(bare, of(u8Type)), ["the configuration is new"]);
  });
});
