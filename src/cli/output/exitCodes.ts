// What the CLI's exit codes mean; scripts rely on them, so they never change.

import type { CallResultKind } from "../../model/outcome.ts";

export const exitCodes = {
  ok: 0,
  /** The command line, the arguments or the method asked for: nothing was run. */
  usage: 1,
  buildFailed: 2,
  /** The library cannot be loaded, or is not what the source says (ABI, interface hash, wire). */
  load: 3,
  pluginError: 4,
  panic: 5,
  crash: 6,
  timeout: 7,
  expectation: 8,
  /** `check` found an error. */
  check: 9,
  /** `check --against` found a breaking change. With that option 1 and 2 mean these two and nothing else. */
  breaking: 1,
  /** `check --against` could not compare: a command line, a revision or a library that cannot be read. */
  notCompared: 2,
  /** The result could not be written to stdout (EX_IOERR). */
  output: 74,
  /** A bug of this program (EX_SOFTWARE). */
  internal: 70,
  /** Ended by Ctrl+C (128 + SIGINT). */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const codeOfResult: Readonly<Record<CallResultKind, ExitCode>> = {
  ok: exitCodes.ok,
  instanceBuilt: exitCodes.ok,
  streamEnded: exitCodes.ok,
  pluginError: exitCodes.pluginError,
  panic: exitCodes.panic,
  crashed: exitCodes.crash,
  timedOut: exitCodes.timeout,
  cancelled: exitCodes.interrupted,
  buildFailed: exitCodes.buildFailed,
  loadFailed: exitCodes.load,
  interfaceChanged: exitCodes.load,
  invalidArguments: exitCodes.usage,
  invalidConfiguration: exitCodes.usage,
  invalidHostFunctions: exitCodes.usage,
  wireError: exitCodes.load,
  notImplemented: exitCodes.load,
  unsupported: exitCodes.usage,
  busy: exitCodes.usage,
};

/** The exit code of a call's result. */
export function exitCodeOf(kind: CallResultKind): ExitCode {
  return codeOfResult[kind];
}
