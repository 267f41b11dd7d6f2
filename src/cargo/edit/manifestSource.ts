// Where things stand in a manifest's text: the places that diagnostics on Cargo.toml point at.

import type { Range } from "../../model/text/span.ts";
import { ok, type Result } from "../../model/result.ts";
import {
  type DependencyAddress,
  type DependencyEntry,
  type DependencyForm,
  dependencyTableOf,
  fieldOf,
  findDependencies,
} from "./dependencyEntries.ts";
import {
  parseTomlDocument,
  type TextRange,
  toRange,
  type TomlDocument,
  type TomlProblem,
} from "../manifest/tomlDocument.ts";

export interface DependencySource extends DependencyAddress {
  readonly form: DependencyForm;
  /** `workspace = true`: version and more are in the workspace's manifest, at kind `workspace` under the same key. */
  readonly isInherited: boolean;
  readonly keyRange: Range;
  /** The line, or the table with its header, or the dotted lines from first to last. */
  readonly entryRange: Range;
  /** The features array with its brackets; null when there is none. */
  readonly featuresRange: Range | null;
}

export interface ManifestSource {
  /** The name's string in `[package]`. */
  readonly packageName: Range | null;
  readonly packageHeader: Range | null;
  readonly dependencies: readonly DependencySource[];
  /** Headers such as `[dependencies]`, without those of single dependencies. */
  readonly dependencyHeaders: readonly (Omit<DependencyAddress, "key"> & {
    readonly range: Range;
  })[];
  /** The dependency at an address. */
  dependency(address: DependencyAddress): DependencySource | undefined;
}

/** Reads the places in a manifest. */
export function readManifestSource(text: string): Result<ManifestSource, TomlProblem> {
  const parsed = parseTomlDocument(text);
  return parsed.ok ? ok(locate(parsed.value)) : parsed;
}

function locate(document: TomlDocument): ManifestSource {
  const dependencies = findDependencies(document).map((entry) => toSource(document, entry));
  const name = document.entries.find(
    ({ path }) => path.length === 2 && isPackage(path[0]) && path[1] === "name",
  );
  const header = document.headers.find(({ path }) => path.length === 1 && isPackage(path[0]));
  return {
    packageName: name === undefined ? null : document.rangeOf(toRange(name.value)),
    packageHeader: header === undefined ? null : document.rangeOf(header.range),
    dependencies,
    dependencyHeaders: document.headers.flatMap(({ path, range }) => {
      const table = dependencyTableOf(path);
      return table?.length === path.length
        ? [{ kind: table.kind, target: table.target, range: document.rangeOf(range) }]
        : [];
    }),
    dependency: (address) =>
      dependencies.find(
        ({ key, kind, target }) =>
          key === address.key && kind === address.kind && target === address.target,
      ),
  };
}

function isPackage(table: string | undefined): boolean {
  return table === "package" || table === "project";
}

function toSource(document: TomlDocument, dependency: DependencyEntry): DependencySource {
  const { key, kind, target, form } = dependency;
  const features = fieldOf(dependency, "features");
  const workspace = fieldOf(dependency, "workspace")?.value;
  return {
    key,
    kind,
    target,
    form,
    isInherited: workspace?.type === "TOMLValue" && workspace.value === true,
    keyRange: document.rangeOf(keyRange(dependency)),
    entryRange: document.rangeOf(entryRange(dependency)),
    featuresRange: features === undefined ? null : document.rangeOf(toRange(features.value)),
  };
}

function keyRange({ entry, header, fields }: DependencyEntry): TextRange {
  // The key is the last part of `fidius = …` and of `[dependencies.fidius]`, the last but one of `fidius.version = …`.
  return (
    entry?.keyParts.at(-1) ??
    header?.keyParts.at(-1) ??
    fields[0]?.keyParts.at(-2) ?? { start: 0, end: 0 }
  );
}

function entryRange({ entry, header, fields }: DependencyEntry): TextRange {
  if (entry !== undefined) {
    return entry.range;
  }
  if (header !== undefined) {
    return { start: header.range.start, end: header.bodyEnd };
  }
  return { start: fields[0]?.range.start ?? 0, end: fields.at(-1)?.range.end ?? 0 };
}
