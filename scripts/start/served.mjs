// Serves VS Code to a browser with the extension loaded, until Ctrl+C.

import { join } from "node:path";
import { root } from "../run.mjs";
import { requireBrowserVsCode } from "../setup/browserVsCode.mjs";
import { startVsCodeServer } from "../setup/vsCodeServer.mjs";
import { workbenchUrl } from "../setup/workbenchUrl.mjs";

/**
 * @param {string} folder what to open
 * @returns {Promise<void>} resolves when the server has ended
 */
export async function serveVsCode(folder) {
  const { port, child, ended } = await startVsCodeServer({
    vscode: await requireBrowserVsCode(),
    dataFolder: join(root, ".vscode-test", "start-served"),
    settings: { "security.workspace.trust.enabled": false },
  });
  const end = () => child.kill("SIGTERM");
  process.once("SIGINT", end).once("SIGTERM", end);
  const url = workbenchUrl({ port, folder, extension: root });
  console.log(`\nVS Code with the extension is at\n\n${url}\n\nCtrl+C ends it.`);
  await ended;
}
