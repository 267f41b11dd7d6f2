// Two calls that the user chose, compared by meaning: a list of the places that differ, and the way to the text of both.

import * as vscode from "vscode";
import type { CallSummary } from "../../history/callEntry.ts";
import { compareResults, type ResultDifference } from "../../history/compareResults.ts";
import { labelText } from "../../model/text/foreignText.ts";
import { shortText } from "../../model/text/shortText.ts";
import { findMethod } from "../panel/panelState.ts";
import { showInformationMessage } from "../platform/notify.ts";
import type { ProjectClient } from "../projectClient.ts";
import { callItem } from "./callItem.ts";
import { showDiff } from "./compareCalls.ts";
import { historyMessages } from "./historyMessages.ts";
import type { WorkspaceHistory } from "./workspaceHistory.ts";

/** The other call is the second one that is selected, else it is asked for. */
export async function compareChosen(
  entry: CallSummary,
  selected: readonly CallSummary[],
  history: WorkspaceHistory,
  project: ProjectClient,
): Promise<void> {
  const other =
    selected.find(({ id }) => id !== entry.id) ?? (await pickOther(entry, history.calls.list));
  if (other === undefined) {
    return;
  }
  // The older one is the left side, whichever was clicked.
  const [left, right] = entry.atMs <= other.atMs ? [entry, other] : [other, entry];
  const [before, now] = [await history.calls.result(left.id), await history.calls.result(right.id)];
  if (before === undefined || now === undefined || !isOneMethod(left, right)) {
    await showDiff(left, right, history);
    return;
  }
  const found = findMethod(project.model, right);
  const isToday = [left, right].every(
    ({ interfaceHash }) => interfaceHash === (found?.plugin.interfaceHash ?? null),
  );
  const typed =
    found !== undefined && isToday ? { method: found.method, types: found.plugin.types } : null;
  const differences = compareResults(before, now, typed);
  if (await wantsText(left, differences)) {
    await showDiff(left, right, history);
  }
}

function isOneMethod(left: CallSummary, right: CallSummary): boolean {
  return left.interfaceName === right.interfaceName && left.method === right.method;
}

/** Calls of the same method first: those are what people compare. */
async function pickOther(
  entry: CallSummary,
  calls: readonly CallSummary[],
): Promise<CallSummary | undefined> {
  const now = Date.now();
  const others = calls.filter(({ id }) => id !== entry.id);
  const items = [
    ...others.filter((other) => isOneMethod(entry, other)),
    ...others.filter((other) => !isOneMethod(entry, other)),
  ].map((other) => {
    const { label, description } = callItem(other, now);
    return { label: labelText(label), description: labelText(description), other };
  });
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: historyMessages.pickOther,
    matchOnDescription: true,
  });
  return picked?.other;
}

/** Shows where the results differ; true when their text is asked for. */
async function wantsText(
  call: CallSummary,
  differences: readonly ResultDifference[],
): Promise<boolean> {
  if (differences.length === 0) {
    const title = `${call.interfaceName}::${call.method}`;
    const choice = await showInformationMessage(
      historyMessages.sameMeaning(title),
      historyMessages.compareText,
    );
    return choice !== undefined;
  }
  const items = [
    { label: `$(diff) ${historyMessages.compareText}`, description: "" },
    ...differences.map(({ pointer, left, right }) => ({
      label: labelText(pointer === "" ? historyMessages.wholeResult : pointer),
      description: labelText(`${shown(left)} → ${shown(right)}`),
    })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: historyMessages.differences(differences.length),
    placeHolder: historyMessages.pickDifference,
    matchOnDescription: true,
  });
  return picked !== undefined;
}

function shown(text: string | undefined): string {
  return text === undefined ? historyMessages.notThere : shortText(text, 80);
}
