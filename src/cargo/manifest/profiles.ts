// Cargo's profiles as far as they decide which code is compiled: `cfg(debug_assertions)` and `cfg(panic = "…")`.

import type { CrateProfile } from "../../model/crateGraph.ts";
import { asBoolean, asString, asTable, type TomlTable } from "./tomlDocument.ts";

export type Profiles = Readonly<Record<string, CrateProfile>>;

/** What a profile comes to. */
export interface ProfileSettings {
  readonly debugAssertions: boolean;
  /** `unwind` or `abort`; undefined: what the target does by itself. */
  readonly panic: string | undefined;
}

/** The `[profile.…]` tables of a workspace's root. */
export function readProfiles(table: TomlTable | undefined): Profiles {
  return Object.fromEntries(
    Object.entries(table ?? {}).map(([name, value]) => {
      const profile = asTable(value);
      return [
        name,
        {
          inherits: asString(profile?.["inherits"]),
          debugAssertions: asBoolean(profile?.["debug-assertions"]),
          panic: asString(profile?.["panic"]),
        },
      ];
    }),
  );
}

/** Longer chains of `inherits` are circles. */
const longestChain = 16;

/** The settings of the profile `name`. */
export function profileSettings(name: string, profiles: Profiles): ProfileSettings {
  let debugAssertions: boolean | undefined;
  let panic: string | undefined;
  let current = name === "debug" ? "dev" : name;
  for (let step = 0; step < longestChain; step++) {
    const profile = Object.hasOwn(profiles, current) ? profiles[current] : undefined;
    debugAssertions ??= profile?.debugAssertions;
    panic ??= profile?.panic;
    const parent = builtIn.get(current) ?? profile?.inherits ?? null;
    if (parent === null) {
      break;
    }
    current = parent;
  }
  return { debugAssertions: debugAssertions ?? current === "dev", panic };
}

/** Cargo's own profiles and what they inherit. */
const builtIn: ReadonlyMap<string, string | null> = new Map([
  ["dev", null],
  ["release", null],
  ["test", "dev"],
  ["bench", "release"],
]);
