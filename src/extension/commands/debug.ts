// "Fidius: Debug Method…": like Invoke, but the call runs under a debugger.

import { commandIds } from "../commandIds.ts";
import { isReadyToRun } from "../panel/panelState.ts";
import { chooseMethod } from "./invoke.ts";
import type { Command } from "./command.ts";

export const debugCommand: Command = {
  id: commandIds.debug,
  title: "Debug Method",
  needsTrust: true,
  run: async (services, argument) => {
    const chosen = await chooseMethod(services, argument);
    if (chosen !== undefined) {
      // What was typed for the method is what is wanted of it; without that its form comes first.
      const { target, found } = chosen;
      const isReady = isReadyToRun(found) || services.panels.hasArguments(target);
      services.panels.show(target, { invoke: isReady ? "debug" : null, preserveFocus: false });
    }
  },
};
