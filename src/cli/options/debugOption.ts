// `--debug`: says how to attach a debugger to the host of a call, and waits until one is attached or Enter is pressed.

import { methodPattern } from "../../calls/options/methodPattern.ts";
import type { DebuggableHost, DebugUser } from "../../model/debugging.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { SelectedMethod } from "../output/selectedMethod.ts";
import type { Terminal } from "../output/terminal.ts";

/** What of stdin is needed. */
export interface KeySource {
  readonly isTTY?: boolean;
  on(event: "data", listener: () => void): unknown;
  off(event: "data", listener: () => void): unknown;
  pause(): unknown;
}

/** How often it is asked whether a debugger is there. */
const askAgainMs = 200;

/** Who debugs a call of the command line, if it is to be debugged. */
export function debugByHand(
  { plugin, method }: SelectedMethod,
  isDebugged: boolean,
  terminal: Terminal,
  keys: KeySource = process.stdin,
): DebugUser | undefined {
  if (!isDebugged) {
    return undefined;
  }
  const title = `${plugin.name}.${method.name}`;
  const { file, start } = method.nameSpan;
  const pattern = methodPattern(plugin, method);
  const isInSource = plugin.library === undefined;
  return {
    attach: async (host, over) => {
      const isSeen = (await host.isDebugged()) !== null;
      const hasEnter = keys.isTTY === true;
      if (!isSeen && !hasEnter) {
        return err(
          `This system does not tell of debuggers, and there is no terminal to press Enter on, so ${title} would never begin. Run fidius-call --debug in a terminal.`,
        );
      }
      terminal.note(
        `${title} waits for a debugger in process ${String(host.pid)}. The time limit is off.`,
        ...attachCommands(host.pid),
        `It has loaded ${host.libraryCopy}, a copy of ${host.library}.`,
        `lldb stops in the method after: breakpoint set --func-regex '${pattern}'`,
        ...(isInSource ? [`The method stands at ${file}:${String(start.line + 1)}.`] : []),
        describeBegin(isSeen, hasEnter),
      );
      return untilBegin(host, isSeen, hasEnter ? keys : null, over);
    },
  };
}

/** What is typed to attach; on Windows Visual Studio has it in a menu. */
function attachCommands(pid: number, platform = process.platform): readonly string[] {
  return platform === "win32"
    ? [
        `  windbg -p ${String(pid)}`,
        `  lldb -p ${String(pid)}`,
        "  or Debug > Attach to Process in Visual Studio",
      ]
    : [`  lldb -p ${String(pid)}`, `  gdb -p ${String(pid)}`];
}

function describeBegin(isSeen: boolean, hasEnter: boolean): string {
  const attached = "It is called when a debugger is attached and lets the process continue";
  if (!isSeen) {
    return "Press Enter when a debugger is attached; Ctrl+C cancels.";
  }
  return hasEnter
    ? `${attached}, or when you press Enter; Ctrl+C cancels.`
    : `${attached}; Ctrl+C cancels.`;
}

function untilBegin(
  host: DebuggableHost,
  isSeen: boolean,
  keys: KeySource | null,
  over: Promise<unknown>,
): Promise<Result<null, string>> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    let hasBegun = false;
    const begin = (): void => {
      hasBegun = true;
      clearTimeout(timer);
      keys?.off("data", begin);
      keys?.pause();
      resolve(ok(null));
    };
    const ask = async (): Promise<void> => {
      if ((await host.isDebugged()) === true) {
        begin();
      } else if (!hasBegun) {
        timer?.refresh();
      }
    };
    if (isSeen) {
      timer = setTimeout(() => void ask(), askAgainMs);
    }
    // A terminal hands over whole lines: any input is an Enter.
    keys?.on("data", begin);
    void over.then(begin);
  });
}
