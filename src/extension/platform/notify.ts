// Notifications. VS Code makes links of `[text](command:…)` in them, which run commands: what others wrote is shown as text, on one line.

import * as vscode from "vscode";
import { noticeText } from "../../model/foreignText.ts";

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

export function showInformationMessage<T extends string>(
  message: string,
  ...items: readonly T[]
): Thenable<T | undefined> {
  return vscode.window.showInformationMessage(noticeText(message), ...items);
}
