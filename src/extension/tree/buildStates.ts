// What is known of the plugins' libraries, beside their names in the Plugins view: built, older than its sources, failed. Pure.

import type { LibraryState } from "../../calls/pluginBuilder.ts";
import type { PluginNode, TreeNode } from "./treeNode.ts";

interface StateWords {
  readonly words: string;
  readonly sentence: string;
  /** Undefined: the plugin's own. */
  readonly icon?: string;
}

/** Nothing is said of a library that nobody has built or looked at yet. */
const told: Readonly<Partial<Record<LibraryState, StateWords>>> = {
  fresh: { words: "built", sentence: "Its library is as new as its sources." },
  stale: {
    words: "changed since its build",
    sentence: "Its sources changed since it was built. Invoke builds it first.",
    icon: "history",
  },
  missing: {
    words: "library is gone",
    sentence: "Its library is not there any more. Invoke builds it first.",
    icon: "history",
  },
  failed: {
    words: "build failed",
    sentence: "Its last build failed; the Problems view says why.",
    icon: "error",
  },
};

/** `states`: by the plugin's id. */
export function withBuildStates(
  nodes: readonly TreeNode[],
  states: ReadonlyMap<string, LibraryState>,
): readonly TreeNode[] {
  return nodes.map((node) =>
    node.kind === "crate"
      ? {
          ...node,
          children: node.children.map((child) =>
            child.kind === "plugin" ? withState(child, states.get(child.pluginId)) : child,
          ),
        }
      : node,
  );
}

function withState(node: PluginNode, state: LibraryState | undefined): PluginNode {
  const known = told[state ?? "unknown"];
  if (known === undefined || !node.isCallable || node.isOpened) {
    return node;
  }
  const { words, sentence, icon } = known;
  return {
    ...node,
    description: [node.description, words].filter(Boolean).join(" · "),
    tooltip: `${node.tooltip}\n\n${sentence}`,
    accessibilityLabel: `${node.accessibilityLabel}, ${words}`,
    // What is to be mended first keeps its sign: an incomplete async set-up, an interface that changed.
    icon: icon !== undefined && node.icon === "plug" ? icon : node.icon,
  };
}
