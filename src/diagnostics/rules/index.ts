// The list of rules on Fidius code. A new rule is a file beside this one and a line here.

import type { SourceRule } from "../sourceRule.ts";

export const sourceRules: readonly SourceRule[] = [];
