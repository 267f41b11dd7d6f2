// Plugins for WASM: their generated code takes `fidius_guest`, which has no registry for a library to show (reference 7.4).

import type { FidiusPath } from "./facts.ts";

/** Whether the macros' code names the crate for WASM components. */
export function isGuestPath({ target, text }: FidiusPath): boolean {
  return target.kind === "dependency"
    ? target.packageName === "fidius-guest"
    : /(?:^|::)fidius_guest$/u.test(text);
}
