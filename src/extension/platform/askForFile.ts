// The question whether a call may read a file that nobody chose in a dialog.

import { messages } from "./messages.ts";
import { askModally } from "./notify.ts";

/** Whether the user lets it be read. */
export async function askForFile(file: string): Promise<boolean> {
  const { readFile, readFileDetail, readFileButton } = messages;
  return (await askModally(readFile(file), readFileDetail, readFileButton)) === readFileButton;
}
