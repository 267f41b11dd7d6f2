// Sentences about debuggers: each says the thing, the reason and the next step.

import type { DebugEngine } from "./engines.ts";

export const debugMessages = {
  findExtension: "Find a Debugger",
  noEngine:
    "No debugger for Rust is installed, so nothing was called. Install CodeLLDB (vadimcn.vscode-lldb), LLDB DAP or C/C++, and press Debug again.",
  engineMissing: (id: string): string =>
    `The debugger ${id}, which fidius.debug.engine names, is not installed, so nothing was called. Install it, or set fidius.debug.engine to auto.`,
  notAttached: ({ name }: DebugEngine, pid: number, reason: string | null): string =>
    `${name} did not attach to process ${String(pid)}, so the method was not called.${
      reason === null
        ? " What it said stands in the Debug Console; another debugger can be chosen by fidius.debug.engine."
        : ` ${reason}`
    }`,
  ptraceScope: (scope: string): string =>
    `This Linux allows nobody but root to attach (kernel.yama.ptrace_scope is ${scope}): ask for 1, or debug as root.`,
} as const;
