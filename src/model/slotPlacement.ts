// Which slot of a library's vtable runs a method of the source. The hash of both is equal, but it holds neither the optional
// methods nor any order (reference 5.1), so a library of another version of the interface may have other slots (3.4).

import type { MetadataEntry, PluginReport } from "./libraryReport.ts";

/** A method as the source has it. */
export interface SourceMethod {
  readonly name: string;
  readonly traitIndex: number;
  readonly capabilityBit?: number;
  readonly metadata?: readonly MetadataEntry[];
}

export type SlotPlacement =
  | { readonly kind: "slot"; readonly slot: number }
  /** An optional method that the library was built without. */
  | { readonly kind: "absent" }
  /** Nothing in the library tells its slot, or whether there is one. */
  | { readonly kind: "unclear" };

type Library = Pick<
  PluginReport,
  "capabilities" | "methodCount" | "methodMetadata" | "methodNames"
>;

const absent: SlotPlacement = { kind: "absent" };
const unclear: SlotPlacement = { kind: "unclear" };

/**
 * The places of `methods`, which are given in the order of their slots: that of the impl block where it is visible, else that
 * of the trait. The library's own names decide; without them its number of methods may.
 */
export function placeMethods(
  library: Library,
  methods: readonly SourceMethod[],
): readonly SlotPlacement[] {
  const { methodCount } = library;
  const byName = placeByName(library, methods);
  if (byName !== undefined) {
    return byName;
  }
  if (methodCount === null) {
    // ABI 1 says neither how many nor which methods there are.
    return methods.map((_, slot) => ({ kind: "slot", slot }));
  }
  if (methodCount === methods.length) {
    return methods.map((method, slot) =>
      lacksCapability(library, method) ? absent : { kind: "slot", slot },
    );
  }
  const metadata = isInTraitOrder(methods) ? metadataOf(library, methodCount) : null;
  return methodCount < methods.length
    ? (placeInFewer(methodCount, methods, metadata) ??
        placeInFewer(methodCount, methods, null) ??
        methods.map(() => unclear))
    : methods.map(() => unclear);
}

function placeByName(
  { methodNames }: Library,
  methods: readonly SourceMethod[],
): readonly SlotPlacement[] | undefined {
  const placed = methods.map(({ name }): SlotPlacement => {
    const slot = methodNames?.indexOf(name) ?? -1;
    return slot < 0 ? absent : { kind: "slot", slot };
  });
  // The hash says that the required methods are there: names that lack one are no names of methods.
  const isWhole = methods.every(
    ({ capabilityBit }, index) => capabilityBit !== undefined || placed[index] !== absent,
  );
  return methodNames !== undefined && isWhole ? placed : undefined;
}

function lacksCapability({ capabilities }: Library, { capabilityBit }: SourceMethod): boolean {
  return (
    capabilityBit !== undefined &&
    ((BigInt(`0x${capabilities}`) >> BigInt(capabilityBit)) & 1n) === 0n
  );
}

function isInTraitOrder(methods: readonly SourceMethod[]): boolean {
  return methods.every(
    ({ traitIndex }, index) => index === 0 || traitIndex > (methods[index - 1]?.traitIndex ?? 0),
  );
}

type MethodMetadata = readonly (readonly MetadataEntry[])[];

/** Metadata is in the trait's order with an entry for each method, or there is none at all (reference 3.9). */
function metadataOf({ methodMetadata }: Library, methodCount: number): MethodMetadata | null {
  return methodMetadata.length === methodCount ? methodMetadata : null;
}

/**
 * Places in a library that lacks some optional methods and keeps the order of the others. Of all choices of what it lacks
 * that its number of methods and their metadata allow, only what is common to all counts; undefined when there is none.
 */
function placeInFewer(
  slotCount: number,
  methods: readonly SourceMethod[],
  metadata: MethodMetadata | null,
): readonly SlotPlacement[] | undefined {
  const fits = (method: SourceMethod, slot: number): boolean =>
    slot < slotCount &&
    (metadata === null || isSameMetadata(metadata[slot] ?? [], method.metadata ?? []));
  // before[i]: how many slots the methods before i may take; after[i]: how many those from i on may leave before them.
  const before: Set<number>[] = [new Set([0])];
  for (const [index, method] of methods.entries()) {
    const next = new Set<number>();
    for (const slot of before[index] ?? []) {
      if (fits(method, slot)) {
        next.add(slot + 1);
      }
      if (method.capabilityBit !== undefined) {
        next.add(slot);
      }
    }
    before.push(next);
  }
  let after = new Set([slotCount]);
  const placements: SlotPlacement[] = [];
  for (const [index, method] of [...methods.entries()].reverse()) {
    const possible = [...(before[index] ?? [])];
    const slots = possible.filter((slot) => fits(method, slot) && after.has(slot + 1));
    const skips =
      method.capabilityBit === undefined ? [] : possible.filter((slot) => after.has(slot));
    placements.unshift(onlyPlacement(slots, skips.length > 0));
    after = new Set([...slots, ...skips]);
  }
  return after.has(0) ? placements : undefined;
}

function onlyPlacement(slots: readonly number[], mayLack: boolean): SlotPlacement {
  const [slot] = slots;
  if (slot === undefined) {
    return absent;
  }
  return slots.length === 1 && !mayLack ? { kind: "slot", slot } : unclear;
}

function isSameMetadata(left: readonly MetadataEntry[], right: readonly MetadataEntry[]): boolean {
  return (
    left.length === right.length &&
    left.every(({ key, value }, index) => key === right[index]?.key && value === right[index].value)
  );
}
