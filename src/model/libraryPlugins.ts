// From what a library says of itself to plugins with full types: each plugin of its registry is matched by name and hash
// with the interfaces whose source is known. General: candidates of a project use it, and so does any library opened by itself.

import { crateIdOf } from "./crateGraph.ts";
import type { LibraryReport, PluginReport } from "./libraryReport.ts";
import type {
  Buildable,
  InterfaceSchema,
  LibraryOrigin,
  PluginMethod,
  PluginSchema,
  UnmatchedPlugin,
} from "./plugin.ts";
import { placeMethods, type SlotPlacement } from "./slotPlacement.ts";
import type { SourceSpan } from "./text/span.ts";

export interface LibraryPluginsRequest {
  readonly report: LibraryReport;
  /** Interfaces with source, those to prefer first: of two with one name and hash the first is taken. */
  readonly interfaces: readonly InterfaceSchema[];
  /** Plugins with visible impl blocks, which need no library to be known. */
  readonly visible: readonly PluginSchema[];
  /** What builds the library; null when nothing here does: the interface's package then stands for it. */
  readonly owner: Buildable | null;
  /** Where a plugin is shown; null is where its interface is declared. */
  readonly placeOf?: (pluginName: string) => SourceSpan | null;
  /**
   * The library may be older than the sources: a plugin whose hash matches nothing counts as one of the only interface of
   * its name, because building again will make it so.
   */
  readonly acceptsOutdated: boolean;
  /** What the user chose where several interfaces have one name and hash. */
  readonly choices?: readonly InterfaceChoice[];
}

/** Which of the interfaces of one name and hash a plugin of a library has. */
export interface InterfaceChoice {
  readonly pluginName: string;
  readonly interfaceName: string;
  readonly interfaceId: string;
}

export interface LibraryPlugins {
  /** Without those of the owner's package whose impl block is visible. */
  readonly plugins: readonly PluginSchema[];
  readonly unmatched: readonly UnmatchedPlugin[];
}

/** All plugins of a library, in the order of their names: the registry's order means nothing (reference 3.1). */
export function libraryPlugins(request: LibraryPluginsRequest): LibraryPlugins {
  const plugins: PluginSchema[] = [];
  const unmatched: UnmatchedPlugin[] = [];
  const used = new Set<string>();
  for (const found of [...request.report.plugins].sort(byName)) {
    const match = matchInterface(request, found);
    const known = visiblePlugin(request, found, match);
    if (known !== undefined && isOwn(request, known)) {
      continue;
    }
    if (match === undefined) {
      unmatched.push(unmatchedOf(request, found));
      continue;
    }
    const plugin =
      known === undefined
        ? assumedPlugin(request, found, match)
        : {
            ...known,
            methods: placedMethods(found, match, known.methods),
            ...ownerParts(request, match),
            library: originOf(request, found, match, "impl"),
          };
    plugins.push(withUniqueId({ ...plugin, id: stableId(request, plugin, found) }, found, used));
  }
  return { plugins, unmatched };
}

