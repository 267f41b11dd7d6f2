// The ABIs of Fidius as data: which releases have which, how their descriptors look and what calling them takes. A new
// ABI is one more row; refusing those that are not known yet is decided here too (reference 1.1, 3.3, 3.5).

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
  /** A `Result` is split over statuses 0 and -3, and a panic brings its message; before that neither (reference 4.2). */
  readonly hasErrorStatus: boolean;
  /** Bits of `capabilities` are set; before that they are always 0 and say nothing (reference 3.3). */
  readonly hasCapabilities: boolean;
}

const minorAbi = {
  layout: descriptorLayouts.sized,
  hasInstances: false,
  hasWireFormat: false,
  hasArena: true,
  arguments: "tuple",
  hasErrorStatus: true,
  hasCapabilities: true,
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
    hasErrorStatus: false,
    hasCapabilities: false,
  },
  {
    abi: 2,
    releases: "0.0",
    layout: descriptorLayouts.counted,
    hasInstances: false,
    hasWireFormat: true,
    hasArena: false,
    arguments: "byRelease",
    hasErrorStatus: true,
    hasCapabilities: true,
  },
  { ...minorAbi, abi: 100, releases: "0.1" },
  { ...minorAbi, abi: 200, releases: "0.2" },
  { ...minorAbi, abi: 300, releases: "0.3" },
  { ...minorAbi, abi: 400, releases: "0.4" },
  {
    ...minorAbi,
    abi: 500,
    releases: "0.5",
    layout: descriptorLayouts.constructed,
    hasInstances: true,
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

/** Why a library of an ABI that is not known is refused: a sentence naming its number and ours, and what to do. */
export function describeUnsupportedAbi(abi: number): string {
  const [oldest, newest] = [abiVersions[0], abiVersions.at(-1)].map((version) =>
    version === undefined ? "" : `ABI ${String(version.abi)} (Fidius ${version.releases})`,
  );
  const ours = `this version calls ${oldest ?? ""} to ${newest ?? ""}`;
  const releases = releasesOfAbi(abi);
  if (releases === undefined) {
    return `The library says it has ABI ${String(abi)}, which is no Fidius release; ${ours}. Build the plugin again.`;
  }
  return `The library was built with Fidius ${releases} (ABI ${String(abi)}); ${ours}. Update the Fidius extension, or build the plugin with an older fidius.`;
}

/** The ABI of a release, such as "0.4.2"; undefined for a text that is none (reference 1.1, 3.3). */
export function abiOfRelease(release: string): number | undefined {
  const match = /^(?<major>\d+)\.(?<minor>\d+)\.(?<patch>\d+)/.exec(release)?.groups;
  if (match === undefined) {
    return undefined;
  }
  const [major, minor] = [Number(match["major"]), Number(match["minor"])];
  if (major > 0) {
    return major * 10_000;
  }
  if (minor > 0) {
    return minor * 100;
  }
  return release.startsWith("0.0.0") ? 1 : 2;
}
