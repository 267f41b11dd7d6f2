// Where a plugin is at home: what relative paths of its calls mean, and where the set-up of its host functions lies.

import { dirname } from "node:path";
import type { PluginSchema } from "../model/plugin.ts";

/** The folder of the plugin's package; for a library that was opened by itself the folder of its file. */
export function packageFolderOf({ crate, library }: PluginSchema): string {
  return dirname(library?.file ?? crate.manifestPath);
}
