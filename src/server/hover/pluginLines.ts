// Which plugins implement an interface, and where the code of their async methods takes its runtime from.

import type { PluginSchema } from "../../model/plugin.ts";
import type { ProjectSnapshot } from "../../project/project.ts";
import type { InterfaceFacts, PluginFacts } from "../../rust/fidius/facts.ts";
import { code, sentence, type HoverBlock, type Words } from "./hoverText.ts";
import { libraryAge, type BuildPlaceOf } from "./libraryAge.ts";

/** Plugins that a hover lists. */
const mostPlugins = 12;

/** The plugins of an interface, those of libraries included, with the age of their libraries. */
export function pluginList(
  { schema }: InterfaceFacts,
  { model }: ProjectSnapshot,
  placeOf: BuildPlaceOf,
): readonly HoverBlock[] {
  const plugins = model.plugins.filter(({ interfaceId }) => interfaceId === schema.id);
  if (plugins.length === 0) {
    return [sentence("No plugin in the open folders implements it.")];
  }
  const entries = plugins
    .slice(0, mostPlugins)
    .map((plugin) => pluginEntry(plugin, schema.nameSpan.file, placeOf));
  const rest = plugins.length - entries.length;
  return [
    sentence("Implemented by"),
    {
      kind: "list",
      entries: rest > 0 ? [...entries, [`and ${String(rest)} more`]] : entries,
    },
  ];
}

function pluginEntry(plugin: PluginSchema, sourceFile: string, placeOf: BuildPlaceOf): Words {
  const age = libraryAge(plugin, sourceFile, placeOf);
  const state =
    age === "older"
      ? ": its library is **older** than this source, build it again"
      : age === "newer"
        ? ": its library is newer than this source"
        : plugin.obstacle === undefined
          ? ": not built yet"
          : "";
  return [code(plugin.name), " in ", code(plugin.crate.name), state];
}

/** Which crate gives `async_runtime` to the generated code of a plugin (reference 1.4). */
export function runtimeWords(plugin: PluginFacts, snapshot: ProjectSnapshot): Words {
  const { target, text } = plugin.fidius;
  if (target.kind === "unresolved") {
    return [
      "The path ",
      code(text),
      " leads to no crate that could give ",
      code("async_runtime"),
      ".",
    ];
  }
  if (target.kind === "unknown") {
    return [code("async_runtime"), " comes from the path ", code(text), "."];
  }
  const { graph, setup } = snapshot;
  const owner = graph.crates.get(target.owner);
  const line = owner?.dependencies.find(({ key }) => key === target.dependencyKey);
  const version =
    line?.crateId === null || line === undefined
      ? undefined
      : graph.crates.get(line.crateId)?.info.version;
  const lacks = setup.some(
    (finding) => finding.plugin === plugin && finding.kind === "missingAsyncFeature",
  );
  return [
    code("async_runtime"),
    " comes from ",
    code(version === undefined ? target.packageName : `${target.packageName} ${version}`),
    ", a dependency of ",
    code(owner?.info.name ?? target.owner),
    lacks ? ", which is built **without** its feature " : ", with its feature ",
    code("async"),
    ".",
  ];
}
