// What a checkout has built in a target folder: each file as cargo left it, and the sources it was made from. It tells the own
// results from those of another checkout that shares the folder. It lies in the target folder and goes with it.

import { createHash } from "node:crypto";
import { mkdirSync, realpathSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";
import { fileLimits } from "../../files/fileLimits.ts";
import { statsOf } from "../../files/fileStats.ts";
import { readRegularTextSync } from "../../files/regularFile.ts";
import { fileState } from "./fileState.ts";
import type { LocalUnit } from "./localUnits.ts";
import { isInside } from "../manifest/manifestStore.ts";

const ledger = z.object({
  root: z.string(),
  units: z.record(
    z.string(),
    z.object({ state: z.string(), sources: z.record(z.string(), z.string()) }),
  ),
});

type Entries = z.infer<typeof ledger>["units"];

/** The folder for what belongs to one checkout alone, beside a library that cargo has built. */
export function checkoutFolder(libraryFile: string, workspaceRoot: string): string {
  const key = createHash("sha256").update(realPath(workspaceRoot)).digest("hex").slice(0, 16);
  return join(dirname(libraryFile), "fidius-built", key);
}

/** For packages outside of the workspace, which are the same for every checkout. */
const outside = "outside";

export class ArtifactLedger {
  readonly #workspaceRoot: string;
  readonly #own: LedgerFile;
  readonly #outside: LedgerFile;

  constructor(libraryFile: string, workspaceRoot: string) {
    this.#workspaceRoot = workspaceRoot;
    this.#own = new LedgerFile(checkoutFolder(libraryFile, workspaceRoot), workspaceRoot);
    this.#outside = new LedgerFile(checkoutFolder(libraryFile, outside), outside);
  }

  /** Whether it was made by this checkout, from the sources as they are. */
  has(unit: LocalUnit): boolean {
    return this.#fileOf(unit).has(unit);
  }

  /** Takes down what this checkout has made. */
  add(units: readonly LocalUnit[]): void {
    for (const file of [this.#own, this.#outside]) {
      file.add(units.filter((unit) => this.#fileOf(unit) === file));
    }
  }

  #fileOf(unit: LocalUnit): LedgerFile {
    return isInside(this.#workspaceRoot, unit.packageFolder) ? this.#own : this.#outside;
  }
}

class LedgerFile {
  readonly #file: string;
  readonly #root: string;
  #entries: Entries;

  constructor(folder: string, root: string) {
    this.#file = join(folder, "ledger.json");
    this.#root = realPath(root);
    this.#entries = read(this.#file, this.#root);
  }

  has(unit: LocalUnit): boolean {
    const entry = this.#entries[unit.files[0] ?? ""];
    return (
      entry?.state === stateOf(unit) &&
      Object.entries(entry.sources).every(([file, state]) => fileState(file) === state)
    );
  }

  add(units: readonly LocalUnit[]): void {
    if (units.length === 0) {
      return;
    }
    const made = units.map(
      (unit) =>
        [unit.files[0] ?? "", { state: stateOf(unit), sources: { ...unit.sources } }] as const,
    );
    // Another process of this checkout may have written meanwhile.
    const all = { ...read(this.#file, this.#root), ...Object.fromEntries(made) };
    this.#entries = Object.fromEntries(
      Object.entries(all).filter(([file]) => statsOf(file) !== undefined),
    );
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      const draft = `${this.#file}.${String(process.pid)}`;
      writeFileSync(draft, JSON.stringify({ root: this.#root, units: this.#entries }));
      renameSync(draft, this.#file);
    } catch {
      // A full disk: what cargo reuses is compiled again next time.
    }
  }
}

function stateOf({ files }: LocalUnit): string {
  // Cargo may link the file to another place again, which changes its other times.
  return files
    .map(statsOf)
    .map((status) => (status === undefined ? "absent" : `${status.mtimeNs} ${status.size}`))
    .join(", ");
}

function read(file: string, root: string): Entries {
  const text = readRegularTextSync(file, fileLimits.manifest);
  try {
    const parsed = text.ok ? ledger.safeParse(JSON.parse(text.value)) : undefined;
    return parsed?.success === true && parsed.data.root === root ? parsed.data.units : {};
  } catch {
    return {};
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
