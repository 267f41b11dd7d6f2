// Deep values: as deep as the limit says they come back as they went, one level deeper they are refused with the limit's
// sentence, both ways and through every kind of type that can nest.

import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeValue } from "../../../src/codec/bincode/decode.ts";
import { encodeValue } from "../../../src/codec/bincode/encode.ts";
import { formatArguments, formatJson } from "../../../src/codec/json/formatJson.ts";
import { writeJsonWire } from "../../../src/codec/debugJson/jsonWireWrite.ts";
import { fromSerdeJson, toSerdeJson } from "../../../src/codec/method/serdeParts.ts";
import { parseArguments } from "../../../src/codec/json/parseArguments.ts";
import {
  defaultMaximumDepth,
  depthBounds,
  isPossibleDepth,
  setMaximumDepth,
} from "../../../src/codec/kinds/depth.ts";
import type { JsonValue } from "../../../src/model/value/value.ts";
import { schemasWith, tableOf, unitBody } from "../../vectors/rustTypes.ts";
import { methodOf } from "./methodOf.ts";

const schemas = schemasWith(new Set(["Any", "Wrap", "Node"]));
/** Each of its variants nests in another kind of type. */
const types = tableOf({
  Any: [
    ["End", unitBody],
    ["Leaf", schemas.newtype("u64"), 1],
    ["List", schemas.newtype("Vec<Any>"), 2],
    ["Maybe", schemas.newtype("Option<Box<Any>>"), 3],
    ["Named", schemas.newtype("HashMap<String, Any>"), 4],
    ["Keyed", schemas.newtype("BTreeMap<u8, Any>"), 5],
    ["Pair", schemas.tuple("u8", "Box<Any>"), 6],
    ["Tried", schemas.newtype("Result<Box<Any>, String>"), 7],
    ["Two", schemas.newtype("[Box<Any>; 2]"), 8],
    ["Fields", schemas.fields({ before: "u8", next: "Box<Any>", after: "Option<u8>" }), 9],
  ],
  Node: schemas.fields({ value: "u64", next: "Option<Box<Node>>" }),
  Wrap: schemas.newtype("Option<Box<Wrap>>"),
});
const any = schemas.type("Any");
const node = schemas.type("Node");

/** A value one variant deeper, and the steps of its pointer down to `inner`. */
const around: readonly (readonly [number, (inner: JsonValue) => JsonValue])[] = [
  [2, (inner) => ({ List: ["End", inner, "End"] })],
  [1, (inner) => ({ Maybe: inner })],
  [2, (inner) => ({ Named: { a: "End", b: inner, c: { Leaf: "7" } } })],
  [
    3,
    (inner) => ({
      Keyed: [
        [1, "End"],
        [2, inner],
      ],
    }),
  ],
  [2, (inner) => ({ Pair: [1, inner] })],
  [2, (inner) => ({ Tried: { Ok: inner } })],
  [2, (inner) => ({ Two: ["End", inner] })],
  [2, (inner) => ({ Fields: { before: 1, next: inner, after: null } })],
];

interface Deep {
  readonly value: JsonValue;
  /** Steps of the longest pointer into it. */
  readonly depth: number;
}

/** A value of exactly `depth` steps down to its innermost part, through kinds that `choices` names. */
function deepValue(choices: readonly number[], depth: number): Deep {
  let value: JsonValue = "End";
  let steps = 0;
  for (let index = 0; steps < depth; index++) {
    const chosen = around[(choices[index % choices.length] ?? 0) % around.length];
    const [more, wrap] = chosen !== undefined && steps + chosen[0] <= depth ? chosen : shortest;
    value = wrap(value);
    steps += more;
  }
  return { value, depth: steps };
}

const shortest = around[1]!;

const chosen = fc.array(fc.nat(around.length - 1), { minLength: 1, maxLength: 12 });

/** The JSON of deep values, which recursive comparison would not bear. */
function textOf(value: JsonValue): string {
  return formatArguments(methodOf({ value: any }), types, { value }, 0);
}

function nodes(count: number): JsonValue {
  let value: JsonValue = null;
  for (let index = 0; index < count; index++) {
    value = { value: String(index), next: value };
  }
  return value;
}

function withoutMessage(depth: string): RegExp {
  return new RegExp(`^The value is nested deeper than ${depth} levels; this is the limit\\.`, "u");
}

