// `npm start`: from a fresh clone to a called plugin, then VS Code on the example workspace with the extension loaded.
// It ends after the printed results when CI is set, when there is no display, or with `-- --no-open`; `-- --browser` opens the
// browser-served VS Code even without a display, for another machine's browser to look at.

import { join } from "node:path";
import { environment, nodePath, root, run } from "./run.mjs";
import { SetupFailure } from "./setup/failure.mjs";
import { prepare } from "./setup/prepare.mjs";
import { openDesktop } from "./start/desktop.mjs";
import { serveVsCode } from "./start/served.mjs";

const examples = join(root, "examples");
const options = new Set(process.argv.slice(2));

try {
  await prepare(new Set(["cargo"]));
  await step("Bundling…", nodePath(), ["esbuild.mjs"]);
  await step("Building the example plugins…", "cargo", ["build"], examples);
  await call("BasicCalculator.add", { a: 2, b: 40 });
  await call("BasicCalculator.sum_slowly", { values: [1.5, 2.5, 4], delay_ms: 100 });
  if (options.has("--browser")) {
    await serveVsCode(examples);
  } else if (!options.has("--no-open") && !isSet(process.env["CI"]) && hasDisplay()) {
    if (!(await openDesktop(examples))) {
      await serveVsCode(examples);
    }
  }
} catch (error) {
  if (!(error instanceof SetupFailure)) {
    throw error;
  }
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

/**
 * Calls a method of the example plugin as the panel would, and prints what it returned.
 * @param {string} method
 * @param {object} args
 */
async function call(method, args) {
  const json = JSON.stringify(args);
  const manifest = join(examples, "basic-calculator", "Cargo.toml");
  const cli = ["dist/cli.cjs", "call", method, "--args", json, "--manifest-path", manifest];
  await step(`Calling ${method} with ${json}`, nodePath(), cli);
}

/**
 * @param {string} title
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 */
async function step(title, command, args, cwd = root) {
  console.log(`\n${title}`);
  const { reason } = await run(command, args, { cwd, env: environment(), timeoutMs: 1_800_000 });
  if (reason !== "") {
    throw new SetupFailure(`That failed: ${reason}. Its output stands above.`);
  }
}

/** @param {string | undefined} value */
function isSet(value) {
  return value !== undefined && value !== "" && value !== "false";
}

function hasDisplay() {
  return (
    process.platform !== "linux" ||
    process.env["DISPLAY"] !== undefined ||
    process.env["WAYLAND_DISPLAY"] !== undefined
  );
}
