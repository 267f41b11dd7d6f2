// An opened package is built from itself alone: a source that rustc read elsewhere, by `#[path]` or `include!`, stands under no
// signature, so whoever can write there decides what runs. Cargo's dep-info names every one.

import { realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileLimits } from "../../files/fileLimits.ts";
import { readRegularTextSync } from "../../files/regularFile.ts";
import { nameText } from "../../model/text/foreignText.ts";
import type { BuildFailure } from "../../model/outcome.ts";
import type { CrateInfo } from "../../model/plugin.ts";
import type { BuildMessage } from "./buildMessages.ts";
import { readSources } from "./freshness.ts";
import { isPathPackage } from "./localUnits.ts";
import { isInside } from "../manifest/manifestStore.ts";
import { isOpenedPackage } from "../process/openedPackage.ts";

/** Why the library of an opened package is not used: it was made from a file outside; undefined for every other crate. */
export function outsideSource(
  { name, workspaceRoot }: CrateInfo,
  depInfoFile: string,
  messages: readonly BuildMessage[],
): BuildFailure | undefined {
  if (!isOpenedPackage(workspaceRoot)) {
    return undefined;
  }
  // Crates that manifests name are judged when the package is opened.
  const folders = [workspaceRoot, ...messages.flatMap(foldersOf)];
  const watched = new Set(messages.flatMap(watchedBy(packageFolders(messages))));
  const outside = readSources(depInfoFile, workspaceRoot)?.find(
    (file) => !watched.has(file) && !folders.some((folder) => isBelow(folder, file)),
  );
  return outside === undefined ? undefined : outsideFailure(name, outside);
}

/** What is said of a file outside. */
export function outsideFailure(name: string, outside: string): BuildFailure {
  return {
    kind: "noLibrary",
    message: `${nameText(name)} is also built from ${nameText(outside)}, which lies outside of the package, so that no signature covers it. It is not loaded: have its author put everything into the package.`,
  };
}

/** By either path, where a link leads to the folder. */
export function isBelow(folder: string, file: string): boolean {
  return isInside(folder, file) || isInside(realPath(folder), realPath(file));
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function foldersOf(message: BuildMessage): readonly string[] {
  return message.reason === "build-script-executed"
    ? [message.out_dir]
    : message.reason === "compiler-artifact" && isPathPackage(message.package_id)
      ? [dirname(message.manifest_path)]
      : [];
}

function packageFolders(messages: readonly BuildMessage[]): ReadonlyMap<string, string> {
  return new Map(
    messages.flatMap((message) =>
      message.reason === "compiler-artifact"
        ? [[message.package_id, dirname(message.manifest_path)] as const]
        : [],
    ),
  );
}

/** What a build script asked cargo to watch, such as the headers of a C library: rustc reads none of it. */
function watchedBy(
  folders: ReadonlyMap<string, string>,
): (message: BuildMessage) => readonly string[] {
  return (message) => {
    const folder =
      message.reason === "build-script-executed" ? folders.get(message.package_id) : undefined;
    if (message.reason !== "build-script-executed" || folder === undefined) {
      return [];
    }
    const said = readRegularTextSync(join(dirname(message.out_dir), "output"), fileLimits.manifest);
    const lines = said.ok ? said.value.split(/\r?\n/u) : [];
    return lines.flatMap((line) => {
      const path = /^cargo::?rerun-if-changed=(?<path>.+)$/u.exec(line)?.groups?.["path"];
      return path === undefined ? [] : [resolve(folder, path)];
    });
  };
}
