// The invoke panel inside VS Code: its webview, driven as a person would.

import type { FrameLocator, Locator } from "playwright-core";
import * as vscode from "vscode";
import type { MethodTarget } from "./extension.ts";
import { webview } from "./workbench.ts";

/** A build, and that of Fidius itself with a cold cache, is part of the first call. */
const resultTimeoutMs = 800_000;

export class Panel {
  readonly frame: FrameLocator;

  constructor(frame: FrameLocator) {
    this.frame = frame;
  }

  /** The panel, once it shows a method. */
  static async showing(title: string): Promise<Panel> {
    const panel = new Panel(await webview());
    await panel.frame.getByTestId("header").getByText(title).first().waitFor();
    return panel;
  }

  /** The panel of a method, opened by the command that its lens calls. */
  static async open(target: MethodTarget): Promise<Panel> {
    await vscode.commands.executeCommand("fidius.invoke", target);
    return Panel.showing(target.method);
  }

  /** Control of the argument at a JSON pointer. */
  input(pointer: string): Locator {
    return this.frame
      .locator(`[data-testid="field"][data-pointer="${pointer}"]`)
      .getByTestId("input")
      .first();
  }

  /** Writes all arguments in the JSON tab. */
  async writeJson(text: string): Promise<void> {
    await this.frame.getByTestId("request-tab-json").click();
    await this.frame.getByTestId("json-editor").locator(".cm-content").fill(text);
  }

  /** Presses Invoke and waits for what comes of it, which must be the given state. */
  async invoke(state: "ok" | "error" | "panic"): Promise<void> {
    await this.frame.getByTestId("invoke").click();
    await this.frame
      .locator(`[data-testid="panel"][data-state="${state}"]`)
      .waitFor({ timeout: resultTimeoutMs });
  }

  /** The value of the result, as text; its tab may be another than the one that was looked at last. */
  async value(): Promise<string> {
    const tab = this.frame.getByTestId("response-tab-value");
    if ((await tab.count()) > 0) {
      await tab.click();
    }
    return (await this.frame.getByTestId("response").textContent()) ?? "";
  }
}
