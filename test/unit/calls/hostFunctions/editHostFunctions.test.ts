// Edits of host function set-ups: random set-ups in random layouts, random edits of them, read back by what the call reads.

import assert from "node:assert/strict";
import fc from "fast-check";
import { readHostFunctionText } from "../../../../src/calls/hostFunctions/checkHostFunctions.ts";
import { editHostFunctions } from "../../../../src/calls/hostFunctions/editHostFunctions.ts";
import { parseHostFunctions } from "../../../../src/calls/hostFunctions/parseHostFunctions.ts";
import type {
  HostFunctionAnswer,
  HostFunctionEdit,
  HostFunctionSetup,
} from "../../../../src/model/hostFunctions.ts";
import type { HostInterfaceSchema } from "../../../../src/model/plugin.ts";
import { parseJson, type TextRange } from "../../../../src/model/value/losslessJson.ts";
import type { ReturnSchema, TypeSchema } from "../../../../src/model/schema/schema.ts";
import { bytesType, sampleMethod, samplePlugin, u64Type } from "../../../support/schemaSamples.ts";

const text: TypeSchema = { kind: "string", rustType: "String" };
const wide: TypeSchema = { kind: "integer", bits: 128, signed: true, rustType: "i128" };
const point: TypeSchema = { kind: "named", rustType: "Point", id: "Point" };
const failing = (success: TypeSchema): ReturnSchema => ({ kind: "result", success, failure: text });

const { crate, nameSpan } = samplePlugin("iface", "Unused");
const schema: HostInterfaceSchema = {
  id: "iface::Store",
  name: "Store",
  crate,
  version: 1,
  hash: "00000000000000aa",
  methods: [
    sampleMethod("count", { returns: { kind: "value", type: u64Type } }),
    sampleMethod("lookup", { returns: failing(text) }),
    sampleMethod("load", { returns: failing(bytesType) }),
    sampleMethod("place", { returns: { kind: "value", type: point } }),
  ],
  types: {
    Point: {
      kind: "struct",
      name: "Point",
      body: {
        kind: "struct",
        fields: [
          { name: "x", type: wide },
          { name: "label", type: text },
        ],
      },
      warnings: [],
    },
  },
  nameSpan,
};

const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const i128 = fc.bigInt({ min: -(2n ** 127n), max: 2n ** 127n - 1n });
/** As the form has integers: as text. */
const digits = (numbers: fc.Arbitrary<bigint>) => numbers.map(String);
const valueOf = {
  count: digits(u64),
  lookup: fc.string({ maxLength: 8 }),
  load: fc.uint8Array({ maxLength: 4 }).map((bytes) => `hex:${Buffer.from(bytes).toString("hex")}`),
  place: fc.record({ x: digits(i128), label: fc.string({ maxLength: 8 }) }),
};
type Name = keyof typeof valueOf;
const names = Object.keys(valueOf) as Name[];

const answerOf = (name: Name): fc.Arbitrary<HostFunctionAnswer> => {
  const value = valueOf[name].map((each) => ({ kind: "value", value: each }) as const);
  const module = fc
    .string({ minLength: 1, maxLength: 6 })
    .map((path) => ({ kind: "module", module: `./${path}` }) as const);
  const error = fc
    .record({
      code: fc.string({ maxLength: 4 }),
      message: fc.string({ maxLength: 8 }),
      details: fc.option(fc.string({ maxLength: 8 })),
    })
    .map((each) => ({ kind: "error", error: each }) as const);
  return name === "lookup" || name === "load"
    ? fc.oneof(value, module, error)
    : fc.oneof(value, module);
};

/** A set-up as people write it: any layout, long integers bare, another interface that no source shows. */
const anySetup: fc.Arbitrary<string> = fc
  .record({
    answers: fc.record(
      {
        count: answerOf("count"),
        lookup: answerOf("lookup"),
        load: answerOf("load"),
        place: answerOf("place"),
      },
      { requiredKeys: [] },
    ),
    module: fc.option(fc.constant("./all.mjs")),
    indent: fc.constantFrom<string | number>(0, 2, 3, "\t"),
    hasOther: fc.boolean(),
  })
  .map(({ answers, module, indent, hasOther }) => {
    const functions = Object.fromEntries(
      Object.entries(answers).map(([name, answer]): readonly [string, unknown] => {
        switch (answer.kind) {
          case "value":
            return [name, { value: answer.value }];
          case "error":
            return [name, { error: answer.error }];
          case "module":
            return [name, { module: answer.module }];
        }
      }),
    );
    const interfaces = {
      ...(hasOther ? { Other: { functions: { f: { value: [1, 2] } } } } : {}),
      Store: { ...(module === null ? {} : { module }), functions },
    };
    const written = JSON.stringify({ $schema: "./x.json", interfaces }, null, indent);
    return written.replace(/("value":\s*|"x":\s*)"(-?\d+)"/g, "$1$2");
  })
  .filter((written) => parseHostFunctions(written).ok);

const anyEdit: fc.Arbitrary<HostFunctionEdit> = fc.oneof(
  ...names.map((functionName) =>
    fc.option(answerOf(functionName)).map((answer): HostFunctionEdit => ({
      kind: "answer",
      interfaceName: "Store",
      functionName,
      answer,
    })),
  ),
  fc
    .option(fc.constantFrom("./a.mjs", "./b.mjs"))
    .map((module): HostFunctionEdit => ({ kind: "module", interfaceName: "Store", module })),
  fc.constant<HostFunctionEdit>({ kind: "defaults", interfaceName: "Store" }),
);

function setupOf(written: string): HostFunctionSetup {
  const parsed = parseHostFunctions(written);
  assert.ok(parsed.ok, written);
  return parsed.value;
}

