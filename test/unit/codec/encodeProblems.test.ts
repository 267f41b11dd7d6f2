// What people read when a value does not fit its type: every problem, its place, the rule and the value (ux 3.5).

import assert from "node:assert/strict";
import { encodeArguments, encodeValue } from "../../../src/codec/bincode/encode.ts";
import type { TypeSchema } from "../../../src/model/schema/schema.ts";
import type { JsonValue } from "../../../src/model/value/value.ts";
import { schemasWith, tableOf, unitBody } from "../../vectors/rustTypes.ts";
import { methodOf } from "./methodOf.ts";

const schemas = schemasWith(new Set(["User", "Shape", "Tree", "Never"]));
const types = tableOf({
  User: schemas.fields({ name: "String", age: "u8" }),
  Shape: [
    ["Empty", unitBody],
    ["Circle", schemas.newtype("f64")],
    ["Rect", schemas.fields({ width: "u32", height: "u32" })],
  ],
  Tree: schemas.fields({ children: "Vec<Tree>" }),
  Never: [],
});
const foreign: TypeSchema = {
  rustType: "Foreign",
  kind: "unknown",
  reason: "its crate was not found",
};

/** `problems` are `pointer: message`. */
function check(type: string | TypeSchema, value: JsonValue, problems: readonly string[]): void {
  const schema = typeof type === "string" ? schemas.type(type) : type;
  it(`${schema.rustType} = ${JSON.stringify(value).slice(0, 60)}`, () => {
    const encoded = encodeValue(schema, types, value);
    assert.ok(!encoded.ok);
    assert.deepEqual(
      encoded.error.map(({ pointer, message }) => `${pointer}: ${message}`),
      problems,
    );
  });
}

/** A value that is accepted, and its bytes. */
function accept(type: string | TypeSchema, value: JsonValue, hex: string): void {
  const schema = typeof type === "string" ? schemas.type(type) : type;
  it(`${schema.rustType} = ${JSON.stringify(value).slice(0, 60)} is ${hex || "no bytes"}`, () => {
    const encoded = encodeValue(schema, types, value);
    assert.ok(encoded.ok, JSON.stringify(encoded));
    assert.equal(Buffer.from(encoded.value).toString("hex"), hex);
  });
}

describe("integers", () => {
  check("u8", 300, [": u8 takes 0 to 255. 300 is too large."]);
  check("u8", -1, [": u8 takes 0 to 255. -1 is too small."]);
  check("u8", "0x1_00", [": u8 takes 0 to 255. 0x1_00 is too large."]);
  check("u8", 1.5, [": u8 takes whole numbers from 0 to 255. 1.5 is not whole."]);
  check("u8", "15e-1", [": u8 takes whole numbers from 0 to 255. 15e-1 is not whole."]);
  check("i8", 128, [": i8 takes -128 to 127. 128 is too large."]);
  check("i8", "-0b1000_0001", [": i8 takes -128 to 127. -0b1000_0001 is too small."]);
  check("u8", "", [': u8 takes 0 to 255. "" is not a number.']);
  check("u8", "0x", [': u8 takes 0 to 255. "0x" is not a number.']);
  accept("u8", "1_", "01");
  check("i8", `-0x${"f".repeat(300)}`, [
    `: i8 takes -128 to 127. -0x${"f".repeat(56)}… is too small.`,
  ]);
  check("u8", `1e${"0".repeat(10)}9`, [": u8 takes 0 to 255. 1e00000000009 is too large."]);
  check("u8", true, [": u8 takes 0 to 255. true is not a number."]);
  check("u8", [1], [": u8 takes 0 to 255. A list is not a number."]);
  check("u64", "18446744073709551616", [
    ": u64 takes 0 to 18446744073709551615. 18446744073709551616 is too large.",
  ]);
  check("u64", 2 ** 53, [
    ": u64 takes 0 to 18446744073709551615. 9007199254740992 may have lost digits on the way. Write it in quotes to keep them all.",
  ]);
  check("u64", 1e300, [": u64 takes 0 to 18446744073709551615. 1e+300 is too large."]);
  check("i128", "-1e999999999999", [
    ": i128 takes -170141183460469231731687303715884105728 to 170141183460469231731687303715884105727. -1e999999999999 is too small.",
  ]);
  check("NonZeroU8", 0, [": NonZeroU8 takes 1 to 255. 0 is too small."]);
  check("NonZeroI8", "0x0", [": NonZeroI8 takes -128 to 127 except 0. 0x0 is not allowed."]);
  accept("u8", "0xFf", "ff");
  accept("u8", "0b1010_1010", "aa");
  accept("u16", "0o17", "0f00");
  accept("u32", "1e3", "e8030000");
  accept("u32", "1.50e1", "0f000000");
  accept("u32", " 1_000 ", "e8030000");
  accept("u8", "+7", "07");
  accept("u8", -0, "00");
  accept("i64", "-0x8000_0000_0000_0000", "0000000000000080");
  accept("i64", -1, "ffffffffffffffff");
  accept("i128", -2, "feffffffffffffffffffffffffffffff");
  accept("u128", "1e38", e38());
});

