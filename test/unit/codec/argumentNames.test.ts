// Arguments by name: the trait's names are the method's, those of the impl block are understood wherever text or values come in.

import assert from "node:assert/strict";
import { resolveFileReferencesInText } from "../../../src/calls/fileReferences.ts";
import { encodeArguments } from "../../../src/codec/bincode/encode.ts";
import { formatArguments } from "../../../src/codec/json/formatJson.ts";
import { markSerdeText } from "../../../src/codec/json/markSerdeText.ts";
import { parseArguments } from "../../../src/codec/json/parseArguments.ts";
import { defaultArguments } from "../../../src/codec/values/defaults.ts";
import type { MethodSchema } from "../../../src/model/plugin.ts";
import type { TypeSchema } from "../../../src/model/schema/schema.ts";
import { formArguments } from "../../../media/values/conform.ts";
import { methodOf } from "./methodOf.ts";

const u8: TypeSchema = { rustType: "u8", kind: "integer", bits: 8, signed: false };
const bytes: TypeSchema = { rustType: "Vec<u8>", kind: "bytes" };
const unknown: TypeSchema = { rustType: "Foreign", kind: "unknown", reason: "no source" };

/** Trait: `(count: u8, data: Vec<u8>)`; impl: `(_count: u8, _: Vec<u8>)`. */
const method = withAliases(methodOf({ count: u8, data: bytes }), { count: "_count", data: "arg2" });

function withAliases(
  schema: MethodSchema,
  aliases: Readonly<Record<string, string>>,
): MethodSchema {
  return {
    ...schema,
    arguments: schema.arguments.map((argument) => {
      const alias = aliases[argument.name];
      return alias === undefined ? argument : { ...argument, alias };
    }),
  };
}

describe("argument names", () => {
  it("are the trait's in what is shown", () => {
    const example = formatArguments(method, {}, defaultArguments(method, {}), 0);
    assert.deepEqual(Object.keys(JSON.parse(example) as object), ["count", "data"]);
    const refused = parseArguments(method, {}, "[1]");
    assert.ok(!refused.ok);
    assert.equal(refused.error[0]?.message, "run takes 2 arguments (count, data); the list has 1.");
  });

  it("of the impl block give the same arguments", () => {
    for (const text of [
      '{"count": 7, "data": "hex:01"}',
      '{"_count": 7, "arg2": "hex:01"}',
      '{"arg2": "hex:01", "count": 7}',
    ]) {
      const parsed = parseArguments(method, {}, text);
      assert.ok(parsed.ok, JSON.stringify(parsed));
      assert.deepEqual({ ...parsed.value }, { count: 7, data: "hex:01" });
    }
    const values = encodeArguments(method, {}, { _count: 7, arg2: "hex:01" });
    assert.deepEqual(values, encodeArguments(method, {}, { count: 7, data: "hex:01" }));
    assert.ok(values.ok);
  });

  it("tell problems at their places, whichever name is used", () => {
    const wrong = parseArguments(method, {}, '{"data": "hex:",\n "_count": 256}');
    assert.ok(!wrong.ok);
    assert.deepEqual(
      wrong.error.map(({ pointer, line, column }) => ({ pointer, line, column })),
      [{ pointer: "/count", line: 2, column: 12 }],
    );
  });

  it("given twice are refused by the name that is too many", () => {
    const twice = parseArguments(method, {}, '{"count": 1, "_count": 2, "data": "hex:"}');
    assert.ok(!twice.ok);
    assert.deepEqual(
      twice.error.map(({ pointer, message }) => `${pointer}: ${message}`),
      ['/_count: run has no argument "_count". It takes count, data.'],
    );
  });

  it("of the impl block are understood by what fills in files and by the compiler's bridge", async () => {
    const filled = await resolveFileReferencesInText(
      method,
      {},
      `{"_count": 1, "arg2": {"$file": ${JSON.stringify(import.meta.filename)}}}`,
      import.meta.dirname,
    );
    assert.ok(filled.ok);
    assert.match(filled.value, /^\{"_count": 1, "arg2": "base64:/u);
    const foreign = withAliases(methodOf({ value: unknown }), { value: "_value" });
    assert.equal(markSerdeText(foreign, {}, '{"_value": [1]}'), '{"_value": {"$serde":"[1]"}}');
    assert.equal(markSerdeText(foreign, {}, "[[1]]"), '[{"$serde":"[1]"}]');
  });

  it("of the impl block, kept by an earlier version, fill the form", () => {
    assert.deepEqual(formArguments(method, {}, { _count: 9, arg2: "hex:0a" }), {
      count: 9,
      data: "hex:0a",
    });
  });
});
