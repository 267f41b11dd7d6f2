// Where programs outside of an editor keep private copies of libraries while they are loaded, and sources of other revisions:
// the user's own cache folder, because in a shared temporary folder another user could swap a library before it is loaded, or plant
// settings of cargo above the sources.

import { isAbsolute, join } from "node:path";
import type { CacheFolder } from "./folderFailure.ts";
import { homeFolder } from "./homeFolder.ts";

export function cacheFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): CacheFolder {
  const variable = platform === "win32" ? "LOCALAPPDATA" : "XDG_CACHE_HOME";
  const given = environment[variable];
  const rest =
    given === undefined || given === "" || isAbsolute(given)
      ? ""
      : ` ${given}, which it names now, does not count, since it is no absolute path.`;
  const alternative = `Or name another folder in ${variable}.${rest}`;
  if (given !== undefined && isAbsolute(given)) {
    return { folder: join(given, "fidius-call"), alternative };
  }
  const folders: Partial<Record<NodeJS.Platform, readonly string[]>> = {
    win32: ["AppData", "Local"],
    darwin: ["Library", "Caches"],
  };
  // Without a home this is no absolute path, and whoever wants to write there says so.
  const parts = [...(folders[platform] ?? [".cache"]), "fidius-call"];
  return { folder: join(homeFolder() ?? "~", ...parts), alternative };
}
