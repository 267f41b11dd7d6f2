// Lenses on calls of macros that make plugins. What such a plugin can do only its library tells, so before the first look
// there is Build alone; afterwards Invoke, for one method, or with a choice. They never vanish: without a plugin they say why.

import type { CodeLens, Command } from "vscode-languageserver";
import type {
  PluginCandidate,
  PluginMacroCall,
  PluginSchema,
  ProjectModel,
} from "../model/plugin.ts";
import type { Range } from "../model/text/span.ts";
import type { MethodTarget, PluginTarget } from "../protocol/lsp.ts";
import { candidateTitles, libraryTrouble, lensTitles } from "./messages.ts";
import { positionAt } from "./minimalEdit.ts";
import type { ServerSettings } from "./settings.ts";

/** With Build three lenses stand at one place, which is as many as can be read. */
const mostInvokes = 2;

interface PlacedCall {
  readonly candidate: PluginCandidate;
  readonly call: PluginMacroCall;
}

/** Lenses on the macro calls of `file`; remembers them for the moments in which the text does not parse. */
export class CandidateLenses {
  readonly #settings: ServerSettings;
  readonly #known = new Map<string, readonly PlacedCall[]>();

  constructor(settings: ServerSettings) {
    this.#settings = settings;
  }

  /** `brokenText` is the file's text when it does not parse. */
  lenses(file: string, model: ProjectModel, brokenText: string | null): readonly CodeLens[] {
    const here = (model.candidates ?? []).flatMap((candidate) =>
      candidate.macroCalls
        .filter(({ span }) => span.file === file)
        .map((call) => ({ candidate, call })),
    );
    const lenses = here.flatMap(({ candidate, call }) =>
      this.#lensesOf(candidate, call, model.plugins),
    );
    if (brokenText === null) {
      this.#known.set(file, here);
      return lenses;
    }
    const lost = (this.#known.get(file) ?? []).filter(
      ({ call }) => !here.some((other) => other.call.macro === call.macro),
    );
    return [...lenses, ...lost.flatMap(({ call }) => lostLens(call, brokenText))];
  }

  #lensesOf(
    candidate: PluginCandidate,
    call: PluginMacroCall,
    plugins: readonly PluginSchema[],
  ): readonly CodeLens[] {
    const { start, end } = call.span;
    const range: Range = { start, end };
    const commands = [
      ...this.#invokes(candidate, pluginsAt(candidate, call, plugins)),
      ...this.#build(candidate),
    ];
    return commands.map((command) => ({ range, command }));
  }

  #build({ id, contents }: PluginCandidate): readonly Command[] {
    const { buildCommand } = this.#settings;
    const title = contents === undefined ? candidateTitles.look : lensTitles.build;
    const target: PluginTarget = { pluginId: id };
    return buildCommand === null ? [] : [{ title, command: buildCommand, arguments: [target] }];
  }

  #invokes(candidate: PluginCandidate, plugins: readonly PluginSchema[]): readonly Command[] {
    const { invokeCommand } = this.#settings;
    if (candidate.contents === undefined || invokeCommand === null) {
      return [];
    }
    const methods = plugins.flatMap((plugin) =>
      plugin.methods
        .filter(({ isImplemented }) => isImplemented !== false)
        .map((method) => ({ plugin, method })),
    );
    const [first] = plugins;
    if (first === undefined || methods.length === 0) {
      return [{ title: libraryTrouble(candidate.contents), command: "" }];
    }
    if (methods.length > mostInvokes) {
      const target: PluginTarget = { pluginId: plugins.length === 1 ? first.id : candidate.id };
      const title = candidateTitles.choose(plugins, methods.length);
      return [{ title, command: invokeCommand, arguments: [target] }];
    }
    return methods.map(({ plugin, method }) => {
      const target: MethodTarget = { pluginId: plugin.id, method: method.name };
      const title = candidateTitles.invoke(method.name);
      return { title, command: invokeCommand, arguments: [target] };
    });
  }
}

/** The plugins that were placed at the call; those that could be placed nowhere belong to every call without one. */
function pluginsAt(
  candidate: PluginCandidate,
  { span }: PluginMacroCall,
  plugins: readonly PluginSchema[],
): readonly PluginSchema[] {
  const own = plugins.filter(({ library }) => library?.candidateId === candidate.id);
  const isAt = ({ nameSpan }: PluginSchema, place: PluginMacroCall["span"]): boolean =>
    JSON.stringify(nameSpan) === JSON.stringify(place);
  const placed = own.filter((plugin) => isAt(plugin, span));
  return placed.length > 0
    ? placed
    : own.filter((plugin) => !candidate.macroCalls.some((call) => isAt(plugin, call.span)));
}

/** The broken text still names the macro. */
function lostLens({ macro }: PluginMacroCall, text: string): readonly CodeLens[] {
  const name = macro.split("::").at(-1) ?? macro;
  const found = new RegExp(String.raw`\b${name}\b`, "u").exec(text);
  if (found === null) {
    return [];
  }
  const range = {
    start: positionAt(text, found.index),
    end: positionAt(text, found.index + name.length),
  };
  return [{ range, command: { title: lensTitles.brokenSource, command: "" } }];
}
