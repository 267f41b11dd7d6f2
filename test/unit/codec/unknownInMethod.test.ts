// Which places of a method need the compiler's word: each place for itself, and none of a raw method.

import assert from "node:assert/strict";
import {
  unknownInMethod,
  type UnknownInMethod,
} from "../../../src/codec/method/unknownInMethod.ts";
import type { MethodSchema } from "../../../src/model/plugin.ts";
import type { ReturnSchema, TypeSchema } from "../../../src/model/schema/schema.ts";
import { methodOf } from "./methodOf.ts";

const number: TypeSchema = { rustType: "u8", kind: "integer", bits: 8, signed: false };
const unknown: TypeSchema = { rustType: "Made", kind: "unknown", reason: "a macro makes it" };
const unknownItem: TypeSchema = { rustType: "Vec<Made>", kind: "sequence", element: unknown };
const value: ReturnSchema = { kind: "value", type: number };

function placesOf(method: MethodSchema): readonly (keyof UnknownInMethod)[] {
  const { arguments: given, inputItems, outputItems, returned } = unknownInMethod(method, {});
  return [
    ...(given ? (["arguments"] as const) : []),
    ...(inputItems ? (["inputItems"] as const) : []),
    ...(outputItems ? (["outputItems"] as const) : []),
    ...(returned ? (["returned"] as const) : []),
  ];
}

describe("unknownInMethod", () => {
  it("finds none where the source tells everything", () => {
    assert.deepEqual(placesOf(methodOf({ first: number }, value)), []);
  });

  it("finds arguments and returns by a part of theirs", () => {
    assert.deepEqual(placesOf(methodOf({ first: number, second: unknownItem })), ["arguments"]);
    for (const returns of [
      { kind: "value", type: unknownItem },
      { kind: "result", success: unknown, failure: number },
      { kind: "result", success: number, failure: unknown },
    ] satisfies readonly ReturnSchema[]) {
      assert.deepEqual(placesOf(methodOf({ first: number }, returns)), ["returned"]);
    }
  });

  it("calls what a stream gives and takes items", () => {
    const takes = { name: "items", type: unknown };
    const returns: ReturnSchema = { kind: "value", type: unknown };
    const server: MethodSchema = { ...methodOf({}, returns), stream: "server" };
    const client: MethodSchema = {
      ...methodOf({}, value),
      stream: "client",
      streamArgument: takes,
    };
    assert.deepEqual(placesOf(server), ["outputItems"]);
    assert.deepEqual(placesOf(client), ["inputItems"]);
    assert.deepEqual(placesOf({ ...client, returns }), ["inputItems", "returned"]);
    assert.deepEqual(placesOf({ ...client, returns, stream: "bidirectional" }), [
      "inputItems",
      "outputItems",
    ]);
  });

  it("finds none in a raw method, whose bytes are of no type", () => {
    assert.deepEqual(
      placesOf(methodOf({ bytes: unknown }, { kind: "value", type: unknown }, "raw")),
      [],
    );
  });
});
