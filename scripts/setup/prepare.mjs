// The set-up that `npm start`, `npm test` and `npm run bench` share: checks what the machine must bring, installs the rest.

import { join } from "node:path";
import { root } from "../run.mjs";
import { requireBrowserVsCode } from "./browserVsCode.mjs";
import { requireChromium } from "./chromium.mjs";
import { requireDebugAdapter } from "./debugAdapter.mjs";
import { requireEditors } from "./editors.mjs";
import { requireRustAnalyzer } from "./rustAnalyzer.mjs";
import { installPackages, requireCargo, requireNode } from "./toolchain.mjs";
import { requireWine } from "./wine.mjs";

/** @typedef {"cargo" | "rust-analyzer" | "editors" | "chromium" | "vscode" | "debugger" | "wine"} Need */
/**
 * @typedef {object} Setup
 * @property {Readonly<Record<string, string>>} environment what programs need to know: where the browser and VS Code are,
 *   and the one cargo target folder of all tests
 */

/**
 * @param {ReadonlySet<Need>} needs
 * @returns {Promise<Setup>}
 */
export async function prepare(needs) {
  requireNode();
  if (needs.has("cargo")) {
    requireCargo();
  }
  if (needs.has("rust-analyzer")) {
    await requireRustAnalyzer();
  }
  if (needs.has("editors") && process.platform === "linux") {
    await requireEditors();
  }
  await installPackages();
  /** @type {Record<string, string>} */
  const environment = { FIDIUS_TEST_TARGET: testTarget() };
  if (needs.has("chromium")) {
    environment["CHROMIUM_PATH"] = await requireChromium();
  }
  if (needs.has("vscode") && !usesDesktop()) {
    environment["CHROMIUM_PATH"] = await requireChromium();
    const newest = await requireBrowserVsCode();
    environment["FIDIUS_VSCODE_NODE"] = newest.node;
    environment["FIDIUS_VSCODE_SERVER"] = newest.server;
    const oldest = await requireBrowserVsCode("oldest");
    environment["FIDIUS_OLDEST_VSCODE_NODE"] = oldest.node;
    environment["FIDIUS_OLDEST_VSCODE_SERVER"] = oldest.server;
  }
  if (needs.has("debugger") && process.platform === "linux") {
    environment["FIDIUS_DEBUG_ADAPTER"] = await requireDebugAdapter();
  }
  if (needs.has("wine")) {
    Object.assign(environment, await requireWine());
  }
  return { environment };
}

/** One target folder for all levels, so that Fidius is compiled once. */
function testTarget() {
  return process.env["FIDIUS_TEST_TARGET"] ?? join(root, "target", "test");
}

/** FIDIUS_VSCODE=desktop, or any system but Linux: the tests download a desktop VS Code by themselves. */
function usesDesktop() {
  return process.env["FIDIUS_VSCODE"] === "desktop" || process.platform !== "linux";
}
