// Strict JSON without loss: against JSON.parse where both can, and beyond it where numbers are long or nesting is deep.

import assert from "node:assert/strict";
import fc from "fast-check";
import { parseJson } from "../../../../src/model/value/losslessJson.ts";
import type { ParsedJson } from "../../../../src/model/value/losslessJson.ts";

function parsed(text: string): ParsedJson {
  const result = parseJson(text);
  assert.ok(result.ok, result.ok ? "" : result.error.message);
  return result.value;
}

/** JSON.parse's verdict and value. */
function builtIn(text: string): { readonly ok: boolean; readonly value?: unknown } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

describe("parseJson", () => {
  it("reads what JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const result = parsed(text);
        // Long numbers are strings; turned back into numbers they are what JSON.parse reads.
        assert.equal(unbared(result), JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: 1000 },
    );
  });

  it("accepts and refuses the same texts as JSON.parse", () => {
    const piece = fc.constantFrom(
      ...'[ ] { } , : " \\ 1 -1 0 01 1.5 1e3 1. .5 - + true null nul "a" "\\u0041" "\\x" "\\u12" // /* */ \t \n'.split(
        " ",
      ),
      " ",
      '"b"',
      '{"a":',
      "\u00a0",
      "\u0001",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join("");
        const theirs = builtIn(text);
        const ours = parseJson(text);
        if (!ours.ok && ours.error.message.endsWith("is here twice.")) {
          return; // JSON.parse lets the last one win
        }
        assert.equal(ours.ok, theirs.ok, text);
        if (!ours.ok) {
          assert.ok(ours.error.offset >= 0 && ours.error.offset <= text.length);
        }
      }),
      { numRuns: 20_000 },
    );
  });

  const numbers: readonly (readonly [string, number | string])[] = [
    ["0", 0],
    ["-7", -7],
    ["9007199254740991", 9007199254740991],
    ["9007199254740992", "9007199254740992"],
    ["-9007199254740993", "-9007199254740993"],
    ["340282366920938463463374607431768211455", "340282366920938463463374607431768211455"],
    ["0.1", 0.1],
    ["1e3", 1000],
    ["1.0", 1],
    ["1.5e1", 15],
    ["1e400", "1e400"],
    ["1e30", "1e30"],
    ["1e-400", "1e-400"],
    ["0e-5", 0],
    ["-0", "-0"],
    ["-0.0", "-0.0"],
    ["1.00000000000000000001", "1.00000000000000000001"],
    ["2251799813685248.5", 2251799813685248.5],
    ["4503599627370496.5", "4503599627370496.5"],
  ];
  for (const [text, value] of numbers) {
    it(`reads ${text} as ${JSON.stringify(value)}`, () => {
      const result = parsed(`{"a/b": [${text}]}`);
      assert.deepEqual(result.value, { "a/b": [value] });
      assert.deepEqual([...result.bareNumbers], typeof value === "string" ? ["/a~1b/0"] : []);
    });
  }

  it("tells a long number from a string of digits", () => {
    const result = parsed('[18446744073709551615, "18446744073709551615"]');
    assert.deepEqual(result.value, ["18446744073709551615", "18446744073709551615"]);
    assert.deepEqual([...result.bareNumbers], ["/0"]);
  });

  it("keeps every key as data", () => {
    const result = parsed('{"__proto__": {"x": 1}, "constructor": 2}');
    assert.deepEqual(Object.keys(result.value as object), ["__proto__", "constructor"]);
    assert.equal(Object.getPrototypeOf(result.value), Object.prototype);
  });

  it("knows where every value stands", () => {
    const text = '{ "a": [1, "x\\n"], "b/c": {"__proto__": null} }';
    const { locate } = parsed(text);
    const at = (pointer: string): string | undefined => {
      const range = locate(pointer);
      return range && text.slice(range.start, range.end);
    };
    assert.equal(at(""), text);
    assert.equal(at("/a"), '[1, "x\\n"]');
    assert.equal(at("/a/1"), '"x\\n"');
    assert.equal(at("/b~1c/__proto__"), "null");
    assert.equal(at("/a/2"), undefined);
    assert.equal(at("a"), undefined);
  });

  it("is not overflowed by depth", () => {
    const depth = 200_000;
    const result = parsed("[".repeat(depth) + "]".repeat(depth));
    assert.deepEqual(result.locate("/0"), { start: 1, end: 2 * depth - 1 });
    const open = parseJson('{"a":'.repeat(depth));
    assert.ok(!open.ok);
    assert.equal(open.error.offset, 5 * depth);
  });

  const refused: readonly (readonly [string, string, string])[] = [
    ["", "1:1", "The text is empty; a JSON value is needed."],
    ["  \n ", "2:2", "The text is empty; a JSON value is needed."],
    ['{"a":1,"a":2}', "1:8", 'The key "a" is here twice.'],
    ["[1,]", "1:4", 'Here is "]", but a value is expected.'],
    ['{"a":1,}', "1:8", 'Here is "}", but a key in quotes is expected.'],
    ["[1 2]", "1:4", 'Here is "2", but "," or the closing bracket is expected.'],
    ["[1}", "1:3", 'Here is "}", but "," or the closing bracket is expected.'],
    ["1 2", "1:3", 'Here is "2", but nothing more is expected.'],
    ["{a: 1}", "1:2", 'Here is "a", but a key in quotes or "}" is expected.'],
    // What cannot be seen is told by its number: a byte order mark, and spaces that are none to JSON.
    [
      "\uFEFF[]",
      "1:1",
      "The text begins with a byte order mark, which JSON does not have. Save it as UTF-8 without one.",
    ],
    ["[\uFEFF]", "1:2", String.raw`Here is "\ufeff", but a value or "]" is expected.`],
    ["[\u00a0 1]", "1:2", String.raw`Here is "\u00a0", but a value or "]" is expected.`],
    ["[1\u200b]", "1:3", String.raw`Here is "\u200b", but "," or the closing bracket is expected.`],
    ['{"a" 1}', "1:6", 'Here is "1", but ":" is expected.'],
    ["// no\n1", "1:1", "JSON has no comments."],
    ['["a', "1:2", "This string has no closing quote."],
    [
      '["\\q"]',
      "1:2",
      'This escape is unknown; JSON has \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u.',
    ],
    ["[1,\r\n\r\n  x]", "3:3", 'Here is "x", but a value is expected.'],
    ['{"a": [', "1:8", 'The text ends too early; a value or "]" is expected.'],
  ];
  for (const [text, place, message] of refused) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      const result = parseJson(text);
      assert.ok(!result.ok);
      assert.equal(`${result.error.line}:${result.error.column}`, place);
      assert.equal(result.error.message, message);
    });
  }
});

/** The value as compact JSON, long numbers read as JSON.parse reads them. */
function unbared({ value, bareNumbers }: ParsedJson): string {
  const write = (part: unknown, pointer: string): unknown => {
    if (bareNumbers.has(pointer)) {
      return Number(part);
    }
    if (Array.isArray(part)) {
      return part.map((element, index) => write(element, `${pointer}/${index}`));
    }
    return typeof part === "object" && part !== null
      ? Object.fromEntries(
          Object.entries(part).map(([key, member]) => [
            key,
            write(member, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
          ]),
        )
      : part;
  };
  return JSON.stringify(write(value, ""));
}
