// Puts koffi beside the bundled host, as dist/node_modules: its entry, its licence and the native part of one platform, without
// sources, documents and other platforms. `FIDIUS_TARGET` names another platform than this one.

import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { nativeKoffiFolder } from "./nativeKoffi.mjs";
import { readJson } from "./readJson.mjs";
import { root } from "./run.mjs";
import { platformKoffi } from "./vsceTarget.mjs";

const files = ["index.cjs", "LICENSE.txt", "src/koffi/index.cjs", "src/koffi/src/static.cjs"];

/** @returns {void} */
function stageKoffi() {
  const { koffi, part } = platformKoffi();
  const source = join(root, "node_modules", "koffi");
  const destination = join(root, "dist", "node_modules");
  const native = join(root, nativeKoffiFolder());
  if (!existsSync(native)) {
    throw new Error(
      `The npm package ${koffi} is not installed, so koffi cannot be packed. Run npm run package: it installs the package.`,
    );
  }
  rmSync(destination, { recursive: true, force: true });
  for (const file of files) {
    copy(join(source, file), join(destination, "koffi", file));
  }
  for (const file of ["index.js", "package.json", `${part}/koffi.node`]) {
    copy(join(native, file), join(destination, koffi, file));
  }
  const { name, version, license } = /** @type {Record<string, string>} */ (
    readJson(join(source, "package.json"))
  );
  const manifest = { name, version, license, type: "module", main: "./index.cjs" };
  writeFileSync(
    join(destination, "koffi", "package.json"),
    `${JSON.stringify(manifest, null, 2)}\n`,
  );
}

/**
 * @param {string} from
 * @param {string} to
 */
function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  stageKoffi();
}
