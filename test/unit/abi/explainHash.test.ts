// Which signature lines differ: from known sets of lines, from names in the binary, and from changes that fit the hash.

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  explainHashDifference,
  type BinaryFacts,
  type SourceLines,
} from "../../../src/abi/explainHash.ts";
import { interfaceHash } from "../../../src/abi/interfaceHash.ts";
import { signatureLine } from "../../../src/abi/signature.ts";

const source = ["add:i64,i64->i64", "greet:String->Result < String, PluginError >", "stop:->"];
const noneKnown: ReadonlyMap<string, readonly string[]> = new Map();

type Differences = ReturnType<typeof explainHashDifference>;

function explain(
  binary: readonly string[],
  more: {
    readonly known?: typeof noneKnown;
    readonly names?: readonly string[];
    readonly source?: readonly string[];
    readonly optional?: readonly string[];
  } = {},
): Differences {
  const lines: SourceLines = { required: more.source ?? source, optional: more.optional ?? [] };
  const facts: BinaryFacts = {
    hash: interfaceHash(binary),
    ...(more.names === undefined ? {} : { methodNames: more.names }),
  };
  return explainHashDifference(lines, facts, more.known ?? noneKnown);
}

const brief = (differences: Differences): readonly string[] =>
  differences.map(({ change, method, sourceSignature, binarySignature }) =>
    [change, method, binarySignature ?? "-", sourceSignature ?? "-"].join(" | "),
  );

const nameOf = (line: string): string => line.slice(0, line.indexOf(":"));

