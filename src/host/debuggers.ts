// A program of Windows that answers for each process number on a line of stdin whether a debugger is attached to that process: 1
// or 0. It ends with its stdin, which ends with who asked. Constants: winnt.h.

import { createInterface } from "node:readline";
import koffi from "koffi";

const processQueryInformation = 0x400;

/** A handle as a number; koffi gives small ones as such. */
type ProcessHandle = bigint | number;

const kernel = koffi.load("kernel32.dll");
const openProcess = kernel.func(
  "uintptr_t OpenProcess(uint32_t access, int inherits, uint32_t pid)",
) as (access: number, inherits: number, pid: number) => ProcessHandle;
const closeHandle = kernel.func("int CloseHandle(uintptr_t handle)") as (
  handle: ProcessHandle,
) => number;
const checkDebugger = kernel.func(
  "int CheckRemoteDebuggerPresent(uintptr_t process, void *isPresent)",
) as (process: ProcessHandle, isPresent: Uint8Array) => number;

function isDebugged(pid: number): boolean {
  const process = openProcess(processQueryInformation, 0, pid);
  if (Number(process) === 0) {
    return false;
  }
  const isPresent = new Uint8Array(4);
  const isTold = checkDebugger(process, isPresent) !== 0;
  closeHandle(process);
  return isTold && isPresent.some((byte) => byte !== 0);
}

createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(isDebugged(Number(line)) ? "1\n" : "0\n");
});
