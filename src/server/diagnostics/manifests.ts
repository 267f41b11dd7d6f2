// Manifests that do not parse, or that cargo would refuse. What concerns a whole folder has no file to stand in.

import path from "node:path";
import type { DiagnosticRule } from "./rule.ts";

const start = { line: 0, character: 0 };

export const manifests: DiagnosticRule = ({ notices }) =>
  notices
    .filter(({ file }) => path.basename(file) === "Cargo.toml")
    .map(({ file, message, position }) => ({
      code: "manifest",
      severity: "error",
      message,
      span: { file, start: position ?? start, end: position ?? start },
      related: [],
      fixes: [],
      plugin: null,
    }));
