// Attaches a debugger of VS Code to the host of one call, says when it is paused there, and ends its session with the call.

import * as vscode from "vscode";
import { fileLimits } from "../../files/fileLimits.ts";
import { readRegularText } from "../../files/regularFile.ts";
import { DisposableStore } from "../../model/disposable.ts";
import type { DebuggableHost, DebugUser } from "../../model/debugging.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { FoundMethod } from "../panel/panelState.ts";
import { titleOf } from "../panel/panelState.ts";
import { readDebugSettings } from "../platform/settings.ts";
import { debugMessages } from "./debugMessages.ts";
import { attachConfiguration, chooseEngine, type DebugEngine } from "./engines.ts";
import { showErrorMessage } from "../platform/notify.ts";

/** How often it is asked whether the debugger is there. */
const askAgainMs = 100;

/** How long the end of a session is waited for; the process ends anyway. */
const endMs = 3000;

/** Who debugs a method with the engine of the settings; why nobody can, when none is installed. */
export function debugMethod(
  found: FoundMethod,
  onPaused: (isPaused: boolean) => void,
): Result<DebugUser, string> {
  const { engine: setting } = readDebugSettings();
  const isInstalled = (id: string): boolean => vscode.extensions.getExtension(id) !== undefined;
  const engine = chooseEngine(setting, isInstalled);
  if (engine !== undefined) {
    return ok(new MethodDebugger(engine, found, onPaused));
  }
  const message =
    setting === "auto" ? debugMessages.noEngine : debugMessages.engineMissing(setting);
  void showErrorMessage(message, debugMessages.findExtension).then((choice) => {
    if (choice !== undefined) {
      const query = setting === "auto" ? '@category:"debuggers" lldb' : `@id:${setting}`;
      void vscode.commands.executeCommand("workbench.extensions.search", query);
    }
  });
  return err(message);
}

class MethodDebugger implements DebugUser {
  readonly #engine: DebugEngine;
  readonly #found: FoundMethod;
  readonly #onPaused: (isPaused: boolean) => void;
  readonly #store = new DisposableStore();
  #session: vscode.DebugSession | undefined;
  #hasEnded = false;

  constructor(engine: DebugEngine, found: FoundMethod, onPaused: (isPaused: boolean) => void) {
    this.#engine = engine;
    this.#found = found;
    this.#onPaused = onPaused;
  }

  async attach(host: DebuggableHost, over: Promise<unknown>): Promise<Result<null, string>> {
    const { plugin, method } = this.#found;
    const configuration = attachConfiguration(this.#engine, {
      host,
      title: titleOf({ pluginId: plugin.id, method: method.name }),
      plugin,
      method,
      stopsAtMethod: readDebugSettings().stopsAtMethod,
      platform: process.platform,
    }) as vscode.DebugConfiguration;
    const ended = this.#watch(configuration);
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(method.nameSpan.file));
    const started = Promise.resolve(
      vscode.debug.startDebugging(folder, configuration, { suppressSaveBeforeStart: true }),
    ).catch(() => false);
    const isOver = over.then(() => null);
    const first = await Promise.race([started, isOver]);
    if (first === null) {
      return ok(null);
    }
    const isAttached = first && (await this.#untilAttached(host, Promise.race([isOver, ended])));
    return isAttached
      ? ok(null)
      : err(debugMessages.notAttached(this.#engine, host.pid, await refusalOfSystem()));
  }

  async detach(): Promise<void> {
    if (this.#session !== undefined && !this.#hasEnded) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, endMs);
      });
      await Promise.race([vscode.debug.stopDebugging(this.#session), late]);
      clearTimeout(timer);
    }
    this.#store.dispose();
  }

  /** Follows the session of a configuration; settles when it has ended. */
  #watch({ name, type }: vscode.DebugConfiguration): Promise<null> {
    const isOurs = (session: vscode.DebugSession): boolean => session.configuration.name === name;
    this.#store.add(
      vscode.debug.onDidStartDebugSession((session) => {
        if (isOurs(session)) {
          this.#session = session;
        }
      }),
    );
    this.#store.add(
      vscode.debug.registerDebugAdapterTrackerFactory(type, {
        createDebugAdapterTracker: (session) =>
          isOurs(session)
            ? {
                onDidSendMessage: (message) => {
                  const isPaused = pausedBy(message);
                  if (isPaused !== undefined) {
                    this.#onPaused(isPaused);
                  }
                },
              }
            : undefined,
      }),
    );
    return new Promise((resolve) => {
      this.#store.add(
        vscode.debug.onDidTerminateDebugSession((session) => {
          if (isOurs(session)) {
            this.#hasEnded = true;
            this.#onPaused(false);
            resolve(null);
          }
        }),
      );
    });
  }

  /** Whether the system sees the debugger before something else happens; where it tells nothing the session's word counts. */
  async #untilAttached(host: DebuggableHost, otherwise: Promise<null>): Promise<boolean> {
    for (;;) {
      const isDebugged = await host.isDebugged();
      if (isDebugged !== false) {
        return true;
      }
      let timer: NodeJS.Timeout | undefined;
      const next = new Promise<true>((resolve) => {
        timer = setTimeout(resolve, askAgainMs, true);
      });
      const goesOn = await Promise.race([next, otherwise]);
      clearTimeout(timer);
      if (goesOn === null) {
        return false;
      }
    }
  }
}

const resuming = new Set(["continue", "next", "stepIn", "stepOut"]);

/** What a message of the Debug Adapter Protocol says of the process: stopped, running again, or nothing. */
function pausedBy(message: unknown): boolean | undefined {
  const { type, event, command, success } = message as Readonly<Record<string, unknown>>;
  if (type === "event") {
    return event === "stopped" ? true : event === "continued" ? false : undefined;
  }
  const isResumed = type === "response" && success === true && resuming.has(String(command));
  return isResumed ? false : undefined;
}

/** Why Linux lets nobody attach, if it does not. */
async function refusalOfSystem(): Promise<string | null> {
  const file = "/proc/sys/kernel/yama/ptrace_scope";
  const text = await readRegularText(file, { limit: fileLimits.own });
  const scope = text.ok ? text.value.trim() : "";
  return scope === "2" || scope === "3" ? debugMessages.ptraceScope(scope) : null;
}
