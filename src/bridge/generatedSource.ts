// The Rust code that is put beside the trait: for every method a function that says its types to the bridge, each on a line
// of its own, so that an error of rustc is known to be of that method.

import { givesItems } from "../codec/method/streamItems.ts";
import type { MethodSchema } from "../model/plugin.ts";
import type { MethodSource } from "./methodSource.ts";

/** One type of a method: an argument by position, the return or its parts, a stream's items. */
export type BridgePlace = `argument ${number}` | "value" | "success" | "failure" | "streamArgument";

/** A method whose types the bridge is asked for. */
export interface BridgedMethod {
  readonly name: string;
  readonly source: MethodSource;
  /** `Result` by name, so that `Ok` and `Err` cross by themselves (reference 4.2). */
  readonly isResult: boolean;
}

export interface GeneratedSource {
  readonly text: string;
  /** Method of each line of the text, counted from 0; null for lines that are of no method. */
  readonly methodOfLine: readonly (string | null)[];
}

/** Makes the generated code demand all of serde's traits. */
export const askingCfg = "fidius_bridge_ask";

const runtimeName = "fidius_bridge_runtime";
const allowances =
  "#[doc(hidden)] #[allow(warnings, unsafe_code, unsafe_op_in_unsafe_fn, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]";

/** Name of the function that tells all types; the bridge's program finds it by this. */
export const entryName = "__fidius_bridge_tell";

/** What of the schema decides the code. */
export function isSplitResult(method: MethodSchema): boolean {
  return method.returns.kind === "result" && !givesItems(method);
}

/** The code for `methods`; it begins with a line end, so that it may follow anything. */
export function generateSource(
  methods: readonly BridgedMethod[],
  edition: string,
): GeneratedSource {
  const noMangle = Number(edition) >= 2024 ? "#[unsafe(no_mangle)]" : "#[no_mangle]";
  const lines: string[] = [""];
  const owners: (string | null)[] = [null];
  methods.forEach((method, index) => {
    lines.push(methodLine(method, index));
    owners.push(method.name);
  });
  const calls = methods.map((_, index) => `__fidius_bridge_${String(index)}(bridge);`).join(" ");
  lines.push(
    `${allowances} ${noMangle} pub unsafe extern "C" fn ${entryName}(bridge: *mut ()) { unsafe { ${calls} } }`,
    "",
  );
  owners.push(null, null);
  return { text: lines.join("\n"), methodOfLine: owners };
}

function methodLine(method: BridgedMethod, index: number): string {
  const { source } = method;
  const types = [
    ...source.arguments,
    ...(source.streamItem === undefined ? [] : [source.streamItem]),
  ];
  const names = types.map((_, at) => `__a${String(at)}`);
  const parameters = types.map((type) => `, _: ${type}`).join("");
  const returned = source.returns === null ? "" : ` -> ${source.returns}`;
  const slots = names.map((name, at) =>
    slot(method.name, at < source.arguments.length ? `argument ${at}` : "streamArgument", name),
  );
  return [
    `${allowances} unsafe fn __fidius_bridge_${String(index)}(bridge: *mut ()) {`,
    `extern crate ${runtimeName} as __rt;`,
    `fn signature${source.generics}(_: &()${parameters})${returned} { loop {} }`,
    `let (${[...names, "__r"].map((name) => `${name},`).join(" ")}) = __rt::signature_${String(types.length)}(signature);`,
    ...slots,
    ...returnSlots(method),
    "}",
  ].join(" ");
}

function returnSlots(method: BridgedMethod): readonly string[] {
  const text = method.source.returns ?? "()";
  if (!method.isResult) {
    const owned = text.startsWith("&") ? "let __r = __rt::owned(&__r);" : "";
    return [owned, slot(method.name, "value", "__r")];
  }
  const isReference = /^[^<]*<\s*&/u.test(text);
  return [
    `let __s = __rt::success(&__r); ${isReference ? "let __s = __rt::owned(&__s);" : ""}`,
    slot(method.name, "success", "__s"),
    "let __f = __rt::failure(&__r);",
    slot(method.name, "failure", "__f"),
  ];
}

/** One more type; under a `cfg` of its own the demand that it lacks nothing, for rustc to say what it does lack. */
function slot(method: string, place: BridgePlace, name: string): string {
  return [
    `unsafe { __rt::Bridge::add(bridge, ${JSON.stringify(method)}, ${JSON.stringify(place)}, __rt::codec!(${name})); }`,
    `#[cfg(${askingCfg})] let _ = (__rt::require_serialize(&${name}), __rt::require_deserialize(&${name}));`,
  ].join(" ");
}