describe("explainHashDifference", function () {
  this.timeout(20_000);
  it("finds nothing when the hashes agree, in any order of lines", () => {
    assert.deepEqual(explain([...source].reverse()), []);
  });

  it("compares with a known set, method by method", () => {
    const binary = ["add:i32,i32->i64", "stop:->", "wipe:->"];
    assert.deepEqual(explain(binary, { known: new Map([[interfaceHash(binary), binary]]) }), [
      {
        change: "changed",
        method: "add",
        sourceSignature: "add:i64,i64->i64",
        binarySignature: "add:i32,i32->i64",
      },
      {
        change: "added",
        method: "greet",
        sourceSignature: "greet:String->Result < String, PluginError >",
      },
      { change: "removed", method: "wipe", binarySignature: "wipe:->" },
    ]);
  });

  /** Another version of the three methods, and what is said of it. */
  const found: Readonly<
    Record<string, readonly [binary: readonly string[], expected: readonly string[]]>
  > = {
    "methods that are new in the source": [
      ["add:i64,i64->i64"],
      [
        "added | greet | - | greet:String->Result < String, PluginError >",
        "added | stop | - | stop:->",
      ],
    ],
    "all methods that are new": [
      [],
      [
        "added | add | - | add:i64,i64->i64",
        "added | greet | - | greet:String->Result < String, PluginError >",
        "added | stop | - | stop:->",
      ],
    ],
    "a result that was none": [
      ["add:i64,i64->i64", "greet:String->String", "stop:->"],
      ["changed | greet | greet:String->String | greet:String->Result < String, PluginError >"],
    ],
    "another path of the error type": [
      ["add:i64,i64->i64", "greet:String->Result < String, fidius :: PluginError >", "stop:->"],
      [
        "changed | greet | greet:String->Result < String, fidius :: PluginError > | greet:String->Result < String, PluginError >",
      ],
    ],
    "the width of all integers of a method": [
      ["add:i32,i32->i32", source[1] ?? "", "stop:->"],
      ["changed | add | add:i32,i32->i32 | add:i64,i64->i64"],
    ],
    "two changes in one method": [
      ["add:i64,u8->Vec < i64 >", source[1] ?? "", "stop:->"],
      ["changed | add | add:i64,u8->Vec < i64 > | add:i64,i64->i64"],
    ],
    "changes of two methods": [
      ["add:i64,i64->i64", "greet:& str->Result < String, PluginError >", "stop:u32->"],
      [
        "changed | greet | greet:& str->Result < String, PluginError > | greet:String->Result < String, PluginError >",
        "changed | stop | stop:u32-> | stop:->",
      ],
    ],
    "changes of three methods": [
      ["add:i64->i64", "greet:String->String", "stop:->()"],
      [
        "changed | add | add:i64->i64 | add:i64,i64->i64",
        "changed | greet | greet:String->String | greet:String->Result < String, PluginError >",
        "changed | stop | stop:->() | stop:->",
      ],
    ],
    "a stream and a raw method": [
      ["add:i64,i64->i64!stream", "greet:String->Result < String, PluginError >!raw", "stop:->"],
      [
        "changed | add | add:i64,i64->i64!stream | add:i64,i64->i64",
        "changed | greet | greet:String->Result < String, PluginError >!raw | greet:String->Result < String, PluginError >",
      ],
    ],
  };
  for (const [title, [binary, expected]] of Object.entries(found)) {
    it(`recognises ${title}`, () => {
      assert.deepEqual(brief(explain(binary)), expected);
      assert.deepEqual(brief(explain(binary, { names: binary.map(nameOf) })), expected);
    });
  }

  it("recognises one type written in another way in all methods", () => {
    const error = (name: string): string[] =>
      ["a", "b", "c", "d", "e"].map((method) => `${method}:u32->Result < u32, ${name} >`);
    const differences = explain(error("fidius :: PluginError"), { source: error("PluginError") });
    assert.deepEqual(
      differences.map(({ method }) => method),
      ["a", "b", "c", "d", "e"],
    );
  });

  it("recognises renamed and removed methods by the binary's names", () => {
    const binary = ["add:i64,i64->i64", "halt:->", "shout:String->Result < String, PluginError >"];
    assert.deepEqual(brief(explain(binary, { names: binary.map(nameOf) })), [
      "added | greet | - | greet:String->Result < String, PluginError >",
      "removed | halt | halt:-> | -",
      "removed | shout | shout:String->Result < String, PluginError > | -",
      "added | stop | - | stop:->",
    ]);
    const more = [...source, "size:String->Option < u64 >"];
    assert.deepEqual(brief(explain(more, { names: more.map(nameOf) })), [
      "removed | size | size:String->Option < u64 > | -",
    ]);
  });

  it("recognises methods that became optional or required", () => {
    assert.deepEqual(brief(explain([...source, "wipe:->"], { optional: ["wipe:->"] })), [
      "changed | wipe | wipe:-> | wipe:-> (optional)",
    ]);
    assert.deepEqual(brief(explain(source.slice(0, 2), { names: ["add", "greet", "stop"] })), [
      "changed | stop | optional | stop:->",
    ]);
  });

  it("says so when nothing explains the hash, and still names what has no counterpart", () => {
    const unknown = [{ change: "unknown", method: "" }];
    const binary = ["entirely:Strange->Stranger", "stop:->"];
    assert.deepEqual(explain(binary), unknown);
    assert.deepEqual(brief(explain(binary, { names: binary.map(nameOf) })), [
      "added | add | - | add:i64,i64->i64",
      "added | greet | - | greet:String->Result < String, PluginError >",
      "removed | entirely | - | -",
      "unknown |  | - | -",
    ]);
  });

  it("stays within its bound for large interfaces", () => {
    const many = Array.from(
      { length: 120 },
      (_, index) => `method_${String(index)}:String,HashMap < String, Vec < u8 > >,u32->u64`,
    );
    assert.deepEqual(explain(["x:Strange->"], { source: many }), [
      { change: "unknown", method: "" },
    ]);
    const oneLess = many.slice(1);
    assert.deepEqual(brief(explain(oneLess, { source: many })), [
      `added | method_0 | - | ${many[0] ?? ""}`,
    ]);
  });
});

/** A trait's method as a person edits it. */
interface Drawn {
  readonly name: string;
  readonly arguments: readonly string[];
  readonly returns: string | null;
}

const plain = ["u8", "u32", "i64", "u64", "usize", "f32", "f64", "bool", "String"];
const types = [
  ...plain,
  "Point",
  "Vec<u8>",
  "Vec<Point>",
  "Option<String>",
  "HashMap<String, u32>",
  "(u8, String)",
  "[u8; 4]",
  "Result<Vec<Point>, PluginError>",
];

const drawnMethod = (name: string): fc.Arbitrary<Drawn> =>
  fc.record({
    name: fc.constant(name),
    arguments: fc.array(fc.constantFrom(...types), { maxLength: 3 }),
    returns: fc.option(fc.constantFrom(...types)),
  });

const drawnInterface = fc
  .uniqueArray(fc.stringMatching(/^[a-z][a-z_]{1,8}$/u), { minLength: 1, maxLength: 8 })
  .chain((names) => fc.tuple(...names.map(drawnMethod)));

