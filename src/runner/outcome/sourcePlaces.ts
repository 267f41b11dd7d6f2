// File names as Rust prints them → files that can be opened. A panic's header has them relative to the cargo workspace root;
// a backtrace has them absolute, or beginning with "./" relative to the directory of the process.

import { existsSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";

/** Where a plugin's sources are. */
export interface SourceFolders {
  /** The cargo workspace root. */
  readonly workspaceRoot: string;
  /** Where the call ran: the package's folder. */
  readonly workingDirectory: string;
}

export class SourcePlaces {
  readonly #folders: SourceFolders;

  constructor(folders: SourceFolders) {
    this.#folders = folders;
  }

  /**
   * The file relative to the workspace root, with `/` on every system, when it is below it; else as an absolute path, else as it
   * was printed.
   */
  resolve(file: string): string {
    const { workspaceRoot, workingDirectory } = this.#folders;
    if (isAbsolute(file)) {
      return shorten(file, workspaceRoot);
    }
    const isPrintedByBacktrace = /^\.[/\\]/u.test(file);
    const bases = isPrintedByBacktrace
      ? [workingDirectory, workspaceRoot]
      : [workspaceRoot, workingDirectory];
    const found = bases
      .filter((base) => base !== "")
      .map((base) => join(base, file))
      .find((path) => existsSync(path));
    return found === undefined ? file : shorten(found, workspaceRoot);
  }

  /** Whether a resolved file is in the user's workspace and belongs to no crate that was fetched or vendored into it. */
  isOwn(file: string): boolean {
    const isInside = !isAbsolute(file) && !foreignFolder.test(file);
    return isInside && existsSync(join(this.#folders.workspaceRoot, file));
  }
}

/** Crates that were copied into the workspace: `cargo vendor`'s folder, a cargo home or a build's own output. */
const foreignFolder = /(?:^|[/\\])(?:vendor|\.cargo|target)[/\\]/;

function shorten(file: string, workspaceRoot: string): string {
  if (workspaceRoot === "") {
    return file;
  }
  const inside = relative(workspaceRoot, file);
  return inside === "" || inside.startsWith("..") || isAbsolute(inside)
    ? file
    : inside.replaceAll(sep, "/");
}
