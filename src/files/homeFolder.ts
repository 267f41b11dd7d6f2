// The user's home folder, which need not be known: HOME may be missing, for a user without an entry, or be no absolute path.

import { homedir } from "node:os";
import { isAbsolute } from "node:path";

/** Undefined when it is not known. */
export function homeFolder(): string | undefined {
  try {
    const folder = homedir();
    return isAbsolute(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}
