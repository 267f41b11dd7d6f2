// `fidius-call list <library>`: the plugins of a built library with the types of the sources at hand, whatever version of the
// interfaces it was built from.

import type { ProjectModel } from "../../model/plugin.ts";
import type { CallRunner } from "../../runner/call/callRunner.ts";
import { pluginsOfLibrary, unmatchedText } from "./candidates.ts";
import type { CliFailure } from "../output/failure.ts";
import { listJson, listText } from "./listCommand.ts";
import type { Terminal } from "../output/terminal.ts";

export interface ListedLibrary {
  readonly library: string;
  /** Where its interfaces are looked for. */
  readonly model: ProjectModel;
  readonly isJson: boolean;
}

/** Prints the plugins; those for whose interface there is no source are told on stderr. */
export async function listLibrary(
  { library, model, isJson }: ListedLibrary,
  runner: Pick<CallRunner, "inspect">,
  terminal: Terminal,
): Promise<CliFailure | undefined> {
  const found = await pluginsOfLibrary(model, library, runner);
  if (!found.ok) {
    return found.error;
  }
  const { plugins, unmatched } = found.value;
  for (const plugin of unmatched) {
    terminal.note(`warning: ${unmatchedText(plugin)}`);
  }
  const shown: ProjectModel = {
    ...model,
    interfaces: [],
    hostInterfaces: [],
    candidates: [],
    leftOut: [],
    plugins,
  };
  if (isJson) {
    terminal.json(listJson(shown));
  } else if (plugins.length > 0) {
    terminal.result(...listText(shown, process.cwd()));
  } else {
    terminal.note(
      `${library} has no plugin of an interface that the sources here declare; fidius-call inspect says what it has.`,
    );
  }
  return undefined;
}
