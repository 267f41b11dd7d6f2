// Which paths of a package its digest covers: all but target/, .git/ and signatures (reference 7.3, fidius-core's package.rs). What is
// not covered is neither unpacked nor built from, whoever signed the package.

const skippedFolders: ReadonlySet<string> = new Set(["target", ".git"]);

/** Whether the digest looks into a folder of this name. */
export function isCoveredFolder(name: string): boolean {
  return !skippedFolders.has(name);
}

/** Whether the digest takes a file of this name, in a folder that it looks into. */
export function isCoveredFile(name: string): boolean {
  return !name.endsWith(".sig");
}

/** Whether the digest takes the file at a path below the package's folder. */
export function isCoveredPath(parts: readonly string[]): boolean {
  return parts.slice(0, -1).every(isCoveredFolder) && isCoveredFile(parts.at(-1) ?? "");
}

/** The most places that are named. */
const namedPlaces = 5;

/** Collects where the paths lie that are not covered: a skipped folder as a whole, a signature by itself. */
export class LeftOut {
  readonly #places = new Set<string>();

  add(parts: readonly string[]): void {
    // A file may have the name of a skipped folder.
    const folder = parts.slice(0, -1).findIndex((part) => !isCoveredFolder(part));
    const place = folder < 0 ? parts.join("/") : `${parts.slice(0, folder + 1).join("/")}/`;
    if (place !== "" && this.#places.size < namedPlaces) {
      this.#places.add(place);
    }
  }

  get places(): readonly string[] {
    return [...this.#places].sort();
  }
}
