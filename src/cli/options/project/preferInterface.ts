// Several crates may declare an interface of one name and hash, whose types differ all the same: a library does not say which
// of them it was built from. The nearest is taken; `--interface` takes another one.

import type { InterfaceSchema, PluginSchema, ProjectModel } from "../../../model/plugin.ts";
import { err, ok, type Result } from "../../../model/result.ts";
import { usageFailure, type CliFailure } from "../../output/failure.ts";
import type { Terminal } from "../../output/terminal.ts";

/** The model with the named interface before all others: by its id, or as `crate::Name`. */
export function preferInterface(
  model: ProjectModel,
  name: string | undefined,
): Result<ProjectModel, CliFailure> {
  if (name === undefined) {
    return ok(model);
  }
  const all = [...model.interfaces, ...(model.dependencyInterfaces ?? [])];
  const chosen = new Set(all.filter((schema) => isNamed(schema, name)).map(({ id }) => id));
  if (chosen.size === 0) {
    const candidates = all.map(({ id }) => id);
    const others = candidates.length === 0 ? "None was found." : `Found: ${candidates.join(", ")}.`;
    return err(usageFailure(`There is no interface ${name}. ${others}`, { candidates }));
  }
  const isChosen = (id: string): boolean => chosen.has(id);
  return ok({
    ...model,
    interfaces: chosenFirst(model.interfaces, ({ id }) => isChosen(id)),
    dependencyInterfaces: chosenFirst(model.dependencyInterfaces ?? [], ({ id }) => isChosen(id)),
    candidates: (model.candidates ?? []).map((candidate) => ({
      ...candidate,
      interfaceIds: chosenFirst(candidate.interfaceIds, isChosen),
    })),
  });
}

function isNamed({ id, name, crate }: InterfaceSchema, text: string): boolean {
  return [id, `${crate.libraryName}::${name}`, `${crate.name}::${name}`].includes(text);
}

function chosenFirst<T>(items: readonly T[], isChosen: (item: T) => boolean): readonly T[] {
  return [...items.filter(isChosen), ...items.filter((item) => !isChosen(item))];
}

/** Which interface the types of a plugin of a library come from, when it may be another one; undefined when it is clear. */
export function interfaceChoiceText({ interfaceId, library }: PluginSchema): string | undefined {
  const others = library?.otherInterfaceIds ?? [];
  return others.length === 0
    ? undefined
    : `types of ${interfaceId ?? ""}, though ${others.join(" and ")} ${others.length === 1 ? "has" : "have"} the same name and hash; --interface chooses`;
}

/** Notes the choice where there is one; a failure where `name` of --interface has nothing to choose. */
export function checkInterfaceChoice(
  plugin: PluginSchema,
  name: string | undefined,
  terminal: Terminal,
): CliFailure | undefined {
  if (name !== undefined && plugin.library === undefined) {
    return usageFailure(
      `The source of ${plugin.name} says that it implements ${plugin.interfaceId ?? plugin.interfaceName}, so there is nothing to choose. Leave --interface out.`,
    );
  }
  const choice = name === undefined ? interfaceChoiceText(plugin) : undefined;
  if (choice !== undefined) {
    terminal.note(`note: ${plugin.name} is called with the ${choice}.`);
  }
  return undefined;
}
