// "Fidius: Invoke Last": the method invoked last, with the arguments it has in its draft; the focus stays where it is.

import { commandIds } from "../commandIds.ts";
import { messages } from "../platform/messages.ts";
import { findMethod } from "../panel/panelState.ts";
import type { Command } from "./command.ts";
import { showInformationMessage } from "../platform/notify.ts";

export const invokeLastCommand: Command = {
  id: commandIds.invokeLast,
  title: "Invoke Last",
  needsTrust: true,
  run: async ({ project, panels, recent }) => {
    await project.whenReady();
    const target = recent
      .list()
      .find((candidate) => findMethod(project.model, candidate) !== undefined);
    if (target === undefined) {
      void showInformationMessage(messages.nothingInvoked);
      return;
    }
    panels.show(target, { invoke: "run", preserveFocus: true });
  },
};
