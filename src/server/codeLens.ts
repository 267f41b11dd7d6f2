// Lenses on impl blocks: Build on the block, Invoke on every method, sync and async. A lens never vanishes while its method
// stands in the text: what cannot be invoked says why, and a text that does not parse keeps the lenses it had.

import type { CodeLens, Command } from "vscode-languageserver";
import type { PluginMethod, PluginSchema } from "../model/plugin.ts";
import type { Range } from "../model/text/span.ts";
import {
  type CallTarget,
  type MethodTarget,
  type PluginTarget,
  serverCommands,
} from "../protocol/lsp.ts";
import type { ProjectSnapshot } from "../project/project.ts";
import { CandidateLenses } from "./candidateLenses.ts";
import { lensTitles, obstacleTitle } from "./messages.ts";
import { positionAt } from "./minimalEdit.ts";
import type { ServerSettings } from "./settings.ts";

export interface CodeLensProvider {
  lenses(file: string, snapshot: ProjectSnapshot): readonly CodeLens[];
}

/** What a file showed when it was last sound, to bridge the moments in which it does not parse. */
interface KnownPlugin {
  readonly plugin: PluginSchema;
  readonly methods: readonly PluginMethod[];
}

export function createCodeLensProvider(settings: ServerSettings): CodeLensProvider {
  const known = new Map<string, readonly KnownPlugin[]>();
  const onMacroCalls = new CandidateLenses(settings);
  return {
    lenses: (file, { model, rust, files }) => {
      const here = oncePerBlock(
        model.plugins.filter(
          ({ nameSpan, library }) => nameSpan.file === file && library === undefined,
        ),
      ).map((plugin) => ({ plugin, methods: plugin.methods }));
      const isBroken = rust.problems.some(
        ({ span, code }) => span.file === file && code === "syntaxError",
      );
      const brokenText = isBroken ? (files.read(file) ?? "") : null;
      const lenses = [
        ...here.flatMap(({ plugin, methods }) => pluginLenses(settings, plugin, methods)),
        ...onMacroCalls.lenses(file, model, brokenText),
      ];
      if (brokenText === null) {
        known.set(file, here);
        return lenses;
      }
      const lost = (known.get(file) ?? []).flatMap((before) =>
        lostLenses(settings, before, here, brokenText),
      );
      return [...lenses, ...lost];
    },
  };
}

/** An impl block in several libraries has the lenses of one: its own crate's, else the first. The view shows all. */
function oncePerBlock(plugins: readonly PluginSchema[]): readonly PluginSchema[] {
  const byPlace = new Map<string, PluginSchema>();
  for (const plugin of plugins) {
    const place = JSON.stringify(plugin.nameSpan);
    if (!byPlace.has(place) || plugin.sourceCrate === undefined) {
      byPlace.set(place, plugin);
    }
  }
  return [...byPlace.values()];
}

function pluginLenses(
  settings: ServerSettings,
  plugin: PluginSchema,
  methods: readonly PluginMethod[],
): readonly CodeLens[] {
  if (plugin.obstacle !== undefined) {
    const title = obstacleTitle(plugin.obstacle);
    return [{ range: rangeOf(plugin.nameSpan), command: { title, command: "" } }];
  }
  const build: CodeLens[] =
    settings.buildCommand === null
      ? []
      : [
          {
            range: rangeOf(plugin.nameSpan),
            command: {
              title: lensTitles.build,
              command: settings.buildCommand,
              arguments: [{ pluginId: plugin.id } satisfies PluginTarget],
            },
          },
        ];
  const { invokeCommand } = settings;
  return [
    ...build,
    ...methods.map((method) => ({
      range: rangeOf(method.nameSpan),
      command:
        invokeCommand === null ? call(plugin, method) : invoke(invokeCommand, plugin, method),
    })),
  ];
}

function invoke(command: string, plugin: PluginSchema, method: PluginMethod): Command {
  const target: MethodTarget = { pluginId: plugin.id, method: method.name };
  return { title: lensTitles.invoke, command, arguments: [target] };
}

/** For editors that have no way of their own to ask for arguments. */
function call(plugin: PluginSchema, method: PluginMethod): Command {
  const target: CallTarget = { pluginId: plugin.id, method: method.name, isShown: true };
  const title = method.arguments.length === 0 ? lensTitles.call : lensTitles.callExample;
  return { title, command: serverCommands.call, arguments: [target] };
}

/** Methods that the broken text still has but whose block cannot be read now. */
function lostLenses(
  { invokeCommand }: ServerSettings,
  before: KnownPlugin,
  now: readonly KnownPlugin[],
  text: string,
): readonly CodeLens[] {
  if (invokeCommand === null || before.plugin.obstacle !== undefined) {
    return [];
  }
  const same = now.find(({ plugin }) => plugin.id === before.plugin.id);
  return before.methods
    .filter(({ name }) => same?.methods.some((method) => method.name === name) !== true)
    .flatMap(({ name }) => {
      const found = new RegExp(String.raw`\bfn\s+(${name})\b`).exec(text);
      if (found === null) {
        return [];
      }
      const start = found.index + found[0].length - name.length;
      const range = { start: positionAt(text, start), end: positionAt(text, start + name.length) };
      return [{ range, command: { title: lensTitles.brokenSource, command: "" } }];
    });
}

function rangeOf({ start, end }: Range): Range {
  return { start, end };
}
