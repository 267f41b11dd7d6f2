// Impl blocks under `#[plugin_impl]` → PluginSchema, with the facts that rules need. Everything that decides the bytes is
// taken from the impl; the trait gives the hash, the order and what is optional (reference 4.2, 10).

import { interfaceHash } from "../../abi/interfaceHash.ts";
import type { PluginMethod } from "../../model/plugin.ts";
import type { PluginFacts, RustProblem } from "./facts.ts";
import { implArguments } from "./fidiusArguments.ts";
import { makesDynamicLibrary } from "./fidiusUsers.ts";
import { fidiusRelease, macroRules, type MacroRules } from "./fidiusRelease.ts";
import {
  companionInScope,
  companionName,
  companionPath,
  fidiusPath,
  traitImport,
} from "./fidiusPath.ts";
import {
  interfaceId,
  isTrait,
  methodsByName,
  requiredSignatures,
  traitMethods,
  type FoundInterface,
  type TraitMethod,
} from "./interfaces.ts";
import { functionsOf, type Attribute, type ImplItem } from "../syntax/items/items.ts";
import { implAttribute, interfaceAttribute } from "../names/macroNames.ts";
import { methodMetadata } from "./metadata.ts";
import { describeMethod, signatureOf } from "./methods.ts";
import { isWritten, spanOf, type Module, type Placed } from "../names/modules/modules.ts";
import { behindLimit, type Definition } from "../names/definitions.ts";
import type { Names } from "../names/names.ts";
import type { TypeResolver } from "../types/resolveType.ts";
import { plainScope, type TypeScope } from "../types/typeScope.ts";
import type { TypeResolvers } from "../types/typeResolvers.ts";
import { joinDirections } from "../types/joinDirections.ts";
import type { WireDirection } from "../syntax/items/direction.ts";
import { parseType, pathNames } from "../syntax/typeSyntax.ts";

/** An impl block with its attribute. */
export interface FoundImpl {
  readonly module: Module;
  readonly placed: Placed<ImplItem>;
  readonly attribute: Attribute;
}

/**
 * All plugins implemented in `module`. Those whose impl block a macro writes are left to the library, which tells of them for
 * certain, where there is one.
 */
export function findImpls(names: Names, module: Module): FoundImpl[] {
  const hasLibrary = makesDynamicLibrary(module.crate.node.info);
  return module.items.flatMap((placed) => {
    if (!isImpl(placed)) {
      return [];
    }
    const attribute = implAttribute(names, module, placed.item);
    return attribute === undefined || (hasLibrary && !isWritten(placed, attribute))
      ? []
      : [{ module, placed, attribute }];
  });
}

/** An impl block that is known in full. */
function isImpl(placed: Placed): placed is Placed<ImplItem> {
  return placed.item.kind === "impl" && placed.item.isPartial !== true;
}

/** Describes a plugin, all but its uses of async runtimes; problems go to the resolvers' and to `problems`. */
export function describeImpl(
  found: FoundImpl,
  resolvers: TypeResolvers,
  problems: RustProblem[],
): Omit<PluginFacts, "runtimeUses"> {
  const { module, placed, attribute } = found;
  const { names } = resolvers;
  const { item } = placed;
  const written = implArguments(attribute, placed.chunk.text);
  const headerName = lastPathName(item.trait);
  const traitName = written.traitName ?? headerName ?? "";
  const foundInterface = findInterface(names, found, traitName);
  const release = fidiusRelease(names.graph, module.crate.node);
  const rules = macroRules(release);
  const methods = foundInterface && methodsOf(foundInterface, names);
  const scopes = {
    reading: implScope(found, resolvers.reading),
    writing: implScope(found, resolvers.writing),
  };
  const described = describeMethods(found, scopes, resolvers, rules, methods, foundInterface);
  const config =
    written.config && resolvers.reading.resolveSource(written.config, scopes.reading, "config");
  const joined = joinDirections(described, config, resolvers);
  const name = pluginName(item);
  const signatures = requiredSignatures(methods ?? []);
  const doc = item.doc ?? typeDoc(names, found);
  problems.push(...interfaceProblems(names, found, traitName, foundInterface));
  const imported = traitImport(names, module, headerName ?? traitName);
  return {
    schema: {
      id: `${module.path}::${name} as ${traitName}`,
      name,
      ...(doc === null ? {} : { doc }),
      interfaceName: traitName,
      ...(foundInterface === undefined
        ? {}
        : { interfaceId: interfaceId(foundInterface), interfaceHash: interfaceHash(signatures) }),
      signatures,
      crate: module.crate.node.info,
      buffer: written.buffer,
      ...(config === null ? {} : { config }),
      ...(release === undefined ? {} : { fidiusVersion: release.version }),
      methods: joined.methods,
      types: joined.types,
      nameSpan: spanOf(placed, item.selfType),
      missingAsyncFeatures: [],
    },
    crateId: module.crate.node.id,
    attributeSpan: spanOf(placed, attribute),
    fidius: fidiusPath(names, module, placed, attribute, {
      written: written.crate,
      defaultPath: rules.defaultPath,
    }),
    companionInScope: rules.hasCompanion ? companionInScope(names, module, traitName) : "unknown",
    companionPath: companionPath(names, module, traitName, imported, foundInterface?.module),
    traitImport: imported,
  };
}

