// What esbuild makes: each process as CommonJS for Node, the panel as split ESM for the webview.

import { root } from "./run.mjs";

/**
 * The builds of one tree. A production build has no source maps and is minified.
 * @param {boolean} isProduction
 * @returns {(import("esbuild").BuildOptions & { metafile: true })[]}
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
  return [
    {
      ...common,
      entryPoints: {
        extension: "src/extension/extension.ts",
        server: "src/server/main.ts",
        host: "src/host/main.ts",
        debuggers: "src/host/debuggers.ts",
        hostFunctions: "src/hostFunctions/main.ts",
        cli: "src/cli/main.ts",
      },
      outdir: "dist",
      outExtension: { ".js": ".cjs" },
      platform: "node",
      format: "cjs",
      target: "node20",
      // koffi finds its native part beside itself, so it cannot be bundled; scripts/stageKoffi.mjs puts it into dist/.
      external: ["vscode", "koffi"],
      mainFields: ["module", "main"],
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
