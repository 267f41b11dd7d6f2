// In which libraries a plugin is. An impl block belongs to the library of its own crate and to each other library that links that
// crate; where there is none, or none that a host here can load, the plugin says so.

import { guestObstacle, noLibraryMessage } from "../../model/callObstacle.ts";
import type { CrateGraph, CrateId, CrateNode } from "../../model/crateGraph.ts";
import type { CallObstacle, PluginSchema } from "../../model/plugin.ts";
import type { PluginFacts, RustModel } from "../../rust/fidius/facts.ts";
import { isGuestPath } from "../../rust/fidius/guest.ts";
import { fidiusRelease } from "../../rust/fidius/fidiusRelease.ts";
import { makesDynamicLibrary } from "../../rust/fidius/fidiusUsers.ts";
import type { GuestPackages } from "./guestPackages.ts";
import { findSetupProblems, withMissingFeatures } from "../asyncRules/asyncSetup.ts";

export interface PluginHomes {
  /** The schemas under which `plugin` is known, one a library; `schema` is how its own crate sees it. */
  of(plugin: PluginFacts, schema: PluginSchema): readonly PluginSchema[];
  /** The crates that the library of `id` takes code from, itself first. */
  linked(id: CrateId): readonly CrateId[];
}

/** `featuresFor` gives what is asked of cargo in builds of a package; `guests` tells packages for other kinds of host. */
export function createPluginHomes(
  graph: CrateGraph,
  rust: Pick<RustModel, "namedCrates">,
  featuresFor: (manifestPath: string) => readonly string[],
  guests: Pick<GuestPackages, "obstacleOf">,
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
      const obstacle = wasmObstacle(plugin) ?? guests.obstacleOf(schema.crate);
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

/** A crate for WASM may be built as a native library too, which then shows nothing. */
function wasmObstacle({ fidius, schema }: PluginFacts): CallObstacle | undefined {
  return isGuestPath(fidius)
    ? guestObstacle(schema.crate, "wasm", `its macros take \`${fidius.text}\``)
    : undefined;
}
