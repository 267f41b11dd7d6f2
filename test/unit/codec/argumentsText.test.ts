// A request as text: objects and lists, long numbers, every problem with its place in the text.

import assert from "node:assert/strict";
import { formatArguments, formatJson } from "../../../src/codec/json/formatJson.ts";
import { parseArguments } from "../../../src/codec/json/parseArguments.ts";
import type { JsonValue } from "../../../src/model/value/value.ts";
import { schemasWith, tableOf, unitBody } from "../../vectors/rustTypes.ts";
import { methodOf } from "./methodOf.ts";

const schemas = schemasWith(new Set(["Job", "Shape"]));
const types = tableOf({
  Job: schemas.fields({ id: "u64", tags: "HashMap<String, i128>" }),
  Shape: [
    ["Empty", unitBody],
    ["Line", schemas.tuple("u64", "f64")],
  ],
});
const method = methodOf({
  job: schemas.type("Job"),
  note: schemas.type("String"),
  weight: schemas.type("f64"),
});

/** `problems` are `line:column pointer: message`. */
function refuse(name: string, text: string, problems: readonly string[]): void {
  it(name, () => {
    const parsed = parseArguments(method, types, text);
    assert.ok(!parsed.ok);
    assert.deepEqual(
      parsed.error.map(
        ({ line, column, pointer, message }) => `${line}:${column} ${pointer}: ${message}`,
      ),
      problems,
    );
  });
}

function accept(name: string, text: string, value: JsonValue): void {
  it(name, () => {
    const parsed = parseArguments(method, types, text);
    assert.ok(parsed.ok, JSON.stringify(parsed));
    assert.deepEqual(parsed.value, value);
  });
}

describe("arguments as text", () => {
  const job = { id: "18446744073709551615", tags: { a: "-1" } };
  accept(
    "by name, in any order",
    '{"weight": 1e400 , "note": "", "job": {"tags": {}, "id": 0}}'.replace("1e400", "1e308"),
    { weight: 1e308, note: "", job: { tags: {}, id: "0" } },
  );
  accept(
    "by position",
    '[{"id": 18446744073709551615, "tags": {"a": -1}}, "18446744073709551615", -0]',
    { job, note: "18446744073709551615", weight: "-0" },
  );
  accept("quoted numbers stay as they are written", '[{"id": "0x10", "tags": {}}, "", "1.50"]', {
    job: { id: "0x10", tags: {} },
    note: "",
    weight: "1.50",
  });

  refuse("a syntax error", '{"job": }', ['1:9 : Here is "}", but a value is expected.']);
  refuse("neither object nor list", "5", [
    '1:1 : Give the arguments of run as an object by name or as a list: {"job": …, "note": …, "weight": …}.',
  ]);
  refuse("a list of another length", "[1]", [
    "1:1 : run takes 3 arguments (job, note, weight); the list has 1.",
  ]);
  refuse(
    "a bare long number where text is wanted",
    '[{"id": 1, "tags": {}},\n 18446744073709551615, 1]',
    ["2:2 /note: String takes text in quotes. 18446744073709551615 is a number."],
  );
  refuse("a bare number where text is wanted", '[{"id": 1, "tags": {}}, 5, 1]', [
    "1:25 /note: String takes text in quotes. 5 is not text.",
  ]);
  refuse(
    "all problems at once",
    '{"job": {"id": 1.5, "tags": {"x/y": 1e400}, "more": 1},\n"weight": 1e400}',
    [
      "1:16 /job/id: u64 takes whole numbers from 0 to 18446744073709551615. 1.5 is not whole.",
      "1:37 /job/tags/x~1y: i128 takes -170141183460469231731687303715884105728 to 170141183460469231731687303715884105727. 1e400 is too large.",
      '1:53 /job/more: Job has no field "more". Its fields are id, tags.',
      '1:1 /note: The argument "note" (String) is missing.',
      '2:11 /weight: f64 takes -1.7976931348623157e308 to 1.7976931348623157e308. 1e400 is too large; write "Infinity" if that is meant.',
    ],
  );

  it("does not take a bare number for bytes or a flag", () => {
    const data = methodOf({ data: schemas.type("Vec<u8>"), flag: schemas.type("bool") });
    const parsed = parseArguments(data, types, "[18446744073709551615, 18446744073709551615]");
    assert.ok(!parsed.ok);
    assert.deepEqual(
      parsed.error.map(({ message }) => message),
      [
        "Vec<u8> takes bytes. 18446744073709551615 is a number.",
        "bool takes true or false. 18446744073709551615 is neither.",
      ],
    );
  });

  it("keeps references to files where they are read later, beside all other problems", () => {
    const upload = methodOf({ data: schemas.type("[u8; 4]"), id: schemas.type("u64") });
    const later = { allowsFileReferences: true };
    const text = '{"data": {"$file": "a.bin"}, "id": 7}';
    assert.deepEqual(parseArguments(upload, types, text, later), {
      ok: true,
      value: { data: { $file: "a.bin" }, id: "7" },
    });
    assert.ok(!parseArguments(upload, types, text).ok);
    for (const wrong of ['{"$file": ""}', '{"$file": 1}', '{"$file": "a", "x": 1}']) {
      const parsed = parseArguments(upload, types, `[${wrong}, -1]`, later);
      assert.ok(!parsed.ok);
      assert.deepEqual(
        parsed.error.map(({ pointer }) => pointer),
        ["/data", "/id"],
      );
    }
  });

  it("takes an object's key for text even where its value is a long number", () => {
    const keyed = methodOf({ map: schemas.type("HashMap<String, u64>") });
    assert.deepEqual(parseArguments(keyed, types, '[{"a": 18446744073709551615}]'), {
      ok: true,
      value: { map: { a: "18446744073709551615" } },
    });
  });

  it("may be empty where there are none", () => {
    const none = methodOf({});
    for (const text of ["", " \n", "{}", "[]"]) {
      assert.deepEqual(parseArguments(none, types, text), { ok: true, value: {} });
    }
    const extra = parseArguments(none, types, "[1]");
    assert.ok(!extra.ok);
    assert.equal(extra.error[0]?.message, "run takes 0 arguments; the list has 1.");
  });
});

