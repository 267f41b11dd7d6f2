// Serves VS Code to a browser with the extension loaded, until Ctrl+C.

import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { environment, root } from "../run.mjs";
import { requireBrowserVsCode } from "../setup/browserVsCode.mjs";
import { SetupFailure } from "../setup/failure.mjs";
import { workbenchUrl } from "../setup/workbenchUrl.mjs";

const settings = {
  "security.workspace.trust.enabled": false,
  "chat.disableAIFeatures": true,
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
};

/**
 * @param {string} folder what to open
 * @returns {Promise<void>} resolves when the server has ended
 */
export async function serveVsCode(folder) {
  const { node, server } = await requireBrowserVsCode();
  const data = join(root, ".vscode-test", "start-served");
  for (const kind of ["Machine", "User"]) {
    mkdirSync(join(data, "data", kind), { recursive: true });
    writeFileSync(join(data, "data", kind, "settings.json"), JSON.stringify(settings));
  }
  const port = await freePort();
  const args = [
    server,
    ...["--host", "127.0.0.1", "--port", String(port), "--server-data-dir", data],
    "--without-connection-token",
    "--accept-server-license-terms",
    "--enable-smoke-test-driver",
    ...["--telemetry-level", "off"],
  ];
  const child = spawn(node, args, { env: environment(), stdio: ["ignore", "pipe", "inherit"] });
  const end = () => child.kill("SIGTERM");
  process.once("SIGINT", end).once("SIGTERM", end);
  child.stdout.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
    if (text.includes("Extension host agent listening")) {
      const url = workbenchUrl({ port, folder, extension: root });
      console.log(`\nVS Code with the extension is at\n\n${url}\n\nCtrl+C ends it.`);
    }
  });
  await new Promise((resolve, reject) => {
    child.once("error", (error) => {
      reject(new SetupFailure(`The browser-served VS Code did not start: ${error.message}`));
    });
    child.once("exit", resolve);
  });
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
  });
}
