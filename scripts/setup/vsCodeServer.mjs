// Starts the server of the browser-served VS Code on a port of its own choice.

import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environment } from "../run.mjs";
import { SetupFailure } from "./failure.mjs";

/** Settings without which every start shows something that has nothing to do with Fidius. */
const quietSettings = {
  "chat.disableAIFeatures": true,
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
};

/**
 * @typedef {object} VsCodeServer
 * @property {number} port
 * @property {import("node:child_process").ChildProcess} child
 * @property {Promise<void>} ended
 */

/**
 * @param {object} options
 * @param {import("./browserVsCode.mjs").BrowserVsCode} options.vscode
 * @param {string} options.dataFolder where it keeps settings, logs and state
 * @param {Readonly<Record<string, unknown>>} options.settings added to the settings that keep it quiet
 * @param {string} [options.extensionsFolder] where it looks for installed extensions
 * @param {(text: string) => void} [options.onOutput]
 * @returns {Promise<VsCodeServer>}
 */
export function startVsCodeServer({
  vscode,
  dataFolder,
  settings,
  extensionsFolder,
  onOutput = () => undefined,
}) {
  for (const kind of ["Machine", "User"]) {
    mkdirSync(join(dataFolder, "data", kind), { recursive: true });
    const text = JSON.stringify({ ...quietSettings, ...settings });
    writeFileSync(join(dataFolder, "data", kind, "settings.json"), text);
  }
  const args = [
    vscode.server,
    ...["--host", "127.0.0.1", "--port", "0", "--server-data-dir", dataFolder],
    "--without-connection-token",
    "--accept-server-license-terms",
    "--enable-smoke-test-driver",
    // A login shell's profile would replace PATH, and with it the cargo that this run was started with.
    "--force-disable-user-env",
    ...["--telemetry-level", "off"],
    ...(extensionsFolder === undefined ? [] : ["--extensions-dir", extensionsFolder]),
  ];
  const child = spawn(vscode.node, args, {
    env: environment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => {
    child.once("exit", () => {
      resolve();
    });
  });
  return new Promise((resolve, reject) => {
    let seen = "";
    const read = (/** @type {string} */ text) => {
      onOutput(text);
      seen = (seen + text).slice(-2000);
      const port = /Extension host agent listening on (\d+)/u.exec(seen)?.[1];
      if (port !== undefined) {
        resolve({ port: Number(port), child, ended });
      }
    };
    child.stdout.setEncoding("utf8").on("data", read);
    child.stderr.setEncoding("utf8").on("data", onOutput);
    child.once("error", (error) => {
      reject(new SetupFailure(`The VS Code server did not start: ${error.message}.`));
    });
    void ended.then(() => {
      reject(new SetupFailure(`The VS Code server ended before it was ready:\n${seen}`));
    });
  });
}
