// What can be built by an id: a plugin, or a candidate whose plugins only its library shows.

import { crateIdOf } from "../model/crateGraph.ts";
import type { Buildable, PluginCandidate, PluginSchema, ProjectModel } from "../model/plugin.ts";

/** The plugin or candidate with this id. */
export function findBuildable(model: ProjectModel, id: string): Buildable | undefined {
  return (
    model.plugins.find((plugin) => plugin.id === id && isBuiltHere(plugin)) ??
    model.candidates?.find((candidate) => candidate.id === id)
  );
}

/** The candidate whose library a build of `buildable` makes. */
export function candidateOf(
  model: ProjectModel,
  buildable: Buildable,
): PluginCandidate | undefined {
  const id = crateIdOf(buildable.crate);
  return model.candidates?.find(({ crate }) => crateIdOf(crate) === id);
}

/** False for a plugin of a library that was opened as it is. */
export function isBuiltHere({ library }: PluginSchema): boolean {
  return library?.file === undefined;
}

/** Candidates that were never looked into. */
export function unseenCandidates(model: ProjectModel): readonly PluginCandidate[] {
  return (model.candidates ?? []).filter(({ contents }) => contents === undefined);
}

/** Plugins meant by the id of one, of the candidate whose library holds them, or by the path of an opened library. */
export function pluginsOf(model: ProjectModel, id: string): readonly PluginSchema[] {
  return model.plugins.filter(
    (plugin) =>
      plugin.id === id || plugin.library?.candidateId === id || plugin.library?.file === id,
  );
}
