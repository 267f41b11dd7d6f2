// Finds every dependency of a manifest in its text, in whichever of TOML's forms it is written. manifestSource.ts makes
// places for diagnostics of it, editManifest.ts edits.

import type { CrateDependency } from "../../model/crateGraph.ts";
import { dependencyKind } from "../manifest/manifestData.ts";
import type { TomlDocument, TomlEntry, TomlHeader } from "../manifest/tomlDocument.ts";

/** Which dependency: `workspace` is `[workspace.dependencies]`. */
export interface DependencyAddress {
  readonly key: string;
  readonly kind: CrateDependency["kind"] | "workspace";
  /** `[target.'…'.dependencies]` expression. */
  readonly target: string | null;
}

/**
 * `version`: `fidius = "0.5"`; `inlineTable`: `fidius = { … }`; `table`: `[dependencies.fidius]`; `dotted`:
 * `fidius.version = "0.5"`.
 */
export type DependencyForm = "version" | "inlineTable" | "table" | "dotted";

export interface DependencyEntry extends DependencyAddress {
  /** Path of the table it is in, as written: `["dependencies"]`, `["target", "cfg(unix)", "dependencies"]`. */
  readonly tablePath: readonly string[];
  readonly form: DependencyForm;
  /** The `fidius = …` line; absent for `table` and `dotted`. */
  readonly entry: TomlEntry | undefined;
  /** The header of the `table` form. */
  readonly header: TomlHeader | undefined;
  /** `version = …`, `features = …`, wherever they stand. */
  readonly fields: readonly TomlEntry[];
}

/** A dependency table's path split off from a longer path. */
export interface DependencyTable {
  readonly kind: DependencyAddress["kind"];
  readonly target: string | null;
  readonly length: number;
}

/** The dependency table that `path` begins with or is, if it does. */
export function dependencyTableOf(path: readonly string[]): DependencyTable | undefined {
  const [first = "", second = "", third = ""] = path;
  if (first === "workspace" && second === "dependencies") {
    return { kind: "workspace", target: null, length: 2 };
  }
  const kind = dependencyKind(first === "target" ? third : first);
  return kind === undefined
    ? undefined
    : first === "target"
      ? { kind, target: second, length: 3 }
      : { kind, target: null, length: 1 };
}

/** All dependencies of the document, in its order. */
export function findDependencies(document: TomlDocument): readonly DependencyEntry[] {
  const groups = new Map<string, MutableGroup>();
  const groupOf = (path: readonly string[]): MutableGroup | undefined => {
    const table = dependencyTableOf(path);
    const key = table === undefined ? undefined : path[table.length];
    if (table === undefined || key === undefined) {
      return undefined;
    }
    const id = JSON.stringify([table.kind, table.target, key]);
    const known = groups.get(id);
    if (known !== undefined) {
      return known;
    }
    const created: MutableGroup = {
      address: { key, kind: table.kind, target: table.target },
      tablePath: path.slice(0, table.length),
      entry: undefined,
      header: undefined,
      fields: [],
    };
    groups.set(id, created);
    return created;
  };
  for (const header of document.headers) {
    const group = groupOf(header.path);
    if (group !== undefined && header.path.length === group.tablePath.length + 1) {
      group.header = header;
    }
  }
  for (const entry of document.entries) {
    const group = groupOf(entry.path);
    const depth = group === undefined ? 0 : entry.path.length - group.tablePath.length;
    if (depth === 1 && group !== undefined) {
      group.entry = entry;
    } else if (depth === 2) {
      group?.fields.push(entry);
    }
  }
  return [...groups.values()].map(({ address, tablePath, entry, header, fields }) => ({
    ...address,
    tablePath,
    form: formOf(entry, header),
    entry,
    header,
    fields,
  }));
}

interface MutableGroup {
  readonly address: DependencyAddress;
  readonly tablePath: readonly string[];
  entry: TomlEntry | undefined;
  header: TomlHeader | undefined;
  readonly fields: TomlEntry[];
}

/** The dependency at an address, if the document has it. */
export function findDependency(
  document: TomlDocument,
  address: DependencyAddress,
): DependencyEntry | undefined {
  return findDependencies(document).find(
    (entry) =>
      entry.key === address.key && entry.kind === address.kind && entry.target === address.target,
  );
}

/** The field of a dependency, such as its `features`. */
export function fieldOf(dependency: DependencyEntry, name: string): TomlEntry | undefined {
  return dependency.fields.find((field) => field.path.at(-1) === name);
}

function formOf(entry: TomlEntry | undefined, header: TomlHeader | undefined): DependencyForm {
  if (entry !== undefined) {
    return entry.value.type === "TOMLInlineTable" ? "inlineTable" : "version";
  }
  return header === undefined ? "dotted" : "table";
}
