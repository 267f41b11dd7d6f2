// What rules look at: an interface, an impl block or a host interface, with what its attribute says and the ways to ask further.

import type { CrateSources } from "../../rust/fidius/crateCheck.ts";
import { implArguments } from "../../rust/fidius/fidiusArguments.ts";
import {
  fidiusRelease,
  macroRules,
  type FidiusRelease,
  type MacroRules,
} from "../../rust/fidius/fidiusRelease.ts";
import type { FoundHostInterface } from "../../rust/fidius/hostInterfaces.ts";
import { findInterface, type FoundImpl } from "../../rust/fidius/impls.ts";
import type { FoundInterface } from "../../rust/fidius/interfaces.ts";
import type { Module, Placed } from "../../rust/names/modules/modules.ts";
import { readEntries, type MetaEntry } from "../../rust/syntax/items/attributes.ts";
import {
  functionsOf,
  type Attribute,
  type FunctionItem,
  type ImplItem,
  type TraitItem,
} from "../../rust/syntax/items/items.ts";
import { parseType, pathNames } from "../../rust/syntax/typeSyntax.ts";

interface Subject<T> {
  readonly sources: CrateSources;
  readonly module: Module;
  readonly placed: Placed<T>;
  readonly item: T;
  /** The macro's attribute. */
  readonly attribute: Attribute;
  /** Its arguments. */
  readonly entries: readonly MetaEntry[];
  readonly methods: readonly FunctionItem[];
  readonly release: FidiusRelease | undefined;
  readonly rules: MacroRules;
}

export type InterfaceSubject = Subject<TraitItem>;
export type HostInterfaceSubject = Subject<TraitItem>;

export interface ImplSubject extends Subject<ImplItem> {
  /** The identifier in the attribute; null where it names none. */
  readonly traitName: string | null;
  /** Last name of the trait in the impl's header; null for an inherent impl. */
  readonly headerName: string | null;
  /** Name of the implementing type, where it is a plain identifier. */
  readonly typeName: string | null;
  readonly buffer: "PluginAllocated" | "Arena";
  readonly config: ReturnType<typeof implArguments>["config"];
  /** The interface that it implements, where its source is known. */
  readonly interface: FoundInterface | undefined;
}

/** An interface or a host interface, ready for rules. */
export function traitSubject(
  sources: CrateSources,
  found: FoundInterface | FoundHostInterface,
): InterfaceSubject {
  return subject(sources, found, functionsOf(found.placed.item));
}

/** Several rules ask for each impl block in one look at a crate. */
const implSubjects = new WeakMap<CrateSources, Map<FoundImpl, ImplSubject>>();

/** An impl block, ready for rules. */
export function implSubject(sources: CrateSources, found: FoundImpl): ImplSubject {
  const subjects = implSubjects.get(sources) ?? new Map<FoundImpl, ImplSubject>();
  implSubjects.set(sources, subjects);
  const known = subjects.get(found) ?? readImpl(sources, found);
  subjects.set(found, known);
  return known;
}

function readImpl(sources: CrateSources, found: FoundImpl): ImplSubject {
  const { item, chunk } = found.placed;
  const written = implArguments(found.attribute, chunk.text);
  const headerName = lastName(item.trait);
  const self = parseType(item.selfType);
  const traitName = written.traitName;
  return {
    ...subject(sources, found, functionsOf(item)),
    traitName,
    headerName,
    typeName:
      self.kind === "path" && item.selfType.text === self.segments[0]?.name
        ? self.segments[0].name
        : null,
    buffer: written.buffer,
    config: written.config,
    interface: findInterface(sources.names, found, traitName ?? headerName ?? ""),
  };
}

function subject<T>(
  sources: CrateSources,
  { module, placed, attribute }: { module: Module; placed: Placed<T>; attribute: Attribute },
  methods: readonly FunctionItem[],
): Subject<T> {
  const release = fidiusRelease(sources.names.graph, module.crate.node);
  return {
    sources,
    module,
    placed,
    item: placed.item,
    attribute,
    entries: readEntries(attribute.arguments),
    methods,
    release,
    rules: macroRules(release),
  };
}

function lastName(source: ImplItem["trait"]): string | null {
  const type = source === null ? null : parseType(source);
  return type?.kind === "path" ? (pathNames(type).at(-1) ?? null) : null;
}
