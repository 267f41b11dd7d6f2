// The browser that shows the panel and the browser-served VS Code to the tests.

import { existsSync } from "node:fs";
import { findProgram } from "../run.mjs";
import { SetupFailure } from "./failure.mjs";
import { requirePrograms } from "./systemPackages.mjs";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const macApplications = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Where the browser is, or undefined. CHROMIUM_PATH overrules the search. */
function findChromium() {
  return process.env["CHROMIUM_PATH"] ?? findProgram(...names) ?? macApplications.find(existsSync);
}

/**
 * Path of a Chromium, installed when there is none.
 * @returns {Promise<string>}
 */
export async function requireChromium() {
  const found = findChromium();
  if (found !== undefined) {
    return found;
  }
  await requirePrograms({ chromium: "chromium" }, "the tests of the panel and of VS Code");
  const installed = findChromium();
  if (installed === undefined) {
    throw new SetupFailure(
      "No Chromium was found. Install it, or set CHROMIUM_PATH to its program, and run this again.",
    );
  }
  return installed;
}
