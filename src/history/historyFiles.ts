// The files of a history: the index, to which lines are added, and beside it one file for each entry's detail and one for its result.

import { appendFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileLimits } from "../files/fileLimits.ts";
import { makeFolder } from "../files/makeFolder.ts";
import { readRegularText } from "../files/regularFile.ts";

/** A folder of files, by their names in it. Rejections are what the file system has against it. */
export interface HistoryFiles {
  /** Undefined when there is no such file, or none that is text. */
  read(name: string): Promise<string | undefined>;
  write(name: string, text: string): Promise<void>;
  append(name: string, text: string): Promise<void>;
  /** The text takes the file's place at once: whoever reads has one or the other. */
  replace(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
  list(): Promise<readonly string[]>;
}

export function historyFolder(folder: string): HistoryFiles {
  const path = (name: string): string => join(folder, name);
  const options = { mode: 0o600 };
  return {
    read: async (name) => {
      const text = await readRegularText(path(name), { limit: fileLimits.argument });
      return text.ok ? text.value : undefined;
    },
    write: async (name, text) => {
      makeFolder(folder);
      await writeFile(path(name), text, options);
    },
    append: async (name, text) => {
      makeFolder(folder);
      await appendFile(path(name), text, options);
    },
    replace: async (name, text) => {
      makeFolder(folder);
      await writeFile(path(`${name}.new`), text, options);
      await rename(path(`${name}.new`), path(name));
    },
    remove: (name) => rm(path(name), { force: true }),
    list: async () => {
      try {
        return await readdir(folder);
      } catch {
        return [];
      }
    },
  };
}
