// Manifests that do not parse, or that cargo would refuse. What concerns a whole folder has no file to stand in.

import path from "node:path";
import type { ProjectRule } from "../diagnostic.ts";

/** Files that cargo reads; what concerns a whole folder has no place in one. */
const files: ReadonlySet<string> = new Set(["Cargo.toml", "rust-toolchain", "rust-toolchain.toml"]);

const start = { line: 0, character: 0 };

export const manifests: ProjectRule = ({ notices }) =>
  notices
    .filter(({ file }) => files.has(path.basename(file)))
    .map(({ file, message, position }) => ({
      code: "manifest",
      severity: "error",
      message,
      span: { file, start: position ?? start, end: position ?? start },
      related: [],
      fixes: [],
      plugin: null,
    }));
