// How much memory a plugin may take in its host (R20). Without a limit one that eats memory makes the system end programs of
// its own choice, perhaps the editor.

import { totalmem } from "node:os";

/** Three quarters of the machine's memory, or of the container's: no plugin that could have worked is stopped by it. */
export function automaticMemoryLimit(): number {
  const constrained = process.constrainedMemory();
  const available = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.floor((available * 3) / 4);
}