function interfaceProblems(
  names: Names,
  impl: FoundImpl,
  traitName: string,
  found: FoundInterface | undefined,
): RustProblem[] {
  if (found !== undefined) {
    return [];
  }
  const { placed, attribute } = impl;
  const code = "interfaceNotFound";
  const message = isOutOfSight(names, impl, traitName)
    ? `The interface \`${traitName}\` is not known, because its source, or what leads to it, is too large to analyse. So its hash and its methods are not checked. Move it to a file of its own, or split it.`
    : `The source of the interface \`${traitName}\` was not found, so its hash and its methods cannot be checked. Check the \`use\` of the trait and that its crate is among the dependencies.`;
  return [{ code, severity: "information", message, span: spanOf(placed, attribute) }];
}

/** As the macros of the interface's own crate read them. */
function methodsOf({ module, placed }: FoundInterface, names: Names): TraitMethod[] {
  return traitMethods(placed.item, macroRules(fidiusRelease(names.graph, module.crate.node)));
}

function describeMethods(
  found: FoundImpl,
  scopes: Readonly<Record<WireDirection, TypeScope>>,
  resolvers: TypeResolvers,
  rules: MacroRules,
  methods: readonly TraitMethod[] | undefined,
  foundInterface: FoundInterface | undefined,
): PluginMethod[] {
  const byName = methodsByName(methods ?? []);
  const isTraitLocal = foundInterface?.module.crate.node.isLocal === true;
  return functionsOf(found.placed.item).map((item, slot): PluginMethod => {
    const inTrait = byName.get(item.name);
    const shape = describeMethod(item, {
      placed: found.placed,
      scopes,
      resolvers,
      rules,
      declared: inTrait?.item,
      isSaidAtTrait: isTraitLocal && inTrait !== undefined,
    });
    const doc = shape.doc ?? inTrait?.item.doc ?? undefined;
    return {
      ...shape,
      ...(doc === undefined ? {} : { doc }),
      slot,
      signature: signatureOf(item, rules),
      traitIndex: methods === undefined ? slot : -1,
      ...(inTrait === undefined ? {} : traitParts(inTrait)),
      ...(inTrait === undefined || foundInterface === undefined
        ? {}
        : { traitSpan: spanOf(foundInterface.placed, inTrait.item.nameSpan) }),
    };
  });
}

/** What only the trait's method says. */
function traitParts(
  method: TraitMethod,
): Pick<PluginMethod, "signature" | "traitIndex" | "capabilityBit" | "metadata"> {
  const { item, signature, traitIndex, capabilityBit } = method;
  const metadata = methodMetadata(item);
  return {
    signature,
    traitIndex,
    ...metadata,
    ...(capabilityBit === null ? {} : { capabilityBit }),
  };
}

/** The interface that the impl is of. The companion module decides which interface the macro takes; without it the header's trait tells. */
export function findInterface(
  names: Names,
  found: FoundImpl,
  traitName: string,
): FoundInterface | undefined {
  for (const definition of definitionsOf(names, found, traitName)) {
    const result = interfaceOf(names, definition);
    if (result !== undefined) {
      return result;
    }
  }
  return undefined;
}

/** Whether the trait is not known because of a limit. */
function isOutOfSight(names: Names, found: FoundImpl, traitName: string): boolean {
  return definitionsOf(names, found, traitName).some(
    (definition) =>
      (definition?.kind === "unknown" &&
        (definition.isUnread === true || definition.reason === behindLimit.reason)) ||
      (definition?.kind === "item" && definition.placed.item.isPartial === true),
  );
}

/** What may be the interface, the likeliest first. */
function definitionsOf(
  names: Names,
  found: FoundImpl,
  traitName: string,
): readonly (Definition | undefined)[] {
  const { module } = found;
  const companion = names.memberAround(module, companionName(traitName), "type");
  const header = found.placed.item.trait;
  const syntax = header === null ? undefined : parseType(header);
  const byHeader =
    syntax?.kind === "path"
      ? names.resolve({
          segments: pathNames(syntax),
          isGlobal: syntax.isGlobal,
          module,
          namespace: "type",
        })
      : undefined;
  const byName = names.memberAround(module, traitName, "type");
  return [companion, byHeader, byName];
}

function interfaceOf(names: Names, definition: Definition | undefined): FoundInterface | undefined {
  if (definition?.kind !== "companion" && definition?.kind !== "item") {
    return undefined;
  }
  const { module, placed } = definition;
  if (!isTrait(placed)) {
    return undefined;
  }
  const attribute = interfaceAttribute(names, module, placed.item);
  return attribute && { module, placed, attribute };
}

function implScope(found: FoundImpl, resolver: TypeResolver): TypeScope {
  const { module, placed } = found;
  const plain = plainScope(module, placed);
  const associated = new Map(
    placed.item.items.flatMap((item) =>
      item.kind === "alias" && item.type !== null ? [[item.name, item.type] as const] : [],
    ),
  );
  const { start, end } = placed.item;
  const mayNameSelf = placed.chunk.text.slice(start, end).includes("Self");
  const self = mayNameSelf ? resolver.resolveQuietly(placed.item.selfType, plain) : null;
  return { ...plain, associated, self };
}

/** As the macro registers it: a raw identifier keeps its `r#`. */
function pluginName({ selfType }: ImplItem): string {
  return selfType.text.startsWith("r#")
    ? selfType.text.trim()
    : (lastPathName(selfType) ?? selfType.text);
}

function typeDoc(names: Names, found: FoundImpl): string | null {
  const name = lastPathName(found.placed.item.selfType) ?? "";
  const definition = names.memberAround(found.module, name, "type");
  return definition?.kind === "item" ? definition.placed.item.doc : null;
}

function lastPathName(source: ImplItem["trait"]): string | undefined {
  const type = source === null ? undefined : parseType(source);
  return type?.kind === "path" ? pathNames(type).at(-1) : undefined;
}
