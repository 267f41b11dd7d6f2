// Traits under `#[host_interface]` (0.5.7 on, reference 3.11) → HostInterfaceSchema: what plugins may ask of their host.

import { interfaceHash, sortSignatures } from "../../abi/interfaceHash.ts";
import type { MethodSchema } from "../../model/plugin.ts";
import type { HostInterfaceFacts } from "./facts.ts";
import { interfaceArguments } from "./fidiusArguments.ts";
import { fidiusPath } from "./fidiusPath.ts";
import { fidiusRelease, macroRules } from "./fidiusRelease.ts";
import { isTrait } from "./interfaces.ts";
import { joinDirections } from "../types/joinDirections.ts";
import {
  functionsOf,
  type Attribute,
  type FunctionItem,
  type TraitItem,
} from "../syntax/items/items.ts";
import { hostInterfaceAttribute } from "../names/macroNames.ts";
import { describeMethod, signatureOf } from "./methods.ts";
import { spanOf, type Module, type Placed } from "../names/modules/modules.ts";
import type { Names } from "../names/names.ts";
import type { TypeResolver } from "../types/resolveType.ts";
import type { TypeResolvers } from "../types/typeResolvers.ts";
import { traitScope, type TypeScope } from "../types/typeScope.ts";
import { parseType } from "../syntax/typeSyntax.ts";

/** A trait with its attribute. */
export interface FoundHostInterface {
  readonly module: Module;
  readonly placed: Placed<TraitItem>;
  readonly attribute: Attribute;
}

/** All host interfaces declared in `module`. */
export function findHostInterfaces(names: Names, module: Module): FoundHostInterface[] {
  return module.items.flatMap((placed) => {
    if (!isTrait(placed)) {
      return [];
    }
    const attribute = hostInterfaceAttribute(names, module, placed.item);
    return attribute === undefined ? [] : [{ module, placed, attribute }];
  });
}

/**
 * Describes a host interface. The plugin writes the arguments and reads the
 * return: the other way round than with its own methods.
 */
export function describeHostInterface(
  found: FoundHostInterface,
  resolvers: TypeResolvers,
): HostInterfaceFacts {
  const { module, placed, attribute } = found;
  const { item } = placed;
  const written = interfaceArguments(attribute);
  const scope = traitScope(module, placed);
  const functions = functionsOf(item);
  const rules = macroRules(fidiusRelease(resolvers.names.graph, module.crate.node));
  const turned: TypeResolvers = {
    ...resolvers,
    reading: resolvers.writing,
    writing: resolvers.reading,
  };
  const methods = functions.map((method, traitIndex): MethodSchema => ({
    ...describeMethod(method, {
      placed,
      scopes: { reading: scope, writing: scope },
      resolvers: turned,
      rules,
      isOfHost: true,
    }),
    ...plainReturn(method, scope, turned.writing),
    signature: signatureOf(method, rules),
    traitIndex,
  }));
  const joined = joinDirections(methods, null, turned);
  return {
    schema: {
      id: `${module.path}::${item.name}`,
      name: item.name,
      ...(item.doc === null ? {} : { doc: item.doc }),
      crate: module.crate.node.info,
      version: written.version,
      // Every function counts, in whatever order it stands (reference 3.11, 5.1).
      hash: interfaceHash(sortSignatures(methods.map(({ signature }) => signature))),
      methods: joined.methods,
      types: joined.types,
      nameSpan: spanOf(placed, item.nameSpan),
    },
    crateId: module.crate.node.id,
    attributeSpan: spanOf(placed, attribute),
    fidius: fidiusPath(resolvers.names, module, placed, attribute, {
      written: written.crate,
      defaultPath: rules.defaultPath,
    }),
  };
}

/** The macro splits `Result<T, E>` with both arguments written; any other `Result` is one value (fidius-macro 0.5.9). */
function plainReturn(
  method: FunctionItem,
  scope: TypeScope,
  resolver: TypeResolver,
): Pick<MethodSchema, "returns"> | undefined {
  const syntax = method.returns === null ? undefined : parseType(method.returns);
  const last = syntax?.kind === "path" ? syntax.segments.at(-1) : undefined;
  const types = last?.arguments.filter(({ kind }) => kind === "type") ?? [];
  return method.returns !== null && last?.name === "Result" && types.length < 2
    ? {
        returns: {
          kind: "value",
          type: resolver.resolveSource(method.returns, scope, "hostFunction"),
        },
      }
    : undefined;
}
