// The declared type that an expression names, with its generic arguments, before anyone asks for its bytes: what its impl
// blocks hold is found through it, also for types that serde does not know.

import { bindGenerics, type ArgumentResolver } from "./genericArguments.ts";
import type { GenericParameter, TypeSource } from "../syntax/items/items.ts";
import type { Names } from "../names/names.ts";
import type { GenericValue, Resolved, TypeOwner } from "./resolved.ts";
import { plainScope, type TypeScope } from "./typeScope.ts";
import { parseType, pathNames, type PathType, type TypeSyntax } from "../syntax/typeSyntax.ts";

/** What finding owners asks of the resolver; nothing that it does here is told to anybody. */
export interface OwnerPorts extends ArgumentResolver {
  readonly names: Names;
  resolveQuietly(source: TypeSource | TypeSyntax, scope: TypeScope): Resolved;
  /** Takes what is to be said of a type that was made elsewhere. */
  reported(type: Resolved): Resolved;
  argumentsQuietly(type: PathType, scope: TypeScope): GenericValue[];
}

const longestAliasChain = 16;

export function ownerOf(
  type: TypeSyntax,
  scope: TypeScope,
  ports: OwnerPorts,
  depth = 0,
): TypeOwner | undefined {
  if (type.kind !== "path" || depth > longestAliasChain) {
    return undefined;
  }
  const first = type.segments[0]?.name ?? "";
  const isSelf = first === "Self";
  if (type.qualifier !== null || (isSelf && type.segments.length > 1)) {
    return ports.resolveQuietly(type, scope).owner;
  }
  if (isSelf) {
    return scope.self?.owner;
  }
  const isName = type.segments.length === 1 && !type.isGlobal;
  const generic = isName ? scope.generics.get(first) : undefined;
  if (generic !== undefined) {
    return generic.kind === "type" ? generic.type.owner : undefined;
  }
  return declaredOwner(type, scope, ports, depth);
}

function declaredOwner(
  type: PathType,
  scope: TypeScope,
  ports: OwnerPorts,
  depth: number,
): TypeOwner | undefined {
  const segments = pathNames(type);
  const { module } = scope;
  const { isGlobal } = type;
  const found = ports.names.resolve({ segments, isGlobal, module, namespace: "type" });
  if (found?.kind === "primitive") {
    return found;
  }
  if (found?.kind !== "item") {
    return segments.length > 1 ? ports.resolveQuietly(type, scope).owner : undefined;
  }
  const { placed } = found;
  const { item } = placed;
  if (item.kind !== "struct" && item.kind !== "enum" && item.kind !== "alias") {
    return undefined;
  }
  const given = ports.argumentsQuietly(type, scope);
  const bound = bindGenerics(ports, item.generics, given, found.module, placed);
  if (item.kind !== "alias") {
    const generics = argumentList(item.generics, bound);
    return { kind: "item", module: found.module, placed: { ...placed, item }, generics };
  }
  const inner = { ...plainScope(found.module, placed), generics: bound };
  return item.type === null ? undefined : ownerOf(parseType(item.type), inner, ports, depth + 1);
}

/** Values in the order of the parameters. */
export function argumentList(
  parameters: readonly GenericParameter[],
  bound: ReadonlyMap<string, GenericValue>,
): GenericValue[] {
  return parameters.flatMap(({ kind, name }) =>
    kind === "lifetime" ? [] : (bound.get(name) ?? { kind: "const", value: null }),
  );
}
