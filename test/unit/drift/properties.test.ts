// Comparing against what Fidius does: a host of today calls a plugin of then by the slots of today's trait, once their hashes agree.

import assert from "node:assert/strict";
import fc from "fast-check";
import { interfaceHash } from "../../../src/abi/interfaceHash.ts";
import type { DriftChange } from "../../../src/drift/change.ts";
import { compareInterfaces } from "../../../src/drift/compareInterfaces.ts";
import type { InterfaceState, MethodState } from "../../../src/drift/interfaceState.ts";

interface Method {
  readonly name: string;
  readonly argument: "u8" | "u16";
  readonly isOptional: boolean;
}

const methods = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom("a", "b", "c", "d", "e", "f"),
    argument: fc.constantFrom("u8", "u16"),
    isOptional: fc.boolean(),
  }) satisfies fc.Arbitrary<Method>,
  { selector: ({ name }) => name, maxLength: 6 },
);

function methodState({ name, argument, isOptional }: Method): MethodState {
  return {
    name,
    signature: `${name}:${argument}->()`,
    isOptional,
    isAsync: false,
    metadata: [],
    types: {
      wire: "bincode",
      stream: "none",
      arguments: [
        {
          name: "x",
          type: {
            kind: "integer",
            rustType: argument,
            signed: false,
            bits: argument === "u8" ? 8 : 16,
          },
        },
      ],
      returns: { kind: "value", type: { kind: "unit", rustType: "()" } },
    },
    span: undefined,
  };
}

function state(list: readonly Method[], version: number): InterfaceState {
  const states = list.map(methodState);
  return {
    kind: "plugin",
    id: "demo::Tool",
    name: "Tool",
    crate: { name: "demo", version: "0.1.0" },
    version,
    buffer: "PluginAllocated",
    hash: interfaceHash(
      states.flatMap(({ signature, isOptional }) => (isOptional ? [] : [signature ?? ""])),
    ),
    abi: 500,
    cratePath: "fidius",
    methods: states,
    isOrderKnown: true,
    metadata: [],
    types: {},
    span: undefined,
  };
}

function changesOf(before: readonly Method[], after: readonly Method[]): readonly DriftChange[] {
  return compareInterfaces([state(before, 1)], [state(after, 2)], () => undefined).flatMap(
    ({ changes }) => changes,
  );
}

/**
 * What a host of today does with a plugin of then: refuses it by its hash, or calls slots. A slot beyond the plugin's methods, or
 * an optional method whose bit is not set, is not called; any other has to be the method that is meant, with its types.
 */
function worksWithOldPlugins(before: readonly Method[], after: readonly Method[]): boolean {
  if (state(before, 1).hash !== state(after, 2).hash) {
    return false;
  }
  const bits = before.filter(({ isOptional }) => isOptional).length;
  let bit = 0;
  return after.every((method, slot) => {
    const isMarked = !method.isOptional || bit++ < bits;
    const found = before[slot];
    return (
      !isMarked ||
      found === undefined ||
      (found.argument === method.argument && (found.name === method.name || method.isOptional))
    );
  });
}

const isBinaryBreak = ({ severity, category }: DriftChange): boolean =>
  severity === "breaking" && category === "binary";

describe("comparing interfaces", () => {
  it("finds nothing between an interface and itself", () => {
    fc.assert(
      fc.property(methods, (list) => {
        const changes = compareInterfaces([state(list, 1)], [state(list, 1)], () => undefined);
        assert.deepEqual(
          changes.flatMap((each) => each.changes),
          [],
        );
      }),
    );
  });

  it("finds a binary break whenever a host of today refuses a plugin of then, or calls another method of it", () => {
    fc.assert(
      fc.property(methods, methods, (before, after) => {
        if (!worksWithOldPlugins(before, after)) {
          assert.ok(changesOf(before, after).some(isBinaryBreak));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("finds none when optional methods are appended, in any number", () => {
    fc.assert(
      fc.property(methods, methods, (before, more) => {
        const names = new Set(before.map(({ name }) => name));
        const appended = more
          .filter(({ name }) => !names.has(name))
          .map((method) => ({ ...method, isOptional: true }));
        const changes = changesOf(before, [...before, ...appended]);
        assert.ok(worksWithOldPlugins(before, [...before, ...appended]));
        assert.deepEqual(
          changes.map(({ rule, methods: [name] }) => [rule, name]),
          appended.map(({ name }) => ["optional-added", name]),
        );
      }),
    );
  });

  it("names a moved method whenever the order is another one, and only then", () => {
    fc.assert(
      fc.property(methods, fc.nat(5), fc.nat(5), (list, from, to) => {
        const moved = [...list];
        const [method] = moved.splice(from % Math.max(1, list.length), 1);
        if (method === undefined) {
          return;
        }
        moved.splice(to % list.length, 0, method);
        const isSame = moved.every(({ name }, index) => name === list[index]?.name);
        const rules = changesOf(list, moved).map(({ rule }) => rule);
        assert.deepEqual(rules, isSame ? [] : ["methods-reordered"]);
      }),
    );
  });

  it("finds a method that was inserted, and what it moves when it is optional", () => {
    fc.assert(
      fc.property(methods, fc.nat(6), fc.boolean(), (list, at, isOptional) => {
        const index = at % (list.length + 1);
        const inserted: Method = { name: "new", argument: "u8", isOptional };
        const rules = changesOf(list, [
          ...list.slice(0, index),
          inserted,
          ...list.slice(index),
        ]).map(({ rule }) => rule);
        const optional = index === list.length ? "optional-added" : "optional-inserted-above";
        assert.deepEqual(rules, [isOptional ? optional : "method-inserted"]);
      }),
    );
  });
});
