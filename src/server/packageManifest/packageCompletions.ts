// Completions in a package.toml: tables and keys that are not there yet, and values, first those that the crate gives.

import { fieldValue, interfacesOf } from "../../diagnostics/source/packageFields.ts";
import {
  capabilityForms,
  capabilityWords,
  packageKey,
  packageRuntimes,
  packageTable,
  packageTables,
  type PackageKey,
} from "../../model/package/packageKeys.ts";
import type { ProjectSnapshot } from "../../project/project.ts";
import {
  snippetText,
  type Completion,
  type CompletionAnswer,
} from "../completion/completionText.ts";
import type { SourcePlace } from "../syntax/fidiusPlaces.ts";
import { packageCursor, type PackageCursor } from "./packagePlace.ts";
import { surroundingsOf } from "./packageSurroundings.ts";

export function packageCompletionsAt(
  { file, position }: SourcePlace,
  snapshot: ProjectSnapshot,
): CompletionAnswer | undefined {
  const text = snapshot.files.read(file);
  if (text === undefined) {
    return undefined;
  }
  const cursor = packageCursor(text, position);
  const { at } = cursor;
  switch (at.kind) {
    case "header":
      return answer(headers(cursor, cursor.rest.startsWith("]") ? "" : "]"), at.written);
    case "key":
      return /^[\w-]*$/u.test(at.written)
        ? answer([...keys(cursor, at.table, file, snapshot), ...wholeTables(cursor)], at.written)
        : undefined;
    case "value":
      return values(at, file, snapshot);
  }
}

function answer(completions: readonly Completion[], written: string): CompletionAnswer | undefined {
  return completions.length === 0 ? undefined : { completions, replaced: written.length };
}

function headers({ tables }: PackageCursor, end: string): readonly Completion[] {
  return packageTables
    .filter(({ name }) => !tables.has(name))
    .map(({ name, means }) => ({
      label: name,
      snippet: `${name}${end}`,
      detail: means,
      kind: "property",
    }));
}

/** Tables with their brackets, where a line begins. */
function wholeTables(cursor: PackageCursor): readonly Completion[] {
  return headers(cursor, "").map((table) => ({
    ...table,
    label: `[${table.label}]`,
    snippet: `[${table.label}]`,
  }));
}

function keys(
  { keys: written, tables }: PackageCursor,
  table: string | undefined,
  file: string,
  snapshot: ProjectSnapshot,
): readonly Completion[] {
  const surroundings = surroundingsOf(file, snapshot);
  const all = Object.entries(packageTable(table ?? "")?.keys ?? {});
  return table === undefined || !tables.has(table)
    ? []
    : all
        .filter(([name]) => !written.has(name))
        .sort(([, left], [, right]) => Number(right.isRequired) - Number(left.isRequired))
        .map(([name, key]) => {
          const value = fieldValue(surroundings, name);
          return {
            label: name,
            snippet: `${name} = ${value === undefined ? placeholder(name, key) : snippetText(value)}`,
            detail: key.means,
            kind: "property",
          };
        });
}

function placeholder(name: string, { type }: PackageKey): string {
  if (name === "runtime") {
    return `"\${1|${packageRuntimes.join(",")}|}"`;
  }
  return { string: '"$1"', u32: "${1:1}", strings: "[$1]" }[type];
}

function values(
  at: Extract<PackageCursor["at"], { kind: "value" }>,
  file: string,
  snapshot: ProjectSnapshot,
): CompletionAnswer | undefined {
  const { table, key, written, isInList } = at;
  const known = packageKey(table, key);
  if (known === undefined || isInList !== (known.type === "strings")) {
    return undefined;
  }
  const quote = known.type === "u32" ? "" : '"';
  // Within quotes the editor has put both of them already, or the closing one is still to come.
  const isQuoted = written.startsWith('"');
  const offered = valuesOf(key, file, snapshot);
  const completions = offered.map(({ text, detail }): Completion => {
    const inner = snippetText(text);
    return {
      label: text,
      snippet: isQuoted ? inner : `${quote}${inner}${quote}`,
      detail,
      kind: "value",
    };
  });
  return answer(completions, isQuoted ? written.slice(1) : written);
}

interface OfferedValue {
  readonly text: string;
  readonly detail: string;
}

function valuesOf(key: string, file: string, snapshot: ProjectSnapshot): readonly OfferedValue[] {
  const surroundings = surroundingsOf(file, snapshot);
  switch (key) {
    case "runtime":
      return packageRuntimes.map((text) => ({ text, detail: runtimeNotes[text] }));
    case "extension":
      return [{ text: "fid", detail: "what archives have when nothing is written" }];
    case "requirements":
      return [{ text: "requirements.txt", detail: "what is taken when nothing is written" }];
    case "capabilities":
      return [...capabilityWords, ...capabilityForms].map((text) => ({
        text,
        detail: "a capability of a WASM component",
      }));
    case "interface":
    case "interface_version":
      return interfaceValues(key, surroundings);
    default: {
      const value = fieldValue(surroundings, key);
      return value === undefined
        ? []
        : [{ text: JSON.parse(value) as string, detail: "as the crate beside it" }];
    }
  }
}

const runtimeNotes = {
  rust: "a native library, which is what nothing written means",
  python: "a Python module, with a [python]",
  wasm: "a WASM component, with a [wasm]",
} as const;

/** Of the plugins' interfaces; where there is no plugin, of every one that is open. */
function interfaceValues(
  key: "interface" | "interface_version",
  surroundings: ReturnType<typeof surroundingsOf>,
): readonly OfferedValue[] {
  const implemented = interfacesOf(surroundings);
  const all = implemented.length > 0 ? implemented : surroundings.snapshot.model.interfaces;
  const offered = all.map(({ name, version, crate }) => ({
    text: key === "interface" ? crate.name : String(version),
    detail: `${name} of ${crate.name}`,
  }));
  return offered.filter(
    ({ text }, index) => offered.findIndex((each) => each.text === text) === index,
  );
}
