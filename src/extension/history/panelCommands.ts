// What the panel's buttons and keys for remembered calls do.

import type { HistoryCommand } from "../../protocol/panelHistory.ts";
import type { PanelController } from "../panel/panelController.ts";
import type { PanelServices } from "../panel/panelServices.ts";
import { copyCall } from "./copyCall.ts";
import { comparePrevious } from "./compareCalls.ts";
import { openCall, runCallAgain, useCall } from "./historyActions.ts";
import { renameCall } from "./renameCall.ts";

/** Does what the panel's page asks for. */
export async function runHistoryCommand(
  command: HistoryCommand,
  panel: PanelController,
  services: PanelServices,
): Promise<void> {
  try {
    switch (command.kind) {
      case "step":
        await panel.stepCall(command.direction);
        return;
      case "open":
        await openCall(command.id, panel, services);
        return;
      case "useLast": {
        const newest = services.history.newest(panel.target);
        await (newest && useCall(newest.id, panel, services));
        return;
      }
      case "use":
        await useCall(command.id, panel, services);
        return;
      case "runAgain":
        await runCallAgain(command.id, panel, services);
        return;
      case "comparePrevious":
        await comparePrevious(command.id, services.history);
        return;
      case "copyAs": {
        const entry = services.history.calls.get(command.id);
        if (entry !== undefined) {
          await copyCall(entry, undefined, services.history, services.project);
        }
        return;
      }
      case "pin": {
        const entry = services.history.calls.get(command.id);
        services.history.calls.change(command.id, { isPinned: entry?.isPinned !== true });
        return;
      }
      case "rename":
        await renameCall(command.id, services.history);
        return;
    }
  } catch (error) {
    services.log.error(`${command.kind} of a remembered call failed`, error);
  }
}
