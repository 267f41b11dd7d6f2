// The manifests' door to the outside: file texts (open documents win over the disk) and folder listings. Synchronous,
// so that reading the graph stays plain code; the Node adapter is below.

import { readdirSync } from "node:fs";
import { fileLimits } from "../../files/fileLimits.ts";
import type { FileProblem } from "../../files/fileProblem.ts";
import { statsOf } from "../../files/fileStats.ts";
import { readRegularTextSync } from "../../files/regularFile.ts";

/** A name in a folder. Symbolic links are neither: the walk never follows them. */
export interface FolderEntry {
  readonly name: string;
  readonly kind: "file" | "folder" | "other";
}

export interface ManifestFiles {
  /** Text of the file, or undefined when it does not exist or cannot be read. */
  read(file: string): string | undefined;
  /** Why a file that is there cannot be read; undefined when it can, or is not there. */
  problemOf(file: string): FileProblem | undefined;
  isFile(file: string): boolean;
  /** What is in the folder; empty when it cannot be read. */
  list(folder: string): readonly FolderEntry[];
}

/** Files of the disk, except for the texts `openText` has (unsaved documents). */
export function createDiskFiles(
  openText: (file: string) => string | undefined = () => undefined,
): ManifestFiles {
  return {
    read: (file) => {
      const open = openText(file);
      if (open !== undefined) {
        return open;
      }
      const text = readRegularTextSync(file, fileLimits.manifest);
      return text.ok ? text.value : undefined;
    },
    problemOf: (file) => {
      if (openText(file) !== undefined) {
        return undefined;
      }
      const text = readRegularTextSync(file, fileLimits.manifest);
      return text.ok || text.error.kind === "absent" ? undefined : text.error;
    },
    isFile: (file) => statsOf(file)?.isFile() ?? false,
    list: listFolder,
  };
}

function listFolder(folder: string): readonly FolderEntry[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).map((entry) => ({
      name: entry.name,
      kind: entry.isFile() ? "file" : entry.isDirectory() ? "folder" : "other",
    }));
  } catch {
    return [];
  }
}
