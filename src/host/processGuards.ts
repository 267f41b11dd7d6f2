// What keeps this process from harming anything beyond itself: it dies with its parent even in the middle of a call (R8),
// leaves no core dumps (R9), and its channel sits on a high descriptor where plugins do not look (R3).

import { Worker } from "node:worker_threads";
import koffi from "koffi";

/** Plugins that close or write to the first descriptors must not meet the channel. */
const lowestChannelDescriptor = 200;

const duplicateCloseOnExec: Readonly<Partial<Record<NodeJS.Platform, number>>> = {
  linux: 1030,
  darwin: 67,
};

const setParentDeathSignal = 1;
const setDumpable = 4;
const sigkill = 9;
const coreLimit = 4;
const parentPollMs = 250;

/** Arms all guards. `parentPid` is who started us: when it is no longer our parent, nobody waits for us. */
export function guardProcess(parentPid: number): void {
  if (process.platform === "win32") {
    // libuv puts direct children into a job that ends them with the parent.
    return;
  }
  const libc = koffi.load(null);
  const setrlimit = libc.func("setrlimit", "int", ["int", "void *"]) as (
    resource: number,
    limits: Uint8Array,
  ) => number;
  setrlimit(coreLimit, new Uint8Array(16));
  if (process.platform === "linux") {
    const argument = "unsigned long";
    const prctl = libc.func("prctl", "int", ["int", argument, argument, argument, argument]) as (
      option: number,
      ...args: [number, number, number, number]
    ) => number;
    prctl(setParentDeathSignal, sigkill, 0, 0, 0);
    prctl(setDumpable, 0, 0, 0, 0);
  } else {
    watchParent(parentPid);
  }
  if (process.ppid !== parentPid) {
    endProcess();
  }
}

/** Moves the channel to a high descriptor that programs started by the plugin do not inherit. */
export function moveChannel(descriptor: number): number {
  const command = duplicateCloseOnExec[process.platform];
  if (command === undefined) {
    return descriptor;
  }
  const libc = koffi.load(null);
  const fcntl = libc.func("int fcntl(int descriptor, int command, ...)") as (
    descriptor: number,
    command: number,
    type: "int",
    lowest: number,
  ) => number;
  const close = libc.func("close", "int", ["int"]) as (descriptor: number) => number;
  const moved = fcntl(descriptor, command, "int", lowestChannelDescriptor);
  if (moved < lowestChannelDescriptor) {
    return descriptor;
  }
  close(descriptor);
  return moved;
}

/** Ends this process at once: a plugin's threads may not survive an orderly exit, nor may its handlers run. */
export function endProcess(): never {
  process.kill(process.pid, "SIGKILL");
  process.exit(0);
}

/** Where the kernel does not tell: a thread that looks for the parent, also while the main thread is in a call. */
function watchParent(parentPid: number): void {
  const code = `setInterval(() => {
    if (process.ppid !== ${String(parentPid)}) process.kill(process.pid, "SIGKILL");
  }, ${String(parentPollMs)});`;
  new Worker(code, { eval: true, stdout: false, stderr: false }).unref();
}
