// The debug adapter of lldb, with which the tests in VS Code debug a plugin.

import { findProgram } from "../run.mjs";
import { SetupFailure } from "./failure.mjs";
import { requirePrograms } from "./systemPackages.mjs";

const versions = [22, 21, 20, 19, 18, 17, 16];

/** Where the adapter is, or undefined. FIDIUS_DEBUG_ADAPTER overrules the search. */
function findAdapter() {
  const names = versions.map((version) => `lldb-dap-${version}`);
  return process.env["FIDIUS_DEBUG_ADAPTER"] ?? findProgram("lldb-dap", ...names);
}

/**
 * Path of lldb's debug adapter, installed when there is none.
 * @returns {Promise<string>}
 */
export async function requireDebugAdapter() {
  const found = findAdapter();
  if (found !== undefined) {
    return found;
  }
  await requirePrograms({ "lldb-dap-19": "lldb-19" }, "the tests that debug a plugin in VS Code");
  const installed = findAdapter();
  if (installed === undefined) {
    throw new SetupFailure(
      "No lldb-dap was found. Install it, or set FIDIUS_DEBUG_ADAPTER to its program, and run this again.",
    );
  }
  return installed;
}
