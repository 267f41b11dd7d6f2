// SourceFiles over the file system with open documents on top. A text is read again only when the file's time or size
// changed, and the check itself happens once between two refreshes, so that one pass over the sources sees one state.

import { fileLimits } from "../files/fileLimits.ts";
import type { FileProblem } from "../files/fileProblem.ts";
import { statsOf } from "../files/fileStats.ts";
import { readRegularTextSync } from "../files/regularFile.ts";
import type { Result } from "../model/result.ts";
import type { SourceFiles } from "../rust/syntax/sourceFiles.ts";

/** Files of the disk under texts of open documents. */
export interface OverlayFiles extends SourceFiles {
  /** The open document's text wins over the disk until it is removed. True when that changes what `read` gives. */
  setOpenText(file: string, text: string): boolean;
  /** Back to the disk. True when that changes what `read` gives. */
  removeOpenText(file: string): boolean;
  /** Makes the next read of each file look at the disk again. */
  refresh(): void;
}

interface DiskText {
  readonly stamp: string;
  readonly text: Result<string, FileProblem>;
  readonly pass: number;
}

export function createNodeFiles(): OverlayFiles {
  const openTexts = new Map<string, string>();
  /** How often open texts had changed when each did. */
  const openVersions = new Map<string, number>();
  const diskTexts = new Map<string, DiskText>();
  const stamps = new Map<string, { readonly pass: number; readonly stamp: string }>();
  let pass = 0;
  let edits = 0;

  /** Looks at the disk once in a pass. */
  const stampNow = (file: string): string => {
    const known = stamps.get(file);
    if (known?.pass === pass) {
      return known.stamp;
    }
    const stamp = stampOf(file);
    stamps.set(file, { pass, stamp });
    return stamp;
  };

  const readDisk = (file: string): Result<string, FileProblem> => {
    const known = diskTexts.get(file);
    if (known?.pass === pass) {
      return known.text;
    }
    const stamp = stampNow(file);
    const text =
      known?.stamp === stamp && stamp !== ""
        ? known.text
        : readRegularTextSync(file, fileLimits.source);
    diskTexts.set(file, { stamp, text, pass });
    return text;
  };

  const read = (file: string): string | undefined => {
    const open = openTexts.get(file);
    if (open !== undefined) {
      return open;
    }
    const text = readDisk(file);
    return text.ok ? text.value : undefined;
  };

  return {
    read,
    problemOf: (file) => {
      const text = openTexts.has(file) ? undefined : readDisk(file);
      return text?.ok === false && text.error.kind !== "absent" ? text.error.reason : undefined;
    },
    stampOf: (file) => {
      if (openTexts.has(file)) {
        return `open ${String(openVersions.get(file))}`;
      }
      const stamp = stampNow(file);
      return stamp === "" ? undefined : stamp;
    },
    readOnce: (file) => {
      const known = openTexts.get(file);
      if (known !== undefined || diskTexts.has(file)) {
        return known ?? read(file);
      }
      const text = readRegularTextSync(file, fileLimits.source);
      return text.ok ? text.value : undefined;
    },
    openFiles: () => [...openTexts.keys()],
    setOpenText: (file, text) => {
      const before = read(file);
      // The same text keeps the same string, which is what caches compare.
      openTexts.set(file, before === text ? before : text);
      openVersions.set(file, (edits += 1));
      return before !== text;
    },
    removeOpenText: (file) => {
      const before = openTexts.get(file);
      openTexts.delete(file);
      diskTexts.delete(file);
      stamps.delete(file);
      return before !== undefined && read(file) !== before;
    },
    refresh: () => {
      pass += 1;
    },
  };
}

/** Tells one state of a file from another; empty when nothing can be looked at. */
function stampOf(file: string): string {
  const stats = statsOf(file);
  return stats === undefined ? "" : `${stats.mtimeNs}:${stats.size}:${stats.ino}`;
}
