// Schemas of the fixture plugins, written by hand: these tests are about the host, not about reading Rust. That the analyser
// agrees with the binaries is a test of its own.

import type { MethodSchema, PluginMethod, PluginSchema } from "../../src/model/plugin.ts";
import type { ReturnSchema, TypeSchema, TypeTable } from "../../src/model/schema/schema.ts";

const nowhere = {
  file: "lib.rs",
  start: { line: 0, character: 0 },
  end: { line: 0, character: 0 },
};

export const types = {
  u8: integer("u8", 8, false),
  u32: integer("u32", 32, false),
  u64: integer("u64", 64, false),
  i32: integer("i32", 32, true),
  i64: integer("i64", 64, true),
  text: { rustType: "String", kind: "string" },
  bytes: { rustType: "Vec<u8>", kind: "bytes" },
  unit: { rustType: "()", kind: "unit" },
  maybeText: {
    rustType: "Option<String>",
    kind: "option",
    inner: { rustType: "String", kind: "string" },
  },
  pluginError: { rustType: "PluginError", kind: "named", id: "PluginError" },
  refusal: { rustType: "Refusal", kind: "named", id: "Refusal" },
} as const satisfies Readonly<Record<string, TypeSchema>>;

function integer(rustType: string, bits: 8 | 32 | 64, signed: boolean): TypeSchema {
  return { rustType, kind: "integer", bits, signed };
}

const table: TypeTable = {
  PluginError: {
    kind: "struct",
    name: "PluginError",
    warnings: [],
    body: {
      kind: "struct",
      fields: [
        { name: "code", type: types.text },
        { name: "message", type: types.text },
        { name: "details", type: types.maybeText },
      ],
    },
  },
  Refusal: {
    kind: "enum",
    name: "Refusal",
    warnings: [],
    variants: [
      {
        name: "TooLarge",
        index: 0,
        body: { kind: "struct", fields: [{ name: "limit", type: types.u32 }] },
      },
      { name: "Other", index: 1, body: { kind: "newtype", inner: types.text } },
    ],
  },
};

export interface MethodParts extends Partial<Omit<MethodSchema, "arguments" | "returns">> {
  readonly arguments?: Readonly<Record<string, TypeSchema>>;
  readonly returns?: TypeSchema | readonly [TypeSchema, TypeSchema];
  readonly slot: number;
}

/** A method in few words: an array as `returns` is a `Result`. */
export function method(name: string, parts: MethodParts): PluginMethod {
  const { arguments: args = {}, returns = types.unit, ...rest } = parts;
  return {
    name,
    isAsync: false,
    wire: "bincode",
    stream: "none",
    signature: "",
    traitIndex: parts.slot,
    nameSpan: nowhere,
    fullSpan: nowhere,
    ...rest,
    arguments: Object.entries(args).map(([argument, type]) => ({ name: argument, type })),
    returns: returnSchema(returns),
  };
}

function returnSchema(returns: TypeSchema | readonly [TypeSchema, TypeSchema]): ReturnSchema {
  return "kind" in returns
    ? { kind: "value", type: returns }
    : { kind: "result", success: returns[0], failure: returns[1] };
}

/** A plugin in few words. */
export function plugin(
  name: string,
  interfaceName: string,
  methods: readonly PluginMethod[],
  more: Partial<PluginSchema> = {},
): PluginSchema {
  return {
    id: `fixture::${name} as ${interfaceName}`,
    name,
    interfaceName,
    signatures: [],
    crate: {
      name: "fixture",
      version: "0.1.0",
      manifestPath: "Cargo.toml",
      workspaceRoot: ".",
      libraryName: "fixture",
      crateTypes: ["cdylib"],
    },
    buffer: "PluginAllocated",
    methods,
    types: table,
    nameSpan: nowhere,
    missingAsyncFeatures: [],
    ...more,
  };
}

