// One `fn` of a trait or impl → how it is called: arguments, return, wire, stream, and its signature line.

import { signatureLine, type SignatureType } from "../../abi/signature.ts";
import type { MethodSchema } from "../../model/plugin.ts";
import type {
  ArgumentSchema,
  ReturnSchema,
  StreamShape,
  TypeSchema,
} from "../../model/schema/schema.ts";
import type { WireDirection } from "../syntax/items/direction.ts";
import { isRaw } from "./fidiusArguments.ts";
import type { MacroRules } from "./fidiusRelease.ts";
import type { FunctionItem, ParameterSource, TypeSource } from "../syntax/items/items.ts";
import { methodMetadata } from "./metadata.ts";
import { spanOf, type Placed } from "../names/modules/modules.ts";
import type { TypeResolver } from "../types/resolveType.ts";
import type { TypeUse } from "../types/typeFindings.ts";
import type { TypeResolvers } from "../types/typeResolvers.ts";
import type { TypeScope } from "../types/typeScope.ts";
import { tokenText, plainName } from "../syntax/items/tokenCursor.ts";
import {
  parseType,
  placeOfPart,
  pathNames,
  streamItem,
  type TypeSyntax,
} from "../syntax/typeSyntax.ts";

/** What a method has by itself; its place in the trait is known to the caller. */
export type MethodShape = Omit<MethodSchema, "signature" | "traitIndex">;

/** What describing a method needs beside the method. */
export interface MethodSurroundings {
  readonly placed: Placed<unknown>;
  readonly scopes: Readonly<Record<WireDirection, TypeScope>>;
  readonly resolvers: TypeResolvers;
  readonly rules: MacroRules;
  /** The trait's method, of a method in an impl. */
  readonly declared?: FunctionItem | undefined;
  /** What is wrong with the types is said at the trait's method. */
  readonly isSaidAtTrait?: boolean;
  /** The functions are a host's. */
  readonly isOfHost?: true;
}

/**
 * Describes a method from its own text: types, raw flag, asyncness and streams count where they are written. The plugin reads
 * arguments and writes what it returns. Only its arguments' names are those of `declared`, the trait's method.
 */
export function describeMethod(
  method: FunctionItem,
  surroundings: MethodSurroundings,
): MethodShape {
  const { placed, scopes, resolvers, rules, declared } = surroundings;
  const names = argumentNames(method.parameters, declared?.parameters);
  const described: ArgumentSchema[] = [];
  let streamArgument: ArgumentSchema | undefined;
  method.parameters.forEach(({ type }, index) => {
    const named = names[index] ?? { name: `arg${String(index + 1)}` };
    const item = streamItemOf(parseType(type), rules);
    if (item === null) {
      const use = useIn(surroundings, "argument");
      described.push({
        ...named,
        type: resolvers.reading.resolveSource(type, scopes.reading, use),
      });
    } else {
      const itemType = resolveItem(item, type, resolvers.reading, scopes.reading, surroundings);
      streamArgument = { ...named, type: itemType };
    }
  });
  return {
    name: method.name,
    ...(method.doc === null ? {} : { doc: method.doc }),
    isAsync: method.isAsync,
    wire: isRaw(method) ? "raw" : "bincode",
    stream: streamShape(method, streamArgument !== undefined, rules),
    arguments: described,
    ...(streamArgument === undefined ? {} : { streamArgument }),
    ...methodMetadata(method),
    returns: describeReturn(method.returns, surroundings),
    nameSpan: spanOf(placed, method.nameSpan),
    fullSpan: spanOf(placed, method),
  };
}

function streamShape(
  method: FunctionItem,
  hasStreamArgument: boolean,
  rules: MacroRules,
): StreamShape {
  const returnsStream =
    method.returns !== null && streamItemOf(parseType(method.returns), rules) !== null;
  if (hasStreamArgument) {
    return returnsStream ? "bidirectional" : "client";
  }
  return returnsStream ? "server" : "none";
}

function useIn({ isSaidAtTrait, isOfHost }: MethodSurroundings, use: TypeUse): TypeUse | null {
  return isSaidAtTrait === true ? null : isOfHost === true ? "hostFunction" : use;
}

/** The `T` of a `Stream<T>`, which stands in the text of `source`. */
function resolveItem(
  item: TypeSyntax,
  source: TypeSource,
  resolver: TypeResolver,
  scope: TypeScope,
  surroundings: MethodSurroundings,
): TypeSchema {
  const place = placeOfPart(source, item);
  return resolver.resolveSyntax(item, place, scope, useIn(surroundings, "streamItem"));
}

