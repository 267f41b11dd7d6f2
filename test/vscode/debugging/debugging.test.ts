// Debugging a method with lldb's real debug adapter: stopped in it longer than its time limit, looked at, continued, cancelled;
// and what is said when a debugger is not there or does not start.

import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import * as vscode from "vscode";
import { activeExtension, invokeTargets, openFile, type MethodTarget } from "../extension.ts";
import { Panel } from "../panel.ts";
import { notification, takePicture } from "../workbench.ts";

interface StoppedEvent {
  readonly event?: string;
  readonly body?: { readonly reason: string; readonly threadId: number };
}
interface StoppedThread {
  readonly session: vscode.DebugSession;
  readonly threadId: number;
}
interface StackTrace {
  readonly stackFrames: readonly {
    readonly id: number;
    readonly name: string;
    readonly line: number;
    readonly source?: { readonly path?: string };
  }[];
}
interface Named {
  readonly name: string;
  readonly value: string;
  readonly variablesReference: number;
}

/** A build, and that of Fidius itself with a cold cache, is part of the first call. */
const buildTimeoutMs = 400_000;
const limitMs = 1000;

describe("debugging a method", () => {
  let targets: ReadonlyMap<string, MethodTarget>;
  let document: vscode.TextDocument;
  let panel: Panel;
  const sessions = new Set<vscode.DebugSession>();
  let stopped: (thread: StoppedThread) => void = () => undefined;
  const listening: vscode.Disposable[] = [];

  const configure = async (name: string, value: unknown): Promise<void> => {
    const target = vscode.ConfigurationTarget.Workspace;
    await vscode.workspace.getConfiguration("fidius").update(name, value, target);
  };

  before(async () => {
    await activeExtension();
    await configure("invoke.timeout", limitMs / 1000);
    ({ document } = await openFile("calls", "src", "lib.rs"));
    targets = await invokeTargets(document);
    listening.push(
      vscode.debug.onDidStartDebugSession((session) => sessions.add(session)),
      vscode.debug.onDidTerminateDebugSession((session) => sessions.delete(session)),
      vscode.debug.registerDebugAdapterTrackerFactory("lldb-dap", {
        createDebugAdapterTracker: (session) => ({
          onDidSendMessage: (message: StoppedEvent) => {
            if (message.event === "stopped" && message.body?.reason === "breakpoint") {
              stopped({ session, threadId: message.body.threadId });
            }
          },
        }),
      }),
    );
    const target = targets.get("divide");
    assert.ok(target !== undefined, "no lens for divide");
    panel = await Panel.open(target);
    await panel.writeJson(`{ "dividend": 7, "divisor": 2 }`);
  });
  after(async () => {
    listening.forEach((each) => {
      each.dispose();
    });
    await configure("invoke.timeout", undefined);
  });

  const phase = (text: RegExp) => panel.frame.getByTestId("progress-text").getByText(text);
  const state = (name: string) =>
    panel.frame
      .locator(`[data-testid="panel"][data-state="${name}"]`)
      .waitFor({ timeout: buildTimeoutMs });

  /** Presses what debugs the method; the session and the thread in it that a breakpoint has stopped. */
  async function stoppedBy(press: () => Promise<unknown>): Promise<StoppedThread> {
    const stop = new Promise<StoppedThread>((resolve) => {
      stopped = resolve;
    });
    await press();
    const found = await stop;
    await phase(/^Paused in the debugger/u).waitFor();
    return found;
  }

  const pressDebug = (): Promise<void> => panel.frame.getByTestId("debug").click();

  /** Waits until no debug session runs any more. */
  async function allEnded(): Promise<void> {
    while (sessions.size > 0) {
      await new Promise<void>((resolve) => {
        const once = vscode.debug.onDidTerminateDebugSession(() => {
          once.dispose();
          setImmediate(resolve);
        });
      });
    }
  }

  it("stops in the method for longer than its time limit, shows its arguments, and gives its result", async () => {
    const { session, threadId } = await stoppedBy(pressDebug);
    assert.equal(session.type, "lldb-dap");
    await takePicture("debugging");

    const { stackFrames } = (await session.customRequest("stackTrace", {
      threadId,
      startFrame: 0,
      levels: 20,
    })) as StackTrace;
    const frame = stackFrames.find(
      ({ source }) => source?.path?.endsWith(document.fileName) === true,
    );
    assert.ok(frame !== undefined, JSON.stringify(stackFrames));
    assert.match(frame.name, /AllCalls.*::divide/u);
    const start = document
      .getText()
      .indexOf("fn divide(&self, dividend: i32, divisor: i32) -> Result<i32, PluginError> {");
    const first = document.positionAt(start).line + 1;
    assert.ok(frame.line > first && frame.line < first + 5, `line ${String(frame.line)}`);

    const { scopes } = (await session.customRequest("scopes", { frameId: frame.id })) as {
      readonly scopes: readonly Named[];
    };
    const { variables } = (await session.customRequest("variables", {
      variablesReference: scopes[0]?.variablesReference,
    })) as { readonly variables: readonly Named[] };
    const values = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
    assert.equal(values["dividend"], "7");
    assert.equal(values["divisor"], "2");

    await setTimeout(2 * limitMs);
    assert.ok(await phase(/^Paused in the debugger/u).isVisible());
    await session.customRequest("continue", { threadId });
    await state("ok");
    assert.match(await panel.value(), /3/u);
    assert.match(
      (await panel.frame.getByTestId("notes").textContent()) ?? "",
      /time limit was off/u,
    );
    await allEnded();
  });

  it("Cancel ends a call that is stopped in the debugger, and its session", async () => {
    await stoppedBy(pressDebug);
    await panel.frame.getByTestId("invoke").click();
    await state("cancelled");
    await allEnded();
    await panel.invoke("ok");
  });

  it("does not stop where it is not wanted", async () => {
    await configure("debug.stopAtMethod", false);
    await pressDebug();
    await state("ok");
    await allEnded();
    await configure("debug.stopAtMethod", undefined);
  });

  it("from the palette's command, with what was typed", async () => {
    const target = targets.get("divide");
    const { session, threadId } = await stoppedBy(async () =>
      vscode.commands.executeCommand("fidius.debug", target),
    );
    await session.customRequest("continue", { threadId });
    await state("ok");
    await allEnded();
  });

  it("says which debugger is missing, offers to find one, and keeps what was typed", async () => {
    await configure("debug.engine", "vadimcn.vscode-lldb");
    await pressDebug();
    const message = panel.frame.getByTestId("failure-message");
    await message.getByText(/vadimcn\.vscode-lldb.* is not installed/u).waitFor();
    await notification(/vadimcn\.vscode-lldb.* is not installed/u);
    await takePicture("debugger-missing");
    assert.match(
      (await panel.frame.getByTestId("json-editor").textContent()) ?? "",
      /"dividend": 7/u,
    );
  });

  it("says that a debugger did not attach, and calls nothing", async () => {
    await configure("debug.engine", "ms-vscode.cpptools");
    await pressDebug();
    await panel.frame
      .getByTestId("failure-message")
      .getByText(/^C\/C\+\+ did not attach to process \d+, so the method was not called/u)
      .waitFor();
    await configure("debug.engine", undefined);
    await panel.invoke("ok");
  });
});
