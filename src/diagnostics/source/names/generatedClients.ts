// The names that Fidius' macros make beside a trait, such as `ToolClient`: who declares the trait, and where code names them.

import { bodyReferences } from "../../../rust/syntax/bodyReferences.ts";
import {
  functionsOf,
  type FunctionItem,
  type TraitItem,
  type UseLeaf,
} from "../../../rust/syntax/items/items.ts";
import { moduleBehind } from "../../../rust/names/definitions.ts";
import {
  hostInterfaceAttribute,
  interfaceAttribute,
  moduleOf,
} from "../../../rust/names/macroNames.ts";
import type { Module, Placed } from "../../../rust/names/modules/modules.ts";
import type { Names } from "../../../rust/names/names.ts";

/** What a client belongs to. */
export interface ClientTrait {
  readonly kind: "interface" | "hostInterface";
  readonly module: Module;
  readonly placed: Placed<TraitItem>;
}

const suffix = "Client";

const mentions = new WeakMap<Module["file"], boolean>();

/** Whether anything in the module's file can name a client. A file is looked through once, however many modules it holds. */
export function mentionsClient({ file }: Module): boolean {
  const answer = mentions.get(file) ?? /\wClient\b/u.test(file.text);
  mentions.set(file, answer);
  return answer;
}

/** The trait whose generated client a path means in `module`; undefined where it means something else, or may. */
export function clientTrait(
  names: Names,
  module: Module,
  segments: readonly string[],
): ClientTrait | undefined {
  return follow(names, module, segments, new Set());
}

function follow(
  names: Names,
  module: Module,
  segments: readonly string[],
  visited: Set<string>,
): ClientTrait | undefined {
  const last = segments.at(-1) ?? "";
  if (!last.endsWith(suffix) || last === suffix) {
    return undefined;
  }
  const written = names.resolve({ segments, isGlobal: false, module, namespace: "type" });
  if (written !== undefined) {
    return undefined;
  }
  const owner = segments.length === 1 ? module : moduleOf(names, module, segments.slice(0, -1));
  return owner === undefined ? undefined : inModule(names, owner, last, module, visited);
}

/** `visited` holds each name of a module that was followed before: circles end. */
function inModule(
  names: Names,
  module: Module,
  name: string,
  viewer: Module,
  visited: Set<string>,
): ClientTrait | undefined {
  const place = `${String(names.idOf(module))} ${name}`;
  if (visited.has(place) || module.hidesNames) {
    return undefined;
  }
  visited.add(place);
  const declared = traitOf(names, module, name.slice(0, -suffix.length));
  if (declared !== undefined) {
    return declared;
  }
  for (const { leaf } of names.leaves(module, viewer)) {
    const found =
      leaf.isGlob || leaf.binding === name
        ? behindLeaf(names, module, leaf, name, visited)
        : undefined;
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function behindLeaf(
  names: Names,
  module: Module,
  leaf: UseLeaf,
  name: string,
  visited: Set<string>,
): ClientTrait | undefined {
  if (!leaf.isGlob) {
    return follow(names, module, leaf.path, visited);
  }
  const owner = moduleBehind(names.target(leaf, module, "type"));
  return owner && inModule(names, owner, name, module, visited);
}

function traitOf(names: Names, module: Module, name: string): ClientTrait | undefined {
  const placed = module.named(name).find((each): each is Placed<TraitItem> => {
    return each.item.kind === "trait";
  });
  if (placed === undefined) {
    return undefined;
  }
  names.tables.lookInto(placed);
  const kind =
    interfaceAttribute(names, module, placed.item) !== undefined
      ? "interface"
      : hostInterfaceAttribute(names, module, placed.item) !== undefined
        ? "hostInterface"
        : undefined;
  return kind && { kind, module, placed };
}

/** The functions of a module, those of its impl blocks and traits included. */
export function functionsIn(module: Module): readonly Placed<FunctionItem>[] {
  return module.items.flatMap((placed): readonly Placed<FunctionItem>[] => {
    const { item } = placed;
    if (item.kind === "function") {
      return [{ ...placed, item }];
    }
    return item.kind === "impl" || item.kind === "trait"
      ? functionsOf(item).map((each) => ({ ...placed, item: each }))
      : [];
  });
}

/** A path in a body, up to the client that it names. */
export interface ClientPath {
  readonly trait: ClientTrait;
  /** The client's own name, without the trait's name. */
  readonly segments: readonly string[];
  readonly start: number;
}

/** The paths of a body that name clients, local `use` lines followed. */
export function clientPaths(
  names: Names,
  module: Module,
  { item }: Placed<FunctionItem>,
): readonly ClientPath[] {
  const { paths, uses } = bodyReferences(item);
  return paths.flatMap(({ segments, isGlobal, start }) => {
    const local = uses.find(({ binding }) => binding === segments[0]);
    const full = local === undefined ? segments : [...local.path, ...segments.slice(1)];
    const bound = full
      .map((_, index) => full.slice(0, index + 1))
      .map((part) => ({ part, trait: isGlobal ? undefined : aliased(names, module, part) }))
      .find(({ trait }) => trait !== undefined);
    return bound?.trait === undefined ? [] : [{ trait: bound.trait, segments: bound.part, start }];
  });
}

/** As {@link clientTrait}; `use api::ToolClient as Client` is followed too. */
function aliased(
  names: Names,
  module: Module,
  segments: readonly string[],
): ClientTrait | undefined {
  const [first = ""] = segments;
  const imported = segments.length === 1 ? module.leavesAround : [];
  const leaf = imported.find(({ leaf: each }) => !each.isGlob && each.binding === first)?.leaf;
  return clientTrait(names, module, leaf?.path ?? segments);
}
