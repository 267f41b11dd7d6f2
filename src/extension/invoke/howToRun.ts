// How the calls of a method run: its time limit and run options, as its draft has them, else as the settings say.

import * as vscode from "vscode";
import type { PluginSchema } from "../../model/plugin.ts";
import { asSettingsSay, readRunOptions } from "../../model/runOptions.ts";
import type { Draft } from "../../protocol/draft.ts";
import { readSettings } from "../platform/settings.ts";
import type { RunRequest } from "./callSession.ts";

export function howToRun(
  draft: Draft,
  plugin: PluginSchema | undefined,
): Pick<RunRequest, "timeoutMs"> & Required<Pick<RunRequest, "options">> {
  const scope = plugin === undefined ? null : vscode.Uri.file(plugin.crate.manifestPath);
  const seconds = draft.timeoutSeconds ?? readSettings(scope).timeoutSeconds;
  return {
    timeoutMs: seconds > 0 ? Math.round(seconds * 1000) : null,
    options: optionsOf(draft),
  };
}

/** The run options of a method. */
export function optionsOf({ options }: Draft): NonNullable<RunRequest["options"]> {
  return options === undefined ? asSettingsSay : readRunOptions(options).options;
}