/** 10^38 as 16 bytes, little endian. */
function e38(): string {
  const hex = (10n ** 38n).toString(16).padStart(32, "0");
  return hex.match(/../g)?.reverse().join("") ?? "";
}

describe("floats", () => {
  check("f32", 1e39, [
    ': f32 takes -3.4028235e38 to 3.4028235e38. 1e+39 is too large; write "Infinity" if that is meant.',
  ]);
  check("f64", "-1e400", [
    ': f64 takes -1.7976931348623157e308 to 1.7976931348623157e308. -1e400 is too small; write "-Infinity" if that is meant.',
  ]);
  check("f64", "one", [
    ': f64 takes a number, or "NaN", "Infinity", "-Infinity". "one" is none of these.',
  ]);
  check("f64", null, [
    ': f64 takes a number, or "NaN", "Infinity", "-Infinity". null is none of these.',
  ]);
  accept("f32", 0.1, "cdcccc3d");
  accept("f32", 16777217, "0000804b");
  accept("f32", "-inf", "000080ff");
  accept("f64", "NaN", "000000000000f87f");
  accept("f64", "-0", "0000000000000080");
  accept("f64", "1_000.5", "0000000000448f40");
});

describe("text", () => {
  check("bool", 1, [": bool takes true or false. 1 is neither."]);
  check("String", 5, [": String takes text in quotes. 5 is not text."]);
  check("String", "a\uD800b", [
    ": String holds Unicode text. At position 2 is half of a surrogate pair (\\uD800), which cannot be sent.",
  ]);
  check("char", "e\u0301", [": char holds one Unicode scalar. 'e\u0301' here is 2 (e + U+0301)."]);
  check("char", "", [": char holds one Unicode scalar. The text is empty."]);
  check("char", "hello", [": char holds one Unicode scalar. 'hello' is longer."]);
  check("char", "\uDC00", [
    ": char holds one Unicode scalar. At position 1 is half of a surrogate pair (\\uDC00), which cannot be sent.",
  ]);
  check("()", 0, [": () has no value: it takes null. 0 is not null."]);
  accept("char", "\\u{1F600}", "f09f9880");
  accept("char", "\\", "5c");
  accept("String", "\uFEFFa", "0400000000000000efbbbf61");
});

