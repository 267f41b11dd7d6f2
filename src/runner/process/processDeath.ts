// How a host process ended, from what the system tells: exit code or signal, and what was printed last (R10).

import type { DeathKind, ProcessDeath } from "../../model/outcome.ts";
import { channelLostExitCode } from "../../protocol/host.ts";

interface SignalMeaning {
  readonly kind: DeathKind;
  readonly meaning: string;
}

const memoryFault = { kind: "memoryFault", meaning: "memory fault or stack overflow" } as const;

const signals: Readonly<Record<string, SignalMeaning>> = {
  SIGABRT: { kind: "abort", meaning: "abort" },
  SIGSEGV: memoryFault,
  SIGBUS: memoryFault,
  SIGILL: { kind: "illegalInstruction", meaning: "illegal instruction" },
  SIGTRAP: { kind: "illegalInstruction", meaning: "trap" },
  SIGFPE: { kind: "illegalInstruction", meaning: "arithmetic fault" },
  SIGKILL: { kind: "killed", meaning: "killed from outside, perhaps for lack of memory" },
  SIGXCPU: { kind: "killed", meaning: "its limit of processor time" },
};

/** Exit codes with which Windows tells what signals tell elsewhere. */
const windowsCodes: Readonly<Record<number, SignalMeaning>> = {
  0xc0000005: { kind: "memoryFault", meaning: "access violation" },
  0xc00000fd: { kind: "memoryFault", meaning: "stack overflow" },
  0xc0000374: { kind: "memoryFault", meaning: "heap corruption" },
  0xc000001d: { kind: "illegalInstruction", meaning: "illegal instruction" },
  0xc0000409: { kind: "abort", meaning: "abort" },
  0xc0000094: { kind: "illegalInstruction", meaning: "division by zero" },
};

const outOfMemoryLine = /memory allocation of (\d+) bytes failed/;
/** V8's own words, when there was no memory for the host around the plugin. */
const hostOutOfMemoryLine = /^FATAL ERROR: .*(?:out of memory|OOM)/im;

/** Describes the end of a process; `stderr` is what it printed last. */
export function describeDeath(
  exitCode: number | null,
  signal: string | null,
  stderr: string,
): ProcessDeath {
  const place = { exitCode, signal };
  const allocation = outOfMemoryLine.exec(stderr);
  if (allocation !== null && exitCode !== 0) {
    const message = `Plugin process ended: out of memory (an allocation of ${allocation[1] ?? "?"} bytes failed). Raise the memory limit if the plugin needs that much.`;
    return { kind: "outOfMemory", ...place, message };
  }
  if (exitCode !== 0 && hostOutOfMemoryLine.test(stderr)) {
    const message =
      "Plugin process ended: out of memory (nothing was left for its host). Raise the memory limit if the plugin needs that much.";
    return { kind: "outOfMemory", ...place, message };
  }
  if (signal !== null) {
    const known = signals[signal] ?? { kind: "killed", meaning: "a signal from outside" };
    return {
      kind: known.kind,
      ...place,
      message: `Plugin process ended: ${signal} (${known.meaning}).`,
    };
  }
  if (exitCode === channelLostExitCode) {
    const message =
      "Plugin process ended by us: the plugin closed the descriptor that its answer would go through. It may close only descriptors that it opened.";
    return { kind: "protocolError", ...place, message };
  }
  const code = (exitCode ?? 0) >>> 0;
  const known = windowsCodes[code];
  if (known !== undefined) {
    const hex = `0x${code.toString(16).toUpperCase().padStart(8, "0")}`;
    return {
      kind: known.kind,
      ...place,
      message: `Plugin process ended: ${hex} (${known.meaning}).`,
    };
  }
  return {
    kind: "exited",
    ...place,
    message: `Plugin process ended: the plugin called exit with code ${String(exitCode)}.`,
  };
}

/** The end of a process that broke the protocol: the plugin wrote over the channel, or the host has a bug. */
export function protocolDeath(what: string): ProcessDeath {
  return {
    kind: "protocolError",
    exitCode: null,
    signal: null,
    message: `Plugin process ended by us: what it sent makes no sense (${what}). The plugin may write to descriptors it does not own.`,
  };
}

/** The end of a process that never came up, so that no plugin had a part in it. */
export function failedStart(exitCode: number, stderr: string): ProcessDeath {
  const reason = /^\w*Error: (.+)$/m.exec(stderr)?.[1] ?? `exit code ${String(exitCode)}`;
  return {
    kind: "exited",
    exitCode,
    signal: null,
    message: `The host process did not start: ${reason}. Install Fidius again for this platform.`,
  };
}
