// What the analyzer found wrong or unknowable in Rust sources, passed through: all that has no rule of its own.

import { methodOrderCode } from "./methodOrder.ts";
import type { DiagnosticRule } from "./rule.ts";

export const rustProblems: DiagnosticRule = ({ rust }) =>
  rust.problems
    .filter(({ code }) => code !== methodOrderCode)
    .map(({ code, severity, message, span }) => ({
      code,
      severity,
      message,
      span,
      related: [],
      fixes: [],
      plugin: null,
    }));
