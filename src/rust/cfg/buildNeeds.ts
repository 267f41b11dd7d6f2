// What would bring something into a build that `cfg` leaves out: the fewest features that make all its conditions hold, or
// another profile. Everything else is a matter of the target.

import type { RustToken } from "../../abi/rustTokens.ts";
import { readEntries } from "../syntax/items/attributes.ts";
import { evaluateCfg, type CfgOptions } from "./cfg.ts";

export type BuildNeed =
  | { readonly kind: "features"; readonly on: readonly string[]; readonly off: readonly string[] }
  /** `hasDebugAssertions`: what the profile would have to say. */
  | { readonly kind: "profile"; readonly hasDebugAssertions: boolean }
  /** The first predicate that does not hold. */
  | { readonly kind: "condition"; readonly predicate: readonly RustToken[] }
  /** Compiled for tests or documentation only: no library ever has it. */
  | { readonly kind: "never" };

/** More features than these are not combined: nobody would turn them on together. */
const mostFeatures = 8;

/** Names that are set for other things than libraries. */
const otherBuilds = [
  "test",
  "doc",
  "doctest",
  "rustdoc",
  "miri",
  "loom",
  "fuzzing",
  "kani",
  "clippy",
];

/** What makes none of `predicates` false, which one of them is now; null when none is. */
export function needOf(
  predicates: readonly (readonly RustToken[])[],
  options: CfgOptions,
): BuildNeed | null {
  const holds = (with_: CfgOptions): boolean =>
    predicates.every((predicate) => evaluateCfg(predicate, with_) !== false);
  const failing = predicates.find((predicate) => evaluateCfg(predicate, options) === false);
  if (failing === undefined) {
    return null;
  }
  const enabled = options.values.get("feature") ?? new Set();
  const mentioned = [...new Set(predicates.flatMap((predicate) => featuresIn(predicate, 0)))];
  const toggles = subsets(mentioned.slice(0, mostFeatures)).map((chosen): FeatureToggle => ({
    on: chosen.filter((feature) => !enabled.has(feature)),
    off: chosen.filter((feature) => enabled.has(feature)),
  }));
  // Turning a feature on is asked for by a flag, turning one off is an edit of whoever turned it on.
  toggles.sort((a, b) => a.off.length - b.off.length || a.on.length - b.on.length);
  const withFeatures = ({ on, off }: FeatureToggle, flags = options.flags): CfgOptions => {
    const features = new Set([...enabled].filter((feature) => !off.includes(feature)));
    on.forEach((feature) => features.add(feature));
    return { flags, values: new Map([...options.values, ["feature", features]]) };
  };
  const toggle = toggles.find((candidate) => holds(withFeatures(candidate)));
  if (toggle !== undefined) {
    return { kind: "features", ...toggle };
  }
  const hasDebugAssertions = !options.flags.has("debug_assertions");
  const flags = new Set(options.flags);
  if (hasDebugAssertions) {
    flags.add("debug_assertions");
  } else {
    flags.delete("debug_assertions");
  }
  if (holds({ ...options, flags })) {
    return { kind: "profile", hasDebugAssertions };
  }
  const otherFlags = new Set([...options.flags, ...otherBuilds]);
  return toggles.some((candidate) => holds(withFeatures(candidate, otherFlags)))
    ? { kind: "never" }
    : { kind: "condition", predicate: failing };
}

interface FeatureToggle {
  readonly on: readonly string[];
  readonly off: readonly string[];
}

const deepestNesting = 64;

function featuresIn(predicate: readonly RustToken[], depth: number): readonly string[] {
  return depth > deepestNesting
    ? []
    : readEntries(predicate).flatMap(({ name, nested, value: [token] }) => {
        const text = /^r?#*"(?<text>.*)"#*$/su.exec(token?.text ?? "")?.groups?.["text"];
        return nested !== null
          ? featuresIn(nested, depth + 1)
          : name === "feature" && text !== undefined
            ? [text]
            : [];
      });
}

function subsets(features: readonly string[]): readonly (readonly string[])[] {
  return features.reduce<readonly (readonly string[])[]>(
    (all, feature) => [...all, ...all.map((chosen) => [...chosen, feature])],
    [[]],
  );
}