describe("bytes", () => {
  check("Vec<u8>", "abc", [
    ': Vec<u8> takes bytes. Start the text with "hex:", "base64:" or "text:" to say how to read it; "abc" has none of these.',
  ]);
  check("Vec<u8>", "text:\uD800", [
    ": Vec<u8> takes bytes. At position 1 is half of a surrogate pair (\\uD800), which cannot be sent.",
  ]);
  check("Vec<u8>", "hex:abc", [
    ": Vec<u8> takes bytes. Hex digits come in pairs; the last one, at column 7, has no partner.",
  ]);
  check("Vec<u8>", "hex:a😀", [': Vec<u8> takes bytes. "😀" at column 6 is not a hex digit.']);
  check("Vec<u8>", "base64:ab$=", [
    ': Vec<u8> takes bytes. "$" at column 10 is not a base64 character.',
  ]);
  check("Vec<u8>", "base64:abcde", [
    ": Vec<u8> takes bytes. The base64 text stops in the middle of a byte.",
  ]);
  check("Vec<u8>", "base64:YWJ", [
    ": Vec<u8> takes bytes. The base64 text ends in bits that belong to no byte; a character may be wrong or missing.",
  ]);
  check(
    "Vec<u8>",
    [1, 256, "x"],
    ["/1: u8 takes 0 to 255. 256 is too large.", '/2: u8 takes 0 to 255. "x" is not a number.'],
  );
  check("Vec<u8>", { $file: "a.bin" }, [
    ": Vec<u8> takes bytes. File references must be read first, which is not possible here; give the bytes themselves.",
  ]);
  check("[u8; 4]", "hex:010203", [": [u8; 4] needs 4 bytes, has 3."]);
  accept("Vec<u8>", "hex:de AD\n_be", "0300000000000000deadbe");
  accept("Vec<u8>", "base64:3q2+", "0300000000000000deadbe");
  accept("Vec<u8>", "base64:3q2-7w", "0400000000000000deadbeef");
  accept("Vec<u8>", "base64:", "0000000000000000");
  accept("Vec<u8>", "text:é", "0200000000000000c3a9");
  accept("[u8; 2]", [1, "0xff"], "01ff");
});

describe("lists, maps, options", () => {
  check("Vec<u8>", 5, [
    ': Vec<u8> takes bytes: "hex:…", "base64:…", "text:…" or a list of numbers. 5 is none of these.',
  ]);
  check("Vec<u16>", "1,2", [': Vec<u16> takes a list. "1,2" is no list.']);
  check(
    "Vec<u16>",
    [1, null, -1],
    [
      "/1: u16 takes 0 to 65535. null is not a number.",
      "/2: u16 takes 0 to 65535. -1 is too small.",
    ],
  );
  check("[u16; 3]", [1], [": [u16; 3] needs 3 values, has 1."]);
  check("(u8, bool)", [1, true, 2], [": (u8, bool) needs 2 values, has 3."]);
  check("(u8,)", {}, [": (u8,) takes a list of 1 value. An object is no list."]);
  check(
    "HashMap<u8, bool>",
    [
      [7, true],
      [1, true],
      ["0x7", false],
    ],
    ['/2: Key "0x7" appears twice (rows 1 and 3).'],
  );
  check(
    "HashMap<String, bool>",
    [["a", true], ["b"], ["a", 1]],
    [
      "/1: HashMap<String, bool> takes pairs. Each is a list of two: [key, value].",
      '/2: Key "a" appears twice (rows 1 and 3).',
      "/2/1: bool takes true or false. 1 is neither.",
    ],
  );
  check("HashMap<u8, u8>", { "7": 1, "0x7": 2, z: 3 }, [
    '/0x7: Key "0x7" appears twice (rows 1 and 2).',
    '/z: u8 takes 0 to 255. "z" is not a number.',
  ]);
  check("HashMap<(u8,), u8>", 5, [
    ": HashMap<(u8,), u8> takes pairs: [[key, value], …]. 5 is none of these.",
  ]);
  check("Option<Option<u8>>", { $some: { $some: "x" } }, [
    '/$some/$some: u8 takes 0 to 255. "x" is not a number.',
  ]);
  check("Result<u8, String>", { Ok: "x" }, ['/Ok: u8 takes 0 to 255. "x" is not a number.']);
  check("Result<u8, String>", { Fine: 1 }, [
    ': Result<u8, String> takes {"Ok": …} or {"Err": …}. {"Fine": …} is neither.',
  ]);
  check("Result<(), ()>", "Ok", [
    ': Result<(), ()> takes {"Ok": …} or {"Err": …}. "Ok" is neither.',
  ]);
  accept("HashMap<u8, bool>", { "7": true }, "01000000000000000701");
  accept("HashMap<String, u8>", JSON.parse('{"__proto__":1}') as JsonValue, proto());
  accept("Option<Option<u8>>", { $some: null }, "0100");
  accept("Option<Option<u8>>", 5, "010105");
  accept("Option<HashMap<String, u8>>", { $some: { $some: 1 } }, some());
});

function proto(): string {
  return `01000000000000000900000000000000${Buffer.from("__proto__").toString("hex")}01`;
}

function some(): string {
  return `0101000000000000000500000000000000${Buffer.from("$some").toString("hex")}01`;
}

