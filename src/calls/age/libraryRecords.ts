// Remembers by which types each library that was built here is called: a file for each library, named by the digest of its
// content, so that a library is known wherever it lies and whatever it is called. Losing one costs a call its older types.

import { createHash } from "node:crypto";
import { readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { fileLimits } from "../../files/fileLimits.ts";
import { statsOf } from "../../files/fileStats.ts";
import { makeFolder } from "../../files/makeFolder.ts";
import { openRegularFile, piecesOf, readRegularTextSync } from "../../files/regularFile.ts";
import type { PluginSchema } from "../../model/plugin.ts";
import { fileState } from "../../cargo/build/fileState.ts";
import { recordOf, typeRecords, type TypeRecord } from "./typeRecord.ts";

/** Libraries to remember; those that were built first go first. */
const mostRemembered = 300;

/** The longest record, in characters; an interface of fifty methods has some fifty thousand. */
const longestRecord = 4 * 1024 * 1024;

export class LibraryRecords {
  readonly #folder: string;
  /** Digests by path and state of the file: a panel asks often. */
  readonly #digests = new Map<string, { readonly state: string; readonly digest: string }>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Takes down the types of the plugins in a library that was just built from them. */
  async remember(library: string, plugins: readonly PluginSchema[]): Promise<void> {
    const digest = await this.#digestOf(library);
    const records = plugins.flatMap((plugin) => {
      const record = recordOf(plugin);
      return record === undefined ? [] : [[plugin.id, record] as const];
    });
    if (digest === undefined || records.length === 0) {
      return;
    }
    try {
      // What is not needed is left out by that.
      const text = JSON.stringify(typeRecords.parse(Object.fromEntries(records)));
      if (text.length > longestRecord) {
        return;
      }
      makeFolder(this.#folder);
      const file = this.#fileOf(digest);
      const draft = `${file}.${String(process.pid)}`;
      writeFileSync(draft, text, { mode: 0o600 });
      renameSync(draft, file);
      this.#removeOldest();
    } catch {
      // A full or read-only disk, or types too deep to be written: the library's date is all that is known of it later.
    }
  }

  /** The types that the plugin had when this very library was built; undefined when nobody remembers. */
  async find(library: string, plugin: PluginSchema): Promise<TypeRecord | undefined> {
    const digest = await this.#digestOf(library);
    const text =
      digest === undefined
        ? undefined
        : readRegularTextSync(this.#fileOf(digest), 4 * longestRecord);
    if (text?.ok !== true) {
      return undefined;
    }
    try {
      const parsed = typeRecords.safeParse(JSON.parse(text.value));
      return parsed.success ? recordIn(parsed.data, plugin) : undefined;
    } catch {
      return undefined;
    }
  }

  /** The library's SHA-256 in hex; undefined when it cannot be read. */
  async #digestOf(library: string): Promise<string | undefined> {
    const state = fileState(library);
    const known = this.#digests.get(library);
    if (known?.state === state) {
      return known.digest;
    }
    const opened = await openRegularFile(library, fileLimits.library);
    if (!opened.ok) {
      return undefined;
    }
    await using file = opened.value;
    const hash = createHash("sha256");
    try {
      for await (const piece of piecesOf(file)) {
        hash.update(piece);
      }
    } catch {
      return undefined;
    }
    const digest = hash.digest("hex");
    if (fileState(library) === state) {
      this.#digests.set(library, { state, digest });
    }
    return digest;
  }

  #removeOldest(): void {
    const files = readdirSync(this.#folder).map((name) => join(this.#folder, name));
    if (files.length <= mostRemembered) {
      return;
    }
    const written = (file: string): number => Number(statsOf(file)?.mtimeMs ?? 0n);
    const oldest = files.sort((a, b) => written(a) - written(b));
    for (const file of oldest.slice(0, files.length - mostRemembered)) {
      rmSync(file, { force: true });
    }
  }

  #fileOf(digest: string): string {
    return join(this.#folder, `${digest}.json`);
  }
}

/**
 * The plugin's record among those of its library. Where no source shows the plugin, as with a library that was opened, its id is another
 * one: then it is known by its name and its interface.
 */
function recordIn(
  records: Readonly<Record<string, TypeRecord>>,
  { id, name, interfaceName, interfaceHash }: PluginSchema,
): TypeRecord | undefined {
  if (Object.hasOwn(records, id)) {
    return records[id];
  }
  const [found, ...others] = Object.entries(records)
    .filter(
      ([key, record]) =>
        key.split("::").at(-1) === `${name} as ${interfaceName}` &&
        record.interfaceHash === interfaceHash,
    )
    .map(([, record]) => record);
  // Modules may have plugins of one name; their configurations may differ.
  return others.every((other) => isDeepStrictEqual(other, found)) ? found : undefined;
}
