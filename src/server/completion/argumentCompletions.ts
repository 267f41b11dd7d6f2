// Completions in the parentheses of Fidius' attributes: names of arguments that are not there yet, and their values.

import type { RustToken } from "../../abi/rustTokens.ts";
import { ownerCrate } from "../syntax/ownerCrate.ts";
import type { CompletionContext } from "./completionContext.ts";
import { snippetText, type Completion, type CompletionAnswer } from "./completionText.ts";
import { cratePaths } from "./crateNames.ts";
import { nextVersion, type NextVersion } from "./nextVersion.ts";
import {
  bufferValues,
  namedArguments,
  optionalArgument,
  wireArgument,
  type NamedArgument,
} from "./macroArguments.ts";
import { kindOf } from "./macroScope.ts";
import { followingImpl, metadataKeys, reachableTraits } from "./macroValues.ts";

/** What stands in the argument at the place. */
interface Argument {
  readonly index: number;
  /** Tokens of the argument before the place, without the word that is being typed. */
  readonly before: readonly RustToken[];
  readonly word: string;
  /** The names of all arguments of the attribute. */
  readonly written: ReadonlySet<string>;
  /** Inside of a string literal: what stands in it before the place. */
  readonly inString: string | undefined;
}

/** `inAttribute` is the index of the attribute's bracket among the groups. */
export function argumentCompletions(
  context: CompletionContext,
  inAttribute: number,
): CompletionAnswer | undefined {
  const { groups, around } = context;
  const group = groups[inAttribute + 1];
  if (group?.open.text !== "(" || groups.length !== inAttribute + 2) {
    return undefined;
  }
  const name = around.before[group.index - 1]?.text ?? "";
  const argument = argumentAt(context, group.index);
  const macro = context.macros.get(name);
  const completions =
    macro === undefined
      ? helperCompletions(name, argument, context, inAttribute)
      : macroCompletions(macro, argument, context);
  return completions.length === 0
    ? undefined
    : { completions, replaced: (argument.inString ?? argument.word).length };
}