function describeReturn(
  returns: TypeSource | null,
  surroundings: MethodSurroundings,
): ReturnSchema {
  const { rules } = surroundings;
  const scope = surroundings.scopes.writing;
  const resolver = surroundings.resolvers.writing;
  if (returns === null) {
    return { kind: "value", type: { rustType: "()", kind: "unit" } };
  }
  const syntax = parseType(returns);
  const item = streamItemOf(syntax, rules);
  if (item !== null) {
    const type = resolveItem(item, returns, resolver, scope, surroundings);
    return { kind: "value", type };
  }
  const type = resolver.resolveSource(returns, scope, useIn(surroundings, "return"));
  if (!isResultByName(returns)) {
    return { kind: "value", type };
  }
  if (type.kind === "result") {
    return { kind: "result", success: type.success, failure: type.failure };
  }
  const reason =
    type.kind === "unknown"
      ? type.reason
      : `\`${type.rustType}\` is called Result but is not std's, so its parts are not known.`;
  const unknown = { rustType: type.rustType, kind: "unknown", reason } as const;
  return { kind: "result", success: unknown, failure: unknown };
}

/** The macros go by the name of the last segment (reference 4.2); parentheses hide it from them. */
function isResultByName(returns: TypeSource): boolean {
  const syntax = parseType(returns);
  return (
    !returns.text.startsWith("(") && syntax.kind === "path" && pathNames(syntax).at(-1) === "Result"
  );
}

/**
 * The names of a method's arguments: the trait's, which every plugin shares. Where the trait has none (`_`), and where no trait
 * is known, those of the method itself.
 */
function argumentNames(
  parameters: readonly ParameterSource[],
  declared: readonly ParameterSource[] = parameters,
): readonly Pick<ArgumentSchema, "name" | "alias">[] {
  const own = uniqueNames(parameters.map(nameOfPattern));
  if (declared === parameters || declared.length !== parameters.length) {
    return own.map((name) => ({ name }));
  }
  const names = uniqueNames(
    declared.map((parameter, index) => {
      const ofImpl = parameters[index];
      return nameOfPattern(parameter) || (ofImpl === undefined ? "" : nameOfPattern(ofImpl));
    }),
  );
  const taken = new Set(names);
  return names.map((name, index) => {
    const alias = own[index];
    return alias === undefined || taken.has(alias) ? { name } : { name, alias };
  });
}

/** Unique, and by position where there is none. */
function uniqueNames(bases: readonly string[]): readonly string[] {
  const used = new Set<string>();
  const counts = new Map<string, number>();
  return bases.map((written, index) => {
    const base = written || `arg${String(index + 1)}`;
    let name = base;
    let count = counts.get(base) ?? 1;
    while (used.has(name)) {
      count += 1;
      name = `${base}_${String(count)}`;
    }
    counts.set(base, count);
    used.add(name);
    return name;
  });
}

/** The identifier where the pattern is one, else the names it binds; empty when it binds none. */
function nameOfPattern({ pattern }: ParameterSource): string {
  return boundNames(pattern).join("_");
}

function boundNames(pattern: string): string[] {
  const { tokens } = tokenText(pattern);
  return tokens.flatMap((token, index) => {
    const isBinding =
      token.kind === "identifier" &&
      /^(?:r#)?[\p{Ll}_]/u.test(token.text) &&
      token.text !== "_" &&
      token.text !== "mut" &&
      token.text !== "ref" &&
      tokens[index + 1]?.text !== ":" &&
      tokens[index + 1]?.text !== "(";
    return isBinding ? [plainName(token.text)] : [];
  });
}

/** The line that the trait's method adds to the interface hash (reference 5.1). */
export function signatureOf(method: FunctionItem, rules: MacroRules): string {
  const lines = knownLines[rules.hasStreams ? "withStreams" : "withoutStreams"];
  const known = lines.get(method);
  if (known !== undefined) {
    return known;
  }
  const line = signatureLine({
    name: method.name,
    arguments: method.parameters.map(({ type }) => signatureType(type, rules)),
    returns: method.returns === null ? null : signatureType(method.returns, rules),
    isRaw: isRaw(method),
  });
  lines.set(method, line);
  return line;
}

/** A method is the same object for as long as its text stays. */
const knownLines = {
  withStreams: new WeakMap<FunctionItem, string>(),
  withoutStreams: new WeakMap<FunctionItem, string>(),
};

function signatureType(type: TypeSource, rules: MacroRules): SignatureType {
  const item = streamItemOf(parseType(type), rules);
  return item === null
    ? { source: type.text, isStream: false }
    : { source: item.text, isStream: true };
}

/** `T` of `Stream<T>` in releases that know streams. */
function streamItemOf(type: TypeSyntax, rules: MacroRules): TypeSyntax | null {
  return rules.hasStreams ? streamItem(type) : null;
}