type Edit = (method: Drawn) => Drawn | null;

const retype = fc.constantFrom<((type: string) => string)[]>(
  (type) => `Option<${type}>`,
  (type) => `Vec<${type}>`,
  (type) => `Result<${type}, PluginError>`,
  (type) => `&${type}`,
  (type) => type.replace("u32", "u64").replace("i64", "i32").replace("f64", "f32"),
  (type) => type.replace(/^String$/u, "&str"),
  (type) => type.replace(/^(?:Option|Vec)<(.*)>$/u, "$1"),
  (type) => type.replace(/^Result<(.*), PluginError>$/u, "$1"),
  (type) => type.replace("HashMap", "BTreeMap"),
  () => "String",
  () => "u32",
);

const drawnEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.constant<Edit>(() => null),
  fc.tuple(fc.nat(), retype).map(([at, change]): Edit => (method) => {
    const list = method.arguments;
    const index = at % Math.max(list.length, 1);
    const changed = list.map((type, place) => (place === index ? change(type) : type));
    return { ...method, arguments: changed };
  }),
  retype.map((change): Edit => (method) => ({
    ...method,
    returns: method.returns === null ? null : change(method.returns),
  })),
  fc.constantFrom(...plain).map((type): Edit => (method) => ({
    ...method,
    arguments: [...method.arguments, type],
  })),
  fc.constant<Edit>((method) => ({ ...method, arguments: method.arguments.slice(1) })),
  fc.constant<Edit>((method) => {
    const [first, second, ...rest] = method.arguments;
    return first === undefined || second === undefined
      ? method
      : { ...method, arguments: [second, first, ...rest] };
  }),
);

function lineOf({ name, arguments: list, returns }: Drawn): string {
  const typeOf = (type: string) => ({ source: type, isStream: false });
  return signatureLine({
    name,
    arguments: list.map(typeOf),
    returns: returns === null ? null : typeOf(returns),
    isRaw: false,
  });
}

describe("what is said of a changed interface", function () {
  this.timeout(60_000);
  const edits = fc.array(fc.tuple(fc.nat(), drawnEdit), { minLength: 1, maxLength: 2 });

  it("is what one or two edits changed, and nothing else", () => {
    fc.assert(
      fc.property(drawnInterface, edits, fc.boolean(), (methods, changes, hasNames) => {
        const older: (Drawn | null)[] = [...methods];
        const touched = new Set<number>();
        for (const [at, edit] of changes) {
          const index = at % methods.length;
          // Two edits of one method may be more than two changes of its types.
          if (!touched.has(index)) {
            touched.add(index);
            older[index] = edit(methods[index] ?? assert.fail());
          }
        }
        const present = methods.map(lineOf);
        const binary = older.flatMap((method) => (method === null ? [] : [lineOf(method)]));
        const expected = methods.flatMap((method, index) => {
          const before = older[index] ?? null;
          const [sourceLine, binaryLine] = [
            lineOf(method),
            before === null ? null : lineOf(before),
          ];
          return sourceLine === binaryLine
            ? []
            : [
                `${binaryLine === null ? "added" : "changed"} | ${method.name} | ${binaryLine ?? "-"} | ${sourceLine}`,
              ];
        });
        const names = binary.map(nameOf);
        const differences = explain(binary, { source: present, ...(hasNames ? { names } : {}) });
        assert.deepEqual(brief(differences).toSorted(), expected.toSorted());
      }),
      { numRuns: 150 },
    );
  });

  it("is never a claim that does not give the binary's hash", () => {
    fc.assert(
      fc.property(drawnInterface, drawnInterface, fc.boolean(), (methods, others, hasNames) => {
        const [present, binary] = [methods.map(lineOf), others.map(lineOf)];
        const names = binary.map(nameOf);
        const differences = explain(binary, { source: present, ...(hasNames ? { names } : {}) });
        for (const { change, method, sourceSignature, binarySignature } of differences) {
          if (change !== "unknown") {
            const inBinary = binary.find((line) => nameOf(line) === method);
            assert.equal(
              present.find((line) => nameOf(line) === method),
              sourceSignature,
            );
            assert.ok(binarySignature === undefined || binarySignature === inBinary);
            assert.equal(change === "added", inBinary === undefined);
          }
        }
      }),
      { numRuns: 15 },
    );
  });
});
