// `npm run bench`: sets up, bundles, and runs every benchmark of test/bench/ one after the other.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { environment, nodePath, root, run } from "./run.mjs";
import { SetupFailure } from "./setup/failure.mjs";
import { prepare } from "./setup/prepare.mjs";

/** Files of test/bench/ that measure nothing by themselves. */
const parts = new Set([
  "madeWorkspaces.ts",
  "measure.ts",
  "nativeHost.ts",
  "pipeEcho.ts",
  "runners.ts",
  "serverProcess.ts",
]);

const benchTarget = process.env["FIDIUS_BENCH_TARGET"] ?? join(root, "target", "bench");

try {
  const setup = await prepare(new Set(["cargo"]));
  const { reason } = await run(nodePath(), ["esbuild.mjs", "--production"]);
  if (reason !== "") {
    throw new SetupFailure(`Bundling failed: ${reason}.`);
  }
  const folder = join(root, "test", "bench");
  for (const file of readdirSync(folder).filter((name) => !parts.has(name))) {
    console.log(`\n── ${file}`);
    // A target folder of its own: what is measured must not depend on what tests have built.
    const env = environment({ ...setup.environment, FIDIUS_TEST_TARGET: benchTarget });
    const result = await run(nodePath(), [join(folder, file)], { env, timeoutMs: 1_800_000 });
    if (result.reason !== "") {
      console.error(`✗ ${file}: ${result.reason}`);
      process.exitCode = 1;
    }
  }
} catch (error) {
  if (!(error instanceof SetupFailure)) {
    throw error;
  }
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
