// Adds a dependency to a Cargo.toml text in the manner in which the text writes its dependencies already. Every other byte
// stays as it is.

import { err, type Result } from "../../model/result.ts";
import {
  type DependencyAddress,
  dependencyTableOf,
  findDependencies,
  findDependency,
} from "./dependencyEntries.ts";
import {
  addLine,
  addToInlineTable,
  finish,
  type ManifestEdit,
  type ManifestEditFailure,
  quote,
  syntaxFailure,
} from "./editManifest.ts";
import { indentAt, lineEndOf, type TextEdit, textEdit } from "./textEdits.ts";
import {
  parseTomlDocument,
  type TomlDocument,
  type TomlEntry,
  type TomlHeader,
} from "../manifest/tomlDocument.ts";

export interface NewDependency extends DependencyAddress {
  readonly version?: string;
  /** Relative to the manifest's folder, with `/`. */
  readonly path?: string;
  readonly git?: string;
  readonly branch?: string;
  readonly tag?: string;
  readonly rev?: string;
  readonly registry?: string;
  /** `workspace = true`: everything else is in the workspace's manifest. */
  readonly workspace?: true;
  /** The package's real name, when `key` renames it. */
  readonly package?: string;
  readonly hasDefaultFeatures?: false;
  readonly features?: readonly string[];
}

/** Adds the dependency to its table; the table is made when there is none. */
export function addDependency(
  text: string,
  dependency: NewDependency,
): Result<ManifestEdit, ManifestEditFailure> {
  const parsed = parseTomlDocument(text);
  if (!parsed.ok) {
    return err(syntaxFailure(parsed.error));
  }
  const document = parsed.value;
  if (findDependency(document, dependency) !== undefined) {
    return err({
      kind: "alreadyThere",
      message: `This Cargo.toml has a dependency ${dependency.key} already. Change that one.`,
    });
  }
  return finish(document, [placeDependency(document, dependency)]);
}

function placeDependency(document: TomlDocument, dependency: NewDependency): TextEdit {
  const header = document.headers.find(({ path }) => isTable(path, dependency));
  const line = `${keyText(dependency.key)} = ${inlineValue(dependency)}`;
  if (header !== undefined) {
    return placeBelowHeader(document, header, dependency.key, line);
  }
  const inline = document.entries.find(({ path }) => isTable(path, dependency));
  if (inline?.value.type === "TOMLInlineTable") {
    return addToInlineTable(document, inline.value, line);
  }
  const siblings = findDependencies(document).filter(
    ({ kind, target }) => kind === dependency.kind && target === dependency.target,
  );
  const last = siblings.at(-1);
  if (last?.header !== undefined) {
    return placeTable(document, last.header, dependency);
  }
  const dotted = last?.fields.at(-1) ?? last?.entry;
  const prefix = dotted === undefined ? undefined : tablePrefix(document, dotted);
  if (dotted !== undefined && prefix !== undefined) {
    const indent = indentAt(document.text, dotted.range.start);
    return addLine(document, dotted.range.end, indent, `${prefix}.${line}`);
  }
  return appendTable(document, dependency, line);
}

/** In alphabetical place if the table is in that order, as `cargo add` does; else at its end. */
function placeBelowHeader(
  document: TomlDocument,
  header: TomlHeader,
  key: string,
  line: string,
): TextEdit {
  const entries = document.entries.filter(
    ({ range, container }) =>
      container === "table" && range.start >= header.range.end && range.end <= header.bodyEnd,
  );
  const keys = entries.map(({ path }) => path[header.path.length] ?? "");
  const isSorted = keys.every((other, index) => index === 0 || (keys[index - 1] ?? "") <= other);
  const before = isSorted
    ? entries.findLast((_, index) => (keys[index] ?? "") < key)
    : entries.at(-1);
  const neighbour = before ?? entries[0];
  const indent = neighbour === undefined ? "" : indentAt(document.text, neighbour.range.start);
  return addLine(document, before?.range.end ?? header.range.end, indent, line);
}

/** `[dependencies.fidius]` behind the last table of its kind. */
function placeTable(
  document: TomlDocument,
  header: TomlHeader,
  dependency: NewDependency,
): TextEdit {
  const { text } = document;
  const lineEnd = lineEndOf(text);
  const first = header.keyParts[0]?.start ?? header.range.start;
  const table = text.slice(first, header.keyParts.at(-2)?.end ?? first);
  const lines = [
    "",
    `[${table}.${keyText(dependency.key)}]`,
    ...fields(dependency).map(([name, value]) => `${name} = ${value}`),
  ];
  return addLine(document, header.bodyEnd, "", lines.join(lineEnd));
}

/** The `dependencies` of a `dependencies.serde = "1"` at the root; undefined when a header names the table. */
function tablePrefix(document: TomlDocument, entry: TomlEntry): string | undefined {
  const table = dependencyTableOf(entry.path);
  const inherited = entry.path.length - entry.keyParts.length;
  const first = entry.keyParts[0];
  const last = table === undefined ? undefined : entry.keyParts[table.length - inherited - 1];
  return first === undefined || last === undefined || entry.container === "inline"
    ? undefined
    : document.text.slice(first.start, last.end);
}

function appendTable(document: TomlDocument, dependency: NewDependency, line: string): TextEdit {
  const { text } = document;
  const lineEnd = lineEndOf(text);
  const gap = text === "" ? "" : text.endsWith("\n") ? lineEnd : lineEnd + lineEnd;
  const header = tablePath(dependency).map(keyText).join(".");
  return textEdit(document, text.length, `${gap}[${header}]${lineEnd}${line}${lineEnd}`);
}

function tablePath({ kind, target }: DependencyAddress): readonly string[] {
  if (kind === "workspace") {
    return ["workspace", "dependencies"];
  }
  const table = kind === "normal" ? "dependencies" : `${kind}-dependencies`;
  return target === null ? [table] : ["target", target, table];
}

function isTable(path: readonly string[], address: DependencyAddress): boolean {
  const table = dependencyTableOf(path);
  return (
    table?.length === path.length && table.kind === address.kind && table.target === address.target
  );
}

function inlineValue(dependency: NewDependency): string {
  const all = fields(dependency);
  const [first] = all;
  if (all.length === 1 && first?.[0] === "version") {
    return first[1];
  }
  return `{ ${all.map(([name, value]) => `${name} = ${value}`).join(", ")} }`;
}

/** Name and TOML text of each field, in cargo's usual order. */
function fields(dependency: NewDependency): readonly (readonly [string, string])[] {
  const { features = [] } = dependency;
  const texts = ["version", "path", "git", "branch", "tag", "rev", "registry", "package"] as const;
  return [
    ...(dependency.workspace === true ? [["workspace", "true"] as const] : []),
    ...texts.flatMap((name) => {
      const value = dependency[name];
      return value === undefined ? [] : [[name, quote(value)] as const];
    }),
    ...(dependency.hasDefaultFeatures === false ? [["default-features", "false"] as const] : []),
    ...(features.length > 0 ? [["features", `[${features.map(quote).join(", ")}]`] as const] : []),
  ];
}

function keyText(key: string): string {
  return /^[\w-]+$/u.test(key) ? key : key.includes("'") ? quote(key) : `'${key}'`;
}
