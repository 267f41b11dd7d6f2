// What the analyzer found wrong or unknowable in Rust sources, passed through: all that has no rule of its own.

import { methodOrderCode } from "./methodOrder.ts";
import type { ProjectRule } from "../diagnostic.ts";

export const rustProblems: ProjectRule = ({ rust }) =>
  rust.problems
    .filter(({ code }) => code !== methodOrderCode)
    .map((problem) => ({ related: [], fixes: [], plugin: null, ...problem }));
