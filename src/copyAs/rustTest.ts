// A remembered call as a Rust test for the plugin's own crate. It goes through Fidius' own in-process handle and the slot that the
// method really has, names no type of the user's, and so compiles wherever a module of tests may stand.

import { encodeArguments, encodeValue } from "../codec/bincode/encode.ts";
import { isUnread } from "../codec/long/longResult.ts";
import { oneLine } from "../model/text/foreignText.ts";
import type { CallResult } from "../model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../model/plugin.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { TypeSchema } from "../model/schema/schema.ts";
import { partsOf, partsOfNamed } from "../model/schema/typeParts.ts";
import type { JsonObject, JsonValue } from "../model/value/value.ts";
import { byteList, stringLiteral, tuple } from "./rustScalars.ts";
import { structuralRust } from "./structuralRust.ts";

export interface TestedCall {
  readonly plugin: PluginSchema;
  readonly method: PluginMethod;
  readonly arguments: JsonObject;
  readonly configuration: JsonValue | null;
  readonly result: CallResult;
  /** On one line, for the comments. */
  readonly argumentsText: string;
  readonly resultText: string;
}

/** The test, or a sentence on why there is none. */
export function rustTest(call: TestedCall): Result<string, string> {
  const { plugin, method, result } = call;
  if (method.stream !== "none") {
    return err(
      `${method.name} streams, and the items of a stream are not compared in a Rust test. Copy the command line instead.`,
    );
  }
  if (plugin.library?.file !== undefined) {
    return err(
      `${plugin.name} comes from an opened library, and a Rust test belongs into the crate of its plugin. Copy the command line instead.`,
    );
  }
  if (result.kind === "ok" && isUnread(result.value)) {
    return err("The result is too long for a Rust test. Copy the command line instead.");
  }
  const given = sent(call);
  const opened = opening(call);
  const expected = given && expectation(call, given);
  if (given === undefined || opened === undefined) {
    return err(
      "The arguments cannot be written as Rust: they refer to files, or are of types that only the compiler knows.",
    );
  }
  if (expected === undefined) {
    return err(
      `A call that ended like this (${result.kind}) ends or hangs the process that tests run in. Copy the command line instead.`,
    );
  }
  return ok(page(call, given, [...opened, ...expected]));
}

/** How the arguments cross. */
interface Sent {
  /** Whether values are written as Rust or as their bytes. */
  readonly kind: "values" | "bytes";
  readonly text: string;
  /** What the value is compared as; undefined for bytes. */
  readonly type: string | undefined;
  readonly value: string | undefined;
}

function page(call: TestedCall, { kind }: Sent, lines: readonly string[]): string {
  const { plugin, method } = call;
  const release = /^(\d+)\.(\d+)/u.exec(plugin.fidiusVersion ?? "")?.[0] ?? "0.5";
  const uses = lines.some((line) => line.includes("CallError"))
    ? "{CallError, PluginHandle}"
    : "PluginHandle";
  return [
    `// In the crate of ${oneLine(plugin.name)}. Its Cargo.toml needs, under [dev-dependencies]:`,
    `// fidius = { version = "${release}", features = ["host"] }`,
    ...(kind === "bytes"
      ? [
          "// The bytes are bincode of the values in the comments: types with data of their own need no name here.",
        ]
      : []),
    "#[cfg(test)]",
    `mod ${moduleName(plugin, method)} {`,
    `    use fidius::${uses};`,
    "",
    "    #[test]",
    "    fn gives_what_it_gave() {",
    ...lines.map((line) => (line === "" ? "" : `        ${line}`)),
    "    }",
    "}",
    "",
  ].join("\n");
}

