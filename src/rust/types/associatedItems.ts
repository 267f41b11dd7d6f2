// Associated constants and types: in the impl blocks of a type, and what a trait gives when the impl block does not say.

import type { CrateId } from "../../model/crateGraph.ts";
import { implsFor, type PlacedImpl } from "../names/implIndex.ts";
import type {
  AliasItem,
  ConstItem,
  ImplItem,
  TraitItem,
  TypeSource,
} from "../syntax/items/items.ts";
import type { Crate, Module, Placed } from "../names/modules/modules.ts";
import { unknownType, type GenericValue, type TypeOwner } from "./resolved.ts";
import { ownerOf, type OwnerPorts } from "./typeOwners.ts";
import { plainScope, type TypeScope } from "./typeScope.ts";
import { parseType, pathNames, type PathType, type TypeSyntax } from "../syntax/typeSyntax.ts";

/** The text of a constant or a type, and what the names in it mean. */
export interface AssociatedItem {
  readonly source: TypeSource;
  /** The declared type of a constant. */
  readonly type: TypeSource | null;
  readonly scope: TypeScope;
}

interface PlacedTrait {
  readonly module: Module;
  readonly placed: Placed<TraitItem>;
}

type AssociatedKind = "const" | "alias";

/** What the path's last name is of the type before it: `Self::N`, `Type::N`, `T::Out`, `<Type as Trait>::N`. */
export function findAssociated(
  type: PathType,
  scope: TypeScope,
  kind: AssociatedKind,
  ports: OwnerPorts,
): AssociatedItem | undefined {
  const name = type.segments.at(-1)?.name ?? "";
  const before = ownerPath(type);
  const owner = before === undefined ? undefined : ownerOf(before, scope, ports);
  if (owner === undefined) {
    return undefined;
  }
  const trait = type.trait === null ? undefined : traitAt(type.trait, scope.module, ports);
  if (type.trait !== null && trait === undefined) {
    return undefined;
  }
  const impls = matchingImpls(owner, cratesToSearch(owner, trait, scope, ports), ports);
  const wanted = impls.filter(
    ({ found }) => trait === undefined || traitOf(found, ports)?.placed.item === trait.placed.item,
  );
  const written = wanted.filter(({ found }) => declared(found.placed.item, kind, name));
  const inherent = written.filter(({ found }) => found.placed.item.trait === null);
  const chosen = inherent.length > 0 ? inherent : written;
  const [only] = chosen;
  if (only !== undefined) {
    ports.names.tables.lookInto(only.found.placed);
    return chosen.length === 1 ? inImpl(only, kind, name, owner, ports) : undefined;
  }
  const givers = wanted.flatMap(({ found }) => traitOf(found, ports) ?? []);
  const defaults = givers.filter(({ placed }) => declared(placed.item, kind, name) !== undefined);
  const [giver] = defaults;
  return giver === undefined || defaults.length > 1 ? undefined : inTrait(giver, kind, name, owner);
}

/** `type Name = …;` of the impl block that the path stands in. */
export function ownAssociated(type: PathType, { associated }: TypeScope): TypeSource | undefined {
  const isOwn =
    type.qualifier === null
      ? type.segments.length === 2 && type.segments[0]?.name === "Self"
      : type.qualifier.kind === "path" && pathNames(type.qualifier).join() === "Self";
  return isOwn ? associated.get(type.segments.at(-1)?.name ?? "") : undefined;
}

/** The type before the last name; undefined where there is none. */
function ownerPath(type: PathType): TypeSyntax | undefined {
  const segments = type.segments.slice(0, -1);
  return segments.length === 0
    ? (type.qualifier ?? undefined)
    : { ...type, segments, text: `${type.text} (its type)` };
}

function traitAt(path: PathType, module: Module, { names }: OwnerPorts): PlacedTrait | undefined {
  const { isGlobal } = path;
  const found = names.resolve({ segments: pathNames(path), isGlobal, module, namespace: "type" });
  const item = found?.kind === "item" ? found.placed.item : undefined;
  return found?.kind === "item" && item?.kind === "trait"
    ? { module: found.module, placed: { ...found.placed, item } }
    : undefined;
}

function traitOf({ module, placed }: PlacedImpl, ports: OwnerPorts): PlacedTrait | undefined {
  const { trait } = placed.item;
  const type = trait === null ? undefined : parseType(trait);
  return type?.kind === "path" ? traitAt(type, module, ports) : undefined;
}

