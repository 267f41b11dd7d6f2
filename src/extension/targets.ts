// What a command was called with: a lens and the tree hand over targets, other extensions may hand over anything.

import type { MethodTarget, PluginTarget } from "../protocol/lsp.ts";

/** The method meant by a command's argument; undefined when it means none. */
export function asMethodTarget(argument: unknown): MethodTarget | undefined {
  const { pluginId, method } = membersOf(argument);
  return typeof pluginId === "string" && typeof method === "string"
    ? { pluginId, method }
    : undefined;
}

/** The plugin meant by a command's argument. */
export function asPluginTarget(argument: unknown): PluginTarget | undefined {
  const { pluginId } = membersOf(argument);
  return typeof pluginId === "string" ? { pluginId } : undefined;
}

function membersOf(argument: unknown): { readonly pluginId?: unknown; readonly method?: unknown } {
  return typeof argument === "object" && argument !== null ? argument : {};
}
