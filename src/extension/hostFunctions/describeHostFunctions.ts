// What the panel's section on host functions shows, worked out from the sources, the library's imports and the file's text.

import type { HostFunctionText } from "../../calls/hostFunctions/checkHostFunctions.ts";
import type {
  HostFunctionSetup,
  HostImport,
  HostInterfaceSetup,
} from "../../model/hostFunctions.ts";
import type { HostInterfaceSchema, PluginSchema } from "../../model/plugin.ts";
import type { PanelHostFunctions, PanelHostInterface } from "../../protocol/panelHostFunctions.ts";

/** A host interface that the plugin may ask for, before the file is looked at. */
export type KnownHostInterface = Omit<PanelHostInterface, "setup">;

/**
 * What the library imports, once one was loaded, and what the plugin's crate links besides: the library may be older than the
 * sources.
 */
export function knownHostInterfaces(
  plugin: PluginSchema,
  sources: readonly HostInterfaceSchema[],
  imports: readonly HostImport[] | undefined,
): readonly KnownHostInterface[] {
  const linked = (plugin.hostInterfaceIds ?? []).flatMap(
    (id) => sources.find((schema) => schema.id === id) ?? [],
  );
  const known = [
    ...(imports ?? []).map((wanted) => describeImport(wanted, [...linked, ...sources])),
    ...linked.map(({ id, name, version }): KnownHostInterface => ({
      name,
      version,
      schemaId: id,
      isImported: imports === undefined ? null : false,
      isBound: false,
      note: null,
    })),
  ];
  // The file knows them by name alone; the nearest is meant.
  return known.filter(
    ({ name }, index) => known.findIndex((other) => other.name === name) === index,
  );
}

function describeImport(
  { interfaceName, interfaceHash, interfaceVersion, isBound }: HostImport,
  sources: readonly HostInterfaceSchema[],
): KnownHostInterface {
  const named = sources.filter(({ name }) => name === interfaceName);
  const same = named.find(
    ({ hash, version }) => hash === interfaceHash && version === interfaceVersion,
  );
  const schema = same ?? named[0];
  const note =
    same !== undefined
      ? null
      : schema === undefined
        ? "Its source was not found, so its functions cannot be answered. Open the folder that has it."
        : `The library has another state of it (version ${String(interfaceVersion)}, hash ${interfaceHash}) than the source (version ${String(schema.version)}, hash ${schema.hash}). Build the plugin again.`;
  return {
    name: interfaceName,
    version: interfaceVersion,
    schemaId: schema?.id ?? null,
    isImported: true,
    isBound,
    note,
  };
}

/** The section's state; null for a plugin that asks for nothing. */
export function describeHostFunctions(
  known: readonly KnownHostInterface[],
  text: HostFunctionText,
  rest: Pick<PanelHostFunctions, "file" | "isThere" | "readOnly">,
): PanelHostFunctions | null {
  if (known.length === 0) {
    return null;
  }
  const { setup, problems } = text;
  return {
    ...rest,
    isBroken: setup === null,
    readOnly: rest.readOnly ?? (setup === null ? brokenFile : null),
    interfaces: known.map((each) => ({
      ...each,
      setup: own(setup ?? {}, each.name) ?? { functions: {} },
    })),
    problems,
  };
}

function own(setup: HostFunctionSetup, name: string): HostInterfaceSetup | undefined {
  return Object.hasOwn(setup, name) ? setup[name] : undefined;
}

const brokenFile = "The file has an error. Once it is corrected there, its answers are shown here.";