/** An impl block is in the crate of the type or of the trait; which trait that may be, the crate that asks knows. */
function cratesToSearch(
  owner: TypeOwner,
  trait: PlacedTrait | undefined,
  { module }: TypeScope,
  { names }: OwnerPorts,
): ReadonlySet<Crate> {
  const near = [module.crate, ...(owner.kind === "item" ? [owner.module.crate] : [])];
  const local = (id: CrateId | null): readonly Crate[] =>
    id !== null && names.graph.crates.get(id)?.isLocal === true
      ? [names.crate(id) ?? []].flat()
      : [];
  const others =
    trait === undefined
      ? near.flatMap(({ node }) => node.dependencies.flatMap(({ crateId }) => local(crateId)))
      : [trait.module.crate];
  return new Set([...near, ...others]);
}

interface MatchedImpl {
  readonly found: PlacedImpl;
  readonly generics: ReadonlyMap<string, GenericValue>;
}

function matchingImpls(
  owner: TypeOwner,
  crates: ReadonlySet<Crate>,
  ports: OwnerPorts,
): readonly MatchedImpl[] {
  const key = owner.kind === "item" ? owner.placed.item : owner.name;
  return [...crates]
    .flatMap((crate) => implsFor(key, crate, ports.names))
    .flatMap((found) => {
      const generics = matchArguments(found, owner, ports);
      return generics === undefined ? [] : [{ found, generics }];
    });
}

/** What the impl block's parameters stand for; undefined when it is for other arguments. */
function matchArguments(
  { module, placed }: PlacedImpl,
  owner: TypeOwner,
  ports: OwnerPorts,
): ReadonlyMap<string, GenericValue> | undefined {
  const bound = new Map<string, GenericValue>();
  const type = parseType(placed.item.selfType);
  const given = type.kind === "path" ? (type.segments.at(-1)?.arguments ?? []) : [];
  if (owner.kind === "primitive" || type.kind !== "path") {
    return bound;
  }
  const parameters = new Set(placed.item.generics.map(({ name }) => name));
  for (const [index, argument] of given.entries()) {
    const value = owner.generics[index];
    const name =
      argument.kind === "type"
        ? argument.type.text
        : argument.text.replace(/^\{\s*(\w+)\s*\}$/u, "$1");
    if (value === undefined) {
      return undefined;
    }
    if (parameters.has(name)) {
      bound.set(name, value);
    } else if (
      !isSameArgument(value, argument, { ...plainScope(module, placed), generics: bound }, ports)
    ) {
      return undefined;
    }
  }
  return bound;
}

function isSameArgument(
  value: GenericValue,
  argument: PathType["segments"][number]["arguments"][number],
  scope: TypeScope,
  ports: OwnerPorts,
): boolean {
  if (value.kind === "const") {
    const text = argument.kind === "type" ? argument.type.text : argument.text;
    return value.value !== null && ports.evaluate(text, scope, value.type ?? null) === value.value;
  }
  return (
    argument.kind === "type" && ports.resolveQuietly(argument.type, scope).key === value.type.key
  );
}

function declared(
  container: ImplItem | TraitItem,
  kind: AssociatedKind,
  name: string,
): Pick<AssociatedItem, "source" | "type"> | undefined {
  const item = container.items.find(
    (inner): inner is ConstItem | AliasItem => inner.kind === kind && inner.name === name,
  );
  const source = (item?.kind === "const" ? item.value : item?.type) ?? undefined;
  return source && { source, type: item?.kind === "const" ? item.type : null };
}

function inImpl(
  { found, generics }: MatchedImpl,
  kind: AssociatedKind,
  name: string,
  owner: TypeOwner,
  ports: OwnerPorts,
): AssociatedItem | undefined {
  const { module, placed } = found;
  const { item } = placed;
  const written = declared(item, kind, name);
  if (written === undefined) {
    return undefined;
  }
  const plain = { ...plainScope(module, placed), generics };
  const associated = new Map(
    item.items.flatMap((inner) =>
      inner.kind === "alias" && inner.type !== null ? [[inner.name, inner.type] as const] : [],
    ),
  );
  const self =
    kind === "alias" && /\bSelf\b/u.test(written.source.text)
      ? ports.resolveQuietly(item.selfType, plain)
      : { ...unknownType("Self", "`Self` is not needed here."), owner };
  return { ...written, scope: { ...plain, associated, self } };
}

function inTrait(
  { module, placed }: PlacedTrait,
  kind: AssociatedKind,
  name: string,
  owner: TypeOwner,
): AssociatedItem | undefined {
  const written = declared(placed.item, kind, name);
  const self = { ...unknownType("Self", "`Self` is not needed here."), owner };
  return written && { ...written, scope: { ...plainScope(module, placed), self } };
}
