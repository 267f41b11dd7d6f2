// Puts koffi beside the bundled host, as dist/node_modules: its entry, its licence and the native part of one platform, without
// sources, documents and other platforms. `FIDIUS_TARGET` names another platform than this one (as in `vsce package --target`).

import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readJson } from "./readJson.mjs";
import { root } from "./run.mjs";
import { vsceTarget } from "./vsceTarget.mjs";

const files = ["index.cjs", "LICENSE.txt", "src/koffi/index.cjs", "src/koffi/src/static.cjs"];

/**
 * The packages that are staged: koffi and its native part.
 * @returns {[koffi: string, native: string]}
 */
export function koffiPackages() {
  const [system = "", processor = ""] = vsceTarget().split("-");
  return ["koffi", `@koromix/koffi-${system === "alpine" ? "linux" : system}-${processor}`];
}

/** @returns {void} */
function stageKoffi() {
  const target = vsceTarget();
  const isMusl = target.startsWith("alpine-");
  const [, nativePackage] = koffiPackages();
  const source = join(root, "node_modules");
  const destination = join(root, "dist", "node_modules");
  if (!existsSync(join(source, nativePackage))) {
    throw new Error(
      `The npm package ${nativePackage} is not installed, so koffi cannot be packed for ${target}. Run npm ci on that platform.`,
    );
  }
  rmSync(destination, { recursive: true, force: true });
  mkdirSync(join(destination, "koffi", "src", "koffi", "src"), { recursive: true });
  for (const file of files) {
    copyFileSync(join(source, "koffi", file), join(destination, "koffi", file));
  }
  const { name, version, license } = /** @type {Record<string, string>} */ (
    readJson(join(source, "koffi", "package.json"))
  );
  const manifest = { name, version, license, type: "module", main: "./index.cjs" };
  writeFileSync(
    join(destination, "koffi", "package.json"),
    `${JSON.stringify(manifest, null, 2)}\n`,
  );
  cpSync(join(source, nativePackage), join(destination, nativePackage), { recursive: true });
  // On Linux the package holds one native part for glibc and one for musl: a target needs one of them.
  const unneeded = isMusl ? "linux_" : "musl_";
  for (const entry of readdirSync(join(destination, nativePackage))) {
    if (entry.startsWith(unneeded) || entry === "README.md") {
      rmSync(join(destination, nativePackage, entry), { recursive: true });
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  stageKoffi();
}
