// Bundles each process into dist/ (scripts/bundles.mjs), copies what is loaded as a file (the bridge's sources, icons), and writes
// the notices of what was bundled. Any error ends with exit code 1. `--watch` rebuilds on change, `--production` minifies.

import { chmod, cp, mkdir, rm } from "node:fs/promises";
import * as esbuild from "esbuild";
import { bundles, writeBundle } from "./scripts/bundles.mjs";
import { writeNotices } from "./scripts/thirdPartyNotices.mjs";

const builds = bundles(process.argv.includes("--production"));

/** Copies files that are read at run time, unbundled. */
async function copyAssets() {
  await mkdir("dist/media", { recursive: true });
  await cp("src/bridge/runtime", "dist/bridge", { recursive: true });
  const codicons = "node_modules/@vscode/codicons/dist";
  await cp(`${codicons}/codicon.css`, "dist/media/codicon.css");
  await cp(`${codicons}/codicon.ttf`, "dist/media/codicon.ttf");
}

/** All bundles; the notices are those of exactly these. */
async function buildOnce() {
  /** @type {esbuild.Metafile[]} */
  let metafiles;
  try {
    metafiles = await Promise.all(builds.map(writeBundle));
  } catch {
    process.exitCode = 1; // esbuild has printed the errors
    return;
  }
  // As npm makes the programs of an installed package, so that `npm link` holds over builds.
  await Promise.all(["cli", "server"].map((name) => chmod(`dist/${name}.cjs`, 0o755)));
  const problems = writeNotices(metafiles);
  problems.forEach((problem) => {
    console.error(problem);
  });
  process.exitCode = problems.length === 0 ? 0 : 1;
}

if (process.argv.includes("--watch")) {
  await copyAssets();
  for (const options of builds) {
    const context = await esbuild.context(options);
    await context.watch();
  }
} else {
  await rm("dist", { recursive: true, force: true });
  await copyAssets();
  await buildOnce();
}
