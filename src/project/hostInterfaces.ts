// Which host interfaces a plugin may ask for: those of its own crate and of all that it links, since every library that links such
// an interface imports it, used or not (reference 3.11).

import { crateIdOf, type CrateGraph, type CrateId } from "../model/crateGraph.ts";
import type { PluginSchema } from "../model/plugin.ts";
import type { RustModel } from "../rust/fidius/facts.ts";
import { linkedCrates } from "../rust/fidius/fidiusUsers.ts";

/** The plugins with the ids of the host interfaces within their reach, the nearest first. */
export function withHostInterfaces(
  plugins: readonly PluginSchema[],
  graph: CrateGraph,
  { hostInterfaces }: Pick<RustModel, "hostInterfaces">,
): readonly PluginSchema[] {
  if (hostInterfaces.length === 0) {
    return plugins;
  }
  const reached = new Map<CrateId, readonly string[]>();
  const reachOf = (crate: CrateId): readonly string[] => {
    const known =
      reached.get(crate) ??
      linkedCrates(crate, graph).flatMap((id) =>
        hostInterfaces.filter(({ crateId }) => crateId === id).map(({ schema }) => schema.id),
      );
    reached.set(crate, known);
    return known;
  };
  return plugins.map((plugin) => {
    const hostInterfaceIds = reachOf(crateIdOf(plugin.crate));
    return hostInterfaceIds.length === 0 ? plugin : { ...plugin, hostInterfaceIds };
  });
}
