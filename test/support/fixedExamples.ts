// The bad examples of rules after their quick fixes.

import assert from "node:assert/strict";
import { checkCrate } from "../../src/diagnostics/checkCrate.ts";
import type { SourceRule } from "../../src/diagnostics/sourceRule.ts";
import type { TextFix } from "../../src/model/text/textFix.ts";
import type { RustProblem } from "../../src/rust/fidius/facts.ts";
import { offsetAt } from "../../src/server/minimalEdit.ts";
import { analyze } from "../unit/rust/inMemoryProject.ts";

/** What the rules say of a library with this text. */
export function problemsInExample(
  text: string,
  {
    isLinkedOnly,
    fidius,
    fidiusName = "fidius",
  }: Pick<SourceRule["page"], "isLinkedOnly" | "fidius" | "fidiusName">,
): readonly RustProblem[] {
  return analyze(
    {
      plug: {
        files: { "src/lib.rs": text },
        dependencies: [
          { key: fidiusName, packageName: "fidius", requirement: fidius ?? "0.5.9" },
          ...(fidius === undefined ? ["fidius-macro"] : []),
          "tokio",
          "futures",
          "serde",
        ],
        ...(isLinkedOnly === true ? { crateTypes: ["lib"] } : {}),
      },
    },
    undefined,
    checkCrate,
  ).problems;
}

/** Diagnostics of one rule in an example: on the trait, on the impl block, seldom more. */
const mostFixes = 4;

/** The bad example after the first fix of each of the rule's diagnostics; undefined for a rule without one. */
export function fixedExample({ id, page }: SourceRule): string | undefined {
  let text = page.bad;
  for (let step = 0; step < mostFixes; step++) {
    const problems = problemsInExample(text, page).filter(({ code }) => code === id);
    const fix = problems.flatMap(({ fixes = [] }) => fixes.slice(0, 1))[0];
    if (fix === undefined) {
      break;
    }
    if (fix.kind !== "changeText") {
      return undefined; // a manifest's
    }
    text = withFix(text, fix);
  }
  return text === page.bad ? undefined : text;
}

/** A library after the first fix of its first error that has one; undefined where none has. */
export function afterFix(text: string): string | undefined {
  const [fix] = problemsInExample(text, {}).flatMap(({ severity, fixes = [] }) =>
    severity === "error" ? fixes.slice(0, 1) : [],
  );
  return fix?.kind === "changeText" ? withFix(text, fix) : undefined;
}

function withFix(text: string, { changes }: TextFix): string {
  const edits = changes
    .map(({ span, newText }) => ({
      start: offsetAt(text, span.start),
      end: offsetAt(text, span.end),
      newText,
    }))
    .toSorted((left, right) => right.start - left.start);
  edits.forEach(({ end }, index) => {
    assert.ok(end <= (edits[index - 1]?.start ?? text.length), "changes do not overlap");
  });
  return edits.reduce(
    (result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end),
    text,
  );
}