function argumentAt({ around }: CompletionContext, open: number): Argument {
  const { before, tokens, offset } = around;
  const inside = before.slice(open + 1);
  let depth = 0;
  let start = 0;
  let index = 0;
  for (const [at, token] of inside.entries()) {
    depth += token.kind === "open" ? 1 : token.kind === "close" ? -1 : 0;
    if (depth === 0 && token.text === ",") {
      start = at + 1;
      index += 1;
    }
  }
  const own = inside.slice(start);
  const last = own.at(-1);
  const isWord = last?.kind === "identifier" && last.end === offset;
  const literal = tokens.find(
    ({ kind, start: from, end, text }) =>
      kind === "literal" &&
      text.startsWith('"') &&
      from < offset &&
      (offset < end || (offset === end && !/[^\\]"$|^""$/su.test(text))),
  );
  const rest = tokens.slice(open + 1);
  const close = rest.findIndex(({ text }) => text === ")");
  const all = close < 0 ? rest : rest.slice(0, close);
  return {
    index,
    before: isWord ? own.slice(0, -1) : own.filter((token) => token !== literal),
    word: isWord ? last.text : "",
    written: new Set(all.filter((_, at) => all[at + 1]?.text === "=").map(({ text }) => text)),
    inString: literal?.text.slice(1, offset - literal.start),
  };
}

function macroCompletions(
  macro: string,
  argument: Argument,
  context: CompletionContext,
): readonly Completion[] {
  const { before, index, inString, written } = argument;
  const [key, equals, more] = before;
  if (key !== undefined) {
    return equals?.text === "=" && more === undefined
      ? valuesOf(macro, key.text, inString, context)
      : [];
  }
  if (inString !== undefined) {
    return [];
  }
  if (macro === "plugin_impl" && index === 0) {
    return traitCompletions(context);
  }
  return (namedArguments[macro] ?? [])
    .filter(({ label, abi }) => !written.has(label) && abi <= context.abi)
    .map((named) => filledIn(named, macro, context));
}

/** An argument with what is likely meant in place of its example. */
function filledIn(named: NamedArgument, macro: string, context: CompletionContext): Completion {
  if (named.label === "crate") {
    const [first] = pathsFor(context);
    return first === undefined
      ? named
      : { ...named, snippet: `crate = "\${1:${snippetText(first)}}"` };
  }
  if (named.label === "config") {
    const [first] = valuesOf(macro, "config", undefined, context);
    return first === undefined
      ? named
      : { ...named, snippet: `config = \${1:${snippetText(first.label)}}` };
  }
  return named;
}

function valuesOf(
  macro: string,
  key: string,
  inString: string | undefined,
  context: CompletionContext,
): readonly Completion[] {
  switch (key) {
    case "buffer":
      return inString === undefined && macro !== "host_interface" ? bufferValues : [];
    case "version":
      return macro === "plugin_impl" || inString !== undefined
        ? []
        : [value("1", "a first version")];
    case "crate":
      return pathsFor(context).map((path) => ({
        ...value(path, "a path to Fidius"),
        snippet: inString === undefined ? `"${snippetText(path)}"` : snippetText(path),
      }));
    case "config": {
      const type = macro === "plugin_impl" ? followingImpl(context.around).configType : undefined;
      return type === undefined ? [] : [value(type, "what `configure` takes")];
    }
    default:
      return [];
  }
}

function value(label: string, detail: string): Completion {
  return { label, detail, snippet: snippetText(label), kind: "value" };
}

function pathsFor({ snapshot, place }: CompletionContext): readonly string[] {
  const crate = ownerCrate(snapshot.graph, place.file);
  return crate === undefined ? [] : cratePaths(crate, snapshot.graph, snapshot.files);
}

/** The trait of the impl block below, then the interfaces that the crate can reach. */
function traitCompletions(context: CompletionContext): readonly Completion[] {
  const { trait } = followingImpl(context.around);
  const reachable = reachableTraits(context);
  const names = [...new Set([...(trait === undefined ? [] : [trait]), ...reachable])];
  return names.map((name) => ({
    ...value(name, name === trait ? "the trait of this impl block" : "an interface"),
    kind: "type",
  }));
}

function helperCompletions(
  name: string,
  argument: Argument,
  context: CompletionContext,
  inAttribute: number,
): readonly Completion[] {
  const outer = context.groups[inAttribute - 1];
  const owner = outer && kindOf(outer, context.macros);
  const { before, index, inString } = argument;
  const isFirst = index === 0 && before.length === 0;
  switch (name) {
    case "wire":
      return owner !== undefined && isFirst && inString === undefined ? [wireArgument] : [];
    case "optional":
      return owner === "trait" && inString === undefined
        ? sinceCompletions(argument, nextVersion(outer, context.text))
        : [];
    case "method_meta":
      return owner === "trait" && isFirst ? keyCompletions(name, inString, context) : [];
    case "trait_meta":
      return isFirst ? keyCompletions(name, inString, context) : [];
    default:
      return [];
  }
}

function sinceCompletions(
  { before: [key, equals, more], written }: Argument,
  { number, raise }: NextVersion,
): readonly Completion[] {
  const since = String(number);
  const also = raise === undefined ? {} : { also: raise };
  if (key === undefined) {
    const named = { ...optionalArgument, snippet: `since = \${1:${since}}`, ...also };
    return written.has("since") ? [] : [named];
  }
  return key.text === "since" && equals?.text === "=" && more === undefined
    ? [{ ...value(since, "the next version of the interface"), ...also }]
    : [];
}

function keyCompletions(
  attribute: string,
  inString: string | undefined,
  context: CompletionContext,
): readonly Completion[] {
  return metadataKeys(attribute, context).map((key) => ({
    ...value(key, "a key that is in use"),
    snippet: inString === undefined ? `"${snippetText(key)}"` : snippetText(key),
  }));
}
