// The profiles of a bridge's workspace: those of the user's, since they decide which code is compiled and what build scripts are
// told. Only what costs time and changes neither is less: debug information, link-time optimisation.

import type { CargoMetadata, MetadataPackage } from "../cargo/graph/metadata.ts";
import { asTable, type TomlTable, type TomlValue } from "../cargo/manifest/tomlDocument.ts";

/** The `[profile.…]` tables by name, after those in the root manifest of the user's workspace. */
export function overlayProfiles(
  userRoot: TomlTable,
  metadata: CargoMetadata,
): ReadonlyMap<string, TomlTable> {
  const profiles = new Map<string, TomlTable>([["dev", quick({}, true)]]);
  for (const [name, value] of Object.entries(asTable(userRoot["profile"]) ?? {})) {
    const profile = asTable(value) ?? {};
    const overrides = asTable(profile["package"]);
    profiles.set(name, {
      ...quick(profile, name === "dev"),
      ...(overrides === undefined ? {} : { package: expanded(overrides, metadata) }),
    });
  }
  return profiles;
}

/** Build scripts see only whether there is debug information, which `line-tables-only` is. */
function quick(profile: TomlTable, isOnByDefault: boolean): TomlTable {
  const { lto: _lto, ...others } = profile;
  const debug = others["debug"];
  const isOn = debug === undefined ? isOnByDefault : ![false, 0, "none"].includes(debug as boolean);
  return isOn ? { ...others, debug: "line-tables-only" } : others;
}

/**
 * `"*"` means every package outside of the workspace. Here the user's other packages are outside too, so the star becomes the
 * names that it stood for.
 */
function expanded(overrides: TomlTable, metadata: CargoMetadata): TomlTable {
  const { "*": star, ...named } = overrides;
  const all = asTable(star ?? "");
  if (all === undefined) {
    return overrides;
  }
  const members = new Set(metadata.workspace_members);
  const result: Record<string, TomlValue> = { ...named };
  for (const item of metadata.packages) {
    if (!members.has(item.id)) {
      const own = Object.keys(named).filter((spec) => isOf(spec, item));
      for (const spec of own.length === 0 ? [`${item.name}@${item.version}`] : own) {
        result[spec] = { ...all, ...asTable(named[spec] ?? "") };
      }
    }
  }
  return result;
}

/** Whether a package spec (`name`, `name@1.0`, `name:1.0`, a URL with one of these) may mean the package. */
function isOf(spec: string, { name, version }: MetadataPackage): boolean {
  const [specName, specVersion] = (spec.split(/[#/]/u).at(-1) ?? spec).split(/[@:]/u);
  return (
    specName === name && (specVersion === undefined || `${version}.`.startsWith(`${specVersion}.`))
  );
}
