// "Go to Source" and "Go to Trait" of the Plugins view: they take the tree's own nodes.

import { commandIds } from "../commandIds.ts";
import { goToSpan } from "../goTo.ts";
import type { SourceSpan } from "../../model/text/span.ts";
import type { TreeNode } from "../tree/treeNode.ts";
import type { Command } from "./command.ts";

export const goToSourceCommand: Command = {
  id: commandIds.goToSource,
  title: "Go to Source",
  needsTrust: false,
  run: async (_services, argument) => {
    const span = spanOf(argument, "span");
    if (span !== undefined) {
      await goToSpan(span);
    }
  },
};

export const goToTraitCommand: Command = {
  id: commandIds.goToTrait,
  title: "Go to Trait",
  needsTrust: false,
  run: async (_services, argument) => {
    const span = spanOf(argument, "traitSpan");
    if (span !== undefined) {
      await goToSpan(span);
    }
  },
};

function spanOf(argument: unknown, member: "span" | "traitSpan"): SourceSpan | undefined {
  const node = argument as Partial<Record<"span" | "traitSpan", SourceSpan>> | TreeNode | undefined;
  return node !== undefined && member in node
    ? (node as Partial<Record<"span" | "traitSpan", SourceSpan>>)[member]
    : undefined;
}
