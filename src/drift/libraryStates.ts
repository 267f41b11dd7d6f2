// What a built library says of its interfaces, as one side of a comparison. It holds hashes, numbers and metadata; names of methods
// where it has symbols; never types.

import { explainHashDifference } from "../abi/explainHash.ts";
import type { LibraryReport, PluginReport } from "../model/libraryReport.ts";
import { placeMethods } from "../model/slotPlacement.ts";
import type { InterfaceState, MethodState } from "./interfaceState.ts";

export interface LibraryInterfaces {
  /** The library's plugin, and the interface of the sources that it implements. */
  readonly pairs: readonly (readonly [before: InterfaceState, after: InterfaceState])[];
  /** What cannot be told, and what is not in the sources; sentences. */
  readonly notes: readonly string[];
}

/** The interfaces of a library's plugins next to those of the sources. */
export function libraryInterfaces(
  report: LibraryReport,
  sources: readonly InterfaceState[],
): LibraryInterfaces {
  const pairs: (readonly [InterfaceState, InterfaceState])[] = [];
  const notes = new Set<string>();
  for (const plugin of report.plugins) {
    const named = sources.filter(
      ({ kind, name }) => kind === "plugin" && name === plugin.interfaceName,
    );
    const same = named.filter(({ hash }) => hash === plugin.interfaceHash);
    const [source, ...others] = same.length > 0 ? same : named;
    if (source === undefined) {
      notes.add(
        `The sources have no interface ${plugin.interfaceName}, which ${plugin.name} implements.`,
      );
    } else if (others.length > 0) {
      notes.add(
        `Several crates declare an interface ${plugin.interfaceName}; ${plugin.name} is compared with ${source.id}.`,
      );
    }
    if (source !== undefined) {
      const { state, isCertain } = libraryState(plugin, report.abi, source);
      pairs.push([state, source]);
      if (!isCertain) {
        notes.add(
          `The library is stripped and does not tell the slots of ${plugin.name}: the order of its methods was not compared.`,
        );
      }
    }
  }
  if (pairs.length > 0) {
    notes.add("A library holds no types: wire forms were not compared. A revision tells them.");
  }
  return { pairs, notes: [...notes] };
}

interface StateOfLibrary {
  readonly state: InterfaceState;
  /** False: where its methods stand is not known. */
  readonly isCertain: boolean;
}

function libraryState(plugin: PluginReport, abi: number, source: InterfaceState): StateOfLibrary {
  const { methods, isOrderKnown } =
    plugin.interfaceHash === source.hash
      ? methodsOfSameHash(plugin, source)
      : methodsOfOtherHash(plugin, source);
  const state: InterfaceState = {
    kind: "plugin",
    id: source.id,
    name: source.name,
    crate: undefined,
    version: plugin.interfaceVersion,
    buffer: plugin.buffer,
    hash: plugin.interfaceHash,
    abi,
    cratePath: undefined,
    methods: withMetadata(methods, plugin, source),
    isOrderKnown,
    metadata: plugin.traitMetadata,
    types: {},
    span: undefined,
  };
  return { state, isCertain: isOrderKnown };
}

interface Methods {
  readonly methods: readonly MethodState[];
  readonly isOrderKnown: boolean;
}

function methodsOfSameHash(plugin: PluginReport, source: InterfaceState): Methods {
  const byName = new Map(source.methods.map((method) => [method.name, method]));
  if (plugin.methodNames !== undefined) {
    const methods = plugin.methodNames.map((name) => known(name, byName.get(name)));
    return { methods, isOrderKnown: true };
  }
  let bit = 0;
  const placements = placeMethods(
    plugin,
    source.methods.map(({ name, isOptional, metadata }, traitIndex) => ({
      name,
      traitIndex,
      ...(isOptional ? { capabilityBit: bit++ } : {}),
      ...(metadata === undefined ? {} : { metadata }),
    })),
  );
  const there = source.methods.filter((_, index) => placements[index]?.kind !== "absent");
  return { methods: there.map((method) => known(method.name, method)), isOrderKnown: false };
}

function methodsOfOtherHash(plugin: PluginReport, source: InterfaceState): Methods {
  const lines = (isOptional: boolean): readonly string[] =>
    source.methods.flatMap((method) =>
      method.isOptional === isOptional && method.signature !== undefined ? [method.signature] : [],
    );
  const differences = explainHashDifference(
    { required: lines(false), optional: lines(true) },
    {
      hash: plugin.interfaceHash,
      ...(plugin.methodNames === undefined ? {} : { methodNames: plugin.methodNames }),
    },
    new Map(),
  );
  const isExplained = differences.every(({ change }) => change !== "unknown");
  const byName = new Map(source.methods.map((method) => [method.name, method]));
  const names = plugin.methodNames ?? [
    ...source.methods
      .map(({ name }) => name)
      .filter((name) =>
        differences.every((each) => each.method !== name || each.change !== "added"),
      ),
    ...differences.flatMap(({ change, method }) => (change === "removed" ? [method] : [])),
  ];
  const methods = names.map((name): MethodState => {
    const found = differences.find(({ method }) => method === name);
    const same = known(name, byName.get(name));
    if (found?.change === "changed") {
      return found.binarySignature === "optional"
        ? { ...same, isOptional: true, signature: undefined }
        : { ...same, isOptional: false, signature: found.binarySignature };
    }
    if (found?.change === "removed") {
      return { ...same, isOptional: false, signature: found.binarySignature };
    }
    return isExplained ? same : { ...same, signature: undefined };
  });
  return { methods, isOrderKnown: plugin.methodNames !== undefined };
}

/** A method that the library has like the source, as far as it tells; optional ones are in no hash. */
function known(name: string, source: MethodState | undefined): MethodState {
  return {
    name,
    signature: source === undefined || source.isOptional ? undefined : source.signature,
    isOptional: source?.isOptional ?? true,
    isAsync: undefined,
    metadata: undefined,
    types: undefined,
    span: undefined,
  };
}

/** Metadata is in the order of the trait that the library was built from: it is known where that is the one of today. */
function withMetadata(
  methods: readonly MethodState[],
  { methodMetadata }: PluginReport,
  source: InterfaceState,
): readonly MethodState[] {
  const isSameTrait =
    methodMetadata.length === source.methods.length &&
    methods.length === source.methods.length &&
    methods.every(({ name }) => source.methods.some((method) => method.name === name));
  return methods.map((method) => {
    const index = source.methods.findIndex(({ name }) => name === method.name);
    const metadata = methodMetadata.length === 0 ? [] : methodMetadata[isSameTrait ? index : -1];
    return metadata === undefined ? method : { ...method, metadata };
  });
}
