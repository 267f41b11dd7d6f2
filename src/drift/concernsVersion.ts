// Whether a change has to do with the number in the attribute of an interface.

import type { DriftChange } from "./change.ts";

/** Changes that do not make another interface of it. */
const outsideOfVersion: ReadonlySet<string> = new Set([
  "crate-path-changed",
  "fidius-changed",
  "interface-moved",
  "metadata-changed",
  "wire-form-unknown",
]);

/** Whether the interface's own version has to tell of the change. */
export function concernsVersion({ rule }: Pick<DriftChange, "rule">): boolean {
  return !outsideOfVersion.has(rule);
}
