import type { RuntimeUse } from "./facts.ts";
import type { FoundImpl } from "./impls.ts";
import type { Crate } from "./modules.ts";
import type { Names } from "./names.ts";

export function runtimeUses(
  _crate: Crate,
  _impls: readonly FoundImpl[],
  _names: Names,
): ReadonlyMap<FoundImpl, readonly RuntimeUse[]> {
  return new Map();
}
