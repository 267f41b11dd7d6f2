// Slots of a library of another version of the interface: never another method's, whatever was added where.

import assert from "node:assert/strict";
import fc from "fast-check";
import type { MetadataEntry } from "../../../src/model/libraryReport.ts";
import { placeMethods, type SourceMethod } from "../../../src/model/slotPlacement.ts";

/** A method and whether the library, which is older, has it too. */
interface Drawn {
  readonly isOptional: boolean;
  readonly isInLibrary: boolean;
  readonly label: string | null;
}

const drawn = fc.record({
  isOptional: fc.boolean(),
  isInLibrary: fc.boolean(),
  label: fc.constantFrom(null, null, "a", "b"),
});

function metadataOf({ label }: Drawn): readonly MetadataEntry[] {
  return label === null ? [] : [{ key: "label", value: label }];
}

function sourceOf(methods: readonly Drawn[]): readonly SourceMethod[] {
  let bit = 0;
  return methods.map((method, traitIndex) => ({
    name: `m${String(traitIndex)}`,
    traitIndex,
    metadata: metadataOf(method),
    ...(method.isOptional ? { capabilityBit: bit++ } : {}),
  }));
}

function isInLibrary({ isOptional, isInLibrary: isChosen }: Drawn): boolean {
  return !isOptional || isChosen;
}

function libraryOf(
  methods: readonly Drawn[],
  hasMetadata: boolean,
): Parameters<typeof placeMethods>[0] {
  const own = methods.filter(isInLibrary);
  const optional = own.filter(({ isOptional }) => isOptional).length;
  const isLabelled = hasMetadata && own.some(({ label }) => label !== null);
  return {
    capabilities: (2n ** BigInt(optional) - 1n).toString(16),
    methodCount: own.length,
    methodMetadata: isLabelled ? own.map(metadataOf) : [],
  };
}

/** Where the library has them. */
function truthOf(methods: readonly Drawn[]): readonly (number | null)[] {
  return methods.map((method, index) =>
    isInLibrary(method) ? methods.slice(0, index).filter(isInLibrary).length : null,
  );
}

describe("slots of a library of another version", () => {
  it("are never those of another method", () => {
    fc.assert(
      fc.property(fc.array(drawn, { maxLength: 10 }), fc.boolean(), (methods, hasMetadata) => {
        const placements = placeMethods(libraryOf(methods, hasMetadata), sourceOf(methods));
        const truth = truthOf(methods);
        placements.forEach((placement, index) => {
          if (placement.kind === "slot") {
            assert.equal(placement.slot, truth[index]);
          } else if (placement.kind === "absent") {
            assert.equal(truth[index], null);
          }
        });
      }),
      { numRuns: 2000 },
    );
  });

  it("are all known that are the same for every library with as many methods", () => {
    fc.assert(
      fc.property(fc.array(drawn, { maxLength: 7 }), (methods) => {
        const placements = placeMethods(libraryOf(methods, false), sourceOf(methods));
        const count = methods.filter(isInLibrary).length;
        const truths = Array.from({ length: 2 ** methods.length }, (_, choice) =>
          methods.map((method, index) => ({
            ...method,
            isInLibrary: ((choice >> index) & 1) === 1,
          })),
        )
          .filter((choice) => choice.filter(isInLibrary).length === count)
          .map(truthOf);
        placements.forEach((placement, index) => {
          const possible = new Set(truths.map((truth) => truth[index]));
          assert.equal(placement.kind === "unclear", possible.size > 1);
        });
      }),
      { numRuns: 300 },
    );
  });

  it("are told by the library's own names, in any order", () => {
    fc.assert(
      fc.property(
        fc.array(drawn, { minLength: 1, maxLength: 10 }).chain((methods) =>
          fc.tuple(
            fc.constant(methods),
            fc.shuffledSubarray(
              sourceOf(methods)
                .filter((_, index) => isInLibrary(methods[index] ?? never()))
                .map(({ name }) => name),
              { minLength: methods.filter(isInLibrary).length },
            ),
          ),
        ),
        ([methods, methodNames]) => {
          const source = sourceOf(methods);
          const library = { ...libraryOf(methods, true), methodNames };
          assert.deepEqual(
            placeMethods(library, source),
            source.map(({ name }) => {
              const slot = methodNames.indexOf(name);
              return slot < 0 ? { kind: "absent" } : { kind: "slot", slot };
            }),
          );
        },
      ),
    );
  });

  it("are not told by names that lack a required method, nor by a longer library without names", () => {
    const source = sourceOf([
      { isOptional: false, isInLibrary: true, label: null },
      { isOptional: false, isInLibrary: true, label: null },
    ]);
    const library = { capabilities: "0", methodCount: 2, methodMetadata: [] };
    const plain = [
      { kind: "slot", slot: 0 },
      { kind: "slot", slot: 1 },
    ];
    assert.deepEqual(placeMethods({ ...library, methodNames: ["m1", "other"] }, source), plain);
    assert.deepEqual(placeMethods({ ...library, methodCount: null }, source), plain);
    const unclear = [{ kind: "unclear" }, { kind: "unclear" }];
    assert.deepEqual(placeMethods({ ...library, methodCount: 3 }, source), unclear);
    assert.deepEqual(placeMethods({ ...library, methodCount: 1 }, source), unclear);
  });
});

function never(): never {
  throw new Error("no such method");
}