const failable = [types.i32, types.pluginError] as const;

/** test/fixtures/calls: slots follow the impl block, where `nothing` comes before `add`. */
export const allCalls = plugin("AllCalls", "Calls", [
  method("nothing", { slot: 0, traitIndex: 1 }),
  method("add", {
    slot: 1,
    traitIndex: 0,
    arguments: { left: types.i32, right: types.i32 },
    returns: types.i32,
  }),
  method("echo_text", { slot: 3, arguments: { text: types.text }, returns: types.text }),
  method("echo_bytes", { slot: 4, arguments: { bytes: types.bytes }, returns: types.bytes }),
  method("add_later", {
    slot: 5,
    isAsync: true,
    arguments: { left: types.i64, right: types.i64 },
    returns: types.i64,
  }),
  method("divide_later", {
    slot: 6,
    isAsync: true,
    arguments: { dividend: types.i64, divisor: types.i64 },
    returns: [types.i64, types.pluginError],
  }),
  method("divide", {
    slot: 7,
    arguments: { dividend: types.i32, divisor: types.i32 },
    returns: failable,
  }),
  method("refuse", {
    slot: 8,
    arguments: { size: types.u32 },
    returns: [types.u32, types.refusal],
  }),
  method("reverse", {
    slot: 9,
    wire: "raw",
    arguments: { bytes: types.bytes },
    returns: types.bytes,
  }),
  method("checked", {
    slot: 10,
    wire: "raw",
    arguments: { bytes: types.bytes },
    returns: [types.bytes, types.pluginError],
  }),
  method("print", {
    slot: 11,
    arguments: { to_stdout: types.text, to_stderr: types.text },
    returns: types.u8,
  }),
  method("working_directory", { slot: 12, returns: types.text }),
  method("variable", { slot: 13, arguments: { name: types.text }, returns: types.maybeText }),
  method("count_bytes", { slot: 14, arguments: { bytes: types.bytes }, returns: types.u64 }),
  method("shell", { slot: 15, arguments: { script: types.text }, returns: types.i32 }),
  method("extra", { slot: 16, capabilityBit: 0, returns: types.u8 }),
]);

export const inArena = plugin(
  "InArena",
  "ArenaCalls",
  [
    method("repeat", {
      slot: 0,
      arguments: { text: types.text, times: types.u32 },
      returns: types.text,
    }),
    method("fail", {
      slot: 1,
      arguments: { length: types.u32 },
      returns: [types.unit, types.pluginError],
    }),
    method("panic_now", { slot: 2, arguments: { message: types.text }, returns: types.u8 }),
    method("grow", { slot: 3, returns: types.bytes }),
  ],
  { buffer: "Arena" },
);

/** test/fixtures/faults. */
export const faults = plugin("Misbehaving", "Faults", [
  method("cause", {
    slot: 0,
    arguments: { fault: types.text, amount: types.u64 },
    returns: types.text,
  }),
  method("cause_later", {
    slot: 1,
    isAsync: true,
    arguments: { fault: types.text, amount: types.u64 },
    returns: types.text,
  }),
]);

/** test/fixtures/malformed: the argument's first byte chooses the reply. */
export const malformed = plugin("Malformed", "Replies", [
  method("reply", {
    slot: 0,
    wire: "raw",
    arguments: { bytes: types.bytes },
    returns: types.bytes,
  }),
  method("empty", { slot: 1, returns: types.unit }),
]);

/** As if the source had a method more than the library. */
export const malformedAndMore = plugin("Malformed", "Replies", [
  ...malformed.methods,
  method("beyond", { slot: 2, returns: types.unit }),
]);

/** A plugin's method by name. */
export function methodOf(schema: PluginSchema, name: string): PluginMethod {
  const found = schema.methods.find((candidate) => candidate.name === name);
  if (found === undefined) {
    throw new Error(`${schema.name} has no method ${name}`);
  }
  return found;
}
