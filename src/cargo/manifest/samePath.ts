// Compares paths that came from different programs: on Windows they differ in case and in the drive letter's.

import { resolve } from "node:path";

/** A text that is equal for equal paths. */
export function pathKey(path: string): string {
  const full = resolve(path);
  return process.platform === "win32" ? full.toLowerCase() : full;
}

/** Whether a file is called so: Windows finds it in either case. */
export function isNamed(name: string, wanted: string): boolean {
  return (
    name === wanted || (process.platform === "win32" && name.toLowerCase() === wanted.toLowerCase())
  );
}

/** Whether two paths name the same file (links are not followed). */
export function isSameFile(a: string, b: string): boolean {
  return pathKey(a) === pathKey(b);
}
