// File references: read where the type wants bytes, at any depth, and nowhere else.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  resolveFileReferences,
  resolveFileReferencesInText,
} from "../../../src/calls/fileReferences.ts";
import type { ArgumentSchema, TypeSchema, TypeTable } from "../../../src/model/schema/schema.ts";
import type { JsonValue } from "../../../src/model/value/value.ts";

const bytes: TypeSchema = { kind: "bytes", rustType: "Vec<u8>" };
const text: TypeSchema = { kind: "string", rustType: "String" };
const content = "base64:AAH/"; // 00 01 ff

const types: TypeTable = {
  "demo::Blob": {
    kind: "struct",
    name: "Blob",
    body: {
      kind: "struct",
      fields: [
        { name: "a/b", type: bytes },
        { name: "name", type: text },
      ],
    },
    warnings: [],
  },
  "demo::Wrapper": {
    kind: "struct",
    name: "Wrapper",
    body: { kind: "newtype", inner: bytes },
    warnings: [],
  },
  "demo::Source": {
    kind: "enum",
    name: "Source",
    variants: [
      { name: "None", index: 0, body: { kind: "unit" } },
      { name: "Bytes", index: 1, body: { kind: "newtype", inner: bytes } },
      { name: "Two", index: 2, body: { kind: "tuple", elements: [text, bytes] } },
    ],
    warnings: [],
  },
};

const named = (id: string): TypeSchema => ({ kind: "named", id, rustType: id });
const file: JsonValue = { $file: "data.bin" };

const places: readonly (readonly [string, TypeSchema, JsonValue, JsonValue])[] = [
  ["bytes", bytes, file, content],
  ["Option", { kind: "option", inner: bytes, rustType: "" }, file, content],
  [
    "Option<Option<_>>",
    { kind: "option", inner: { kind: "option", inner: bytes, rustType: "" }, rustType: "" },
    { $some: file },
    { $some: content },
  ],
  [
    "Vec",
    { kind: "sequence", element: bytes, rustType: "" },
    [file, "hex:00"],
    [content, "hex:00"],
  ],
  ["array", { kind: "array", element: bytes, length: 1, rustType: "" }, [file], [content]],
  ["tuple", { kind: "tuple", elements: [text, bytes], rustType: "" }, ["x", file], ["x", content]],
  [
    "map from String",
    { kind: "map", key: text, value: bytes, rustType: "" },
    { $file: file, k: "hex:" },
    { $file: content, k: "hex:" },
  ],
  [
    "map as pairs",
    { kind: "map", key: bytes, value: bytes, rustType: "" },
    [[file, file]],
    [[content, content]],
  ],
  [
    "Result",
    { kind: "result", success: text, failure: bytes, rustType: "" },
    { Err: file },
    { Err: content },
  ],
  ["struct", named("demo::Blob"), { "a/b": file, name: "n" }, { "a/b": content, name: "n" }],
  ["newtype", named("demo::Wrapper"), file, content],
  ["enum newtype", named("demo::Source"), { Bytes: file }, { Bytes: content }],
  ["enum tuple", named("demo::Source"), { Two: ["x", file] }, { Two: ["x", content] }],
];

const untouched: readonly (readonly [string, TypeSchema, JsonValue])[] = [
  [
    "a map of strings with a key $file",
    { kind: "map", key: text, value: text, rustType: "" },
    file,
  ],
  ["a string", text, "$file"],
  ["a unit variant", named("demo::Source"), "None"],
  ["a value that does not fit", { kind: "integer", bits: 8, signed: false, rustType: "u8" }, file],
  ["a type that is not in the table", named("demo::Gone"), file],
  ["a reference whose path is no text", bytes, { $file: 3 }],
];

describe("resolveFileReferences", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "fidius-file-references-"));
    await writeFile(join(folder, "data.bin"), Uint8Array.of(0, 1, 255));
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const resolveOne = async (type: TypeSchema, value: JsonValue) => {
    const argument: ArgumentSchema = { name: "data", type };
    return resolveFileReferences({ arguments: [argument] }, types, { data: value }, folder);
  };

  for (const [place, type, value, expected] of places) {
    it(`reads a file in ${place}`, async () => {
      assert.deepEqual(await resolveOne(type, value), { ok: true, value: { data: expected } });
    });
  }

  for (const [what, type, value] of untouched) {
    it(`leaves ${what} alone`, async () => {
      assert.deepEqual(await resolveOne(type, value), { ok: true, value: { data: value } });
    });
  }

  it("takes absolute paths", async () => {
    assert.deepEqual(await resolveOne(bytes, { $file: join(folder, "data.bin") }), {
      ok: true,
      value: { data: content },
    });
  });

  it("names every unreadable file with its place", async () => {
    const result = await resolveOne(named("demo::Blob"), {
      "a/b": { $file: "gone.bin" },
      name: "",
    });
    assert.equal(result.ok, false);
    assert.deepEqual(
      result.error.map(({ pointer }) => pointer),
      ["/data/a~1b"],
    );
    assert.match(result.error[0]!.message, /gone\.bin cannot be read: there is no such file\. /);

    const two = await resolveOne({ kind: "sequence", element: bytes, rustType: "" }, [
      { $file: "." },
      { $file: "gone.bin" },
    ]);
    assert.equal(two.ok, false);
    assert.deepEqual(
      two.error.map(({ pointer }) => pointer),
      ["/data/0", "/data/1"],
    );
    assert.match(two.error[0]!.message, /it is a folder/);
  });

  it("puts bytes into text by name and by position, and touches nothing else", async () => {
    const method = {
      arguments: [
        { name: "n", type: { kind: "integer", bits: 128, signed: false, rustType: "u128" } },
        { name: "data", type: bytes },
        { name: "more", type: { kind: "sequence", element: bytes, rustType: "" } },
      ],
    } as const;
    const inText = async (source: string) =>
      resolveFileReferencesInText(method, types, source, folder);
    assert.deepEqual(
      await inText(
        '{"more": [{"$file": "data.bin"}, "hex:"], "n": 340282366920938463463374607431768211455, "data": {"$file":"data.bin"} }',
      ),
      {
        ok: true,
        value: `{"more": ["${content}", "hex:"], "n": 340282366920938463463374607431768211455, "data": "${content}" }`,
      },
    );
    assert.deepEqual(await inText('[1, {"$file":"data.bin"}, []]'), {
      ok: true,
      value: `[1, "${content}", []]`,
    });
    for (const source of ["", '{"$file":', '"$file"', '{"unknown":{"$file":"data.bin"}}']) {
      assert.deepEqual(await inText(source), { ok: true, value: source });
    }
    const unread = await inText('[1, {"$file":"gone"}, []]');
    assert.equal(unread.ok, false);
    assert.equal(unread.error[0]!.pointer, "/1");
  });
});
