// What stands at a place, and which hover says something of it.

import type { MethodSchema } from "../../model/plugin.ts";
import type { NamedType, TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import { partsOf, partsOfNamed } from "../../model/schema/typeParts.ts";
import type { InterfaceFacts } from "../../rust/fidius/facts.ts";
import { offsetAt } from "../minimalEdit.ts";
import { fidiusPlaceAt, type FidiusPlace, type SourcePlace } from "../syntax/fidiusPlaces.ts";
import { moduleOfFile, ownerCrate } from "../syntax/ownerCrate.ts";
import {
  groupsAround,
  modulesAround,
  placeInTokens,
  tokenAt,
  type TokenPlace,
} from "../syntax/sourceTokens.ts";
import type { RustToken } from "../../abi/rustTokens.ts";
import { helperHover, registryHover } from "./macroHovers.ts";
import type { HoverBlock } from "./hoverText.ts";
import {
  interfaceHover,
  interfaceMethodHover,
  pluginHover,
  pluginMethodHover,
  typeHover,
  type HoverContext,
} from "./itemHovers.ts";
import { typeWire } from "./wireRows.ts";

/** What to say at a place; undefined where Fidius has nothing to do with it. */
export function hoverAt(
  place: SourcePlace,
  context: HoverContext,
): readonly HoverBlock[] | undefined {
  const { snapshot } = context;
  const text = snapshot.files.read(place.file);
  const around =
    text === undefined ? undefined : placeInTokens(text, offsetAt(text, place.position));
  const token = around && tokenAt(around, around.offset);
  return around === undefined || token?.kind !== "identifier"
    ? undefined
    : hoverOn(token, around, place, context);
}

function hoverOn(
  token: RustToken,
  around: TokenPlace,
  place: SourcePlace,
  context: HoverContext,
): readonly HoverBlock[] | undefined {
  const index = around.tokens.indexOf(token);
  if (token.text === "fidius_plugin_registry" && around.tokens[index + 1]?.text === "!") {
    return registryHover(place.file, context);
  }
  const found = fidiusPlaceAt(context.snapshot, place);
  const helper = isAttributeName(around.tokens, index) ? helperHover(token.text, found) : undefined;
  const keyword = around.tokens[index - 1]?.text ?? "";
  return (
    helper ??
    (found && hoverOf(found, token.text, context)) ??
    (["struct", "enum"].includes(keyword)
      ? declaredTypeHover(place.file, around, token.text, context)
      : undefined)
  );
}

/** `name` in `#[name` and `#[name(…)]`. */
function isAttributeName(tokens: readonly RustToken[], index: number): boolean {
  return tokens[index - 1]?.text === "[" && tokens[index - 2]?.text === "#";
}

function hoverOf(
  found: FidiusPlace,
  word: string,
  context: HoverContext,
): readonly HoverBlock[] | undefined {
  switch (found.kind) {
    case "interface":
      return found.part === "body" ? undefined : interfaceHover(found.facts, context);
    case "plugin":
      return pluginHover(found.facts, context);
    case "interfaceMethod":
      if (found.part === "name") {
        return interfaceMethodHover(found.facts, found.method, context);
      }
      return found.part === "rest"
        ? partHover(found.method, found.facts.schema.types, word, context)
        : undefined;
    case "pluginMethod":
      if (found.part === "name") {
        return pluginMethodHover(found.facts, found.method, context);
      }
      return found.part === "rest"
        ? partHover(found.method, found.facts.schema.types, word, context)
        : undefined;
  }
}

/** At an argument's name its bytes, at the name of a type that the method uses the type's. */
function partHover(
  method: MethodSchema,
  types: TypeTable,
  word: string,
  context: HoverContext,
): readonly HoverBlock[] | undefined {
  const argument = method.arguments.find(({ name, alias }) => name === word || alias === word);
  if (argument !== undefined) {
    return method.wire === "raw" ? undefined : [typeWire(argument.name, argument.type, types)];
  }
  const { returns, streamArgument } = method;
  const roots = [
    ...method.arguments.map(({ type }) => type),
    ...(streamArgument === undefined ? [] : [streamArgument.type]),
    ...(returns.kind === "value" ? [returns.type] : [returns.success, returns.failure]),
  ];
  const ids = namedIds(roots, types).filter((id) => lastName(id) === word);
  const [id] = ids;
  const named = id === undefined || !Object.hasOwn(types, id) ? undefined : types[id];
  return named === undefined || id === undefined
    ? undefined
    : typeHover(named, types, usersOf(id, context));
}

function namedIds(roots: readonly TypeSchema[], types: TypeTable): readonly string[] {
  const ids = new Set<string>();
  const pending = [...roots];
  for (let type = pending.pop(); type !== undefined; type = pending.pop()) {
    if (type.kind !== "named") {
      pending.push(...partsOf(type));
    } else if (!ids.has(type.id) && Object.hasOwn(types, type.id)) {
      ids.add(type.id);
      const named: NamedType | undefined = types[type.id];
      pending.push(...(named === undefined ? [] : partsOfNamed(named)));
    }
  }
  return [...ids];
}

/** At the declaration of a struct or enum. */
function declaredTypeHover(
  file: string,
  around: TokenPlace,
  name: string,
  context: HoverContext,
): readonly HoverBlock[] | undefined {
  const outer = modulesAround(groupsAround(around));
  const crate = ownerCrate(context.snapshot.graph, file);
  const module = crate && moduleOfFile(crate, file);
  if (crate === undefined || module === undefined || outer === undefined) {
    return undefined;
  }
  const wanted = [crate.info.libraryName, ...module, ...outer, name].join("::");
  for (const { schema } of allInterfaces(context)) {
    const id = Object.keys(schema.types).find((each) => withoutGenerics(each) === wanted);
    const named = id === undefined ? undefined : schema.types[id];
    if (id !== undefined && named !== undefined) {
      return typeHover(named, schema.types, usersOf(id, context));
    }
  }
  return undefined;
}

function allInterfaces({ snapshot: { rust } }: HoverContext): readonly InterfaceFacts[] {
  return [...rust.interfaces, ...rust.dependencyInterfaces];
}

/** The interfaces that use a type, whatever its generic arguments. */
function usersOf(id: string, context: HoverContext): readonly InterfaceFacts[] {
  const plain = withoutGenerics(id);
  return allInterfaces(context).filter(({ schema }) =>
    Object.keys(schema.types).some((each) => withoutGenerics(each) === plain),
  );
}

function withoutGenerics(id: string): string {
  const angle = id.indexOf("<");
  return angle < 0 ? id : id.slice(0, angle);
}

function lastName(id: string): string {
  return withoutGenerics(id).split("::").at(-1) ?? id;
}
