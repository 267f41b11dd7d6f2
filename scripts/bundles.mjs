// What esbuild makes: each process as CommonJS for Node, the panel as split ESM for the webview. In a production build the three
// large programs share their common parts, which makes the VSIX a fifth smaller.

import { writeFile } from "node:fs/promises";
import { root } from "./run.mjs";

/** The oldest Node that a supported VS Code runs extensions on. */
const nodeTarget = "node20";

/** @typedef {import("esbuild").BuildOptions & { metafile: true }} Bundle */

/**
 * The builds of one tree. A production build has no source maps and is minified.
 * @param {boolean} isProduction
 * @returns {Bundle[]}
 */
export function bundles(isProduction) {
  const common = /** @type {const} */ ({
    absWorkingDir: root,
    bundle: true,
    sourcemap: !isProduction,
    minify: isProduction,
    // What licences ask for stands in the notices: thirdPartyNotices.mjs.
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
  });
  /** @type {Bundle} */
  const node = {
    ...common,
    outdir: "dist",
    outExtension: { ".js": ".cjs" },
    platform: "node",
    format: "cjs",
    target: nodeTarget,
    // koffi finds its native part beside itself, so it cannot be bundled; scripts/stageKoffi.mjs puts it into dist/.
    external: ["vscode", "koffi"],
    mainFields: ["module", "main"],
  };
  return [
    {
      ...node,
      entryPoints: {
        extension: "src/extension/extension.ts",
        server: "src/server/main.ts",
        cli: "src/cli/main.ts",
      },
      // esbuild splits ESM only; `writeBundle` makes CommonJS of it.
      ...(isProduction && { format: "esm", splitting: true, chunkNames: "shared-[hash]" }),
    },
    {
      ...node,
      entryPoints: {
        host: "src/host/main.ts",
        debuggers: "src/host/debuggers.ts",
        hostFunctions: "src/hostFunctions/main.ts",
      },
    },
    {
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
    },
  ];
}

/**
 * Builds a bundle and writes its files. Programs that were split as ESM become CommonJS, which is what VS Code loads.
 * @param {Bundle} bundle
 * @returns {Promise<import("esbuild").Metafile>}
 */
export async function writeBundle(bundle) {
  const esbuild = await import("esbuild");
  const isSplitProgram = bundle.splitting === true && bundle.platform === "node";
  if (!isSplitProgram) {
    return (await esbuild.build(bundle)).metafile;
  }
  const { metafile, outputFiles } = await esbuild.build({ ...bundle, write: false });
  await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      const options = /** @type {const} */ ({ format: "cjs", platform: "node", minify: true });
      await writeFile(
        path,
        (await esbuild.transform(text, { ...options, target: nodeTarget })).code,
      );
    }),
  );
  return metafile;
}
