// `npm run package`: the VSIX of this platform, from a production bundle with koffi staged beside it (vsce runs the script
// vscode:prepublish for that), and a check of what is in it.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { checkVsix } from "./checkVsix.mjs";
import { readJson } from "./readJson.mjs";
import { root, runTool } from "./run.mjs";
import { prepare } from "./setup/prepare.mjs";
import { vsceTarget } from "./vsceTarget.mjs";

/** Where the VSIX of this version and platform is. */
export function vsixFile() {
  const { name, version } = /** @type {Record<string, string>} */ (
    readJson(join(root, "package.json"))
  );
  return join(root, `${name ?? ""}-${vsceTarget()}-${version ?? ""}.vsix`);
}

/**
 * Makes the VSIX.
 * @returns {Promise<{ file: string; reason: string }>} `reason` is empty when it was made
 */
export async function packageVsix() {
  const file = vsixFile();
  rmSync(file, { force: true });
  const { reason } = await runTool(
    "@vscode/vsce",
    [
      "package",
      "--target",
      vsceTarget(),
      "--no-dependencies",
      "--allow-missing-repository",
      "--no-rewrite-relative-links",
      "--out",
      file,
    ],
    { program: "vsce" },
  );
  return { file, reason };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await prepare(new Set());
  const { file, reason } = await packageVsix();
  if (reason === "") {
    const problems = (await checkVsix(file)).filter(({ problem }) => problem !== "");
    for (const { title, problem } of problems) {
      console.error(`${title}: ${problem}`);
    }
    process.exitCode = problems.length === 0 ? 0 : 1;
  } else {
    console.error(`The VSIX could not be made: ${reason}.`);
    process.exitCode = 1;
  }
}
