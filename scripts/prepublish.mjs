// What vsce runs before it packs: the production bundle, and koffi of the platform beside it. Where several platforms are packed the
// bundle is there already (FIDIUS_BUNDLED): it is the same for all of them.

import { nodePath, root, run } from "./run.mjs";
import { join } from "node:path";

const bundle = process.env["FIDIUS_BUNDLED"] === undefined ? [["esbuild.mjs", "--production"]] : [];
for (const script of [...bundle, ["scripts/stageKoffi.mjs"]]) {
  const [file = "", ...args] = script;
  const { code } = await run(nodePath(), [join(root, file), ...args]);
  if (code !== 0) {
    process.exitCode = 1;
    break;
  }
}
