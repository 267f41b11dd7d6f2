// What hovers say of Fidius' helper attributes and of the registry's macro.

import type { FidiusPlace } from "../syntax/fidiusPlaces.ts";
import { ownerCrate } from "../syntax/ownerCrate.ts";
import { code, sentence, type HoverBlock, type Words } from "./hoverText.ts";
import type { HoverContext } from "./itemHovers.ts";

/** At the name of a helper attribute; undefined for other attributes, and outside of Fidius' items. */
export function helperHover(
  name: string,
  place: FidiusPlace | undefined,
): readonly HoverBlock[] | undefined {
  const method =
    place?.kind === "interfaceMethod" || place?.kind === "pluginMethod" ? place.method : undefined;
  switch (name) {
    case "optional":
      return method?.capabilityBit === undefined
        ? undefined
        : [
            sentence(
              `**Optional method**: capability bit ${String(method.capabilityBit)} (`,
              code(`1 << ${String(method.capabilityBit)}`),
              "). Plugins that were built before it came have no slot for it, and hosts ask the bit before they call.",
            ),
            sentence(
              "It is not in the interface hash. Fidius reads the number of ",
              code("since"),
              " and does nothing with it.",
            ),
          ];
    case "wire":
      return method?.wire === "raw"
        ? [
            sentence(
              "**Raw method**: its one argument and its result cross as they are, without a length.",
            ),
            sentence(
              "The trait's attribute puts ",
              code("!raw"),
              " into the hash, the impl block's decides what happens to the bytes. Both need it.",
            ),
          ]
        : undefined;
    case "method_meta":
      return method === undefined
        ? undefined
        : metaHover(
            `**Metadata** of the method in slot ${String(method.traitIndex)}`,
            method.metadata ?? [],
          );
    case "trait_meta":
      return place?.kind === "interface"
        ? metaHover("**Metadata** of the interface", place.facts.schema.metadata ?? [])
        : undefined;
    default:
      return undefined;
  }
}

function metaHover(
  what: string,
  entries: readonly { readonly key: string; readonly value: string }[],
): readonly HoverBlock[] {
  const rows = entries
    .slice(0, 20)
    .map(({ key, value }): readonly Words[] => [[code(key)], [code(value)]]);
  return [
    sentence(`${what}, which hosts read without a call. It is not in the interface hash.`),
    ...(rows.length === 0 ? [] : [{ kind: "table" as const, head: ["Key", "Value"], rows }]),
  ];
}

/** At `fidius_plugin_registry!()`. */
export function registryHover(
  file: string,
  { snapshot }: HoverContext,
): readonly HoverBlock[] | undefined {
  const crate = ownerCrate(snapshot.graph, file);
  if (crate === undefined) {
    return undefined;
  }
  const plugins = snapshot.model.plugins.filter(
    (plugin) => plugin.crate.manifestPath === crate.info.manifestPath,
  );
  return [
    sentence(
      "**Fidius registry** of ",
      code(crate.info.libraryName),
      ": exports ",
      code("fidius_get_registry"),
      ", by which hosts find the plugins of this library. It stands once in a library.",
    ),
    plugins.length === 0
      ? sentence("No plugin is known in it.")
      : {
          kind: "list",
          entries: plugins
            .slice(0, 20)
            .map(({ name, interfaceName, interfaceHash }): Words => [
              code(name),
              " for ",
              code(interfaceName),
              ...(interfaceHash === undefined ? [] : [", hash ", code(`0x${interfaceHash}`)]),
            ]),
        },
  ];
}
