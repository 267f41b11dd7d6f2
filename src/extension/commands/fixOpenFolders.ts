// "Fidius: Fix All in Open Folders": the preferred fixes of all errors and warnings, as one edit that can be undone.

import { commandIds } from "../commandIds.ts";
import { messages } from "../platform/messages.ts";
import { showInformationMessage } from "../platform/notify.ts";
import type { Command } from "./command.ts";

export const fixOpenFoldersCommand: Command = {
  id: commandIds.fixOpenFolders,
  title: "Fix All in Open Folders",
  needsTrust: false,
  run: async ({ project }) => {
    await project.whenReady();
    const fixed = await project.fixAll();
    const message = fixed === undefined ? messages.noServer : messages.fixed(fixed);
    void showInformationMessage(message);
  },
};
