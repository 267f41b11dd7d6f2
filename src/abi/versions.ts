// The ABIs of Fidius as data: which releases have which, how their descriptors look and what calling them takes. A new
// ABI is one more row; refusing those that cannot be called yet is decided here too (reference 1.1, 3.3, 3.5).

import { descriptorLayouts } from "./descriptorLayout.ts";
import type { DescriptorLayout } from "./descriptorLayout.ts";

/** One ABI of Fidius. */
export interface AbiVersion {
  /** The number in the descriptor. */
  readonly abi: number;
  /** The releases that have it, for people: "0.5". */
  readonly releases: string;
  readonly layout: DescriptorLayout;
  /** Functions take an instance first, made by `construct` (reference 3.5, 3.8). */
  readonly hasInstances: boolean;
  /** Bytes may be JSON; the descriptor's `wire_format` says (reference 4.1). */
  readonly hasWireFormat: boolean;
  /** `buffer = Arena` exists (reference 2.1). */
  readonly hasArena: boolean;
  /** Arguments are a tuple; before that exactly one, bare (reference 4.1). ABI 2 has both: the release decides. */
  readonly arguments: "tuple" | "bare" | "byRelease";
  /** This version of the host calls it. */
  readonly isCallable: boolean;
}

const minorAbi = {
  layout: descriptorLayouts.sized,
  hasInstances: false,
  hasWireFormat: false,
  hasArena: true,
  arguments: "tuple",
  isCallable: false,
} as const;

/** Every ABI there has been, oldest first (reference 1.1). */
export const abiVersions: readonly AbiVersion[] = [
  {
    abi: 1,
    releases: "0.0.0-alpha.1",
    layout: descriptorLayouts.first,
    hasInstances: false,
    hasWireFormat: true,
    hasArena: false,
    arguments: "bare",
    isCallable: false,
  },
  {
    abi: 2,
    releases: "0.0",
    layout: descriptorLayouts.counted,
    hasInstances: false,
    hasWireFormat: true,
    hasArena: false,
    arguments: "byRelease",
    isCallable: false,
  },
  { ...minorAbi, abi: 100, releases: "0.1" },
  { ...minorAbi, abi: 200, releases: "0.2" },
  { ...minorAbi, abi: 300, releases: "0.3" },
  { ...minorAbi, abi: 400, releases: "0.4" },
  {
    abi: 500,
    releases: "0.5",
    layout: descriptorLayouts.constructed,
    hasInstances: true,
    hasWireFormat: false,
    hasArena: true,
    arguments: "tuple",
    isCallable: true,
  },
];

/** The first u32 of a descriptor from which on it is the descriptor's own size, not an ABI number (reference 3.3). */
const smallestDescriptorSize = 104;

/** Bytes that {@link readAbiNumber} needs. */
export const abiProbeSize = 8;

/** What the first eight bytes of a descriptor say: its ABI number, and its size where it states one. */
export interface AbiProbe {
  readonly abi: number;
  readonly descriptorSize: number | null;
}

/** Reads the ABI number; undefined when the bytes begin no descriptor of any ABI (reference 3.3). */
export function readAbiNumber(first: number, second: number): AbiProbe | undefined {
  if (first === 1 || first === 2) {
    return { abi: first, descriptorSize: null };
  }
  return first >= smallestDescriptorSize ? { abi: second, descriptorSize: first } : undefined;
}

/** The ABI with that number, if there has been one. */
export function findAbiVersion(abi: number): AbiVersion | undefined {
  return abiVersions.find((version) => version.abi === abi);
}

/** The Fidius line that has an ABI number, also one that is not known yet: `minor * 100` until 1.0, `major * 10000` from then on (reference 3.3). */
export function releasesOfAbi(abi: number): string | undefined {
  const known = findAbiVersion(abi);
  if (known !== undefined) {
    return known.releases;
  }
  if (abi >= 10_000 && abi % 10_000 === 0) {
    return String(abi / 10_000);
  }
  return abi > 0 && abi < 10_000 && abi % 100 === 0 ? `0.${String(abi / 100)}` : undefined;
}

/** Why a library of an ABI is refused: a sentence naming its Fidius and ours, and what to do. */
export function describeUnsupportedAbi(abi: number): string {
  const callable = abiVersions.filter((version) => version.isCallable);
  const ours = callable
    .map((version) => `Fidius ${version.releases} (ABI ${String(version.abi)})`)
    .join(" and ");
  const releases = releasesOfAbi(abi);
  if (releases === undefined) {
    return `The library says it has ABI ${String(abi)}, which is no Fidius release; this version calls ${ours}. Build the plugin again.`;
  }
  const isNewer = callable.every((version) => abi > version.abi);
  const next = isNewer
    ? "Update the Fidius extension, or build the plugin with an older fidius."
    : "Build the plugin with a fidius of that line.";
  return `The library was built with Fidius ${releases} (ABI ${String(abi)}); this version calls ${ours}. ${next}`;
}