function moduleName({ name }: PluginSchema, { name: method }: PluginMethod): string {
  return `${name}_${method}_call`.replaceAll(/r#/gu, "").toLowerCase();
}

/** Finds the plugin, and configures it where it wants that. */
function opening({ plugin, configuration }: TestedCall): readonly string[] | undefined {
  const found = `let descriptor = PluginHandle::find_in_process_descriptor(${stringLiteral(plugin.name)}).expect("it is registered");`;
  if (plugin.config === undefined) {
    return [
      found,
      'let plugin = PluginHandle::from_descriptor(descriptor).expect("it can be called");',
    ];
  }
  const literal = structuralRust(plugin.config, plugin.types)?.literal(configuration);
  const bytes = encodeValue(plugin.config, plugin.types, configuration);
  const text = literal ?? (bytes.ok ? nested([...bytes.value]) : undefined);
  return text === undefined
    ? undefined
    : [
        found,
        `let plugin = PluginHandle::configure_in_process(descriptor, &${text}).expect("it can be configured");`,
      ];
}

/** Bytes as one value of serde, which has no list of bytes without a count before it: tuples of tuples. */
function nested(bytes: readonly number[]): string {
  if (bytes.length <= 12) {
    return tuple(bytes.map((byte) => `${String(byte)}_u8`));
  }
  const size = Math.ceil(bytes.length / 12);
  const parts = [];
  for (let at = 0; at < bytes.length; at += size) {
    parts.push(nested(bytes.slice(at, at + size)));
  }
  return tuple(parts);
}

function sent(call: TestedCall): Sent | undefined {
  const { plugin, method, result } = call;
  const encoded = encodeArguments(method, plugin.types, call.arguments);
  if (!encoded.ok) {
    return undefined;
  }
  const asBytes: Sent = {
    kind: "bytes",
    text: `&${byteList(encoded.value)}`,
    type: undefined,
    value: undefined,
  };
  const literals = method.arguments.map(({ name, type }) => {
    const value = call.arguments[name];
    return value === undefined ? undefined : structuralRust(type, plugin.types)?.literal(value);
  });
  const isWritten = literals.every((literal) => literal !== undefined) && literals.length <= 12;
  if (method.wire === "raw" || !isWritten) {
    return asBytes;
  }
  const text = `&${tuple(literals)}`;
  if (result.kind !== "ok") {
    return { kind: "values", text, type: "()", value: undefined };
  }
  const returned = structuralRust(successOf(method), plugin.types);
  const value = returned?.literal(result.value);
  // NaN is no value's equal, not even its own.
  return returned === undefined || value === undefined || /::NAN\b/u.test(value)
    ? asBytes
    : { kind: "values", text, type: returned.type, value };
}

function successOf({ returns }: PluginMethod): TypeSchema {
  return returns.kind === "result" ? returns.success : returns.type;
}

/** Undefined where the outcome is none that a test could have. */
function expectation(call: TestedCall, given: Sent): readonly string[] | undefined {
  const { method, result } = call;
  const slot = String(method.slot);
  const asked =
    given.kind === "values"
      ? `plugin.call_method::<_, ${given.type ?? "()"}>(${slot}, ${given.text})`
      : `plugin.call_method_raw(${slot}, ${given.text})`;
  const comments = [
    `// ${oneLine(`${method.name}(${call.argumentsText}) gave ${call.resultText}`)}`,
  ];
  switch (result.kind) {
    case "ok":
      return [
        ...comments,
        ...(given.kind === "values" ? sameValue(asked, given) : sameBytes(call, asked)),
      ];
    case "pluginError":
      return [
        ...comments,
        `let error = ${asked}.expect_err("it is refused");`,
        ...(result.error === undefined
          ? ["drop(error);"]
          : [
              "match error {",
              "    CallError::Plugin(error) => {",
              `        assert_eq!(error.code, ${stringLiteral(result.error.code)});`,
              `        assert_eq!(error.message, ${stringLiteral(result.error.message)});`,
              "    }",
              '    other => panic!("another error: {other}"),',
              "}",
            ]),
      ];
    case "panic":
      return [
        ...comments,
        `match ${asked} {`,
        // An arena does not carry the message of a panic to Fidius' own host.
        call.plugin.buffer === "Arena"
          ? "    Err(CallError::Panic(_)) => {}"
          : `    Err(CallError::Panic(message)) => assert_eq!(message, ${stringLiteral(result.panic.message)}),`,
        '    other => panic!("no panic: {:?}", other.is_ok()),',
        "}",
      ];
    case "wireError":
      // Without bytes it was the plugin that could not read its arguments or write its result.
      return result.bytes === undefined ? [...comments, `assert!(${asked}.is_err());`] : undefined;
    case "buildFailed":
    case "busy":
    case "cancelled":
    case "crashed":
    case "instanceBuilt":
    case "interfaceChanged":
    case "invalidArguments":
    case "invalidConfiguration":
    case "invalidHostFunctions":
    case "loadFailed":
    case "notImplemented":
    case "streamEnded":
    case "timedOut":
    case "unsupported":
      return undefined;
  }
}

function sameValue(asked: string, { value }: Sent): readonly string[] {
  return [`let value = ${asked}.expect("it succeeds");`, `assert_eq!(value, ${value ?? "()"});`];
}

/** The order of a hash map's entries is another one each time, so there only the size is the same. */
function sameBytes({ plugin, method, result }: TestedCall, asked: string): readonly string[] {
  const bytes = "bytes" in result ? result.bytes : new Uint8Array();
  const isOrdered = !holdsHashed(successOf(method), plugin.types, new Set());
  return [
    `let bytes = ${asked}.expect("it succeeds");`,
    isOrdered
      ? `assert_eq!(bytes, ${bytes.length === 0 ? "[0_u8; 0]" : byteList(bytes)});`
      : `assert_eq!(bytes.len(), ${String(bytes.length)}); // the order of its entries varies`,
  ];
}

function holdsHashed(type: TypeSchema, types: PluginSchema["types"], seen: Set<string>): boolean {
  const isHashed = type.kind === "map" || (type.kind === "sequence" && type.isSet === true);
  if (isHashed && !type.rustType.includes("BTree")) {
    return true;
  }
  return insideOf(type, types, seen).some((part) => holdsHashed(part, types, seen));
}

/** The parts of a named type are looked at once. */
function insideOf(
  type: TypeSchema,
  types: PluginSchema["types"],
  seen: Set<string>,
): readonly TypeSchema[] {
  if (type.kind !== "named") {
    return partsOf(type);
  }
  const named = Object.hasOwn(types, type.id) ? types[type.id] : undefined;
  if (named === undefined || seen.has(type.id)) {
    return [];
  }
  seen.add(type.id);
  return partsOfNamed(named);
}
