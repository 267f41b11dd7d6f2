// Notifications, progress and the status bar. VS Code makes links of `[text](command:…)` in them, which run commands: what others wrote is shown as text, on one line.

import * as vscode from "vscode";
import { labelText, noticeText } from "../../model/text/foreignText.ts";

export function showErrorMessage<T extends string>(
  message: string,
  ...items: readonly T[]
): Thenable<T | undefined> {
  return vscode.window.showErrorMessage(noticeText(message), ...items);
}

export function showWarningMessage<T extends string>(
  message: string,
  ...items: readonly T[]
): Thenable<T | undefined> {
  return vscode.window.showWarningMessage(noticeText(message), ...items);
}

/** A question that the user answers before anything goes on; undefined when it is closed. */
export function askModally<T extends string>(
  question: string,
  detail: string,
  ...items: readonly T[]
): Thenable<T | undefined> {
  const options = { modal: true, detail: noticeText(detail) };
  return vscode.window.showWarningMessage(noticeText(question), options, ...items);
}

/** Progress of work that `title` names; in the status bar a title may draw icons. */
export function withProgress<T>(
  options: vscode.ProgressOptions & { readonly title: string },
  work: Parameters<typeof vscode.window.withProgress<T>>[1],
): Thenable<T> {
  const { location, title } = options;
  const isBar = location === vscode.ProgressLocation.Window;
  return vscode.window.withProgress(
    { ...options, title: isBar ? labelText(title) : noticeText(title) },
    (progress, token) =>
      work(
        {
          report: ({ message, increment }) => {
            progress.report({
              ...(increment === undefined ? {} : { increment }),
              ...(message === undefined
                ? {}
                : { message: isBar ? labelText(message) : noticeText(message) }),
            });
          },
        },
        token,
      ),
  );
}

/** A word in the status bar that goes after some time. */
export function showInStatusBar(message: string, milliseconds: number): void {
  vscode.window.setStatusBarMessage(labelText(message), milliseconds);
}

export function showInformationMessage<T extends string>(
  message: string,
  ...items: readonly T[]
): Thenable<T | undefined> {
  return vscode.window.showInformationMessage(noticeText(message), ...items);
}
