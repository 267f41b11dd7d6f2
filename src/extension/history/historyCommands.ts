// The commands of the History view.

import * as vscode from "vscode";
import type { CallSummary } from "../../history/callEntry.ts";
import { commandIds } from "../commandIds.ts";
import type { Command, CommandServices } from "../commands/command.ts";
import { methodKey, methodOfKey } from "../methodKey.ts";
import { titleOf } from "../panel/panelState.ts";
import { askModally, showInformationMessage } from "../platform/notify.ts";
import { asCallId, asCopyForm, asMethodTarget } from "../targets.ts";
import { compareChosen } from "./chosenCalls.ts";
import { copyCall } from "./copyCall.ts";
import { compareNow, comparePrevious } from "./compareCalls.ts";
import { openCall, runCallAgain, useCall } from "./historyActions.ts";
import { historyMessages } from "./historyMessages.ts";
import { renameCall } from "./renameCall.ts";

type Act = (
  entry: CallSummary,
  services: CommandServices,
  /** What is selected in the view, the entry among it; from elsewhere the entry alone. */
  selected: readonly CallSummary[],
  argument: unknown,
) => void | Promise<void>;

/** A command on one call, which the view, a lens or a key hands over; from elsewhere it means the newest. */
function onCall(id: Command["id"], title: string, act: Act, needsTrust = false): Command {
  return {
    id,
    title,
    needsTrust,
    run: async (services, argument, selection) => {
      const { calls } = services.history;
      await calls.settled();
      const named = asCallId(argument);
      const entry = named === undefined ? calls.list[0] : calls.get(named);
      if (entry === undefined) {
        void showInformationMessage(historyMessages.callGone);
        return;
      }
      const selected = Array.isArray(selection)
        ? selection.flatMap((item) => calls.get(asCallId(item) ?? "") ?? [])
        : [];
      const isSelected = selected.some(({ id }) => id === entry.id);
      await act(entry, services, isSelected ? selected : [entry], argument);
    },
  };
}

export const historyCommands: readonly Command[] = [
  onCall(commandIds.openCall, "Open Call", (entry, { panels }) => panels.showCall(entry, openCall)),
  onCall(
    commandIds.runCallAgain,
    "Run Again",
    (entry, { panels }) => panels.showCall(entry, runCallAgain),
    true,
  ),
  onCall(commandIds.editCall, "Edit and Run", (entry, { panels }) =>
    panels.showCall(entry, async (id, panel, services) => {
      await openCall(id, panel, services);
      await useCall(id, panel, services);
    }),
  ),
  onCall(commandIds.compareCallWithPrevious, "Compare With Previous", ({ id }, { history }) =>
    comparePrevious(id, history),
  ),
  onCall(
    commandIds.compareCallWithNow,
    "Compare With Now",
    (entry, { panels }) => panels.showCall(entry, compareNow),
    true,
  ),
  onCall(commandIds.compareCalls, "Compare Calls", (entry, { history, project }, selected) =>
    compareChosen(entry, selected, history, project),
  ),
  onCall(commandIds.copyCall, "Copy Call As", (entry, { history, project }, _selected, argument) =>
    copyCall(entry, asCopyForm(argument), history, project),
  ),
  onCall(
    commandIds.watchCall,
    "Watch Call",
    async (entry, { watched }) => {
      const message = (await watched.watch(entry))
        ? historyMessages.watching(titleOf(entry))
        : historyMessages.notWatched;
      void showInformationMessage(message);
    },
    true,
  ),
  onCall(commandIds.unwatchCall, "Stop Watching", ({ id }, { watched }) => {
    watched.unwatch(id);
  }),
  onCall(commandIds.pinCall, "Pin", ({ id }, { history }) => {
    history.calls.change(id, { isPinned: true });
  }),
  onCall(commandIds.unpinCall, "Unpin", ({ id }, { history }) => {
    history.calls.change(id, { isPinned: false });
  }),
  onCall(commandIds.nameCall, "Name Call", ({ id }, { history }) => renameCall(id, history)),
  onCall(commandIds.deleteCall, "Delete Call", (_entry, { history }, selected) => {
    history.calls.remove(selected.map(({ id }) => id));
  }),
  onCall(commandIds.stopRecording, "Do Not Record This Method", async (entry, { history }) => {
    await history.setRecorded(methodKey(entry), false);
    const message = historyMessages.unrecorded(titleOf(entry));
    const choice = await showInformationMessage(message, historyMessages.recordAgain);
    if (choice !== undefined) {
      await history.setRecorded(methodKey(entry), true);
    }
  }),
  {
    id: commandIds.recordAgain,
    title: "Record Method Again",
    needsTrust: false,
    run: recordAgain,
  },
  {
    id: commandIds.searchHistory,
    title: "Search History",
    needsTrust: false,
    run: searchHistory,
  },
  {
    id: commandIds.endHistorySearch,
    title: "Show All Calls",
    needsTrust: false,
    run: showAllCalls,
  },
  {
    id: commandIds.clearHistory,
    title: "Clear History",
    needsTrust: false,
    run: clearHistory,
  },
];

async function searchHistory({ historyTree }: CommandServices): Promise<void> {
  const query = await vscode.window.showInputBox({
    prompt: historyMessages.searchPrompt,
    value: historyTree.query,
  });
  if (query !== undefined) {
    await historyTree.search(query);
  }
}

async function showAllCalls({ historyTree }: CommandServices): Promise<void> {
  await historyTree.search("");
}

async function clearHistory({ history }: CommandServices): Promise<void> {
  await history.calls.settled();
  const loose = history.calls.list.filter(({ isPinned }) => !isPinned);
  const question = historyMessages.clearQuestion(loose.length);
  if (
    loose.length > 0 &&
    (await askModally(question, historyMessages.clearDetail, historyMessages.clear)) !== undefined
  ) {
    history.calls.remove(loose.map(({ id }) => id));
  }
}

/** A method from a view, or one to choose. */
async function recordAgain({ history }: CommandServices, argument: unknown): Promise<void> {
  const given = asMethodTarget(argument);
  const items = history.unrecorded.map((key) => ({
    key,
    label: titleOf(methodOfKey(key) ?? { pluginId: key, method: "" }),
  }));
  if (given === undefined && items.length === 0) {
    void showInformationMessage(historyMessages.allRecorded);
    return;
  }
  const key =
    given === undefined
      ? (
          await vscode.window.showQuickPick(items, {
            placeHolder: historyMessages.pickUnrecorded,
          })
        )?.key
      : methodKey(given);
  if (key !== undefined) {
    await history.setRecorded(key, true);
  }
}
