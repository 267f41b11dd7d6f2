// How old the library of a plugin is, next to the source of its interface. It is not loaded, and not read: only its date counts.

import path from "node:path";
import { statsOf } from "../../files/fileStats.ts";
import type { CrateInfo, PluginSchema } from "../../model/plugin.ts";

/** Where cargo builds a crate. */
export type BuildPlaceOf = (crate: CrateInfo) => {
  readonly targetFolder: string;
  readonly profile: string;
};

/** `older`: built before `sourceFile` was changed last. Undefined where there is no library that could be found. */
export function libraryAge(
  plugin: Pick<PluginSchema, "crate" | "library" | "obstacle">,
  sourceFile: string,
  placeOf: BuildPlaceOf,
): "older" | "newer" | undefined {
  if (plugin.library?.outdatedHash !== undefined) {
    return "older";
  }
  const library = statsOf(plugin.library?.file ?? libraryFile(plugin.crate, placeOf));
  const source = statsOf(sourceFile);
  if (library === undefined || source === undefined || plugin.obstacle !== undefined) {
    return undefined;
  }
  return library.mtimeNs < source.mtimeNs ? "older" : "newer";
}

/** The file that cargo names after a crate, on this system. */
function libraryFile(crate: CrateInfo, placeOf: BuildPlaceOf): string {
  const { targetFolder, profile } = placeOf(crate);
  const folder = profile === "dev" || profile === "test" ? "debug" : profile;
  const name = crate.libraryName;
  const file =
    process.platform === "win32"
      ? `${name}.dll`
      : `lib${name}.${process.platform === "darwin" ? "dylib" : "so"}`;
  const inTarget = crate.target?.kind === "example" ? ["examples"] : [];
  return path.join(targetFolder, folder, ...inTarget, file);
}
