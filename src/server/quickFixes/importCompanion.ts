// Brings the companion module `__fidius_<Trait>` into scope: into the `use` that imports the trait, or as a `use` of its
// own before the impl where no such `use` can be extended.

import type { Range } from "../../model/text/span.ts";
import type { PluginFacts, TraitImport } from "../../rust/fidius/facts.ts";
import type { SetupFix } from "../../project/asyncRules/setupFinding.ts";
import { offsetAt } from "../minimalEdit.ts";
import type { QuickFix } from "./quickFix.ts";

type ImportCompanion = Extract<SetupFix, { kind: "importCompanion" }>;

/** Nothing when it cannot be imported from anywhere. */
export const importCompanion: QuickFix<ImportCompanion> = ({ companion }, { files, plugin }) => {
  if (plugin === undefined) {
    return undefined;
  }
  const { traitImport: found, companionPath } = plugin;
  const { file } = plugin.attributeSpan;
  const text = files.read(file);
  if (text === undefined || companionPath === null) {
    return undefined;
  }
  return found?.prefix === companionPath && found.span.file === file
    ? { file, text: extendUse(text, found, companion) }
    : { file, text: addUse(text, plugin, `${companionPath}::${companion}`) };
};

/** `use a::T;` becomes `use a::{T, __fidius_T};`, `use a::{b::T, c};` becomes `use a::{b::{T, __fidius_T}, c};`. */
function extendUse(text: string, found: TraitImport, companion: string): string {
  const leaf = offsets(text, found.leafSpan);
  const name = text.slice(leaf.start, leaf.end);
  const lastPart = name.lastIndexOf("::");
  if (lastPart >= 0) {
    const at = leaf.start + lastPart + 2;
    return replace(text, at, leaf.end, `{${text.slice(at, leaf.end)}, ${companion}}`);
  }
  if (/::\s*$/.test(text.slice(0, leaf.start))) {
    return replace(text, leaf.start, leaf.end, `{${name}, ${companion}}`);
  }
  // A leaf of a list: on a line of its own when the list has one name a line.
  const lineStart = text.lastIndexOf("\n", leaf.start - 1) + 1;
  const indent = text.slice(lineStart, leaf.start);
  const rest = /^[^\r\n]*/.exec(text.slice(leaf.end))?.[0] ?? "";
  if (indent.trim() === "" && /^,?\s*(\/\/.*)?$/.test(rest)) {
    const lineBreak = text.slice(leaf.end).startsWith(`${rest}\r\n`) ? "\r\n" : "\n";
    const comma = rest.startsWith(",") ? "," : "";
    const lineEnd = leaf.end + rest.length;
    const line = comma === "" ? `,${rest}` : rest;
    return replace(text, leaf.end, lineEnd, `${line}${lineBreak}${indent}${companion}${comma}`);
  }
  return replace(text, leaf.end, leaf.end, `, ${companion}`);
}

/** A `use` on the line before the impl, its attributes and its doc comment. Items may stand in any order. */
function addUse(text: string, plugin: PluginFacts, path: string): string {
  const lines = text.slice(0, offsetAt(text, plugin.attributeSpan.start)).split("\n");
  const indent = /^\s*/.exec(lines.at(-1) ?? "")?.[0] ?? "";
  let first = lines.length - 1;
  while (first > 0 && /^\s*(\/\/\/|#\[|\/\*\*)/.test(lines[first - 1] ?? "")) {
    first -= 1;
  }
  const at = lines.slice(0, first).join("\n").length + (first > 0 ? 1 : 0);
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  return replace(text, at, at, `${indent}use ${path};${lineBreak}${lineBreak}`);
}

function offsets(text: string, { start, end }: Range): { start: number; end: number } {
  return { start: offsetAt(text, start), end: offsetAt(text, end) };
}

function replace(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}
