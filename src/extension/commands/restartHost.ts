// "Fidius: Restart Host": ends all host processes and forgets their crashes; the next call starts afresh.

import { commandIds } from "../commandIds.ts";
import { messages } from "../platform/messages.ts";
import { showInStatusBar } from "../platform/notify.ts";
import type { Command } from "./command.ts";

export const restartHostCommand: Command = {
  id: commandIds.restartHost,
  title: "Restart Host",
  needsTrust: true,
  run: async ({ restartHost }) => {
    showInStatusBar(messages.hostRestarted(await restartHost()), 5000);
  },
};
