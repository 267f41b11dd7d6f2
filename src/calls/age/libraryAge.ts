// What is known of a library that is called as it is, without a build: whether it may be older than the types that the sources
// have today. The interface hash does not tell: it covers signatures, and a struct that gains a field keeps its name.

import { basename, relative } from "node:path";
import { statsOf } from "../../files/fileStats.ts";
import { nameText, oneLine } from "../../model/foreignText.ts";
import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";
import { unknownInMethod } from "../../codec/method/unknownInMethod.ts";
import { unknownReason } from "../../codec/values/unknownParts.ts";
import { newerSources } from "./newerSources.ts";
import { typeSources } from "./typeSources.ts";

/** What a library is called by. */
export interface LibraryAge {
  /** Sentences on what may differ; empty when nothing says that the library is older. */
  readonly notes: readonly string[];
  /** The compiler's word on today's types is none on the library's. */
  readonly isOlder: boolean;
}

/** Compares the library with the sources that its types may stand in. */
export async function libraryAge(
  library: string,
  plugin: PluginSchema,
  method: PluginMethod,
  signal: AbortSignal,
): Promise<LibraryAge> {
  const stats = statsOf(library);
  if (stats === undefined) {
    // Whoever loads it says so.
    return { notes: [], isOlder: false };
  }
  const newer = await newerSources(typeSources(plugin), Number(stats.mtimeNs) / 1e6, signal);
  return newer.length === 0
    ? { notes: [], isOlder: false }
    : { notes: [olderText(library, newer, plugin), ...bytesNote(method, plugin)], isOlder: true };
}

function olderText(library: string, newer: readonly string[], plugin: PluginSchema): string {
  const { workspaceRoot } = plugin.crate;
  const names = newer.map((file) => oneLine(relative(workspaceRoot, file))).join(", ");
  return `${nameText(basename(library))} is older than ${names}, and the types of the call may have changed there: values may be read and written wrongly. Build the library again to be sure.`;
}

/** What the bridge would be asked for, were the library as old as its sources. */
function bytesNote(method: PluginMethod, { types, config }: PluginSchema): readonly string[] {
  const isAsked =
    Object.values(unknownInMethod(method, types)).includes(true) ||
    (config !== undefined && unknownReason(config, types) !== undefined);
  return isAsked
    ? [
        "Types that no source tells are given and shown as bytes: the compiler knows them only as they are today.",
      ]
    : [];
}
