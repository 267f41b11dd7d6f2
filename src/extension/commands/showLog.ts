// "Fidius: Show Log".

import { commandIds } from "../commandIds.ts";
import type { Command } from "./command.ts";

export const showLogCommand: Command = {
  id: commandIds.showLog,
  title: "Show Log",
  needsTrust: false,
  run: ({ log }) => {
    log.channel.show();
  },
};
