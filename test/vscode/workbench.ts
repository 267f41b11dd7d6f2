// VS Code's window as a person sees it, driven from inside the extension host over the browser's debugging port: the same page
// whether a desktop VS Code shows it or a browser.

import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import {
  chromium,
  type Browser,
  type FrameLocator,
  type Locator,
  type Page,
} from "playwright-core";

let connection: Promise<Browser> | undefined;

/** The workbench's page. */
export async function workbench(): Promise<Page> {
  connection ??= chromium.connectOverCDP(
    `http://127.0.0.1:${process.env["FIDIUS_TEST_DEBUG_PORT"] ?? ""}`,
  );
  const browser = await connection;
  for (const page of browser.contexts().flatMap((context) => context.pages())) {
    if ((await page.locator(".monaco-workbench").count()) > 0) {
      return page;
    }
  }
  throw new Error("no page of the browser shows VS Code");
}

/** Lets go of the page; VS Code keeps running. */
export async function closeWorkbench(): Promise<void> {
  const browser = await connection?.catch(() => undefined);
  connection = undefined;
  await browser?.close();
}

/** Runs a command as a person would: by its title in the palette. */
export async function runFromPalette(title: string): Promise<void> {
  const page = await workbench();
  await page.keyboard.press("F1");
  const input = page.locator(".quick-input-widget input.input");
  await input.waitFor();
  await input.fill(`>${title}`);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().click();
}

/** Takes the row of a quick pick that has all of `texts`, with the keyboard: the hover of a row may lie over the next one. */
export async function pickRow(...texts: readonly string[]): Promise<void> {
  const page = await workbench();
  const list = page.locator(".quick-input-list .monaco-list-row");
  const row = texts.reduce((rows, hasText) => rows.filter({ hasText }), list).first();
  await row.waitFor();
  const place = Number(await row.getAttribute("data-index"));
  const focused = page.locator(".quick-input-list .monaco-list-row.focused");
  for (let moves = 0; moves < 20; moves += 1) {
    if (Number(await focused.getAttribute("data-index")) === place) {
      await page.keyboard.press("Enter");
      return;
    }
    await page.keyboard.press("ArrowDown");
  }
  throw new Error(`the row ${texts.join(", ")} did not get the focus`);
}

/** The content of the visible webview: frames within frames, of which the innermost is the extension's own page. */
export async function webview(): Promise<FrameLocator> {
  const page = await workbench();
  return page.frameLocator("iframe.webview.ready:visible").frameLocator("iframe#active-frame");
}

/** A row of the Fidius view, scrolled to: VS Code draws only what is visible of a list, and loads what is below bit by bit. */
export async function rowOfView(...texts: readonly string[]): Promise<Locator> {
  await vscode.commands.executeCommand("workbench.view.extension.fidius");
  const page = await workbench();
  const row = texts
    .reduce((rows, hasText) => rows.filter({ hasText }), page.locator(".sidebar .monaco-list-row"))
    .first();
  await page.locator(".sidebar .monaco-list").hover();
  for (let attempt = 0; attempt < 250 && !(await row.isVisible()); attempt++) {
    // Back to the top from time to time: the row may have come above what is shown.
    await page.mouse.wheel(0, attempt % 60 === 0 ? -100_000 : 700);
    await row.waitFor({ timeout: 150 }).catch(() => undefined);
  }
  await row.waitFor({ timeout: 1000 });
  return row;
}

/** Waits for a notification with such a text in the centre, which keeps what a toast shows for seconds only, and clears all. */
export async function notification(text: RegExp): Promise<void> {
  await vscode.commands.executeCommand("notifications.showList");
  const page = await workbench();
  await page.locator(".notification-list-item").getByText(text).first().waitFor();
  await vscode.commands.executeCommand("notifications.clearAll");
}

/** Saves a picture of the whole window among the test results; its path. */
export async function takePicture(name: string): Promise<string> {
  const path = join(process.env["FIDIUS_TEST_RESULTS"] ?? "test-results", "vscode", `${name}.png`);
  await mkdir(dirname(path), { recursive: true });
  await (await workbench()).screenshot({ path });
  return path;
}
