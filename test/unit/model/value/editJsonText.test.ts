// Edits of JSON text: what is put in is there afterwards, and every other character is where it was.

import assert from "node:assert/strict";
import fc from "fast-check";
import { changeValue, putMember, removeMember } from "../../../../src/model/value/editJsonText.ts";
import { isJsonArray, isJsonObject, setMember } from "../../../../src/model/value/jsonObject.ts";
import type { MutableJsonObject } from "../../../../src/model/value/jsonObject.ts";
import { pointerOf } from "../../../../src/model/value/jsonPointer.ts";
import { parseJson, type ParsedJson } from "../../../../src/model/value/losslessJson.ts";
import type { JsonValue } from "../../../../src/model/value/value.ts";

const key = fc.oneof(
  fc.constantFrom("a", "b", "c", "__proto__", "~/"),
  fc.string({ maxLength: 4 }),
);

const { whole: anyObject } = fc.letrec<{ whole: JsonValue; part: JsonValue }>((tie) => ({
  whole: fc.dictionary(key, tie("part"), { maxKeys: 4 }),
  part: fc.oneof(
    { depthSize: "small" },
    fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      // A long number: written bare, read as text.
      fc.bigInt({ min: 2n ** 53n, max: 2n ** 127n }).map(String),
    ),
    fc.array(tie("part"), { maxLength: 3 }),
    tie("whole"),
  ),
}));

