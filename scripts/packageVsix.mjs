// `npm run package`: the VSIX of this platform, from a production bundle with koffi staged beside it (vsce runs the script
// vscode:prepublish for that), and a check of what is in it. `npm run package -- --all` makes those of all platforms, in
// test-results/vsix.

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundles } from "./bundles.mjs";
import { checkVsix } from "./checkVsix.mjs";
import { requireNativeKoffi } from "./nativeKoffi.mjs";
import { readJson } from "./readJson.mjs";
import { environment, nodePath, root, run, runTool } from "./run.mjs";
import { prepare } from "./setup/prepare.mjs";
import { writeNotices } from "./thirdPartyNotices.mjs";
import { vsceTarget, vsceTargets } from "./vsceTarget.mjs";

/** Where the VSIX of this version and of the platform that the environment names is. */
export function vsixFile() {
  return join(root, vsixName(vsceTarget()));
}

/** @param {string} target */
function vsixName(target) {
  const { name, version } = /** @type {Record<string, string>} */ (
    readJson(join(root, "package.json"))
  );
  return `${name ?? ""}-${target}-${version ?? ""}.vsix`;
}

/**
 * Makes and checks the VSIX of some platforms from one bundle; the last one's koffi stays beside the bundle.
 * @param {readonly string[]} targets
 * @param {(target: string) => string} fileOf
 * @returns {Promise<{ title: string; problem: string }[]>}
 */
async function packageFor(targets, fileOf) {
  const bundled = await run(nodePath(), ["esbuild.mjs", "--production"]);
  const checks = [{ title: "the production bundle is built", problem: bundled.reason }];
  if (bundled.reason !== "") {
    return checks;
  }
  const metafiles = await bundleAnew();
  for (const target of targets) {
    const file = fileOf(target);
    rmSync(file, { force: true });
    await requireNativeKoffi(target);
    const problem = writeNotices(metafiles, target).join(" ") || (await runVsce(target, file));
    checks.push({ title: `${target}: vsce makes the VSIX`, problem });
    if (problem === "") {
      checks.push(...checkVsix(file, target, metafiles));
    }
  }
  return checks;
}

/** What bundles would be made of now, so that the notices are checked against it. */
async function bundleAnew() {
  const esbuild = await import("esbuild");
  const built = await Promise.all(
    bundles(true).map((options) => esbuild.build({ ...options, write: false })),
  );
  return built.map(({ metafile }) => metafile);
}

/**
 * @param {string} target
 * @param {string} file
 * @returns {Promise<string>} what went wrong; empty when nothing did
 */
async function runVsce(target, file) {
  const args = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links"];
  if (target !== vsceTarget()) {
    // vsce looks for secrets in each file, for some seconds: once is enough, the platforms differ in koffi alone.
    args.push("--allow-package-all-secrets", "--allow-package-env-file");
  }
  const { reason, output } = await runTool(
    "@vscode/vsce",
    ["package", "--target", target, ...args, "--out", file],
    {
      program: "vsce",
      env: environment({ FIDIUS_TARGET: target, FIDIUS_BUNDLED: "1" }),
      output: "collect",
    },
  );
  return reason && `${reason}\n${output}`;
}

/** Makes and checks the VSIX of this platform, or of the one that FIDIUS_TARGET names. */
function packageOne() {
  return packageFor([vsceTarget()], vsixFile);
}

/** Makes and checks the VSIX of all platforms; this one's stays in the project's folder, where the tests take it from. */
export function packageAll() {
  const folder = join(root, "test-results", "vsix");
  mkdirSync(folder, { recursive: true });
  const own = vsceTarget();
  const others = Object.keys(vsceTargets).filter((target) => target !== own);
  return packageFor([...others, own], (target) =>
    target === own ? vsixFile() : join(folder, vsixName(target)),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await prepare(new Set());
  const checks = await (process.argv.includes("--all") ? packageAll() : packageOne());
  for (const { title, problem } of checks) {
    console.log(problem === "" ? `✓ ${title}` : `✗ ${title}: ${problem}`);
  }
  process.exitCode = checks.every(({ problem }) => problem === "") ? 0 : 1;
}
