// What can be done with a remembered call in a panel that shows its method.

import { parseArguments } from "../../codec/json/parseArguments.ts";
import type { CallDetail } from "../../history/callEntry.ts";
import { optionsAgain } from "../../history/keptOptions.ts";
import { optionsOf } from "../invoke/howToRun.ts";
import { invoke } from "../invoke/panelRuns.ts";
import { methodKey } from "../methodKey.ts";
import type { PanelController } from "../panel/panelController.ts";
import type { PanelServices } from "../panel/panelServices.ts";
import { titleOf } from "../panel/panelState.ts";
import { showInformationMessage, showWarningMessage } from "../platform/notify.ts";
import { historyMessages } from "./historyMessages.ts";

type PanelHistory = Pick<PanelServices, "history" | "log" | "project">;

/** Shows the outcome of the call. */
export async function openCall(
  id: string,
  panel: PanelController,
  { history }: PanelHistory,
): Promise<void> {
  const stored = await history.opened(id);
  if (stored === undefined) {
    void showInformationMessage(historyMessages.callGone);
  } else if (!panel.session.isRunning) {
    panel.showCall(stored);
  }
}

/** Calls the method with the arguments of the call; those of the form stay as they are. */
export async function runCallAgain(
  id: string,
  panel: PanelController,
  services: PanelServices,
): Promise<void> {
  const detail = await detailOf(id, services);
  const { found, target } = panel;
  if (detail === undefined) {
    return;
  }
  if (found === undefined) {
    void showWarningMessage(historyMessages.methodGone(titleOf(target)));
    return;
  }
  const { method, plugin } = found;
  const parsed = parseArguments(method, plugin.types, detail.arguments, {
    allowsFileReferences: true,
    allowsSerdeText: true,
  });
  if (!parsed.ok) {
    panel.offerArguments(detail.arguments);
    void showWarningMessage(historyMessages.argumentsUnfit);
    return;
  }
  const kept = services.instances
    .of(target.pluginId)
    .list.find(({ id: instance }) => instance === detail.instance?.id);
  const today = optionsOf(services.drafts.get(methodKey(target)));
  await invoke(panel, services, parsed.value, {
    instance: kept ?? detail.instance ?? undefined,
    options: optionsAgain(detail.options, today.environment),
  });
}

/** Puts the arguments of the call into the form. */
export async function useCall(
  id: string,
  panel: PanelController,
  services: PanelHistory,
): Promise<void> {
  const detail = await detailOf(id, services);
  if (detail !== undefined) {
    panel.offerArguments(detail.arguments);
  }
}

async function detailOf(id: string, { history }: PanelHistory): Promise<CallDetail | undefined> {
  const detail = await history.calls.detail(id);
  if (detail === undefined) {
    void showWarningMessage(historyMessages.argumentsGone);
  }
  return detail;
}
