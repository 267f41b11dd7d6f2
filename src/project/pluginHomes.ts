// In which libraries a plugin is. An impl block belongs to the library of its own crate and to each other library that links that
// crate; where there is none, or none that a host here can load, the plugin says so.

import { noLibraryMessage, targetText } from "../model/callObstacle.ts";
import type { CrateGraph, CrateId, CrateNode } from "../model/crateGraph.ts";
import type { CallObstacle, PluginSchema } from "../model/plugin.ts";
import type { PluginFacts, RustModel } from "../rust/fidius/facts.ts";
import { fidiusRelease } from "../rust/fidius/fidiusRelease.ts";
import { makesDynamicLibrary } from "../rust/fidius/fidiusUsers.ts";
import { findSetupProblems, withMissingFeatures } from "./asyncSetup.ts";

export interface PluginHomes {
  /** The schemas under which `plugin` is known, one a library; `schema` is how its own crate sees it. */
  of(plugin: PluginFacts, schema: PluginSchema): readonly PluginSchema[];
  /** The crates that the library of `id` takes code from, itself first. */
  linked(id: CrateId): readonly CrateId[];
}

/** `featuresFor` gives what is asked of cargo in builds of a package. */
export function createPluginHomes(
  graph: CrateGraph,
  rust: Pick<RustModel, "namedCrates">,
  featuresFor: (manifestPath: string) => readonly string[],
): PluginHomes {
  const known = new Map<CrateId, readonly CrateId[]>();
  const linked = (id: CrateId): readonly CrateId[] => {
    const crates = known.get(id) ?? linkedByName(id, rust);
    known.set(id, crates);
    return crates;
  };
  const libraries = [...graph.crates.values()].filter(
    ({ isLocal, info }) => isLocal && makesDynamicLibrary(info),
  );
  const copyIn = (library: CrateNode, plugin: PluginFacts, schema: PluginSchema): PluginSchema => {
    const release = fidiusRelease(graph, library);
    const features = featuresFor(library.info.manifestPath);
    const inLibrary = { ...plugin, crateId: library.id };
    const copy: PluginSchema = {
      ...schema,
      id: `${schema.id} in ${library.info.libraryName}`,
      crate: library.info,
      sourceCrate: schema.crate,
      missingAsyncFeatures: [],
      ...(release === undefined ? {} : { fidiusVersion: release.version }),
    };
    return withMissingFeatures(copy, findSetupProblems(inLibrary, graph, features));
  };
  return {
    linked,
    of: (plugin, schema) => {
      const obstacle = wasmObstacle(plugin);
      if (obstacle !== undefined) {
        return [{ ...schema, obstacle }];
      }
      const others = libraries
        .filter(({ id }) => id !== plugin.crateId && linked(id).includes(plugin.crateId))
        .map((library) => copyIn(library, plugin, schema));
      if (makesDynamicLibrary(schema.crate)) {
        return [schema, ...others];
      }
      return others.length > 0 ? others : [{ ...schema, obstacle: libraryObstacle(schema) }];
    },
  };
}

/** rustc links a crate when the code names it; a dependency that stands in the manifest alone is not in the library. */
function linkedByName(
  id: CrateId,
  { namedCrates }: Pick<RustModel, "namedCrates">,
): readonly CrateId[] {
  const linked = new Set<CrateId>([id]);
  for (const current of linked) {
    namedCrates.get(current)?.forEach((named) => linked.add(named));
  }
  return [...linked];
}

function libraryObstacle({ crate }: PluginSchema): CallObstacle {
  const kind = crate.target === undefined ? "noLibrary" : "program";
  return { kind, message: noLibraryMessage(crate) };
}

/** The generated code takes `fidius_guest`, which has no registry for a library to show (reference 7.4). */
function wasmObstacle({ fidius, schema }: PluginFacts): CallObstacle | undefined {
  const isGuest =
    fidius.target.kind === "dependency"
      ? fidius.target.packageName === "fidius-guest"
      : /(?:^|::)fidius_guest$/u.test(fidius.text);
  if (!isGuest) {
    return undefined;
  }
  const { name, target } = schema.crate;
  const what = target === undefined ? name : `The ${targetText(target)} of ${name}`;
  return {
    kind: "wasm",
    message: `${what} is a WASM component, because its macros take \`${fidius.text}\`: a Fidius host with the wasm feature loads it, and it cannot be called here. A native plugin takes \`fidius\` or \`fidius_core\` there.`,
  };
}
