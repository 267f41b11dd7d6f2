// Opens a library and finds its entry point. Opened libraries are kept for the life of the process: koffi unloads one when
// its object is collected, and unloading a Fidius plugin is never safe (runtime threads, thread-local destructors; R14).

import koffi from "koffi";
import type { LibraryHandle } from "koffi";
import type { LoadFailure } from "../../model/outcome.ts";
import type { Result } from "../../model/result.ts";
import { err, ok } from "../../model/result.ts";

/** koffi runs native code on stacks of its own; 16 MiB is the most it allows (R14). */
const stackBytes = { sync: 16 * 1024 * 1024, async: 8 * 1024 * 1024 };

/** A function that gives a registry's address, or 0 when it is NULL. */
type RegistryFunction = () => bigint;

/** A library's entry points (reference 3.1). */
export interface EntryPoints {
  readonly getRegistry: RegistryFunction;
  /** Where that function came to be. */
  readonly registryAddress: bigint;
  /** Null before fidius-core 0.5.7. */
  readonly getHostImports: RegistryFunction | null;
}

/** Opens libraries and holds them. */
export interface LibraryOpener {
  open(path: string, displayName: string): Result<EntryPoints, LoadFailure>;
}

/** To be called before anything else uses koffi: stack sizes cannot change after the first library. */
export function createLibraryOpener(): LibraryOpener {
  koffi.config({ sync_stack_size: stackBytes.sync, async_stack_size: stackBytes.async });
  const libraries: LibraryHandle[] = [];
  return {
    open: (path, displayName) => {
      let library: LibraryHandle;
      try {
        library = koffi.load(path);
      } catch (error) {
        return err({ kind: "cannotLoad", message: describeLoadError(error, path, displayName) });
      }
      libraries.push(library);
      const getRegistry = findFunction(library, "fidius_get_registry");
      const getHostImports = findFunction(library, "fidius_get_host_imports");
      if (getRegistry === null) {
        return err({
          kind: "noSymbol",
          message: `${displayName} is no Fidius plugin library: it does not export fidius_get_registry. Add \`fidius::fidius_plugin_registry!();\` at the end of the plugin crate's lib.rs.`,
        });
      }
      const registryAddress = library.symbol("fidius_get_registry") as bigint;
      return ok({ getRegistry, registryAddress, getHostImports });
    },
  };
}

function findFunction(library: LibraryHandle, name: string): RegistryFunction | null {
  try {
    const find = library.func(name, "void *", []) as () => bigint | null;
    return () => find() ?? 0n;
  } catch {
    return null;
  }
}

function describeLoadError(error: unknown, path: string, displayName: string): string {
  const text = error instanceof Error ? error.message : String(error);
  const reason = text.replace(/^Failed to load shared library: /, "").replaceAll(path, displayName);
  return `${displayName} could not be loaded: ${reason}. Install what is missing, or build the plugin again.`;
}