/** A value as text in all layouts, with long numbers bare and spaces where JSON allows some. */
const anyText = fc
  .tuple(anyObject, fc.constantFrom<string | number>(0, 2, 4, "\t"), fc.boolean(), fc.boolean())
  .map(([value, indent, isWindows, isLoose]) => {
    const plain = JSON.stringify(value, null, indent).replace(/"(\d{16,})"(?!:)/g, "$1");
    const loose = isLoose ? plain.replace(/([[{:])(?=["\d])/g, "$1  ") : plain;
    const text = `${loose}\n`;
    return isWindows ? text.replaceAll("\n", "\r\n") : text;
  })
  .filter((text) => parseJson(text).ok);

function parsed(text: string): ParsedJson {
  const result = parseJson(text);
  assert.ok(result.ok, text);
  return result.value;
}

/** All paths through objects alone. */
function memberPaths(value: JsonValue, path: readonly string[] = []): (readonly string[])[] {
  return isJsonObject(value)
    ? Object.entries(value).flatMap(([name, part]) => [
        [...path, name],
        ...memberPaths(part, [...path, name]),
      ])
    : [];
}

function withMember(value: JsonValue, path: readonly string[], part: JsonValue): JsonValue {
  const [name, ...rest] = path;
  if (name === undefined) {
    return part;
  }
  const copy: MutableJsonObject = {};
  for (const [other, own] of Object.entries(isJsonObject(value) ? value : {})) {
    setMember(copy, other, own);
  }
  const own = Object.hasOwn(copy, name) ? copy[name] : undefined;
  setMember(copy, name, withMember(own ?? {}, rest, part));
  return copy;
}

const same = (left: JsonValue, right: JsonValue): void => {
  assert.equal(JSON.stringify(left), JSON.stringify(right));
};

/** Whether `longer` is `shorter` with one stretch more. */
function isInsertion(shorter: string, longer: string): boolean {
  let start = 0;
  while (start < shorter.length && shorter[start] === longer[start]) {
    start++;
  }
  const rest = shorter.slice(start);
  // The stretch may begin with what follows it; then it is found a few characters earlier.
  return longer.length >= shorter.length && longer.endsWith(rest);
}

describe("editJsonText", () => {
  it("replaces a member, and no character around it", () => {
    fc.assert(
      fc.property(anyText, fc.nat(), anyObject, (text, choice, value) => {
        const before = parsed(text);
        const paths = memberPaths(before.value);
        const path = paths[choice % Math.max(1, paths.length)];
        fc.pre(path !== undefined);
        const range = before.locate(pointerOf(path));
        assert.ok(range !== undefined);
        const after = putMember(text, path, JSON.stringify(value, null, 2)) ?? "";
        assert.ok(after.startsWith(text.slice(0, range.start)));
        assert.ok(after.endsWith(text.slice(range.end)));
        same(parsed(after).value, withMember(before.value, path, value));
      }),
      { numRuns: 500 },
    );
  });

  it("puts in a member that is new, with the objects above it, and takes it out again", () => {
    fc.assert(
      fc.property(
        anyText,
        fc.nat(),
        fc.array(key, { minLength: 1, maxLength: 3 }),
        anyObject,
        (text, choice, added, value) => {
          const before = parsed(text).value;
          const objects = [[], ...memberPaths(before)].filter((path) => {
            let part: JsonValue | undefined = before;
            for (const step of path) {
              part = isJsonObject(part) && Object.hasOwn(part, step) ? part[step] : undefined;
            }
            return (
              isJsonObject(part) &&
              Object.keys(part).length > 0 &&
              !Object.hasOwn(part, added[0] ?? "")
            );
          });
          const parent = objects[choice % Math.max(1, objects.length)];
          fc.pre(parent !== undefined);
          const path = [...parent, ...added];
          const after = putMember(text, path, JSON.stringify(value, null, 2)) ?? "";
          same(parsed(after).value, withMember(before, path, value));
          assert.ok(isInsertion(text, after), `${text}\n${after}`);
          assert.equal(removeMember(after, [...parent, added[0] ?? ""]), text);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("takes out a member, and its comma, and nothing else", () => {
    fc.assert(
      fc.property(anyText, fc.nat(), (text, choice) => {
        const before = parsed(text).value;
        const paths = memberPaths(before);
        const path = paths[choice % Math.max(1, paths.length)];
        fc.pre(path !== undefined);
        const after = removeMember(text, path);
        assert.ok(isInsertion(after, text), `${text}\n${after}`);
        const left = memberPaths(parsed(after).value).map((each) => pointerOf(each));
        const gone = pointerOf(path);
        const kept = paths
          .map((each) => pointerOf(each))
          .filter((each) => each !== gone && !each.startsWith(`${gone}/`));
        assert.deepEqual(left, kept);
      }),
      { numRuns: 500 },
    );
  });

  it("changes one part of a value where it stands", () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.string({ maxLength: 5 }), (text, choice, put) => {
        const before = parsed(text);
        const leaves = leavesOf(before.value);
        const leaf = leaves[choice % Math.max(1, leaves.length)];
        fc.pre(leaf !== undefined && leaf.value !== put);
        const after = replaceLeaf(before.value, leaf.path, put);
        const written = JSON.stringify(after, null, 2);
        const range = before.locate(pointerOf(leaf.path));
        assert.ok(range !== undefined);
        assert.equal(
          changeValue(text, "", { before: before.value, after, written }),
          text.slice(0, range.start) + JSON.stringify(put) + text.slice(range.end),
        );
      }),
      { numRuns: 500 },
    );
  });

  it("refuses a place below something that is no object", () => {
    assert.equal(putMember('{"a": [1]}', ["a", "b"], "1"), undefined);
    assert.equal(putMember("[]", ["a"], "1"), undefined);
    assert.equal(removeMember('{"a": 1}', ["a", "b"]), '{"a": 1}');
  });

  it("is laid out like what is there", () => {
    assert.equal(
      putMember('{\r\n\t"a": {}\r\n}\r\n', ["a", "b"], '{\n  "c": 1\n}'),
      '{\r\n\t"a": {\r\n\t\t"b": {\r\n\t\t\t"c": 1\r\n\t\t}\r\n\t}\r\n}\r\n',
    );
    assert.equal(putMember('{ "a": 1 }', ["b"], "2"), '{ "a": 1, "b": 2 }');
    assert.equal(putMember("{}", ["b"], "2"), '{ "b": 2 }');
  });
});

interface Leaf {
  readonly path: readonly (string | number)[];
  readonly value: JsonValue;
}

function leavesOf(value: JsonValue, path: readonly (string | number)[] = []): Leaf[] {
  if (isJsonArray(value)) {
    return value.flatMap((part, index) => leavesOf(part, [...path, index]));
  }
  return isJsonObject(value)
    ? Object.entries(value).flatMap(([name, part]) => leavesOf(part, [...path, name]))
    : [{ path, value }];
}

function replaceLeaf(
  value: JsonValue,
  [step, ...rest]: readonly (string | number)[],
  put: JsonValue,
): JsonValue {
  if (step === undefined) {
    return put;
  }
  if (isJsonArray(value)) {
    return value.map((part, index) => (index === step ? replaceLeaf(part, rest, put) : part));
  }
  const copy: MutableJsonObject = {};
  for (const [name, part] of Object.entries(isJsonObject(value) ? value : {})) {
    setMember(copy, name, name === step ? replaceLeaf(part, rest, put) : part);
  }
  return copy;
}
