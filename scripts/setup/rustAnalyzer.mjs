// rust-analyzer, beside which the language server is tested.

import { run } from "../run.mjs";
import { SetupFailure } from "./failure.mjs";

/** Makes sure that `rust-analyzer` can be started; rustup installs it for the toolchain that is in use. */
export async function requireRustAnalyzer() {
  if (await isThere()) {
    return;
  }
  const { reason } = await run("rustup", ["component", "add", "rust-analyzer"]);
  if (reason !== "" || !(await isThere())) {
    throw new SetupFailure(
      `rust-analyzer could not be installed with rustup${reason === "" ? "" : `: ${reason}`}. Put rust-analyzer on PATH and run this again.`,
    );
  }
}

/** rustup's stand-in is on PATH without the component too: only a start tells. */
async function isThere() {
  return (await run("rust-analyzer", ["--version"], { output: "collect" })).reason === "";
}
