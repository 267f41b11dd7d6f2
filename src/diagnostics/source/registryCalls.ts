// Calls of `fidius_plugin_registry!()` between the items of a crate.

import type { CrateSources } from "../../rust/fidius/crateCheck.ts";
import { fidiusUsers } from "../../rust/fidius/fidiusUsers.ts";
import type { Crate, Placed } from "../../rust/names/modules/modules.ts";
import type { Fragment, MacroItem } from "../../rust/syntax/items/items.ts";

/** The macro's name. */
export const registryMacro = "fidius_plugin_registry";

/** All calls, in the order of modules; those that another macro writes are left out. */
export function registryCalls(crate: Crate): readonly Placed<MacroItem>[] {
  return crate.modules().flatMap((module) => module.items.filter(isRegistry));
}

function isRegistry(placed: Placed): placed is Placed<MacroItem> {
  const { item, origin } = placed;
  return item.kind === "macroCall" && item.path.at(-1) === registryMacro && origin === undefined;
}

/** The call with its `;`. */
export function wholeCall({ item, chunk }: Placed<MacroItem>): Fragment {
  const rest = chunk.text.slice(item.pathSpan.start);
  const found = /^[^;{]*(?:;|\{[^}]*\};?)/u.exec(rest)?.[0];
  return found === undefined
    ? item
    : { start: item.pathSpan.start, end: item.pathSpan.start + found.length };
}

/**
 * A local dependency, at whatever distance, with a registry; it becomes part of what is linked. Who does not link Fidius has none,
 * and is not read: of a large workspace a plugin may link most.
 */
export function linkedRegistry({ crate, names }: CrateSources): Crate | undefined {
  const users = fidiusUsers(names.graph);
  const seen = new Set([crate.node.id]);
  for (const id of seen) {
    for (const { crateId, kind } of names.graph.crates.get(id)?.dependencies ?? []) {
      const node = crateId === null ? undefined : names.graph.crates.get(crateId);
      if (kind !== "normal" || node?.isLocal !== true || !users.has(node.id)) {
        continue;
      }
      if (seen.has(node.id)) {
        continue;
      }
      seen.add(node.id);
      const opened = names.crate(node.id);
      const calls = opened === null ? [] : registryCalls(opened);
      calls.forEach((call) => {
        names.tables.lookInto(call);
      });
      if (opened !== null && calls.length > 0) {
        return opened;
      }
    }
  }
  return undefined;
}
