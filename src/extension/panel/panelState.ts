// What the panel shows, worked out from what the extension knows: the model, the draft, the last outcome, what runs,
// settings and trust. Pure, so that every state of the panel can be tested without VS Code.

import { isUnread } from "../../codec/long/longResult.ts";
import { oneLine } from "../../model/text/foreignText.ts";
import type { CallOutcome } from "../../model/outcome.ts";
import type {
  HostInterfaceSchema,
  PluginMethod,
  PluginSchema,
  ProjectModel,
} from "../../model/plugin.ts";
import type { MethodTarget } from "../../protocol/lsp.ts";
import type { Draft } from "../../protocol/draft.ts";
import type { BuildState, Obstacle, PanelState, RunPhase } from "../../protocol/panel.ts";
import type { HistoryPlace } from "../../protocol/panelHistory.ts";
import type { PanelBridge } from "../../protocol/panelBridge.ts";
import type { PanelInstances } from "../../protocol/panelInstances.ts";
import type { OpenStream } from "../../protocol/panelStream.ts";
import { panelMessages } from "./panelMessages.ts";

/** A method with the plugin it belongs to, as found in the model. */
export interface FoundMethod {
  readonly plugin: PluginSchema;
  readonly method: PluginMethod;
}

/** Everything that {@link panelStateOf} shows. */
export interface PanelFacts {
  readonly target: MethodTarget;
  /** Null: not in the source any more, or not looked for yet. */
  readonly found: FoundMethod | null;
  readonly draft: Draft;
  readonly last: { readonly outcome: CallOutcome; readonly atMs: number } | null;
  /** Where the last outcome stands among the remembered calls. */
  readonly lastCall: HistoryPlace | null;
  readonly phase: RunPhase;
  readonly build: BuildState;
  readonly profile: string;
  readonly defaultTimeoutSeconds: number;
  readonly settingsApart: readonly string[];
  readonly maximumDepth: number;
  readonly isTrusted: boolean;
  readonly instances: PanelInstances;
  readonly hostInterfaces: readonly HostInterfaceSchema[];
  readonly bridge?: PanelBridge | undefined;
  readonly openStreams: readonly OpenStream[];
}

/** The method of the target; undefined when the source no longer has it. */
export function findMethod(model: ProjectModel, target: MethodTarget): FoundMethod | undefined {
  const plugin = model.plugins.find(({ id }) => id === target.pluginId);
  const method = plugin?.methods.find(({ name }) => name === target.method);
  return plugin === undefined || method === undefined ? undefined : { plugin, method };
}

/** Without arguments there is nothing to fill in: one click invokes. */
export function isReadyToRun({ plugin, method }: FoundMethod): boolean {
  return method.arguments.length === 0 && method.stream === "none" && plugin.config === undefined;
}

/** `Trait::method` of a target: also right when the model does not have it, because a plugin's id ends in its trait. */
export function titleOf(target: MethodTarget): string {
  const trait = /\bas ([^:]*)$/.exec(target.pluginId)?.[1];
  return oneLine(`${trait ?? target.pluginId}::${target.method}`);
}

/** The state that the panel is sent. */
export function panelStateOf(facts: PanelFacts): PanelState {
  const { found, last } = facts;
  return {
    plugin: found?.plugin ?? null,
    method: found?.method ?? null,
    title:
      found === null
        ? titleOf(facts.target)
        : oneLine(`${found.plugin.interfaceName}::${found.method.name}`),
    draft: facts.draft,
    lastOutcome: last?.outcome ?? null,
    lastOutcomeAtMs: last?.atMs ?? null,
    lastCall: facts.lastCall,
    phase: facts.phase,
    build: facts.phase.kind === "building" ? "building" : facts.build,
    profile: facts.profile,
    defaultTimeoutSeconds: facts.defaultTimeoutSeconds,
    settingsApart: facts.settingsApart,
    maximumDepth: facts.maximumDepth,
    obstacle: obstacleOf(facts),
    hostInterfaces: facts.hostInterfaces,
    instances: found?.plugin.config === undefined ? null : facts.instances,
    asyncFix: asyncFixOf(found),
    openStreams: facts.openStreams,
    ...(facts.bridge === undefined ? {} : { bridge: facts.bridge }),
  };
}

/** Why Invoke is off, the nearest reason first. */
function obstacleOf({ found, isTrusted }: PanelFacts): Obstacle | null {
  if (found === null) {
    return { message: panelMessages.methodGone, action: null };
  }
  if (!isTrusted) {
    return {
      message: panelMessages.restricted,
      action: { label: panelMessages.manageTrust, id: "manageTrust" },
    };
  }
  return null;
}

function asyncFixOf(found: FoundMethod | null): PanelState["asyncFix"] {
  // Where no impl block is visible there is no place to mend: the build passes the features.
  const missing =
    found === null || found.plugin.library !== undefined ? [] : found.plugin.missingAsyncFeatures;
  return missing.length === 0 ? null : { message: panelMessages.asyncFix(missing) };
}

/** Tells states apart without the outcome, which travels by its own message and may be large. */
export function stateKey(state: PanelState): string {
  return JSON.stringify({
    ...state,
    draft: state.draft.key,
    instances: state.instances === null ? null : { ...state.instances, draft: null },
    lastOutcome: null,
    phase: state.phase.kind === "building",
  });
}

/** VS Code carries plain typed arrays in messages, whole buffers at a time; a Buffer or a part of a larger one it does not. */
export function forPage(outcome: CallOutcome): CallOutcome {
  const { result } = outcome;
  if (result.kind === "ok" && isUnread(result.value)) {
    // The page asks for the bytes, some at a time.
    return { ...outcome, result: { ...result, bytes: new Uint8Array() } };
  }
  return "bytes" in result
    ? { ...outcome, result: { ...result, bytes: new Uint8Array(result.bytes) } }
    : outcome;
}
