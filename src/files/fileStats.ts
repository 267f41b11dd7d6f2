// What lies at a path, without an exception for links in a circle or a folder that may not be entered: nothing readable is there.

import { statSync, type BigIntStats } from "node:fs";

/** Links are followed; undefined when nothing is there that could be looked at. */
export function statsOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
