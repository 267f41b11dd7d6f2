// What a plugin gets from a host function: a status and bytes (reference 3.11, 4.2).

import { statusCodes } from "../abi/status.ts";
import { encodePluginError, encodeText } from "../codec/bincode/builtIn.ts";
import type { PluginErrorValue } from "../model/outcome.ts";

/** The answer to one call. */
export interface Answer {
  readonly status: number;
  readonly bytes: Uint8Array;
  /** What went wrong, for the log. */
  readonly problem: string | null;
}

export type AnswerFunction = (input: Uint8Array) => Answer;

/** `Err(HostCallError::Host(error))` in the plugin. */
export function encodeError(error: PluginErrorValue): Answer {
  return { status: statusCodes.pluginError, bytes: encodePluginError(error), problem: null };
}

/** `Err(HostCallError::HostPanic(message))` in the plugin. */
export function encodePanic(message: string): Answer {
  return { status: statusCodes.panic, bytes: encodeText(message), problem: message };
}
