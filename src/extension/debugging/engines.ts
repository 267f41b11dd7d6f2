// The debuggers of VS Code that can attach to a host, and how each is told to. Knows nothing of VS Code itself.

import { basename, dirname } from "node:path";
import { methodPattern } from "../../calls/options/methodPattern.ts";
import type { DebuggableHost } from "../../model/debugging.ts";
import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";

export interface DebugEngine {
  /** Of the extension. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly family: "lldb" | "cpp";
  /** Of its debug configurations. */
  readonly type: string;
}

/** What a session attaches to. */
export interface AttachTarget {
  readonly host: Pick<DebuggableHost, "pid" | "program" | "libraryCopy">;
  readonly title: string;
  readonly plugin: PluginSchema;
  readonly method: PluginMethod;
  readonly stopsAtMethod: boolean;
  readonly platform: NodeJS.Platform;
}

/** The best first. */
export const debugEngines: readonly DebugEngine[] = [
  { id: "vadimcn.vscode-lldb", name: "CodeLLDB", family: "lldb", type: "lldb" },
  {
    id: "llvm-vs-code-extensions.lldb-dap",
    name: "LLDB DAP",
    family: "lldb",
    type: "lldb-dap",
  },
  { id: "ms-vscode.cpptools", name: "C/C++", family: "cpp", type: "cppdbg" },
];

/** The engine that `fidius.debug.engine` means; undefined when it is not installed. */
export function chooseEngine(
  setting: string,
  isInstalled: (id: string) => boolean,
): DebugEngine | undefined {
  return debugEngines.find(({ id }) => (setting === "auto" || setting === id) && isInstalled(id));
}

/** The debug configuration that attaches an engine to a host. */
export function attachConfiguration(
  engine: DebugEngine,
  target: AttachTarget,
): Record<string, unknown> & { readonly type: string; readonly name: string } {
  const { host, title } = target;
  const name = `${title} (process ${String(host.pid)})`;
  const base = { type: engine.type, request: "attach", name, program: host.program };
  return engine.family === "lldb"
    ? {
        ...base,
        ...lldbPart(target),
        ...(engine.type === "lldb" ? { sourceLanguages: ["rust"] } : {}),
      }
    : { ...base, ...cppPart(target) };
}

/**
 * lldb looks into libraries that a process loaded before it came only when it is told where they are; the copy that the host has
 * loaded lies in no folder that anybody would guess.
 */
function lldbPart({ host, plugin, method, stopsAtMethod }: AttachTarget): object {
  const { pid, libraryCopy } = host;
  const pattern = methodPattern(plugin, method);
  return {
    pid,
    stopOnEntry: false,
    initCommands: [
      // The program is a whole Node, of which nobody asks more than the names in a stack.
      "settings set target.preload-symbols false",
      `settings set target.exec-search-paths ${quoted(dirname(libraryCopy))}`,
    ],
    preRunCommands: [
      `target modules add ${quoted(libraryCopy)}`,
      ...(stopsAtMethod
        ? [`breakpoint set --func-regex '${pattern}' --shlib ${quoted(basename(libraryCopy))}`]
        : []),
    ],
  };
}

function cppPart({ host, method, stopsAtMethod, platform }: AttachTarget): object {
  const processId = String(host.pid);
  if (platform === "win32") {
    return { type: "cppvsdbg", processId };
  }
  const { file } = method.nameSpan;
  const place = `${file}:${String(bodyLine(method))}`;
  return {
    processId,
    MIMode: platform === "darwin" ? "lldb" : "gdb",
    ...(stopsAtMethod && platform === "linux"
      ? {
          setupCommands: [
            { text: "set breakpoint pending on" },
            { text: `-break-insert -f "${place}"`, ignoreFailures: true },
          ],
        }
      : {}),
  };
}

/** One-based line where the method's body probably begins: gdb does not find it by its name before it has the library. */
function bodyLine({ nameSpan, fullSpan }: PluginMethod): number {
  const line = nameSpan.start.line + 1;
  return fullSpan.end.line > nameSpan.start.line ? line + 1 : line;
}

/** An argument of an lldb command. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\`]/gu, String.raw`\$&`)}"`;
}
