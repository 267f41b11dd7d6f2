// Whether a debugger holds a process, as the system tells it from outside: the kernel on Linux, `ps` on macOS. Windows has no
// word on it that a program without native code could ask in good time, so there nobody is ever seen (docs/debugging.md).

import { execFile } from "node:child_process";
import { fileLimits } from "../../files/fileLimits.ts";
import { readRegularText } from "../../files/regularFile.ts";

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
export const seesDebuggers = process.platform === "linux" || process.platform === "darwin";

/** Whether a debugger is attached to a process now. Never rejects. */
export async function isDebuggerAttached(pid: number): Promise<boolean> {
  return (await tracedState(pid)).isTraced;
}

/** Whether a process has ended under a debugger, which keeps the news from everybody until it looks itself. Never rejects. */
export async function hasEndedUnderDebugger(pid: number): Promise<boolean> {
  const { isTraced, hasEnded } = await tracedState(pid);
  return isTraced && hasEnded;
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
