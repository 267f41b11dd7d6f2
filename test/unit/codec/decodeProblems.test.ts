// What people read when bytes are not a value of the type, and where the bytes and the value it happened.

import assert from "node:assert/strict";
import { decodeValue } from "../../../src/codec/bincode/decode.ts";
import type { TypeSchema } from "../../../src/model/schema/schema.ts";
import type { JsonValue } from "../../../src/model/value/value.ts";
import { schemasWith, tableOf, unitBody } from "../../vectors/rustTypes.ts";

const schemas = schemasWith(new Set(["User", "Shape", "Tree", "Loop", "Wide", "Tail"]));
const foreign: TypeSchema = {
  rustType: "Foreign",
  kind: "unknown",
  reason: "its crate was not found",
};
const types = tableOf({
  User: schemas.fields({ "a/b": "Vec<String>", age: "u8" }),
  Shape: [
    ["Empty", unitBody],
    ["Circle", schemas.newtype("f64"), 5],
  ],
  Tree: schemas.fields({ children: "Vec<Tree>" }),
  Loop: schemas.newtype("Box<Loop>"),
  Wide: schemas.tuple(...Array<string>(50).fill("[(); 1000000]")),
  Tail: {
    kind: "struct",
    fields: [
      { name: "size", type: schemas.type("u8") },
      { name: "rest", type: foreign },
      { name: "marker", type: schemas.type("PhantomData<u8>") },
    ],
  },
});

function typeOf(type: string | TypeSchema): TypeSchema {
  return typeof type === "string" ? schemas.type(type) : type;
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
}

function check(
  type: string | TypeSchema,
  hex: string,
  pointer: string,
  offset: number,
  message: string,
): void {
  it(`${typeOf(type).rustType} from ${hex}`, () => {
    assert.deepEqual(decodeValue(typeOf(type), types, bytesOf(hex)), {
      ok: false,
      // A limit of ours says nothing against the bytes.
      error: {
        pointer,
        offset,
        message,
        ...(/this is the limit|cannot be told/u.test(message) ? { isLimit: true } : {}),
      },
    });
  });
}

function accept(type: string | TypeSchema, hex: string, value: JsonValue): void {
  it(`${typeOf(type).rustType} from ${hex} is ${JSON.stringify(value)}`, () => {
    const decoded = decodeValue(typeOf(type), types, bytesOf(hex));
    assert.ok(decoded.ok, JSON.stringify(decoded));
    assert.deepEqual(decoded.value.value, value);
  });
}

const length = (value: number): string => value.toString(16).padStart(2, "0") + "00".repeat(7);

describe("bytes that end too early or too late", () => {
  check("u32", "0102", "", 0, "u32 needs 4 bytes, but 2 bytes are left.");
  check("(u8, u16)", "0102", "/1", 1, "u16 needs 2 bytes, but 1 byte is left.");
  check("u8", "0102", "", 1, "The value ends at byte 1, but 1 byte more follows.");
  check("()", "010203", "", 0, "The value ends at byte 0, but 3 bytes more follow.");
  check("String", `${length(5)} 6162`, "", 0, "String claims 5 bytes, but 2 bytes are left.");
  check(
    "Vec<u32>",
    `ffffffffffffffff 00`,
    "",
    0,
    "Vec<u32> claims 18446744073709551615 elements, but 1 byte is left.",
  );
  check(
    "HashMap<u8, u64>",
    `${length(2)} 0000`,
    "",
    0,
    "HashMap<u8, u64> claims 2 entries, but 2 bytes are left.",
  );
  check("[u32; 3]", "00000000", "", 0, "[u32; 3] needs 12 bytes, but 4 bytes are left.");
  check(
    "User",
    `${length(1)} ${length(9)} 61`,
    "/a~1b/0",
    8,
    "String claims 9 bytes, but 1 byte is left.",
  );
});

describe("bytes that no value has", () => {
  check("bool", "02", "", 0, "bool is 0 or 1, not 2.");
  check("Option<u8>", "03", "", 0, "Option<u8> begins with 0 (None) or 1 (Some), not 3.");
  check(
    "Result<u8, ()>",
    "02000000",
    "",
    0,
    "Result<u8, ()> begins with 0 (Ok) or 1 (Err), not 2.",
  );
  check("Shape", "01000000", "", 0, "Shape has no variant with index 1, only 0, 5.");
  check(
    "Vec<Shape>",
    `${length(2)} 00000000 ffffffff`,
    "/1",
    12,
    "Shape has no variant with index 4294967295, only 0, 5.",
  );
  check("NonZeroU16", "0000", "", 0, "NonZeroU16 cannot be 0.");
  check("char", "80", "", 0, "char cannot start with byte 0x80.");
  check("char", "eda080", "", 0, "char is not a Unicode scalar in UTF-8.");
  check("char", "f4908080", "", 0, "char is not a Unicode scalar in UTF-8.");
  check("char", "e282", "", 0, "char needs 3 bytes, but 2 bytes are left.");
  check("String", `${length(3)} 61ff62`, "", 9, "String is not valid UTF-8 from byte 0xff on.");
  check("String", `${length(2)} 61c3`, "", 9, "String is not valid UTF-8 from byte 0xc3 on.");
  check(
    { rustType: "Gone", kind: "named", id: "toString" },
    "",
    "",
    0,
    "Gone is not described: the source may have changed. Open the method again.",
  );
});

