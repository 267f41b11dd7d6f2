// Where the CLI keeps private copies of libraries while they are loaded: the user's own cache folder, because a shared
// temporary folder would let another user swap the copy before it is loaded.

import { isAbsolute, join } from "node:path";
import { homeFolder } from "../../files/homeFolder.ts";

export function cacheFolder(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string {
  const given = environment[platform === "win32" ? "LOCALAPPDATA" : "XDG_CACHE_HOME"];
  if (given !== undefined && isAbsolute(given)) {
    return join(given, "fidius-call");
  }
  const folders: Partial<Record<NodeJS.Platform, readonly string[]>> = {
    win32: ["AppData", "Local"],
    darwin: ["Library", "Caches"],
  };
  // Without a home this is no absolute path, and whoever wants to write there says so.
  return join(homeFolder() ?? "~", ...(folders[platform] ?? [".cache"]), "fidius-call");
}
