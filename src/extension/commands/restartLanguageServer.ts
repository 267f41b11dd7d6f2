// "Fidius: Restart Language Server": the way out when it crashed too often to be restarted by itself.

import { commandIds } from "../commandIds.ts";
import type { Command } from "./command.ts";

export const restartLanguageServerCommand: Command = {
  id: commandIds.restartLanguageServer,
  title: "Restart Language Server",
  needsTrust: false,
  run: async ({ project }) => {
    await project.restart();
  },
};
