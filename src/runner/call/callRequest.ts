// What is asked of the runner: a call of a method, the building of an instance.

import type { DebugUser } from "../../model/debugging.ts";
import type { HostFunctionRequest } from "../../model/hostFunctions.ts";
import type { ConfiguredInstance } from "../../model/instance.ts";
import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";
import type { StreamUser } from "../../model/stream.ts";
import type { JsonObject } from "../../model/value/value.ts";

export interface CallRequest {
  /** The library that cargo built. */
  readonly library: string;
  readonly plugin: PluginSchema;
  readonly method: PluginMethod;
  readonly arguments: JsonObject;
  /** The configured instance to call on, built when it does not live; for plugins with a configuration. */
  readonly instance?: ConfiguredInstance | undefined;
  /** What answers the plugin when it calls its host; without it nothing does. */
  readonly hostFunctions?: HostFunctionRequest | undefined;
  /** Who uses the stream of a streaming method; its call ends with the stream. */
  readonly stream?: StreamUser | undefined;
  /** Who debugs the call: it then runs in a fresh host, without a limit of time. */
  readonly debug?: DebugUser | undefined;
  /** The bridge made an argument or is to read the result: it knows bincode alone. */
  readonly isBridged?: boolean | undefined;
  /** The library is known to be built from the sources as they are. */
  readonly isCurrent?: boolean | undefined;
  /** Of the call itself, without loading, and of each answer of a stream; null is no limit. */
  readonly timeoutMs: number | null;
  /** The plugin package's folder, or another one of the user's choice. */
  readonly workingDirectory: string;
  /** On top of the editor's environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Most bytes of a host for this call; null is no limit, undefined leaves it to the runner. */
  readonly memoryLimit?: number | null | undefined;
}

/** Building a configured instance without calling anything. */
export type BuildInstanceRequest = Omit<CallRequest, "method" | "arguments" | "instance"> & {
  readonly instance: ConfiguredInstance;
};
