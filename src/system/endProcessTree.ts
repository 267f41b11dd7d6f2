// The end of a child process together with what it started.

import { execFile, type ChildProcess } from "node:child_process";
import { windowsSystemProgram } from "./windowsPrograms.ts";

/** Longer than Windows' tool takes on a busy machine. */
const toolLimitMs = 5000;

/**
 * Ends a child and everything below it; does nothing when they have ended. On Unix the child must lead a process group of its own
 * (`detached`), which gets the signal. Windows knows no signals: both of them end the tree there, at once.
 */
export function endProcessTree(child: ChildProcess, signal: "SIGINT" | "SIGKILL"): void {
  const { pid } = child;
  if (pid === undefined) {
    return;
  }
  if (process.platform === "win32") {
    if (hasEnded(child)) {
      // Its number may belong to another process by now.
      return;
    }
    endWindowsTree(child, pid);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // The whole group has ended already.
  }
}

function endWindowsTree(child: ChildProcess, pid: number): void {
  const tool = windowsSystemProgram("taskkill");
  const options = { windowsHide: true, timeout: toolLimitMs };
  execFile(tool, ["/PID", String(pid), "/T", "/F"], options, (error) => {
    if (error !== null && !hasEnded(child)) {
      child.kill("SIGKILL");
    }
  }).unref();
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