describe("values as text", () => {
  it("show integers of any width as bare digits, and only these", () => {
    const value = {
      job: { id: "18446744073709551615", tags: { "1": "-5" } },
      note: "12",
      weight: "NaN",
    };
    assert.equal(
      formatArguments(method, types, value),
      '{\n  "job": {\n    "id": 18446744073709551615,\n    "tags": {\n      "1": -5\n    }\n  },\n  "note": "12",\n  "weight": "NaN"\n}',
    );
  });

  const cases: readonly (readonly [string, JsonValue, string])[] = [
    ["Vec<u64>", ["1", 2, "0x3", "007", "-0"], '[1,2,"0x3","007","-0"]'],
    ["HashMap<u64, u64>", [["1", "2"]], "[[1,2]]"],
    ["Option<Option<u64>>", { $some: null }, '{"$some":null}'],
    ["Option<Option<u64>>", "7", "7"],
    ["Result<u64, String>", { Err: "5" }, '{"Err":"5"}'],
    ["Shape", { Line: ["5", 1.5] }, '{"Line":[5,1.5]}'],
    ["(u64, String)", ["5", "5"], '[5,"5"]'],
    ["f64", -0, "-0"],
    ["f64", Infinity, '"Infinity"'],
    ["u8", { not: ["what", "fits"] }, '{"not":["what","fits"]}'],
  ];
  for (const [type, value, text] of cases) {
    it(`${type}: ${text}`, () => {
      assert.equal(formatJson(schemas.type(type), types, value, 0), text);
    });
  }

  it("is not overflowed by depth", () => {
    let value: JsonValue = [];
    for (let depth = 0; depth < 100_000; depth++) {
      value = [value];
    }
    const text = formatJson(schemas.type("Vec<Vec<u8>>"), types, value, 0);
    assert.equal(text.length, 2 * 100_001);
  });
});
