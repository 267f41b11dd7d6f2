// Rules (b), (c), (d): the crate that the generated code names is built without its `async` feature.

import { findingsOf, placeFinding } from "./findings.ts";
import type { ProjectRule } from "../diagnostic.ts";

export const missingAsyncFeature: ProjectRule = (snapshot) =>
  findingsOf(snapshot, "missingAsyncFeature").flatMap((finding) =>
    placeFinding(snapshot, finding, { severity: "error" }),
  );
