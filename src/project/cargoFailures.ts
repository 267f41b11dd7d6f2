// A cargo that fails, as a notice on the file that can mend it: rust-toolchain.toml where the toolchain is missing, else the
// workspace's manifest.

import path from "node:path";
import type { ManifestNotice } from "../cargo/manifest/manifestStore.ts";

/** What cargo said when it was asked about a workspace. */
export interface CargoFailure {
  /** The workspace's Cargo.toml. */
  readonly manifestPath: string;
  readonly message: string;
}

/** One notice for each failure, but for workspaces about whose manifests something is said already: cargo says the same. */
export function cargoNotices(
  failures: readonly CargoFailure[],
  known: readonly ManifestNotice[],
  exists: (file: string) => boolean,
): readonly ManifestNotice[] {
  return failures.flatMap(({ manifestPath, message }) => {
    const folder = path.dirname(manifestPath);
    if (known.some(({ file }) => file === manifestPath || file.startsWith(folder + path.sep))) {
      return [];
    }
    const isToolchain = /\btoolchain\b/u.test(message) && !/^error: failed to/mu.test(message);
    const file = (isToolchain ? toolchainFile(folder, exists) : undefined) ?? manifestPath;
    const next = isToolchain
      ? "Install that toolchain with rustup, or name another one."
      : "Mend what it says; until then crates of registries and git stay unknown here.";
    return [{ file, message: `cargo fails in this workspace: ${inOneLine(message)} ${next}` }];
  });
}

/** The nearest file that names a toolchain for a folder. */
function toolchainFile(folder: string, exists: (file: string) => boolean): string | undefined {
  for (let current = folder; ; current = path.dirname(current)) {
    const found = ["rust-toolchain.toml", "rust-toolchain"]
      .map((name) => path.join(current, name))
      .find(exists);
    if (found !== undefined || path.dirname(current) === current) {
      return found;
    }
  }
}

const longest = 400;

/** Cargo's words without its layout, and no more than fits a line or two. */
function inOneLine(message: string): string {
  const text = message
    .replaceAll(/^(?:error|info|help): ?/gmu, "")
    .replaceAll(/\s+/gu, " ")
    .trim();
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return /[.!?…]$/u.test(short) ? short : `${short}.`;
}
