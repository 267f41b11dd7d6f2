// Makes a method optional: with the interface's next version as its `since`, that version in the interface's attribute, and the
// method at the end of the trait and of every impl block, where it takes no slot of another one.

import { tokenizeRust } from "../../abi/rustTokens.ts";
import type { TextFix } from "../../model/text/textFix.ts";
import type { ProjectSnapshot } from "../../project/project.ts";
import type { InterfaceFacts } from "../../rust/fidius/facts.ts";
import { offsetAt } from "../minimalEdit.ts";
import { reordered } from "../quickFixes/reorderMethods.ts";
import type { MethodEverywhere } from "./methodSites.ts";
import { changesOf } from "./textEdits.ts";

/** One change of a text that leaves what stands above it where it is. */
interface Step {
  readonly file: string;
  readonly start: number;
  readonly change: (text: string) => string;
}

/** Undefined where the method is optional, or the attribute shows no plain version. */
export function makeOptional(
  { facts, trait, impls }: MethodEverywhere,
  snapshot: ProjectSnapshot,
): TextFix | undefined {
  const { name, capabilityBit } = trait.method;
  const version = versionPlace(facts, trait.text);
  if (capabilityBit !== undefined || version === undefined) {
    return undefined;
  }
  const next = String(version.number + 1);
  const ranks = new Map(facts.schema.methods.map((method) => [method.name, method.traitIndex]));
  ranks.set(name, facts.schema.methods.length);
  const rankOf = (method: { readonly name: string }): number => ranks.get(method.name) ?? -1;
  const isStranger = impls.some(({ plugin }) =>
    plugin.schema.methods.some((method) => rankOf(method) < 0),
  );
  if (isStranger) {
    return undefined;
  }
  const steps: readonly Step[] = [
    {
      file: trait.file,
      start: version.start,
      change: (text) => text.slice(0, version.start) + next + text.slice(version.end),
    },
    {
      file: trait.file,
      start: offsetAt(trait.text, facts.schema.nameSpan.start),
      change: (text) =>
        withAttribute(reordered(text, facts.schema.methods, rankOf), facts, name, next),
    },
    ...impls.map(({ plugin: { schema }, site: { file, text } }) => ({
      file,
      start: offsetAt(text, schema.nameSpan.start),
      change: (before: string) => reordered(before, schema.methods, rankOf),
    })),
  ];
  const title = `Make \`${name}\` optional since version ${next}, at the end of the trait and its impl blocks`;
  return { kind: "changeText", title, changes: applied(steps, snapshot) };
}

/** From the bottom to the top, so that the places of each step are still where they were. */
function applied(steps: readonly Step[], { files }: ProjectSnapshot): TextFix["changes"] {
  return [...new Set(steps.map(({ file }) => file))].flatMap((file) => {
    const before = files.read(file) ?? "";
    const after = steps
      .filter((step) => step.file === file)
      .toSorted((left, right) => right.start - left.start)
      .reduce((text, step) => step.change(text), before);
    return changesOf(file, before, after);
  });
}

/** The attribute on the method that is the trait's last now. */
function withAttribute(
  text: string,
  { schema: { nameSpan } }: InterfaceFacts,
  name: string,
  since: string,
): string {
  const tokens = tokenizeRust(text, Infinity, offsetAt(text, nameSpan.start));
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    depth += token.kind === "open" ? 1 : token.kind === "close" ? -1 : 0;
    const isName = depth === 1 && token.text === name && tokens[index - 1]?.text === "fn";
    if (isName) {
      const head = headStart(
        tokens.slice(0, index).map(({ text: word, start }) => ({ word, start })),
      );
      const lineStart = text.lastIndexOf("\n", head - 1) + 1;
      const indent = /^[ \t]*/u.exec(text.slice(lineStart, head))?.[0] ?? "";
      const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
      return `${text.slice(0, head)}#[optional(since = ${since})]${lineBreak}${indent}${text.slice(head)}`;
    }
  }
  return text;
}

/** Where the keywords before a method's name begin. */
function headStart(before: readonly { readonly word: string; readonly start: number }[]): number {
  const isOther = ({ word }: { readonly word: string }): boolean =>
    !["fn", "async", "unsafe", "extern", "const"].includes(word) && !word.startsWith('"');
  const first = before[before.findLastIndex(isOther) + 1];
  return first?.start ?? 0;
}

function versionPlace(
  { attributeSpan }: InterfaceFacts,
  text: string,
): { readonly number: number; readonly start: number; readonly end: number } | undefined {
  const end = offsetAt(text, attributeSpan.end);
  const tokens = tokenizeRust(text.slice(0, end), Infinity, offsetAt(text, attributeSpan.start));
  const at = tokens.findIndex(
    (token, index) => token.text === "version" && tokens[index + 1]?.text === "=",
  );
  const literal = at < 0 ? undefined : tokens[at + 2];
  return literal !== undefined && /^\d{1,9}$/u.test(literal.text)
    ? { number: Number(literal.text), start: literal.start, end: literal.end }
    : undefined;
}