describe("deep values", () => {
  afterEach(() => {
    setMaximumDepth(defaultMaximumDepth);
  });

  it("come back through bytes and text at 1,999 levels, whatever they nest in", () => {
    fc.assert(
      fc.property(chosen, (choices) => {
        const { value } = deepValue(choices, 1_999);
        const encoded = encodeValue(any, types, value);
        assert.ok(encoded.ok, encoded.ok ? "" : encoded.error[0]?.message);
        const decoded = decodeValue(any, types, encoded.value);
        assert.ok(decoded.ok, decoded.ok ? "" : decoded.error.message);
        assert.ok(textOf(decoded.value.value) === textOf(value));
        const method = methodOf({ value: any });
        const shallower = deepValue(choices, 1_998).value;
        const text = formatArguments(method, types, { value: shallower }, 2);
        const parsed = parseArguments(method, types, text);
        assert.ok(parsed.ok, parsed.ok ? "" : parsed.error[0]?.message);
        assert.ok(textOf(parsed.value["value"] ?? null) === textOf(shallower));
      }),
      { numRuns: 15 },
    );
  });

  it("are refused at 2,001 levels both ways, with the limit and a place near the top", () => {
    fc.assert(
      fc.property(chosen, (choices) => {
        const { value } = deepValue(choices, 2_001);
        const encoded = encodeValue(any, types, value);
        assert.ok(!encoded.ok);
        assert.equal(encoded.error.length, 1);
        assert.match(encoded.error[0]?.message ?? "", withoutMessage("2,000"));
        assert.ok((encoded.error[0]?.pointer ?? "").split("/").length <= 9);
        setMaximumDepth(3_000);
        const bytes = encodeValue(any, types, value);
        setMaximumDepth(defaultMaximumDepth);
        assert.ok(bytes.ok);
        const decoded = decodeValue(any, types, bytes.value);
        assert.ok(!decoded.ok);
        assert.match(decoded.error.message, withoutMessage("2,000"));
        assert.equal(decoded.error.isLimit, true);
        assert.ok(decoded.error.pointer.split("/").length <= 9);
      }),
      { numRuns: 15 },
    );
  });

  it("count a list of structs as one level for each struct", () => {
    const fits = encodeValue(node, types, nodes(2_000));
    assert.ok(fits.ok);
    const decoded = decodeValue(node, types, fits.value);
    assert.ok(decoded.ok);
    // The innermost `next` is null, a part at level 2,001 would be one too many.
    assert.equal(encodeValue(node, types, nodes(2_001)).ok, false);
  });

  it("go as far as the limit is set", () => {
    setMaximumDepth(depthBounds.most);
    const encoded = encodeValue(node, types, nodes(depthBounds.most));
    assert.ok(encoded.ok);
    assert.ok(decodeValue(node, types, encoded.value).ok);
    const tooDeep = encodeValue(node, types, nodes(depthBounds.most + 1));
    assert.match(tooDeep.ok ? "" : (tooDeep.error[0]?.message ?? ""), /deeper than 4,000 levels/);
    setMaximumDepth(depthBounds.least);
    assert.ok(encodeValue(node, types, nodes(depthBounds.least)).ok);
    assert.equal(encodeValue(node, types, nodes(depthBounds.least + 1)).ok, false);
  });

  it("end also where nothing but options and newtypes nest", () => {
    const wrap = schemas.type("Wrap");
    assert.equal(encodeValue(wrap, types, 5).ok, false);
    const decoded = decodeValue(wrap, types, new Uint8Array(1_000_000).fill(1));
    assert.match(decoded.ok ? "" : decoded.error.message, withoutMessage("2,000"));
    const some = decodeValue(wrap, types, new Uint8Array(501).fill(1).with(500, 0));
    assert.ok(some.ok);
    assert.ok(encodeValue(wrap, types, some.value.value).ok);
  });

  it("are refused in the JSON of old debug builds, and pass the bridge as they are: serde_json stops at 128 levels", () => {
    const value = nodes(1_900);
    const written = writeJsonWire(node, types, value);
    assert.match(written.ok ? "" : (written.error[0]?.message ?? ""), /deeper than 200 levels/u);
    const text = formatJson(node, types, value, 0);
    assert.ok(toSerdeJson(node, types, text) === text);
    assert.ok(fromSerdeJson(node, types, text) === text);
  });

  it("are as fast wide as they are deep: each part is decoded once", () => {
    // 100 levels are decoded on the stack of calls; this list stands just beyond and each of its elements goes deeper.
    const deepElement = deepValue([0], 300).value;
    const wide: JsonValue = { List: Array.from({ length: 300 }, () => deepElement) };
    let value = wide;
    for (let level = 0; level < 90; level++) {
      value = { Maybe: value };
    }
    const encoded = encodeValue(any, types, value);
    assert.ok(encoded.ok);
    const decoded = decodeValue(any, types, encoded.value);
    assert.ok(decoded.ok);
    assert.ok(textOf(decoded.value.value) === textOf(value));
  });

  it("have a limit between 16 and 4,000", () => {
    assert.deepEqual([15, 16, 2_000, 4_000, 4_001, 100.5, Number.NaN].map(isPossibleDepth), [
      false,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