/** A set-up for comparison: integers of any size as text. */
function comparable(setup: HostFunctionSetup): unknown {
  return JSON.parse(
    JSON.stringify(setup, (_, value: unknown) =>
      typeof value === "number" ? String(value) : value,
    ),
  );
}

function expectedSetup(before: HostFunctionSetup, edit: HostFunctionEdit): HostFunctionSetup {
  const own = before["Store"] ?? { functions: {} };
  switch (edit.kind) {
    case "answer": {
      const { [edit.functionName]: _, ...others } = own.functions;
      const functions =
        edit.answer === null ? others : { ...others, [edit.functionName]: edit.answer };
      return { ...before, Store: { ...own, functions } };
    }
    case "module": {
      const { module: _, ...rest } = own;
      return {
        ...before,
        Store: edit.module === null ? rest : { ...rest, module: edit.module },
      };
    }
    case "defaults": {
      const defaults: Record<Name, HostFunctionAnswer> = {
        count: { kind: "value", value: 0 },
        lookup: { kind: "value", value: "" },
        load: { kind: "value", value: "hex:" },
        place: { kind: "value", value: { x: 0, label: "" } },
      };
      return { ...before, Store: { ...own, functions: { ...defaults, ...own.functions } } };
    }
  }
}

describe("editHostFunctions", () => {
  it("makes every edit of every set-up, and touches no other answer's text", () => {
    fc.assert(
      fc.property(anySetup, anyEdit, (written, edit) => {
        const before = setupOf(written);
        const edited = editHostFunctions(written, edit, schema);
        assert.ok(edited.ok, edited.ok ? "" : edited.error);
        const after = setupOf(edited.value);
        assert.deepEqual(comparable(after), comparable(expectedSetup(before, edit)));
        const old = parseJson(written);
        const next = parseJson(edited.value);
        assert.ok(old.ok && next.ok);
        for (const name of Object.keys(before["Store"]?.functions ?? {})) {
          if (edit.kind !== "answer" || edit.functionName !== name) {
            const pointer = `/interfaces/Store/functions/${name}`;
            const from = old.value.locate(pointer);
            const to: TextRange | undefined = next.value.locate(pointer);
            assert.equal(
              edited.value.slice(to?.start, to?.end),
              written.slice(from?.start, from?.end),
            );
          }
        }
      }),
      { numRuns: 600 },
    );
  });

  it("changes nothing when the answer is what the file has", () => {
    fc.assert(
      fc.property(anySetup, fc.constantFrom(...names), (written, functionName) => {
        const answer = setupOf(written)["Store"]?.functions[functionName] ?? null;
        const edit = { kind: "answer", interfaceName: "Store", functionName, answer } as const;
        assert.deepEqual(editHostFunctions(written, edit, schema), { ok: true, value: written });
      }),
      { numRuns: 300 },
    );
  });

  it("makes a file where there is none, edit by edit", () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 8 }), (edits) => {
        let written: string | null = null;
        let expected: HostFunctionSetup = {};
        for (const edit of edits) {
          const edited: ReturnType<typeof editHostFunctions> = editHostFunctions(
            written,
            edit,
            schema,
          );
          assert.ok(edited.ok, edited.ok ? "" : edited.error);
          written = edited.value;
          expected = expectedSetup(expected, edit);
        }
        const setup = written === null ? {} : setupOf(written);
        const { Store: own = { functions: {} } } = setup;
        assert.deepEqual(
          comparable({ Store: own }),
          comparable({ Store: expected["Store"] ?? { functions: {} } }),
        );
        if (written !== null) {
          assert.deepEqual(readHostFunctionText(written, [schema]).problems, []);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("keeps the way in which an error's details are written", () => {
    const written =
      '{"interfaces":{"Store":{"functions":{"lookup":{"error":{"code":"A","details":{"a":1}}}}}}}';
    const error = { code: "B", message: "", details: '{"a":1}' };
    const edit: HostFunctionEdit = {
      kind: "answer",
      interfaceName: "Store",
      functionName: "lookup",
      answer: { kind: "error", error },
    };
    const edited = editHostFunctions(written, edit, schema);
    assert.deepEqual(edited, { ok: true, value: written.replace('"A"', '"B"') });
  });

  it("refuses what does not fit, and a file that is no set-up", () => {
    const answer = (value: HostFunctionAnswer): HostFunctionEdit => ({
      kind: "answer",
      interfaceName: "Store",
      functionName: "count",
      answer: value,
    });
    const refused = (written: string | null, edit: HostFunctionEdit): string => {
      const edited = editHostFunctions(written, edit, schema);
      assert.ok(!edited.ok);
      return edited.error;
    };
    assert.match(refused(null, answer({ kind: "value", value: "-1" })), /^Store\.count: /);
    const error = { code: "", message: "", details: null };
    assert.match(refused(null, answer({ kind: "error", error })), /returns no Result/);
    assert.match(refused("{", answer({ kind: "value", value: 1 })), /has an error: The text ends/);
    assert.match(refused('{"interfaces": []}', answer({ kind: "value", value: 1 })), /an object/);
  });

  it("says of each value that does not fit where it stands", () => {
    const written =
      '{"interfaces": {"Store": {"functions": {\n  "count": {"value": -1},\n  "gone": {"value": 1}}}}}';
    const { setup, problems } = readHostFunctionText(written, [schema]);
    assert.ok(setup !== null);
    assert.deepEqual(
      problems.map(({ pointer, line, column }) => [pointer, line, column]),
      [
        ["/interfaces/Store/functions/count/value", 2, 22],
        ["/interfaces/Store/functions/gone", 3, 11],
      ],
    );
  });
});
