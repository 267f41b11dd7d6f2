// What rustc reads of an opened package, asked before anything of it runs: build scripts and macros run while cargo builds, so
// that a file outside of the package, which no signature covers, must be met earlier than dep-info of the build tells it. rustc
// expands each crate without its dependencies and names the files; what a macro of a dependency reads is met after the build.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileLimits } from "../../files/fileLimits.ts";
import { readRegularText } from "../../files/regularFile.ts";
import type { CrateNode } from "../../model/crateGraph.ts";
import type { BuildFailure } from "../../model/outcome.ts";
import { rustcBeside } from "../graph/targetCfg.ts";
import { createDiskFiles } from "../manifest/manifestFiles.ts";
import { readManifestGraph } from "../manifest/manifestGraph.ts";
import { isInside } from "../manifest/manifestStore.ts";
import { asString, asTable, parseTomlValues } from "../manifest/tomlDocument.ts";
import { cargoFolder, isOpenedPackage } from "../process/openedPackage.ts";
import { cargoEnvironment } from "../process/runCargo.ts";
import type { BuildRequest } from "./builtLibrary.ts";
import { parseDepInfo } from "./depInfo.ts";
import { isBelow, outsideFailure } from "./outsideSources.ts";

/** Expanding a crate without its dependencies takes some 50 ms. */
const timeoutMs = 60_000;

/** Why nothing of an opened package is built: it reads a file outside of `workspaceRoot`; undefined for every other folder. */
export async function sourceOutside(
  workspaceRoot: string,
  name: string,
  { cargo, environment }: Pick<BuildRequest, "cargo" | "environment">,
  signal: AbortSignal,
): Promise<BuildFailure | undefined> {
  const all = cargoEnvironment(environment);
  const rustc = isOpenedPackage(workspaceRoot) ? rustcBeside(cargo, all) : undefined;
  if (rustc === undefined) {
    // Without a rustc cargo builds nothing either, and says so.
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), "fidius-sources-"));
  try {
    for (const expansion of await expansionsIn(workspaceRoot)) {
      const file = join(folder, "sources.d");
      await expand(rustc, expansion, file, { cwd: cargoFolder(workspaceRoot), env: all, signal });
      const text = await readRegularText(file, { limit: fileLimits.manifest });
      const outside = (text.ok ? parseDepInfo(text.value) : []).find(
        (source) => !isBelow(workspaceRoot, source),
      );
      if (outside !== undefined) {
        return outsideFailure(name, outside);
      }
    }
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One reading of a crate. */
interface Expansion {
  readonly rootFile: string;
  readonly node: CrateNode;
  readonly features: readonly string[];
}

/** Each library and build script in the folder, without features and with all of them: either may hide a module. */
async function expansionsIn(workspaceRoot: string): Promise<readonly Expansion[]> {
  const { crates } = readManifestGraph([workspaceRoot], createDiskFiles()).graph;
  const own = [...crates.values()].filter(
    ({ info }) => info.target === undefined && isInside(workspaceRoot, info.manifestPath),
  );
  const expansions: Expansion[] = [];
  for (const node of own) {
    const optional = node.dependencies.flatMap(({ key, isOptional }) => (isOptional ? [key] : []));
    const features = [...new Set([...Object.keys(node.features), ...optional])];
    const roots = [node.rootFile, await buildScriptOf(node.info.manifestPath)];
    for (const rootFile of roots) {
      if (rootFile !== null && existsSync(rootFile)) {
        const sets = features.length === 0 ? [[]] : [[], features];
        expansions.push(...sets.map((set) => ({ rootFile, node, features: set })));
      }
    }
  }
  return expansions;
}

/** The build script that the manifest names, or cargo's usual one; null where it says that there is none. */
async function buildScriptOf(manifestPath: string): Promise<string | null> {
  const text = await readRegularText(manifestPath, { limit: fileLimits.manifest });
  const manifest = text.ok ? asTable(parseTomlValues(text.value)?.["package"]) : undefined;
  const build = manifest?.["build"];
  return build === false ? null : join(dirname(manifestPath), asString(build) ?? "build.rs");
}

/** Has rustc write to `file` which sources it reads; that names do not resolve keeps it from nothing. */
function expand(
  rustc: string,
  { rootFile, node, features }: Expansion,
  file: string,
  options: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { manifestPath, name, version } = node.info;
  const cfg = features.flatMap((feature) => ["--cfg", `feature=${JSON.stringify(feature)}`]);
  const environment = {
    ...options.env,
    CARGO_MANIFEST_DIR: dirname(manifestPath),
    CARGO_MANIFEST_PATH: manifestPath,
    CARGO_PKG_NAME: name,
    CARGO_PKG_VERSION: version,
  };
  const more = ["--edition", node.edition, "--cap-lints", "allow", ...cfg];
  return rm(file, { force: true }).then(
    () =>
      new Promise((resolve) => {
        execFile(
          rustc,
          [
            rootFile,
            "--crate-name",
            "sources",
            "--crate-type",
            "lib",
            ...more,
            `--emit=dep-info=${file}`,
          ],
          { ...options, env: environment, timeout: timeoutMs, windowsHide: true },
          () => {
            resolve();
          },
        );
      }),
  );
}