function byName(left: PluginReport, right: PluginReport): number {
  const [a, b] = [keyOf(left), keyOf(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function keyOf({ name, interfaceName, interfaceHash }: PluginReport): string {
  return `${name} ${interfaceName} ${interfaceHash}`;
}

/** Its impl block, which may stand in a package that the library's links. */
function visiblePlugin(
  request: LibraryPluginsRequest,
  found: PluginReport,
  match: InterfaceSchema | undefined,
): PluginSchema | undefined {
  const { visible } = request;
  const same = visible.filter(
    (plugin) => plugin.name === found.name && plugin.interfaceName === found.interfaceName,
  );
  const own = same.find((plugin) => isOwn(request, plugin));
  const isExact = ({ interfaceId, interfaceHash }: PluginSchema): boolean =>
    interfaceId === match?.id && interfaceHash === found.interfaceHash;
  // A plugin of a package that several libraries link is there once for each of them.
  const exact = own !== undefined && isExact(own) ? own : same.find(isExact);
  // An impl block of another interface is not that of the plugin whose interface was chosen.
  return (
    exact ??
    (chosenInterface(request, found) === undefined
      ? (same.find((plugin) => plugin.interfaceHash === found.interfaceHash) ?? own)
      : own)
  );
}

function isOwn({ owner }: LibraryPluginsRequest, plugin: PluginSchema): boolean {
  return owner !== null && crateIdOf(plugin.crate) === crateIdOf(owner.crate);
}

/** What the user chose, as long as it has the name and the hash. */
function chosenInterface(
  { interfaces, choices = [] }: LibraryPluginsRequest,
  found: PluginReport,
): InterfaceSchema | undefined {
  const choice = choices.find(
    ({ pluginName, interfaceName }) =>
      pluginName === found.name && interfaceName === found.interfaceName,
  );
  return interfaces.find((schema) => schema.id === choice?.interfaceId && isSame(schema, found));
}

/** Whether an interface has the name and the hash that a plugin of the library has. */
function isSame({ name, hash }: InterfaceSchema, found: PluginReport): boolean {
  return name === found.interfaceName && hash === found.interfaceHash;
}

function matchInterface(
  request: LibraryPluginsRequest,
  found: PluginReport,
): InterfaceSchema | undefined {
  const { interfaces, acceptsOutdated } = request;
  const named = interfaces.filter(({ name }) => name === found.interfaceName);
  const exact = chosenInterface(request, found) ?? named.find((schema) => isSame(schema, found));
  return exact ?? (acceptsOutdated && named.length === 1 ? named[0] : undefined);
}

function unmatchedOf(
  { interfaces }: LibraryPluginsRequest,
  { name, interfaceName, interfaceHash }: PluginReport,
): UnmatchedPlugin {
  const named = interfaces.filter((candidate) => candidate.name === interfaceName);
  const sourceHashes = [...new Set(named.map(({ hash }) => hash))];
  return { name, interfaceName, hash: interfaceHash, sourceHashes };
}

function assumedPlugin(
  request: LibraryPluginsRequest,
  found: PluginReport,
  schema: InterfaceSchema,
): PluginSchema {
  const inTrait = schema.methods.map((method): PluginMethod => ({
    ...method,
    slot: method.traitIndex,
    traitSpan: method.nameSpan,
  }));
  const hasNames = found.interfaceHash === schema.hash && found.methodNames !== undefined;
  const slotOrder = hasNames ? "symbols" : "assumed";
  const required = schema.methods.filter(({ capabilityBit }) => capabilityBit === undefined);
  return {
    id: `${ownerName(request, schema)}::${found.name} as ${found.interfaceName}`,
    name: found.name,
    interfaceName: schema.name,
    interfaceId: schema.id,
    interfaceHash: schema.hash,
    signatures: required.map(({ signature }) => signature).sort(byCodePoint),
    buffer: found.buffer,
    methods: placedMethods(found, schema, inTrait),
    types: schema.types,
    nameSpan: request.placeOf?.(found.name) ?? schema.nameSpan,
    ...ownerParts(request, schema),
    library: originOf(request, found, schema, slotOrder),
  };
}

/** With the slots of the library, as far as it has the same interface. */
function placedMethods(
  found: PluginReport,
  schema: InterfaceSchema,
  methods: readonly PluginMethod[],
): readonly PluginMethod[] {
  const placements = found.interfaceHash === schema.hash ? placeMethods(found, methods) : [];
  return methods.map((method, index) => ({ ...method, ...placementParts(placements[index]) }));
}

/** Without a placement the trait's order stands. */
function placementParts(
  placement: SlotPlacement | undefined,
): Pick<PluginMethod, "isImplemented" | "isSlotKnown"> | Pick<PluginMethod, "slot"> {
  switch (placement?.kind) {
    case "slot":
      return { slot: placement.slot };
    case "absent":
      return { isImplemented: false };
    case "unclear":
      return { isSlotKnown: false };
    case undefined:
      return {};
  }
}

function ownerParts(
  { owner }: LibraryPluginsRequest,
  schema: InterfaceSchema,
): Omit<Buildable, "id"> {
  return owner === null
    ? { crate: schema.crate, missingAsyncFeatures: [] }
    : {
        crate: owner.crate,
        missingAsyncFeatures: owner.missingAsyncFeatures,
        ...(owner.fidiusVersion === undefined ? {} : { fidiusVersion: owner.fidiusVersion }),
        ...(owner.missingAsyncPackages === undefined
          ? {}
          : { missingAsyncPackages: owner.missingAsyncPackages }),
      };
}

function ownerName({ owner }: LibraryPluginsRequest, schema: InterfaceSchema): string {
  return (owner?.crate ?? schema.crate).libraryName;
}

function originOf(
  { owner, interfaces }: LibraryPluginsRequest,
  found: PluginReport,
  schema: InterfaceSchema,
  slotOrder: LibraryOrigin["slotOrder"],
): LibraryOrigin {
  const others = interfaces.filter((other) => other.id !== schema.id && isSame(other, found));
  return {
    ...(owner === null ? {} : { candidateId: owner.id }),
    slotOrder,
    ...(others.length === 0 ? {} : { otherInterfaceIds: others.map(({ id }) => id) }),
    ...(found.interfaceHash === schema.hash ? {} : { outdatedHash: found.interfaceHash }),
  };
}

/** Without an owner an id names the crate of the interface; where there is a choice, that of the nearest one, whatever is chosen. */
function stableId(
  { owner, interfaces }: LibraryPluginsRequest,
  { id, name, interfaceName }: PluginSchema,
  found: PluginReport,
): string {
  const [nearest, ...others] = interfaces.filter((schema) => isSame(schema, found));
  return owner === null && nearest !== undefined && others.length > 0
    ? `${nearest.crate.libraryName}::${name} as ${interfaceName}`
    : id;
}

/** Two modules may register one type name (reference 2.2). */
function withUniqueId(
  plugin: PluginSchema,
  { interfaceHash }: PluginReport,
  used: Set<string>,
): PluginSchema {
  let { id } = plugin;
  for (let count = 2; used.has(id); count++) {
    id = `${plugin.id} (${interfaceHash}${count === 2 ? "" : `, ${String(count)}`})`;
  }
  used.add(id);
  return { ...plugin, id };
}

function byCodePoint(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
