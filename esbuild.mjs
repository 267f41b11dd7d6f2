// Bundles each process into dist/: extension, server, host and cli as CommonJS for Node, the panel as split ESM for the
// webview, and copies what is loaded as a file (the bridge's sources, icons). Any error ends with exit code 1.
// `--watch` rebuilds on change, `--production` minifies.

import { cp, mkdir, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import * as esbuild from "esbuild";

const isWatching = process.argv.includes("--watch");
const isProduction = process.argv.includes("--production");

const nodeEntries = {
  extension: "src/extension/extension.ts",
  server: "src/server/main.ts",
  host: "src/host/main.ts",
  hostFunctions: "src/hostFunctions/main.ts",
  cli: "src/cli/main.ts",
};

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  sourcemap: !isProduction,
  minify: isProduction,
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
};

/** @type {esbuild.BuildOptions} */
const nodeOptions = {
  ...common,
  entryPoints: Object.fromEntries(
    Object.entries(nodeEntries).filter(([, file]) => existsSync(file)),
  ),
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  platform: "node",
  format: "cjs",
  target: "node20",
  // koffi finds its native part beside itself, so it cannot be bundled; scripts/stageKoffi.mjs puts it into dist/.
  external: ["vscode", "koffi"],
  mainFields: ["module", "main"],
};

/** @type {esbuild.BuildOptions} */
const panelOptions = {
  ...common,
  entryPoints: { panel: "media/main.tsx" },
  outdir: "dist/media",
  platform: "browser",
  format: "esm",
  splitting: true,
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  loader: { ".ttf": "file", ".svg": "file" },
  assetNames: "[name]",
};

/** Copies files that are read at run time, unbundled. */
async function copyAssets() {
  await mkdir("dist/media", { recursive: true });
  await cp("src/bridge/runtime", "dist/bridge", { recursive: true });
  const codicons = "node_modules/@vscode/codicons/dist";
  await cp(`${codicons}/codicon.css`, "dist/media/codicon.css");
  await cp(`${codicons}/codicon.ttf`, "dist/media/codicon.ttf");
}

const builds = [nodeOptions, ...(existsSync("media/main.tsx") ? [panelOptions] : [])];

if (isWatching) {
  await copyAssets();
  for (const options of builds) {
    const context = await esbuild.context(options);
    await context.watch();
  }
} else {
  await rm("dist", { recursive: true, force: true });
  await copyAssets();
  try {
    await Promise.all(builds.map((options) => esbuild.build(options)));
  } catch {
    process.exitCode = 1; // esbuild has printed the errors
  }
}
