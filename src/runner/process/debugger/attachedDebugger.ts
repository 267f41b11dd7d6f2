// Whether a debugger holds a process, as the system tells it from outside: the kernel on Linux, `ps` on macOS. Windows tells
// native code alone, so a program with koffi asks it there (windowsDebuggers.ts).

import { execFile } from "node:child_process";
import { fileLimits } from "../../../files/fileLimits.ts";
import { readRegularText } from "../../../files/regularFile.ts";
import type { Disposable } from "../../../model/disposable.ts";

/** What the system says of a process under a debugger. */
interface TracedState {
  readonly isTraced: boolean;
  /** It has ended, but its parent is not told before the debugger was. */
  readonly hasEnded: boolean;
}

/** Nothing holds the process, or nobody can tell. */
const untraced: TracedState = { isTraced: false, hasEnded: false };

/** P_TRACED in the flags of a process: <sys/proc.h> of macOS. */
const tracedFlag = 0x800;

/** Whether the system tells of debuggers. */
export const seesDebuggers = ["linux", "darwin", "win32"].includes(process.platform);

/** Asks the system about one process. */
export interface DebuggerProbe extends Disposable {
  /** Whether a debugger is attached now. Never rejects. */
  isAttached(): Promise<boolean>;
  /** Whether the process, which was killed, has ended under a debugger that keeps the news from everybody. Never rejects. */
  hasEndedUnderIt(): Promise<boolean>;
}

/** The probe of Linux and macOS. */
export function createUnixProbe(pid: number): DebuggerProbe {
  return {
    isAttached: async () => (await tracedState(pid)).isTraced,
    hasEndedUnderIt: async () => {
      const { isTraced, hasEnded } = await tracedState(pid);
      return isTraced && hasEnded;
    },
    dispose: () => undefined,
  };
}

async function tracedState(pid: number): Promise<TracedState> {
  if (process.platform === "linux") {
    const status = await readRegularText(`/proc/${String(pid)}/status`, { limit: fileLimits.own });
    return readLinuxStatus(status.ok ? status.value : "");
  }
  if (process.platform === "darwin") {
    return readMacFlags(await printedBy("ps", ["-o", "flags=,stat=", "-p", String(pid)]));
  }
  return untraced;
}

/** /proc/PID/status. */
export function readLinuxStatus(status: string): TracedState {
  const tracer = /^TracerPid:\s*(\d+)$/m.exec(status)?.[1] ?? "0";
  return { isTraced: tracer !== "0", hasEnded: /^State:\s*[ZX]/m.test(status) };
}

/** A line of `ps -o flags=,stat=`: hexadecimal flags and the state. */
export function readMacFlags(line: string): TracedState {
  const [flags = "", state = ""] = line.trim().split(/\s+/);
  const isTraced = (Number.parseInt(flags, 16) & tracedFlag) !== 0;
  return { isTraced, hasEnded: state.startsWith("Z") };
}

function printedBy(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 2000 }, (error, stdout) => {
      resolve(error === null ? stdout : "");
    });
  });
}
