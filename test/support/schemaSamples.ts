// A small plugin schema for tests of what the extension and the CLI make of one.

import type { PluginMethod, PluginSchema, ProjectModel } from "../../src/model/plugin.ts";
import type { ReturnSchema, TypeSchema } from "../../src/model/schema/schema.ts";

const span = {
  file: "lib.rs",
  start: { line: 4, character: 7 },
  end: { line: 4, character: 10 },
};

export const u64Type: TypeSchema = { kind: "integer", bits: 64, signed: false, rustType: "u64" };
export const bytesType: TypeSchema = { kind: "bytes", rustType: "Vec<u8>" };

/** A method `name(a: u64) -> u64`, unless told otherwise. */
export function sampleMethod(name: string, more: Partial<PluginMethod> = {}): PluginMethod {
  const returns: ReturnSchema = { kind: "value", type: u64Type };
  return {
    name,
    isAsync: false,
    wire: "bincode",
    stream: "none",
    arguments: [{ name: "a", type: u64Type }],
    returns,
    signature: `${name}:u64->u64`,
    traitIndex: 0,
    slot: 0,
    nameSpan: span,
    fullSpan: span,
    ...more,
  };
}

/** A plugin in a package of its own. */
export function samplePlugin(
  packageName: string,
  name: string,
  more: Partial<PluginSchema> = {},
): PluginSchema {
  return {
    id: `${packageName}::${name} as Calculator`,
    name,
    interfaceName: "Calculator",
    interfaceId: "interface::Calculator",
    signatures: [],
    crate: {
      name: packageName,
      version: "0.1.0",
      manifestPath: `/workspace/${packageName}/Cargo.toml`,
      workspaceRoot: "/workspace",
      libraryName: packageName,
      crateTypes: ["cdylib"],
    },
    buffer: "PluginAllocated",
    methods: [sampleMethod("add")],
    types: {},
    nameSpan: span,
    missingAsyncFeatures: [],
    ...more,
  };
}

export function sampleModel(...plugins: readonly PluginSchema[]): ProjectModel {
  return { interfaces: [], plugins, hostInterfaces: [], notices: [] };
}
