// What keeps this process from harming anything beyond itself: it dies with its parent even in the middle of a call, and so
// does what the plugin started (R8); it leaves no core dumps (R9); its channel sits on a high descriptor where plugins do not look (R3).

import { spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { fileLimits } from "../../files/fileLimits.ts";
import { readRegularTextSync } from "../../files/regularFile.ts";
import koffi from "koffi";
import { joinOwnJob } from "./windowsJob.ts";

/** Plugins that close or write to the first descriptors must not meet the channel. */
const lowestChannelDescriptor = 200;

const duplicateCloseOnExec: Readonly<Partial<Record<NodeJS.Platform, number>>> = {
  linux: 1030,
  darwin: 67,
};

const nonBlockingFlag: Readonly<Partial<Record<NodeJS.Platform, number>>> = {
  linux: 0o4000,
  darwin: 4,
};
const getDescriptorFlags = 1;
const setDescriptorFlags = 2;
const closeOnExec = 1;
const getStatusFlags = 3;
const setStatusFlags = 4;

const setParentDeathSignal = 1;
const setDumpable = 4;
const setPtracer = 0x59616d61;
const anyProcess = 0xffff_ffff_ffff_ffffn;
const sigkill = 9;
const coreLimit = 4;
const dataLimit = 2;

/** What the host may take on top of what it has at its start: buffers for arguments and results, its heap's growth. */
const headroomBytes = 128 * 1024 * 1024;

/**
 * Arms all guards. `parentPid` is who started us: when it is no longer our parent, nobody waits for us. `lifeline` is a pipe
 * that ends with the parent. `memoryLimit` is in bytes, for the plugin alone; 0 is no limit. Only Linux keeps it. A debuggable
 * process may be debugged by any other of its user; it leaves no core dump either.
 */
export function guardProcess(
  parentPid: number,
  lifeline: number,
  { memoryLimit, isDebuggable }: { readonly memoryLimit: number; readonly isDebuggable: boolean },
): void {
  if (process.platform === "win32") {
    // libuv puts direct children into a job that ends them with the parent, and has switched off dialogs about errors.
    joinOwnJob();
    return;
  }
  const libc = koffi.load(null);
  const setrlimit = libc.func("setrlimit", "int", ["int", "void *"]) as (
    resource: number,
    limits: Uint8Array,
  ) => number;
  setrlimit(coreLimit, new Uint8Array(16));
  if (memoryLimit > 0 && process.platform === "linux") {
    const bytes = BigInt(memoryLimit + headroomBytes + dataBytes());
    setrlimit(dataLimit, new Uint8Array(BigUint64Array.of(bytes, bytes).buffer));
  }
  if (process.platform === "linux") {
    const argument = "unsigned long";
    const prctl = libc.func("prctl", "int", ["int", argument, argument, argument, argument]) as (
      option: number,
      ...args: [number | bigint, number, number, number]
    ) => number;
    prctl(setParentDeathSignal, sigkill, 0, 0, 0);
    if (isDebuggable) {
      // Where Yama lets only ancestors attach (ptrace_scope 1), a debugger started elsewhere would be refused.
      prctl(setPtracer, anyProcess, 0, 0, 0);
    } else {
      prctl(setDumpable, 0, 0, 0, 0);
    }
  }
  startWatchdog(lifeline);
  if (process.ppid !== parentPid) {
    endProcess();
  }
}

/** What RLIMIT_DATA already counts of this process: V8 reserves much that it never touches. */
function dataBytes(): number {
  const status = readRegularTextSync("/proc/self/status", fileLimits.own);
  const kilobytes = status.ok ? /^VmData:\s+(\d+) kB$/m.exec(status.value)?.[1] : undefined;
  return Number(kilobytes ?? 0) * 1024;
}

/**
 * A shell in our process group that waits for the lifeline's end and then ends the group: this process where the kernel does
 * not tell it of its parent's death, and in any case the programs that the plugin started.
 */
function startWatchdog(lifeline: number): void {
  const script = `read -r line; kill -KILL -${String(process.pid)}`;
  const watchdog = spawn("/bin/sh", ["-c", script], {
    stdio: [lifeline, "ignore", "ignore"],
    env: {},
    cwd: "/",
  });
  // Without a shell the rest still holds.
  watchdog.on("error", () => undefined);
  watchdog.unref();
  closeSync(lifeline);
}

/** Moves the channel to a high descriptor that programs started by the plugin do not inherit. */
export function moveChannel(descriptor: number): number {
  const command = duplicateCloseOnExec[process.platform];
  if (command === undefined) {
    return descriptor;
  }
  const close = koffi.load(null).func("close", "int", ["int"]) as (descriptor: number) => number;
  const moved = openFcntl()(descriptor, command, "int", lowestChannelDescriptor);
  if (moved < lowestChannelDescriptor) {
    return descriptor;
  }
  close(descriptor);
  return moved;
}

/**
 * Makes stdin, stdout and stderr what a plugin and the programs that it starts expect. Node has marked them to be closed in
 * other programs: those would print nothing, and the first files that they open would be their stdout. And it sets output pipes
 * to non-blocking, of which Rust drops what they do not take at once: a panic's text would be lost in the middle.
 */
export function shareStandardStreams(): void {
  const nonBlocking = nonBlockingFlag[process.platform];
  if (nonBlocking === undefined) {
    return;
  }
  const fcntl = openFcntl();
  for (const descriptor of [0, 1, 2]) {
    const flags = fcntl(descriptor, getDescriptorFlags, "int", 0);
    if (flags >= 0) {
      fcntl(descriptor, setDescriptorFlags, "int", flags & ~closeOnExec);
    }
  }
  for (const descriptor of [1, 2]) {
    const flags = fcntl(descriptor, getStatusFlags, "int", 0);
    if (flags >= 0) {
      fcntl(descriptor, setStatusFlags, "int", flags & ~nonBlocking);
    }
  }
}

type Fcntl = (descriptor: number, command: number, type: "int", argument: number) => number;

function openFcntl(): Fcntl {
  return koffi.load(null).func("int fcntl(int descriptor, int command, ...)") as Fcntl;
}

/** Tells whether this is still the process that was started: a plugin that forks gives its copy the same memory and channel. */
export function openForkGuard(): () => boolean {
  if (process.platform === "win32") {
    return () => true;
  }
  const getpid = koffi.load(null).func("getpid", "int", []) as () => number;
  const original = getpid();
  return () => getpid() === original;
}

/** Ends this process, or a copy of it, with a code and without running anything more. */
export function exitNow(code: number): never {
  if (process.platform !== "win32") {
    const exit = koffi.load(null).func("_exit", "void", ["int"]) as (code: number) => void;
    exit(code);
  }
  process.exit(code);
}

/** Ends this process at once: a plugin's threads may not survive an orderly exit, nor may its handlers run. */
export function endProcess(): never {
  process.kill(process.pid, "SIGKILL");
  process.exit(0);
}
