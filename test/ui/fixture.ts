// What the extension tells the panel in tests: a plugin that has every kind of type, outcomes through the real codec.

import { decodeValue } from "../../src/codec/bincode/decode.ts";
import { encodeValue } from "../../src/codec/bincode/encode.ts";
import type { CallOutcome, CallResult } from "../../src/model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../../src/model/plugin.ts";
import type { TypeSchema, TypeTable } from "../../src/model/schema/schema.ts";
import type { SourceSpan } from "../../src/model/text/span.ts";
import type { JsonObject, JsonValue } from "../../src/model/value/value.ts";
import type { PanelState } from "../../src/protocol/panel.ts";
import {
  int,
  bool,
  f32,
  f64,
  char,
  text,
  bytes,
  key32,
  mystery,
  option,
  vec,
  array,
  tuple,
  map,
  result,
  named,
  set,
  types,
} from "./fixtureTypes.ts";

export * from "./fixtureTypes.ts";

const span: SourceSpan = {
  file: "/project/plugins/basic/src/lib.rs",
  start: { line: 13, character: 4 },
  end: { line: 13, character: 11 },
};

export interface MethodParts {
  readonly name?: string;
  readonly doc?: string;
  readonly args?: Readonly<Record<string, TypeSchema>>;
  readonly returns?: TypeSchema;
  readonly isAsync?: boolean;
  readonly isRaw?: boolean;
  /** The type of a stream's items, in and out. */
  readonly takes?: TypeSchema;
  readonly gives?: TypeSchema;
}

function streamOf({ takes, gives }: MethodParts): PluginMethod["stream"] {
  if (takes === undefined) {
    return gives === undefined ? "none" : "server";
  }
  return gives === undefined ? "client" : "bidirectional";
}

function method(parts: MethodParts = {}): PluginMethod {
  return {
    name: parts.name ?? "add_all",
    ...(parts.doc === undefined ? {} : { doc: parts.doc }),
    isAsync: parts.isAsync ?? false,
    wire: parts.isRaw === true ? "raw" : "bincode",
    stream: streamOf(parts),
    ...(parts.takes === undefined ? {} : { streamArgument: { name: "items", type: parts.takes } }),
    arguments: Object.entries(parts.args ?? {}).map(([name, type]) => ({ name, type })),
    returns:
      parts.gives !== undefined
        ? { kind: "value", type: parts.gives }
        : {
            kind: "result",
            success: parts.returns ?? named("Report"),
            failure: named("PluginError"),
          },
    signature: "add_all(&self, terms: Vec<Term>) -> Result<Report, PluginError>",
    traitIndex: 0,
    nameSpan: span,
    fullSpan: span,
    slot: 2,
  };
}

function plugin(methods: readonly PluginMethod[], table: TypeTable = types): PluginSchema {
  return {
    id: "basic_calculator::BasicCalculator as Calculator",
    name: "BasicCalculator",
    interfaceName: "Calculator",
    interfaceHash: "00ff00ff00ff00ff",
    signatures: [],
    crate: {
      name: "basic-calculator",
      version: "0.1.0",
      manifestPath: "/project/plugins/basic/Cargo.toml",
      workspaceRoot: "/project",
      libraryName: "basic_calculator",
      crateTypes: ["cdylib"],
    },
    buffer: "PluginAllocated",
    methods,
    types: table,
    nameSpan: span,
    missingAsyncFeatures: [],
  };
}

export function panelState(parts: MethodParts = {}, more: Partial<PanelState> = {}): PanelState {
  const shown = method(parts);
  return {
    plugin: plugin([shown]),
    method: shown,
    title: `Calculator::${shown.name}`,
    draft: { arguments: null, jsonText: null, tab: "form", timeoutSeconds: null },
    lastOutcome: null,
    lastOutcomeAtMs: null,
    lastCall: null,
    phase: { kind: "idle" },
    build: "fresh",
    profile: "dev",
    defaultTimeoutSeconds: 30,
    settingsApart: [],
    maximumDepth: 2_000,
    obstacle: null,
    hostInterfaces: [],
    openStreams: [],
    instances: null,
    asyncFix: null,
    ...more,
  };
}

/** The method of the design's own picture, and one with every kind. */
export const calculator: MethodParts = {
  doc: "Sums all terms and scales the result.",
  args: { terms: vec(named("Term")), scale: option(f64) },
  isAsync: true,
};

export const everything: MethodParts = {
  name: "everything",
  doc: "Takes one of everything.",
  args: {
    flag: bool,
    small: int("u8"),
    wide: int("u64"),
    huge: int("i128"),
    ratio: f32,
    precise: f64,
    letter: char,
    title: text,
    data: bytes,
    key: key32,
    maybe: option(int("u32")),
    nested: option(option(int("u8"))),
    list: vec(int("i32")),
    tags: set(text),
    triple: array(f32, 3),
    pair: tuple(int("u16"), text),
    scores: map(text, int("u32")),
    grid: map(tuple(int("i8"), int("i8")), named("Shape")),
    outcome: result(int("u8"), text),
    unit: named("Unit"),
    level: named("Level"),
    color: named("Color"),
    shape: named("Shape"),
    distance: named("Meters"),
    marker: named("Marker"),
    tree: named("Tree"),
    loose: named("Loose"),
    deep: named("Deep"),
    when: mystery,
  },
};

/** A successful outcome whose bytes and ranges the codec made. */
export function okOutcome(
  type: TypeSchema,
  value: JsonValue,
  more: Partial<CallOutcome> = {},
): CallOutcome {
  const encoded = encodeValue(type, types, value);
  if (!encoded.ok) {
    throw new Error(JSON.stringify(encoded.error));
  }
  const decoded = decodeValue(type, types, encoded.value);
  if (!decoded.ok) {
    throw new Error(decoded.error.message);
  }
  return outcome(
    { kind: "ok", value: decoded.value.value, bytes: encoded.value, ranges: decoded.value.ranges },
    { ...more },
    encoded.value.length,
  );
}

/** The Report of a call that had something to say besides. */
export function notedReport(): CallOutcome {
  return okOutcome(named("Report"), reportValue, {
    notes: ["built with --features fidius/async"],
    output: { stdout: "summing 2 terms\n", stderr: "", droppedBytes: 0 },
  });
}

export function outcome(
  callResult: CallResult,
  more: Partial<CallOutcome> = {},
  outputBytes?: number,
): CallOutcome {
  return {
    result: callResult,
    output: { stdout: "", stderr: "", droppedBytes: 0 },
    measurements: {
      loadMs: 0.9,
      encodeMs: 0.02,
      callMs: 1.84,
      decodeMs: 0.04,
      totalMs: 3.1,
      inputBytes: 37,
      ...(outputBytes === undefined ? {} : { outputBytes }),
      hostPid: 4711,
    },
    notes: [],
    ...more,
  };
}

export const reportValue = {
  total: "170141183460469231731687303715884105727",
  notes: "all terms in meters",
  shape: { Rect: { width: 2.5, height: 4 } },
  parts: [
    { value: "42", unit: "Meters" },
    { value: "-7", unit: "Feet" },
  ],
  index: { alpha: "18446744073709551615", beta: "2" },
  blob: "hex:deadbeef0001",
} satisfies JsonObject;
