// What the analyzer found wrong or unknowable in Rust sources, passed through.

import type { DiagnosticRule } from "./rule.ts";

export const rustProblems: DiagnosticRule = ({ rust }) =>
  rust.problems.map(({ code, severity, message, span }) => ({
    code,
    severity,
    message,
    span,
    related: [],
    fixes: [],
    plugin: null,
  }));
