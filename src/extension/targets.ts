// What a command was called with: a lens and the tree hand over targets, other extensions may hand over anything.

import type { CompareTarget, MethodTarget, NewCrateTarget, PluginTarget } from "../protocol/lsp.ts";

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

/** The interface and the revision that a lens means. */
export function asCompareTarget(argument: unknown): CompareTarget | undefined {
  const { interfaceId, base, revision } = membersOf(argument);
  return typeof interfaceId === "string"
    ? {
        interfaceId,
        ...(base === "lastTag" || base === "mergeBase" ? { base } : {}),
        ...(typeof revision === "string" ? { revision } : {}),
      }
    : undefined;
}

/** The library or package meant: a node of the view, or a file of the Explorer. A package.toml means its folder. */
export function asLibraryPath(argument: unknown): string | undefined {
  const { libraryPath, scheme, fsPath } = membersOf(argument);
  const path = scheme === "file" ? fsPath : libraryPath;
  return typeof path === "string" ? path.replace(/[\\/]package\.toml$/u, "") : undefined;
}

/** The folder of the Explorer that is meant. */
export function asFolderPath(argument: unknown): string | undefined {
  const { scheme, fsPath } = membersOf(argument);
  return scheme === "file" && typeof fsPath === "string" ? fsPath : undefined;
}

/** The crate that other extensions or keybindings ask for, without a question; the folder is an absolute path. */
export function asNewCrateTarget(argument: unknown): Omit<NewCrateTarget, "kind"> | undefined {
  const { folder, name, methods, isConfigured, interfaceName } = membersOf(argument);
  return typeof folder === "string"
    ? {
        folder,
        ...(typeof name === "string" ? { name } : {}),
        ...(methods === "sync" || methods === "async" || methods === "streaming"
          ? { methods }
          : {}),
        ...(isConfigured === true ? { isConfigured } : {}),
        ...(typeof interfaceName === "string" ? { interfaceName } : {}),
      }
    : undefined;
}

/** The id of the remembered call that a command's argument means. */
export function asCallId(argument: unknown): string | undefined {
  const { id } = membersOf(argument);
  return typeof id === "string" ? id : undefined;
}

function membersOf(argument: unknown): Readonly<Partial<Record<string, unknown>>> {
  // No copy: the members of a Uri are getters of its class.
  return typeof argument === "object" && argument !== null
    ? (argument as Record<string, unknown>)
    : {};
}
