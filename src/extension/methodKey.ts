// The text under which a method's drafts, outcomes and its place in the recent list are kept.

import type { MethodTarget } from "../protocol/lsp.ts";

/** Unique in a workspace: plugin ids are, and no Rust path holds a `#`. */
export function methodKey(target: MethodTarget): string {
  return `${target.pluginId}#${target.method}`;
}

/** The target that a key was made of; undefined for any other text. */
export function methodOfKey(key: string): MethodTarget | undefined {
  const at = key.lastIndexOf("#");
  return at <= 0 || at === key.length - 1
    ? undefined
    : { pluginId: key.slice(0, at), method: key.slice(at + 1) };
}

/** The text under which the unfinished configuration of a new instance is kept; no method has this name. */
export function configurationKey(pluginId: string): string {
  return `${pluginId}#(configuration)`;
}
