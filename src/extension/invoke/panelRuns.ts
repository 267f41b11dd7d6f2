// The calls that a panel asks for: with the arguments of its form, the same once more in another way, or those of a remembered call.

import * as vscode from "vscode";
import { defaultArguments } from "../../codec/values/defaults.ts";
import type { ConfiguredInstance } from "../../model/instance.ts";
import type { Repetition } from "../../model/repetition.ts";
import type { RunOptions } from "../../model/runOptions.ts";
import type { StreamUser } from "../../model/stream.ts";
import type { JsonObject } from "../../model/value/value.ts";
import type { InvokeMode } from "../../protocol/panel.ts";
import { howToRun } from "./howToRun.ts";
import { methodKey } from "../methodKey.ts";
import type { PanelController } from "../panel/panelController.ts";
import type { PanelServices } from "../panel/panelServices.ts";
import { readSettings } from "../platform/settings.ts";

/** What another run of the same call does differently. */
interface Again {
  readonly hasLimit?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly mode?: InvokeMode;
  /** Instead of the one that is selected. */
  readonly instance?: ConfiguredInstance | undefined;
  readonly seed?: number | undefined;
  readonly repetition?: Repetition | undefined;
  readonly sets?: readonly JsonObject[] | undefined;
  /** Instead of those that are set now. */
  readonly options?: RunOptions | undefined;
}

/** Resolves when the call is over. */
export function invoke(
  panel: PanelController,
  { drafts, instances, trust }: PanelServices,
  values: JsonObject,
  { hasLimit = true, environment = {}, mode = "run", ...other }: Again = {},
): Promise<void> {
  if (!trust.require()) {
    return Promise.resolve();
  }
  const how = howToRun(drafts.get(methodKey(panel.target)), panel.found?.plugin);
  const stream = beginStream(panel);
  const instance = other.instance ?? instances.selected(panel.target.pluginId);
  const isDebugged = mode === "debug";
  return panel.session.invoke({
    arguments: values,
    instance,
    timeoutMs: hasLimit ? how.timeoutMs : null,
    options: other.options ?? how.options,
    environment,
    stream,
    isDebugged,
    seed: other.seed,
    repetition: other.repetition,
    sets: other.sets,
  });
}

/** The stream that the call is to have: a new one, unless a run goes on that has one already. */
function beginStream({ session, stream, found, target }: PanelController): StreamUser | undefined {
  if (session.isRunning) {
    return session.lastRequest?.stream;
  }
  if (found === undefined || found.method.stream === "none") {
    return undefined;
  }
  const settings = readSettings(vscode.Uri.file(found.plugin.crate.manifestPath));
  return stream.begin(methodKey(target), found, settings.streamMaxItems);
}

export function invokeAgain(panel: PanelController, services: PanelServices, again: Again): void {
  const { found, session, target } = panel;
  const values =
    session.lastRequest?.arguments ??
    services.drafts.get(methodKey(target)).arguments ??
    (found === undefined ? undefined : defaultArguments(found.method, found.plugin.types));
  if (values !== undefined) {
    void invoke(panel, services, values, again);
  }
}
