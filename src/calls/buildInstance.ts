// Builds a configured instance without calling anything: configuration checked, plugin built, instance constructed. The same
// way as a call takes, so that a call finds it afterwards.

import type { HostFunctionRequest } from "../model/hostFunctions.ts";
import type { HostPhase } from "../model/hostPhase.ts";
import type { ConfiguredInstance } from "../model/instance.ts";
import type { CallOutcome, CapturedOutput } from "../model/outcome.ts";
import type { PluginSchema } from "../model/plugin.ts";
import {
  buildLibrary,
  outcomeOf,
  withNotes,
  type BuildPorts,
  type CallPorts,
} from "./callPlugin.ts";
import { bridgeConfiguration } from "./bridging.ts";
import { readyInstance, refusedFilesOfInstance } from "./instances.ts";
import { readingLimit } from "./options/readingLimit.ts";

export interface InstanceRequest {
  readonly plugin: PluginSchema;
  readonly instance: ConfiguredInstance;
  /** Of `configure`; null is no limit. */
  readonly timeoutMs: number | null;
  readonly packageFolder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly hostFunctions: HostFunctionRequest;
  /** What is known of a library that is used as it is. */
  readonly notes?: readonly string[];
}

export type InstancePorts = BuildPorts &
  Pick<CallPorts, "configurationBridge" | "mayRead"> & {
    readonly runner: {
      buildInstance(
        request: {
          readonly library: string;
          readonly plugin: PluginSchema;
          readonly instance: ConfiguredInstance;
          readonly hostFunctions: HostFunctionRequest;
          readonly timeoutMs: number | null;
          readonly workingDirectory: string;
          readonly environment: Record<string, string>;
        },
        signal: AbortSignal,
        onPhase?: (phase: HostPhase) => void,
      ): Promise<
        | {
            readonly kind: "built";
            readonly isNew: boolean;
            readonly output: CapturedOutput;
            readonly notes: readonly string[];
          }
        | { readonly kind: "failed"; readonly outcome: CallOutcome }
      >;
    };
  };

/** Builds the plugin when it has to be, then the instance. Expected failures are outcomes; a rejection is a bug. */
export async function buildInstance(
  request: InstanceRequest,
  ports: InstancePorts,
  signal: AbortSignal,
): Promise<CallOutcome> {
  return withNotes(request.notes, await buildBoth(request, ports, signal));
}

async function buildBoth(
  request: InstanceRequest,
  ports: InstancePorts,
  signal: AbortSignal,
): Promise<CallOutcome> {
  const startedAtMs = performance.now();
  const sinceStart = (): number => performance.now() - startedAtMs;
  const { plugin, packageFolder } = request;
  const bridged = await bridgeConfiguration(request.instance, ports.configurationBridge, signal);
  if (!bridged.ok) {
    return outcomeOf(bridged.error, sinceStart());
  }
  const refused = await refusedFilesOfInstance(plugin, bridged.value, packageFolder, ports.mayRead);
  if (refused.length > 0) {
    return outcomeOf({ kind: "invalidConfiguration", problems: refused }, sinceStart());
  }
  const reading = readingLimit(signal, request.timeoutMs);
  const ready = await readyInstance(plugin, bridged.value, packageFolder, reading);
  if (!ready.ok) {
    return outcomeOf(
      signal.aborted
        ? { kind: "cancelled", afterMs: sinceStart() }
        : { kind: "invalidConfiguration", problems: ready.error },
      sinceStart(),
    );
  }
  const library = await buildLibrary(ports, signal, sinceStart);
  if (!library.ok) {
    return outcomeOf(library.error, sinceStart());
  }
  const built = await ports.runner.buildInstance(
    {
      library: library.value.library,
      plugin,
      instance: ready.value ?? request.instance,
      hostFunctions: request.hostFunctions,
      timeoutMs: request.timeoutMs,
      workingDirectory: packageFolder,
      environment: { ...request.environment },
    },
    signal,
    (kind) => {
      ports.onPhase({ kind });
    },
  );
  if (built.kind === "failed") {
    return built.outcome;
  }
  const result = {
    kind: "instanceBuilt",
    name: request.instance.name,
    isNew: built.isNew,
  } as const;
  const outcome = outcomeOf(result, sinceStart());
  return { ...outcome, output: built.output, notes: [...library.value.notes, ...built.notes] };
}
