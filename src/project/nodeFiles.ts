// SourceFiles over the file system with open documents on top. A text is read again only when the file's time or size
// changed, and the check itself happens once between two refreshes, so that one pass over the sources sees one state.

import { readFileSync, statSync } from "node:fs";
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
  readonly text: string | undefined;
  readonly pass: number;
}

/** Files beyond this are no source that anybody wrote; reading them would only cost memory. */
const largestFileBytes = 16 * 1024 * 1024;

export function createNodeFiles(): OverlayFiles {
  const openTexts = new Map<string, string>();
  const diskTexts = new Map<string, DiskText>();
  let pass = 0;

  const readDisk = (file: string): string | undefined => {
    const known = diskTexts.get(file);
    if (known?.pass === pass) {
      return known.text;
    }
    const stamp = stampOf(file);
    const text = known?.stamp === stamp ? known.text : readText(file, stamp);
    diskTexts.set(file, { stamp, text, pass });
    return text;
  };

  const read = (file: string): string | undefined => openTexts.get(file) ?? readDisk(file);

  return {
    read,
    setOpenText: (file, text) => {
      const before = read(file);
      // The same text keeps the same string, which is what caches compare.
      openTexts.set(file, before === text ? before : text);
      return before !== text;
    },
    removeOpenText: (file) => {
      const before = openTexts.get(file);
      openTexts.delete(file);
      diskTexts.delete(file);
      return before !== undefined && read(file) !== before;
    },
    refresh: () => {
      pass += 1;
    },
  };
}

/** Tells one state of a file from another; empty when there is no such file. */
function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false, bigint: true });
  if (stats?.isFile() !== true || stats.size > largestFileBytes) {
    return "";
  }
  return `${stats.mtimeNs}:${stats.size}:${stats.ino}`;
}

function readText(file: string, stamp: string): string | undefined {
  if (stamp === "") {
    return undefined;
  }
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined; // gone or unreadable since the stat: the same as not there
  }
}
