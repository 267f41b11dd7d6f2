// Configured instances in the runner: their bytes, building one without a call, dropping one, and what an outcome says about
// those that came or went with a process.

import { encodeArguments } from "../../codec/bincode/encode.ts";
import { configurationArgument, configureMethod, listInstances } from "../../model/instance.ts";
import type { ConfiguredInstance } from "../../model/instance.ts";
import type { CallOutcome, CallResult, CapturedOutput, ValueProblem } from "../../model/outcome.ts";
import type { PluginSchema } from "../../model/plugin.ts";
import type { Result } from "../../model/result.ts";
import { err, ok } from "../../model/result.ts";
import type { HostLane } from "./hostPool.ts";
import type { HostSession } from "./hostSession.ts";
import type { WantedInstance } from "./laneInstances.ts";
import { openInHost } from "./openInstance.ts";
import type { OpenRequest } from "./openInstance.ts";

/** The outcome of building an instance. */
export type InstanceOutcome =
  | {
      readonly kind: "built";
      /** False when it lived already. */
      readonly isNew: boolean;
      readonly output: CapturedOutput;
      readonly notes: readonly string[];
    }
  | { readonly kind: "failed"; readonly outcome: CallOutcome };

/** The outcome of dropping an instance. */
export type DropOutcome =
  | { readonly kind: "dropped" }
  /** There was none: its process had ended, or it had not been built. */
  | { readonly kind: "notLive" }
  /** Streams are open on it, or keep its process: `message` names them and says what to do. */
  | { readonly kind: "inUse"; readonly message: string }
  /** Its `Drop` ended the process; `message` says how, and which other instances went with it. */
  | { readonly kind: "died"; readonly message: string };

/** The instance with its configuration encoded, null for a plugin without one; or what is wrong with the configuration. */
export function wantedInstance(
  plugin: PluginSchema,
  instance: ConfiguredInstance | undefined,
): Result<WantedInstance | null, readonly ValueProblem[]> {
  const configure = configureMethod(plugin);
  if (configure === undefined) {
    return ok(null);
  }
  if (instance === undefined) {
    const type = configure.arguments[0]?.type.rustType ?? "";
    const message = `${plugin.name} takes a configuration (${type}): build an instance with one first, then call on it.`;
    return err([{ pointer: "", message }]);
  }
  const args = { [configurationArgument]: instance.configuration };
  const encoded = encodeArguments(configure, plugin.types, args);
  if (!encoded.ok) {
    const start = `/${configurationArgument}`;
    const problems = encoded.error.map(({ pointer, message }) => ({
      pointer: pointer.startsWith(start) ? pointer.slice(start.length) : pointer,
      message,
    }));
    return err(problems);
  }
  const { id, name } = instance;
  return ok({ plugin: plugin.id, instance: id, name, configuration: encoded.value });
}

/** What of building an instance is left when it ended early. */
export interface FailedBuild {
  readonly result: CallResult;
  readonly output: CapturedOutput;
  readonly notes: readonly string[];
}

export type BuildInSession =
  | Extract<InstanceOutcome, { readonly kind: "built" }>
  | ({ readonly kind: "failed"; readonly hasCrashed: boolean } & FailedBuild);

/** Constructs an instance in a session, if it does not live there. */
export async function buildInSession(
  lane: HostLane,
  session: HostSession,
  request: Omit<OpenRequest, "method"> & { readonly instance: WantedInstance },
  signal: AbortSignal,
): Promise<BuildInSession> {
  const capture = session.capture();
  const onPhase = session.debuggers.phases(request.onPhase);
  const opening = { ...request, method: null, onPhase };
  const opened = await openInHost(session, opening, signal, () => capture.stderr.text());
  if (session.isUsable) {
    await session.drainOutput();
  }
  const output = capture.captured();
  const { progress, hasCrashed } = opened;
  if (!progress.ok) {
    const notes = [...session.debuggers.notes(), ...describeLost(session)];
    return { kind: "failed", result: progress.error, output, notes, hasCrashed };
  }
  const { isNew } = progress.value;
  return { kind: "built", isNew, output, notes: describeRebuilt(lane, request.instance, isNew) };
}

/** Says that an instance that had lived was built again, and why. */
export function describeRebuilt(
  lane: HostLane,
  instance: WantedInstance | null,
  isConstructed: boolean,
): readonly string[] {
  const reason =
    instance === null || !isConstructed ? undefined : lane.instances.takeLoss(instance);
  return reason === undefined || instance === null
    ? []
    : [
        `Instance \`${instance.name}\` was built again from its configuration, because ${reason}. What it had kept in memory is gone.`,
      ];
}

/** Names the configured instances that ended with their process. */
export function describeLost(session: HostSession): readonly string[] {
  const names = session.isUsable ? [] : session.configured.map(({ name }) => name);
  return names.length === 0
    ? []
    : [
        `${listInstances(names)} ended with the process. ${names.length === 1 ? "It is" : "Each is"} built again from its configuration at the next call on it.`,
      ];
}
