// serde's attributes, from declarations to schemas.

import assert from "node:assert/strict";
import { taking } from "./oneType.ts";
import { tableText } from "./schemaText.ts";

describe("serde attributes", () => {
  /** `declaration` is what follows the derive of type `T`; warnings are those of reading. */
  function checkSerde(
    declaration: string,
    expected: string | { readonly read: string; readonly written: string },
    warnings: string[] = [],
  ): void {
    it(declaration, () => {
      const { methods, types } = taking(
        "T",
        `#[derive(Serialize, Deserialize)] ${declaration}`,
        "T",
      );
      const read = types["demo::T"];
      const returned = methods[0]?.returns;
      assert.ok(returned?.kind === "value" && returned.type.kind === "named");
      const written = types[returned.type.id];
      assert.ok(read !== undefined && written !== undefined);
      const both = typeof expected === "string" ? { read: expected, written: expected } : expected;
      assert.equal(tableText({ T: read })[0], `T = ${both.read}`);
      assert.equal(tableText({ T: written })[0], `T = ${both.written}`);
      assert.deepEqual(
        read.warnings.map(({ code }) => code),
        warnings,
      );
    });
  }
  checkSerde("struct T { a: u8, #[serde(skip)] b: u16, c: u32 }", "struct { a: u8, c: u32 }");
  // serde pays no heed to it there, as it does in a variant.
  checkSerde("struct T(#[serde(skip)] Option<String>);", "struct string?");
  checkSerde("struct T(#[serde(skip_serializing, default)] u8);", "struct u8");
  checkSerde("enum T { A(#[serde(skip)] u8), B(#[serde(skip_serializing)] u8) }", {
    read: "enum 0 A | 1 B u8",
    written: "enum 0 A | 1 B",
  });
  checkSerde("#[serde(transparent)] struct T { #[serde(default)] a: u8, b: u16 }", {
    read: "struct u16",
    written: "struct u8",
  });
  checkSerde(
    "#[serde(transparent)] struct T { a: u8, #[serde(skip_serializing, default)] b: u16 }",
    "struct u8",
  );
  checkSerde(
    "#[serde(transparent)] struct T { #[serde(skip_serializing)] a: u8, #[serde(default)] b: u16 }",
    { read: "struct u8", written: "struct u16" },
  );
  checkSerde(
    "#[serde(transparent)] struct T { a: Vec<std::marker::PhantomData<u8>>, b: std::marker::PhantomData<u8> }",
    "struct seq(unit)",
  );
  checkSerde("#[serde(transparent)] struct T { #[serde(flatten)] a: u8 }", "struct u8");
  checkSerde(
    "struct T { a: u8, #[serde(flatten, skip_deserializing)] b: Other }",
    {
      read: "struct { a: u8 }",
      written: "struct unknown",
    },
    ["serdeSkipOneSide"],
  );
  checkSerde("enum T { A { #[serde(flatten)] a: Other }, B(u8) }", "enum 0 A unknown | 1 B u8", [
    "serdeFlatten",
  ]);
  checkSerde("enum T { A { #[serde(flatten, skip)] a: Other }, B(u8) }", {
    read: "enum 0 A {  } | 1 B u8",
    written: "enum 0 A unknown | 1 B u8",
  });
  checkSerde(
    "enum T { A(u8), #[serde(untagged)] B(u16) }",
    { read: "struct unknown", written: "struct unknown" },
    ["serdeUntagged"],
  );
  checkSerde(
    "enum T { A(u8), #[serde(untagged, skip_serializing)] B(u16) }",
    { read: "struct unknown", written: "enum 0 A u8" },
    ["serdeUntagged"],
  );
  checkSerde(
    "#[serde(variant_identifier)] enum T { A, B }",
    { read: "struct unknown", written: "enum 0 A | 1 B" },
    ["serdeIdentifier"],
  );
  checkSerde('struct T { #[serde(rename = "x", default)] a: u8 }', "struct { a: u8 }");
  checkSerde(
    "#[serde(transparent)] struct T { a: Vec<u16>, p: std::marker::PhantomData<u8> }",
    "struct seq(u16)",
  );
  checkSerde(
    'struct T { #[serde(with = "serde_bytes")] a: Vec<u8>, #[serde(with = "hex")] b: Vec<u8> }',
    "struct { a: bytes, b: unknown }",
  );
  // An array keeps its length under serde_bytes, which writes it too.
  checkSerde(
    'struct T { #[serde(with = "serde_bytes")] a: [u8; 64], #[serde(with = "serde_bytes")] b: Option<[u8; 4]> }',
    "struct { a: counted bytes(64), b: counted bytes(4)? }",
  );
  checkSerde('#[serde(from = "u32", into = "u32")] struct T(String);', "struct u32");
  checkSerde('#[serde(try_from = "u32")] struct T(String);', {
    read: "struct u32",
    written: "struct string",
  });
  checkSerde('#[serde(try_from = "u32", into = "u64")] struct T(String);', {
    read: "struct u32",
    written: "struct u64",
  });
  checkSerde(
    "struct T { #[serde(flatten)] a: Other }",
    { read: "struct unknown", written: "struct unknown" },
    ["serdeFlatten"],
  );
  checkSerde(
    "#[serde(untagged)] enum T { A(u8), B }",
    { read: "struct unknown", written: "struct unknown" },
    ["serdeUntagged"],
  );
  checkSerde(
    '#[serde(tag = "t", rename_all = "snake_case")] enum T { FirstOne { x: u8 }, #[serde(rename = "b")] B, C(Inner) } #[derive(Serialize)] struct Inner { y: u8 }',
    {
      read: "struct unknown",
      written: 'enum "first_one" FirstOne { x: u8 } | "b" B | "c" C demo::Inner',
    },
    ["serdeTag"],
  );
  checkSerde(
    '#[serde(tag = "t")] enum T { A(u8) }',
    { read: "struct unknown", written: 'enum "A" A unknown' },
    ["serdeTag"],
  );
  checkSerde('#[serde(tag = "t")] struct T { a: u8 }', {
    read: "struct { a: u8 }",
    written: "struct { t: string, a: u8 }",
  });
  checkSerde(
    '#[serde(tag = "t", content = "c")] enum T { A(u8), B }',
    { read: "struct unknown", written: "enum 0 A u8 | 1 B" },
    ["serdeTag"],
  );
  checkSerde(
    "enum T { A, #[serde(skip)] B, C(u8) }",
    { read: "enum 0 A | 1 C u8", written: "enum 0 A | 2 C u8" },
    ["serdeSkipVariant"],
  );
  checkSerde("enum T { A, C(u8), #[serde(skip)] B }", "enum 0 A | 1 C u8");
  checkSerde("enum T { A, #[serde(skip_serializing)] B, C }", {
    read: "enum 0 A | 1 B | 2 C",
    written: "enum 0 A | 2 C",
  });
  checkSerde('struct T { #[serde(skip_serializing_if = "f")] a: u8 }', {
    read: "struct { a: u8 }",
    written: "struct { a: u8 }",
  });
  checkSerde(
    "struct T { #[serde(skip_serializing)] a: u8, b: u8 }",
    { read: "struct { a: u8, b: u8 }", written: "struct { b: u8 }" },
    ["serdeSkipOneSide"],
  );
  checkSerde(
    "struct T { #[serde(skip_deserializing)] a: u8, b: u8 }",
    { read: "struct { b: u8 }", written: "struct { a: u8, b: u8 }" },
    ["serdeSkipOneSide"],
  );
  checkSerde(
    'struct T { #[serde(serialize_with = "f")] a: u8, #[serde(deserialize_with = "g")] b: u8 }',
    {
      read: "struct { a: u8, b: unknown }",
      written: "struct { a: unknown, b: u8 }",
    },
  );
  checkSerde(
    'struct T { #[serde(with = "Def")] a: Foreign } #[derive(Serialize, Deserialize)] #[serde(remote = "Foreign")] struct Def { x: u8, y: u16 }',
    "struct { a: demo::Def }",
  );
  checkSerde("struct T { #[cfg(unix)] a: u8 }", "struct { a: u8 }", []);
  checkSerde("struct T { #[cfg(mine)] a: u8 }", "struct { a: u8 }", ["cfg"]);
  checkSerde("enum T { A = 10, B = 1 << 3, C { x: u8 } }", "enum 0 A | 1 B | 2 C { x: u8 }");
});
