// By which types a library is called that is not built for the call. The interface hash does not tell: it covers signatures, and
// a struct that gains a field keeps its name. So a library that was built here is called by the types that it was built from;
// of another one its date is compared with that of the sources.

import { basename, relative } from "node:path";
import { statsOf } from "../../files/fileStats.ts";
import { nameText, oneLine } from "../../model/text/foreignText.ts";
import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";
import { typeChanges } from "../../model/typeChanges.ts";
import { unknownInMethod } from "../../codec/method/unknownInMethod.ts";
import { unknownReason } from "../../codec/values/unknownParts.ts";
import type { LibraryRecords } from "./libraryRecords.ts";
import { newerSources } from "./newerSources.ts";
import { withRecord, type TypeRecord } from "./typeRecord.ts";
import { typeSources } from "./typeSources.ts";

/** What a library is called by. */
export interface LibraryAge {
  /** With the types that the library was built from, as far as they are known. */
  readonly plugin: PluginSchema;
  readonly method: PluginMethod;
  /** Sentences on what differs or may differ; empty when nothing says that the library is older. */
  readonly notes: readonly string[];
  /** The compiler's word on today's types is none on the library's. */
  readonly isOlder: boolean;
}

/** So many differences are told. */
const mostTold = 5;

/** Of a library that is called as it is. */
export async function libraryAge(
  library: string,
  { plugin, method }: Pick<LibraryAge, "plugin" | "method">,
  records: LibraryRecords,
  signal: AbortSignal,
): Promise<LibraryAge> {
  const build = await buildOf(library, { plugin, method }, records);
  if (build !== undefined && build.changes.length > 0) {
    const { then, changes } = build;
    return { ...then, notes: [changedText(library, changes), ...bytesNote(then)], isOlder: true };
  }
  if (build !== undefined && !hasUnknown({ plugin, method })) {
    return { plugin, method, notes: [], isOlder: false };
  }
  const stats = statsOf(library);
  const newer =
    stats === undefined
      ? // Whoever loads it says so.
        []
      : await newerSources(typeSources(plugin), Number(stats.mtimeNs) / 1e6, signal);
  return newer.length === 0
    ? { plugin, method, notes: [], isOlder: false }
    : {
        plugin,
        method,
        notes: [olderText(library, newer, plugin), ...bytesNote({ plugin, method })],
        isOlder: true,
      };
}

type Described = Pick<LibraryAge, "plugin" | "method">;

/** The method with the types that the library was built from; undefined when they are those of today, or nobody remembers. */
export async function typesOfBuild(
  library: string,
  found: Described,
  records: LibraryRecords,
): Promise<Described | undefined> {
  const build = await buildOf(library, found, records);
  return build === undefined || build.changes.length === 0 ? undefined : build.then;
}

/** What is remembered of the library's build. Of another version of the interface the runner says what differs. */
async function buildOf(
  library: string,
  { plugin, method }: Described,
  records: LibraryRecords,
): Promise<{ readonly then: Described; readonly changes: readonly string[] } | undefined> {
  const record = await records.find(library, plugin);
  if (record?.interfaceHash !== plugin.interfaceHash || record === undefined) {
    return undefined;
  }
  const then = ofThatTime(plugin, method, record);
  return { then, changes: changesSince(then, { plugin, method }) };
}

function ofThatTime(plugin: PluginSchema, method: PluginMethod, record: TypeRecord): Described {
  const then = withRecord(plugin, record);
  return {
    plugin: then,
    method: then.methods.find(({ name }) => name === method.name) ?? method,
  };
}

function changesSince(then: Described, now: Described): readonly string[] {
  const described = ({ plugin, method }: Described): Parameters<typeof typeChanges>[0] => ({
    method,
    config: plugin.config,
    types: plugin.types,
  });
  return typeChanges(described(then), described(now));
}

function changedText(library: string, changes: readonly string[]): string {
  const told = changes.slice(0, mostTold).join("; ");
  const others = changes.length > mostTold ? `; and ${changes.length - mostTold} more` : "";
  const text = `${told}${others} since ${nameText(basename(library))} was built; the call uses the types of that build. Build the library again to use those of today.`;
  return oneLine(`${text.charAt(0).toUpperCase()}${text.slice(1)}`);
}

function olderText(library: string, newer: readonly string[], plugin: PluginSchema): string {
  const { workspaceRoot } = plugin.crate;
  const names = newer.map((file) => oneLine(relative(workspaceRoot, file))).join(", ");
  return `${nameText(basename(library))} is older than ${names}, and the types of the call may have changed there: values may be read and written wrongly. Build the library again to be sure.`;
}

/** What the bridge would be asked for, were the library as old as its sources. */
function bytesNote(described: Described): readonly string[] {
  return hasUnknown(described)
    ? [
        "Types that no source tells are given and shown as bytes: the compiler knows them only as they are today.",
      ]
    : [];
}

function hasUnknown({ plugin: { types, config }, method }: Described): boolean {
  return (
    Object.values(unknownInMethod(method, types)).includes(true) ||
    (config !== undefined && unknownReason(config, types) !== undefined)
  );
}
