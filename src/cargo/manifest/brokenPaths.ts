// Paths of dependencies that lead nowhere: one notice for each place that is missing, in the manifest that names it, however
// many packages lie behind it and however many inherit the line.

import { basename, dirname } from "node:path";
import type { ManifestStore } from "./manifestStore.ts";

export interface BrokenPath {
  /** The dependency's key. */
  readonly key: string;
  /** As written. */
  readonly path: string;
  /** The manifest that should be there. */
  readonly id: string;
}

export class BrokenPaths {
  readonly #store: ManifestStore;
  /** By manifest and missing place, then by dependency. */
  readonly #found = new Map<string, Map<string, Map<string, BrokenPath>>>();

  constructor(store: ManifestStore) {
    this.#store = store;
  }

  add(manifest: string, broken: BrokenPath): void {
    const places = this.#found.get(manifest) ?? new Map<string, Map<string, BrokenPath>>();
    this.#found.set(manifest, places);
    const place = this.#missingPlace(broken.id);
    const entries = places.get(place) ?? new Map<string, BrokenPath>();
    places.set(place, entries);
    entries.set(broken.key, broken);
  }

  tell(): void {
    for (const [manifest, places] of this.#found) {
      for (const [place, entries] of places) {
        this.#store.addNotice(manifest, message(place, [...entries.values()]));
      }
    }
  }

  /** The outermost folder on the way to a manifest that does not exist, or the manifest itself. */
  #missingPlace(file: string): string {
    const folder = dirname(file);
    const parent = dirname(folder);
    if (parent === folder || this.#isFolder(folder)) {
      return file;
    }
    let missing = folder;
    for (let above = parent; above !== dirname(above) && !this.#isFolder(above);) {
      missing = above;
      above = dirname(above);
    }
    return missing;
  }

  #isFolder(folder: string): boolean {
    const name = basename(folder);
    return this.#store.files
      .list(dirname(folder))
      .some((entry) => entry.name === name && entry.kind !== "file");
  }
}

function message(place: string, entries: readonly BrokenPath[]): string {
  const [first, ...others] = entries;
  if (first === undefined) {
    return "";
  }
  if (others.length === 0) {
    return `${first.key} has path = "${first.path}", but ${first.id} does not exist. Correct the path.`;
  }
  const keys = entries.map(({ key }) => key).join(", ");
  return `The paths of ${keys} lead through ${place}, which does not exist. Correct the paths.`;
}
