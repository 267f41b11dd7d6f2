// Signature lines of interfaces whose hash a binary has confirmed, kept on disk: a binary carries only the hash, so a
// library that was built before an edit can be explained line by line only by what was seen when it was called.

import { readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileLimits } from "../../files/fileLimits.ts";
import { makeFolder } from "../../files/makeFolder.ts";
import { readRegularTextSync } from "../../files/regularFile.ts";
import type { CallResult } from "../../model/outcome.ts";
import type { PluginSchema } from "../../model/plugin.ts";

/** Signature lines by interface hash (sixteen hex digits), as far as they have been seen. */
export interface KnownSignatures {
  get(hash: string): readonly string[] | undefined;
}

/** Interfaces to remember; each takes a file of a few hundred bytes. */
const mostRemembered = 2000;

/** A folder with one file for each hash, so that editors and command lines can share it. Losing it costs nothing but detail. */
export class SignatureMemory implements KnownSignatures {
  readonly #folder: string;
  readonly #seen = new Map<string, readonly string[]>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  get(hash: string): readonly string[] | undefined {
    return this.#seen.get(hash) ?? this.#read(hash);
  }

  /** Remembers the lines of a hash that a binary has confirmed. */
  remember(hash: string, lines: readonly string[]): void {
    if (this.#seen.has(hash)) {
      return;
    }
    this.#seen.set(hash, lines);
    try {
      makeFolder(this.#folder);
      if (readdirSync(this.#folder).length < mostRemembered) {
        const file = this.#fileOf(hash);
        const draft = `${file}.${String(process.pid)}`;
        writeFileSync(draft, JSON.stringify(lines));
        renameSync(draft, file);
      }
    } catch {
      // A full or read-only disk: this process still remembers.
    }
  }

  #read(hash: string): readonly string[] | undefined {
    const text = readRegularTextSync(this.#fileOf(hash), fileLimits.own);
    if (!text.ok) {
      return undefined;
    }
    try {
      const lines: unknown = JSON.parse(text.value);
      return Array.isArray(lines) && lines.every((line) => typeof line === "string")
        ? lines
        : undefined;
    } catch {
      return undefined;
    }
  }

  #fileOf(hash: string): string {
    return join(this.#folder, `${hash}.json`);
  }
}

/** The lines of an interface whose hash a binary confirmed, to name differences from it later. */
export function rememberSignatures(
  known: SignatureMemory,
  plugin: PluginSchema,
  result: CallResult,
): void {
  const isConfirmed = ["ok", "pluginError", "streamEnded"].includes(result.kind);
  if (isConfirmed && plugin.interfaceHash !== undefined) {
    known.remember(plugin.interfaceHash, plugin.signatures);
  }
}
