// Traits under `#[plugin_interface]` → InterfaceSchema, with the facts that rules need.

import { interfaceHash, sortSignatures } from "../../abi/interfaceHash.ts";
import type { MethodSchema } from "../../model/plugin.ts";
import type { InterfaceFacts } from "./facts.ts";
import { interfaceArguments, isRaw, optionalMark } from "./fidiusArguments.ts";
import { fidiusPath } from "./fidiusPath.ts";
import { fidiusRelease, macroRules, type MacroRules } from "./fidiusRelease.ts";
import {
  functionsOf,
  type Attribute,
  type FunctionItem,
  type TraitItem,
} from "../syntax/items/items.ts";
import { interfaceAttribute } from "../names/macroNames.ts";
import { traitMetadata } from "./metadata.ts";
import { describeMethod, signatureOf } from "./methods.ts";
import { spanOf, type Module, type Placed } from "../names/modules/modules.ts";
import type { Names } from "../names/names.ts";
import { joinDirections } from "../types/joinDirections.ts";
import { traitScope } from "../types/typeScope.ts";
import type { TypeResolvers } from "../types/typeResolvers.ts";

/** A trait with its attribute, wherever its crate is. */
export interface FoundInterface {
  readonly module: Module;
  readonly placed: Placed<TraitItem>;
  readonly attribute: Attribute;
}

/** A method of the trait as impl blocks need to know it. */
export interface TraitMethod {
  readonly item: FunctionItem;
  readonly traitIndex: number;
  readonly signature: string;
  readonly isRaw: boolean;
  /** Position among the optional methods; null for required ones (reference 3.4). */
  readonly capabilityBit: number | null;
}

export function traitMethods(trait: TraitItem, rules: MacroRules): TraitMethod[] {
  let nextBit = 0;
  return functionsOf(trait).map((item, traitIndex) => {
    const isOptional = optionalMark(item) === "optional";
    const capabilityBit = isOptional ? nextBit++ : null;
    const signature = signatureOf(item, rules);
    return { item, traitIndex, signature, isRaw: isRaw(item), capabilityBit };
  });
}

/** Methods of a trait by their names, of which no two may be one. */
export function methodsByName(methods: readonly TraitMethod[]): ReadonlyMap<string, TraitMethod> {
  return new Map(methods.toReversed().map((method) => [method.item.name, method]));
}

/** Sorted signature lines of the required methods, which make the hash. */
export function requiredSignatures(methods: readonly TraitMethod[]): string[] {
  const required = methods.filter(({ capabilityBit }) => capabilityBit === null);
  return sortSignatures(required.map(({ signature }) => signature));
}

/** Unique name of the interface in a project. */
export function interfaceId(found: FoundInterface): string {
  return `${found.module.path}::${found.placed.item.name}`;
}

/** All interfaces declared in `module`. */
export function findInterfaces(names: Names, module: Module): FoundInterface[] {
  return module.items.flatMap((placed) => {
    if (!isTrait(placed)) {
      return [];
    }
    const attribute = interfaceAttribute(names, module, placed.item);
    return attribute === undefined ? [] : [{ module, placed, attribute }];
  });
}

/** A trait that is known in full. */
export function isTrait(placed: Placed): placed is Placed<TraitItem> {
  return placed.item.kind === "trait" && placed.item.isPartial !== true;
}

/** Describes an interface. */
export function describeInterface(found: FoundInterface, resolvers: TypeResolvers): InterfaceFacts {
  const { module, placed, attribute } = found;
  const { item } = placed;
  const written = interfaceArguments(attribute);
  const scope = traitScope(module, placed);
  const rules = macroRules(fidiusRelease(resolvers.names.graph, module.crate.node));
  const methods = traitMethods(item, rules);
  const surroundings = { placed, scopes: { reading: scope, writing: scope }, resolvers, rules };
  const described = methods.map((method): MethodSchema => ({
    ...describeMethod(method.item, surroundings),
    signature: method.signature,
    traitIndex: method.traitIndex,
    ...(method.capabilityBit === null ? {} : { capabilityBit: method.capabilityBit }),
  }));
  const joined = joinDirections(described, null, resolvers);
  return {
    schema: {
      id: interfaceId(found),
      name: item.name,
      ...(item.doc === null ? {} : { doc: item.doc }),
      crate: module.crate.node.info,
      version: written.version,
      buffer: written.buffer,
      hash: interfaceHash(requiredSignatures(methods)),
      ...traitMetadata(item),
      methods: joined.methods,
      types: joined.types,
      nameSpan: spanOf(placed, item.nameSpan),
      fullSpan: spanOf(placed, item),
    },
    crateId: module.crate.node.id,
    attributeSpan: spanOf(placed, attribute),
    fidius: fidiusPath(resolvers.names, module, placed, attribute, {
      written: written.crate,
      defaultPath: rules.defaultPath,
    }),
  };
}
