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
  const files =
    plugin.library?.file === undefined
      ? libraryFiles(plugin.crate, placeOf)
      : [plugin.library.file];
  const library = files.map((file) => statsOf(file)).find((stats) => stats !== undefined);
  const source = statsOf(sourceFile);
  if (library === undefined || source === undefined || plugin.obstacle !== undefined) {
    return undefined;
  }
  return library.mtimeNs < source.mtimeNs ? "older" : "newer";
}

/** What cargo calls the library of a crate, on any system. */
function libraryFiles(crate: CrateInfo, placeOf: BuildPlaceOf): readonly string[] {
  const { targetFolder, profile } = placeOf(crate);
  const folder = profile === "dev" || profile === "test" ? "debug" : profile;
  const inTarget = crate.target?.kind === "example" ? ["examples"] : [];
  const name = crate.libraryName;
  return [`lib${name}.so`, `lib${name}.dylib`, `${name}.dll`].map((file) =>
    path.join(targetFolder, folder, ...inTarget, file),
  );
}