describe("limits of decoding", () => {
  const tooDeep = "The value is nested deeper than 2,000 levels; this is the limit.";
  const tooMany = "The value has more than 1 million elements without bytes; this is the limit.";

  it("2,000 levels", () => {
    const deep = length(1).repeat(100_000);
    const decoded = decodeValue(schemas.type("Tree"), types, bytesOf(deep));
    assert.ok(!decoded.ok);
    assert.equal(decoded.error.message, tooDeep);
    assert.equal(decoded.error.pointer, "/children/0".repeat(4));
  });

  check("Loop", "", "", 0, tooDeep);
  check("Vec<()>", "ffffffffffffff7f", "", 0, tooMany);
  check(
    "Vec<Vec<()>>",
    `${length(3)} 40420f0000000000 0100000000000000 0000000000000000`,
    "/1",
    16,
    tooMany,
  );

  it("20 million parts", () => {
    const decoded = decodeValue(schemas.type("Wide"), types, new Uint8Array());
    assert.ok(!decoded.ok);
    assert.equal(
      decoded.error.message,
      "The value has more than 20 million parts; this is the limit.",
    );
  });
});

describe("types that are not known", () => {
  accept(foreign, "0102", { $raw: "hex:0102" });
  accept("Tail", "07 0102", { size: 7, rest: { $raw: "hex:0102" }, marker: null });
  accept({ rustType: "Option<Foreign>", kind: "option", inner: foreign }, "01 02", {
    $raw: "hex:02",
  });
  accept({ rustType: "Vec<Foreign>", kind: "sequence", element: foreign }, `${length(1)} 02`, [
    { $raw: "hex:02" },
  ]);
  check(
    { rustType: "Vec<Foreign>", kind: "sequence", element: foreign },
    `${length(2)} 0203`,
    "/0",
    8,
    "Foreign is not known from source (its crate was not found), so where it ends and what follows begins cannot be told.",
  );
});

describe("maps as JSON", () => {
  const map = "HashMap<String, u8>";
  const entry = (key: string, value: string): string =>
    length(key.length) + Buffer.from(key).toString("hex") + value;
  accept(map, length(2) + entry("b", "01") + entry("a", "02"), { b: 1, a: 2 });
  accept(map, length(2) + entry("a", "01") + entry("a", "02"), [
    ["a", 1],
    ["a", 2],
  ]);
  accept(map, length(2) + entry("7", "01") + entry("3", "02"), [
    ["7", 1],
    ["3", 2],
  ]);
  accept(map, length(1) + entry("__proto__", "01"), JSON.parse('{"__proto__":1}') as JsonValue);
  check(
    map,
    `${length(1)} ${length(1)} ff 00`,
    "/0",
    16,
    "String is not valid UTF-8 from byte 0xff on.",
  );
  check(
    "HashMap<String, bool>",
    length(2) + entry("a", "01") + entry("b", "07"),
    "/b",
    27,
    "bool is 0 or 1, not 7.",
  );
  check("HashMap<bool, bool>", `${length(1)} 0002`, "/0/1", 9, "bool is 0 or 1, not 2.");
  check("HashMap<bool, bool>", `${length(1)} 0200`, "/0/0", 8, "bool is 0 or 1, not 2.");
  accept("HashMap<u8, u8>", `${length(1)} 0102`, [[1, 2]]);
});

describe("byte ranges", () => {
  function ranges(type: string, hex: string): readonly string[] {
    const decoded = decodeValue(schemas.type(type), types, bytesOf(hex));
    assert.ok(decoded.ok, JSON.stringify(decoded));
    return decoded.value.ranges.map(({ pointer, start, end }) => `${pointer} ${start}-${end}`);
  }

  it("name every part, parents first", () => {
    assert.deepEqual(ranges("(Option<u8>, Vec<u16>)", `0105 ${length(2)} 01000200`), [
      " 0-14",
      "/0 0-2",
      "/1 2-14",
      "/1/0 10-12",
      "/1/1 12-14",
    ]);
  });

  it("follow the JSON form where it shows only later", () => {
    const key = `${length(1)} 37`;
    const other = `${length(1)} 33`;
    const map = "HashMap<String, (u8,)>";
    assert.deepEqual(ranges(map, `${length(2)} ${key} 01 ${other} 02`), [
      " 0-28",
      "/0/1 17-18",
      "/0/1/0 17-18",
      "/1/1 27-28",
      "/1/1/0 27-28",
    ]);
    assert.deepEqual(
      ranges("Option<HashMap<String, u8>>", `01 ${length(1)} ${length(5)} 24736f6d65 01`),
      [" 0-23", "/$some/$some 22-23"],
    );
  });

  it("are kept for the first ten thousand parts", () => {
    const decoded = decodeValue(
      schemas.type("Vec<bool>"),
      types,
      bytesOf(`204e000000000000${"01".repeat(20_000)}`),
    );
    assert.ok(decoded.ok);
    assert.equal(decoded.value.ranges.length, 10_000);
    assert.deepEqual(decoded.value.ranges[0], { pointer: "", start: 0, end: 20_008 });
  });
});