describe("structs and enums", () => {
  check("User", { nmae: "x", age: 300 }, [
    '/name: User needs the field "name" (String). It is missing.',
    "/age: u8 takes 0 to 255. 300 is too large.",
    '/nmae: User has no field "nmae". Its fields are name, age.',
  ]);
  check("User", ["x", 1], [": User takes an object. A list is no object."]);
  check("Shape", "Square", [': Shape has no variant "Square". It has Empty, Circle, Rect.']);
  check("Shape", "Circle", [': Shape::Circle carries a value. Write it as {"Circle": …}.']);
  check("Shape", { Circle: 1, Rect: 2 }, [
    ': Shape takes "Variant" or {"Variant": …}. An object is neither.',
  ]);
  check("Shape", { Rect: { width: -1 } }, [
    "/Rect/width: u32 takes 0 to 4294967295. -1 is too small.",
    '/Rect/height: Shape::Rect needs the field "height" (u32). It is missing.',
  ]);
  check("Shape", { Empty: 1 }, [
    "/Empty: Shape::Empty has no value: it takes null. 1 is not null.",
  ]);
  check("Never", "A", [': Never has no variant "A". It has no variants.']);
  check({ rustType: "Gone", kind: "named", id: "toString" }, {}, [
    ": Gone is not described: the source may have changed. Open the method again.",
  ]);
  accept("Shape", { Empty: null }, "00000000");
});

describe("types that are not known", () => {
  check(foreign, "hex:00", [
    ': Foreign is not known from source (its crate was not found), so its bytes must be given: {"$raw": "hex:…"}.',
  ]);
  check(foreign, { $raw: "00" }, [
    '/$raw: Foreign takes bytes. Start the text with "hex:", "base64:" or "text:" to say how to read it; "00" has none of these.',
  ]);
  accept(foreign, { $raw: "hex:0102" }, "0102");
});

describe("limits", () => {
  it("stops at 2,000 levels without overflowing the stack", () => {
    let value: JsonValue = { children: [] };
    for (let depth = 0; depth < 100_000; depth++) {
      value = { children: [value] };
    }
    const encoded = encodeValue(schemas.type("Tree"), types, value);
    assert.ok(!encoded.ok);
    assert.equal(encoded.error.length, 1);
    assert.match(encoded.error[0]?.message ?? "", /nested deeper than 2,000 levels/);
  });

  it("lists a thousand problems, not a million", () => {
    const encoded = encodeValue(schemas.type("Vec<u8>"), types, Array(5000).fill(256));
    assert.ok(!encoded.ok);
    assert.equal(encoded.error.length, 1001);
    assert.match(encoded.error.at(-1)?.message ?? "", /first 1000 problems/);
  });
});

describe("arguments", () => {
  it("are written one after the other, whatever the order of the object", () => {
    const method = methodOf({ a: schemas.type("u8"), b: schemas.type("String") });
    const encoded = encodeArguments(method, types, { b: "x", a: 1 });
    assert.ok(encoded.ok);
    assert.equal(Buffer.from(encoded.value).toString("hex"), "01010000000000000078");
  });

  it("report missing and unknown names", () => {
    const method = methodOf({ a: schemas.type("u8") });
    const encoded = encodeArguments(method, types, { b: 1 });
    assert.deepEqual(encoded, {
      ok: false,
      error: [
        { pointer: "/a", message: 'The argument "a" (u8) is missing.' },
        { pointer: "/b", message: 'run has no argument "b". It takes a.' },
      ],
    });
  });

  it("of a raw method are the bytes themselves", () => {
    const method = methodOf({ data: schemas.type("Vec<u8>") }, undefined, "raw");
    const encoded = encodeArguments(method, types, { data: "text:ab" });
    assert.deepEqual(encoded, { ok: true, value: Uint8Array.of(97, 98) });
    const wrong = encodeArguments(method, types, { data: "ab" });
    assert.ok(!wrong.ok);
    assert.equal(wrong.error[0]?.pointer, "/data");
  });

  it("of a method without any are no bytes", () => {
    assert.deepEqual(encodeArguments(methodOf({}), types, {}), {
      ok: true,
      value: new Uint8Array(),
    });
  });
});
