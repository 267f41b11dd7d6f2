// Names that differ only in capital letters: Fidius' constants are in capitals, so that two such methods get one.

import type { FunctionItem } from "../../../rust/syntax/items/items.ts";
import type { Report } from "../../sourceRule.ts";

/** Reports each method that has the name of an earlier one in capitals; two of one name are rustc's own business. */
export function reportSameInCapitals(methods: readonly FunctionItem[], report: Report): void {
  const seen = new Map<string, string>();
  for (const { name, nameSpan } of methods) {
    const capitals = name.toUpperCase();
    const first = seen.get(capitals);
    if (first !== undefined && first !== name) {
      report(
        nameSpan,
        `\`${first}\` and \`${name}\` are one name in capitals, which Fidius uses for its constants. Rename one.`,
      );
    }
    seen.set(capitals, first ?? name);
  }
}
