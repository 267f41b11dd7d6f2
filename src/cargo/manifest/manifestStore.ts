// The manifests of one reading of the graph: each file is read once, what is wrong with it becomes a notice, and a text
// that does not parse any more is stood in for by the last one that did.

import { isAbsolute, relative, sep } from "node:path";
import { describeFileProblem } from "../../files/fileProblem.ts";
import type { ProjectNotice } from "../../model/plugin.ts";
import type { Position } from "../../model/text/span.ts";
import { type ManifestData, readManifestData } from "./manifestData.ts";
import type { ManifestFiles } from "./manifestFiles.ts";
import { pathKey } from "./samePath.ts";
import { parseTomlDocument, parseTomlValues } from "./tomlDocument.ts";

/** A notice about a manifest, with its place where there is one. */
export interface ManifestNotice extends ProjectNotice {
  readonly position?: Position;
}

/** Parsed manifests kept between readings: by file, the last text and what the last sound text said. */
export type ManifestCache = Map<string, CachedManifest>;

export interface CachedManifest {
  readonly text: string;
  readonly data: ManifestData | undefined;
  readonly problem: ManifestNotice | undefined;
}

/** A manifest of people has some thousand characters, one of programs some hundred thousand. */
const largestManifest = 500_000;

const tooLarge =
  "This Cargo.toml has more than 500,000 characters, which is too large to analyse, so its package is not shown. Move dependencies to packages of their own.";

export class ManifestStore {
  readonly files: ManifestFiles;
  readonly #cache: ManifestCache;
  readonly #loaded = new Map<string, ManifestData | undefined>();
  readonly #notices: ManifestNotice[] = [];
  readonly #endless = new Set<string>();
  readonly #names = new Map<string, string>();

  constructor(files: ManifestFiles, cache: ManifestCache) {
    this.files = files;
    this.#cache = cache;
  }

  get notices(): readonly ManifestNotice[] {
    return this.#notices;
  }

  /** Every manifest that was read or looked for. */
  get readFiles(): ReadonlySet<string> {
    return new Set(this.#loaded.keys());
  }

  /** Manifests at which cargo, which reads them too, would hang. */
  get endless(): ReadonlySet<string> {
    return this.#endless;
  }

  addNotice(file: string, message: string): void {
    this.#notices.push({ file, message });
  }

  /** The one name of a manifest: Windows finds it by any case, and the first spelling stays. */
  named(file: string): string {
    const key = pathKey(file);
    const known = this.#names.get(key);
    if (known === undefined) {
      this.#names.set(key, file);
    }
    return known ?? file;
  }

  /** A file, or something else of that name which cannot be read as one. */
  isThere(file: string): boolean {
    return this.files.isFile(file) || this.files.problemOf(file) !== undefined;
  }

  /** What the manifest says; undefined when there is none or it never parsed. */
  load(file: string): ManifestData | undefined {
    if (this.#loaded.has(file)) {
      return this.#loaded.get(file);
    }
    const text = this.files.read(file);
    let data: ManifestData | undefined;
    if (text === undefined) {
      this.#cache.delete(file);
      const problem = this.files.problemOf(file);
      if (problem !== undefined) {
        if (problem.kind === "pipe" || problem.kind === "device") {
          this.#endless.add(file);
        }
        this.addNotice(file, describeFileProblem("This Cargo.toml", problem));
      }
    } else {
      const manifest = this.#parse(file, text);
      data = manifest.data;
      if (manifest.problem !== undefined) {
        this.#notices.push(manifest.problem);
      }
    }
    this.#loaded.set(file, data);
    return data;
  }

  #parse(file: string, text: string): CachedManifest {
    const cached = this.#cache.get(file);
    if (cached?.text === text) {
      return cached;
    }
    const manifest = readManifest(file, text, cached);
    this.#cache.set(file, manifest);
    return manifest;
  }
}

function readManifest(
  file: string,
  text: string,
  cached: CachedManifest | undefined,
): CachedManifest {
  if (text.length > largestManifest) {
    const problem = { file, message: tooLarge, position: { line: 0, character: 0 } };
    return { text, data: undefined, problem };
  }
  const values = parseTomlValues(text);
  if (values !== undefined) {
    return { text, data: readManifestData(values), problem: undefined };
  }
  const parsed = parseTomlDocument(text);
  if (parsed.ok) {
    return { text, data: readManifestData(parsed.value.root), problem: undefined };
  }
  const { message, position } = parsed.error;
  const place = `${position.line + 1}:${position.character + 1}`;
  return {
    text,
    data: cached?.data,
    problem: {
      file,
      message: `Cargo.toml does not parse at ${place}: ${message}. Correct that line; until then this package is shown as it was last readable, or not at all.`,
      position,
    },
  };
}

/** Whether `file` is `folder` or lies below it. */
export function isInside(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path === "" || (path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path));
}
