// Which method each slot of a loaded library's vtables runs, by the names that its symbol table has for the functions: the
// macros call them `__fidius_shim_<Plugin>_<method>` in every release (reference 2.3).

import { dirname, join } from "node:path";
import { readAddresses } from "./native/memory.ts";
import type { NativeMemory } from "./native/memory.ts";
import { withImageFile } from "./image/imageFile.ts";
import type { RegisteredPlugin } from "./registry.ts";
import { readSymbolTable } from "./image/symbolTable.ts";
import type { SymbolTable } from "./image/symbolTable.ts";

/** A library that is loaded, where its file is and where its entry point came to be. */
export interface LoadedFile {
  readonly path: string;
  readonly registryFunction: bigint;
}

/** The plugins with the names of their methods, where the library has symbols that tell all of them. */
export function withMethodNames(
  plugins: readonly RegisteredPlugin[],
  file: LoadedFile,
  memory: NativeMemory,
): readonly RegisteredPlugin[] {
  return (
    withImageFile(file.path, (source) => {
      const symbols = readSymbolTable(source, process.arch, (name, use) =>
        withImageFile(join(dirname(file.path), name), use),
      );
      const own = symbols?.addressOf("fidius_get_registry");
      if (symbols === undefined || own === undefined) {
        return undefined;
      }
      const base = file.registryFunction - BigInt(own);
      const slots = plugins.map((plugin) => slotsOf(plugin, symbols, base, memory));
      const names = symbols.namesAt(new Set(slots.flat()));
      return plugins.map((plugin, index) => named(plugin, slots[index] ?? [], names));
    }) ?? plugins
  );
}

/** The functions in a vtable as addresses of the file; none when the vtable is not in the library or of unknown length. */
function slotsOf(
  { descriptor: { vtable, methodCount } }: RegisteredPlugin,
  symbols: SymbolTable,
  base: bigint,
  memory: NativeMemory,
): readonly number[] {
  const bytes = (methodCount ?? 0) * 8;
  return symbols.hasBytes(Number(vtable - base), bytes)
    ? readAddresses(memory.copy(vtable, bytes)).map((address) => Number(address - base))
    : [];
}

function named(
  plugin: RegisteredPlugin,
  slots: readonly number[],
  names: ReadonlyMap<number, readonly string[]>,
): RegisteredPlugin {
  const { report } = plugin;
  // The functions of a plugin on a raw name go without its `r#`.
  const name = report.name.replace(/^r#/u, "");
  const methodNames = slots.flatMap((slot) => methodName(name, names.get(slot)) ?? []);
  // A linker that folds equal functions leaves one name for several slots.
  const isClear = new Set(methodNames).size === report.methodCount;
  return isClear && slots.length > 0 ? { ...plugin, report: { ...report, methodNames } } : plugin;
}

/** The only method that symbols of one address speak of, in rustc's older and newer spelling of symbols. */
function methodName(plugin: string, symbols: readonly string[] = []): string | undefined {
  const methods = symbols.flatMap((symbol) => {
    const shim = /__fidius_shim_(.+?)(?:17h[0-9a-f]{16}E)?(?:\.llvm\.\d+)?$/u.exec(symbol)?.[1];
    const readable = shim?.replaceAll(/\$u([0-9a-f]+)\$/gu, (_, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    );
    return readable?.startsWith(`${plugin}_`) === true ? [readable.slice(plugin.length + 1)] : [];
  });
  return new Set(methods).size === 1 ? methods[0] : undefined;
}
