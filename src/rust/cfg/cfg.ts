// `cfg` predicates against what a build sets. A predicate is true, false, or undecided: names that only a build script or
// RUSTFLAGS can set are known to nobody who reads sources.

import { nestsDeeper, type RustToken } from "../../abi/rustTokens.ts";
import { readEntries, type MetaEntry } from "../syntax/items/attributes.ts";

/** What rustc is told when it compiles one crate. */
export interface CfgOptions {
  /** Names that are set by themselves, such as `unix`. */
  readonly flags: ReadonlySet<string>;
  /** Values by name, such as `target_os`, and all that cargo enables under `feature`. */
  readonly values: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names of the package's own that are decided: they are set here, or not at all. */
  readonly declared?: ReadonlySet<string>;
}

/** Undefined: it cannot be decided from here. */
export type CfgVerdict = boolean | undefined;

/** Names that are not set in the build of a library unless {@link CfgOptions} say so. */
const settledFlags: ReadonlySet<string> = new Set(
  (
    "clippy debug_assertions doc docsrs doctest fuzzing kani loom miri overflow_checks panic proc_macro rust_analyzer rustdoc " +
    "rustfmt target_thread_local test ub_checks unix wasi windows"
  ).split(" "),
);

const settledNames: ReadonlySet<string> = new Set(
  (
    "feature panic target_arch target_endian target_env target_family target_has_atomic target_os target_pointer_width " +
    "target_vendor"
  ).split(" "),
);

const deepestNesting = 64;

/** Verdict on the tokens between the parentheses of `cfg(…)`. */
export function evaluateCfg(predicate: readonly RustToken[], options: CfgOptions): CfgVerdict {
  if (nestsDeeper(predicate, deepestNesting)) {
    return undefined;
  }
  const entries = readEntries(predicate);
  const [only] = entries;
  return only === undefined || entries.length > 1 ? undefined : verdictOf(only, options, 0);
}

function verdictOf(entry: MetaEntry, options: CfgOptions, depth: number): CfgVerdict {
  const { name, nested, value } = entry;
  if (depth > deepestNesting) {
    return undefined;
  }
  if (nested !== null) {
    const inner = readEntries(nested).map((part) => verdictOf(part, options, depth + 1));
    return combine(name, inner);
  }
  const [token] = value;
  if (token !== undefined) {
    const text = /^r?#*"(?<text>.*)"#*$/su.exec(token.text)?.groups?.["text"] ?? token.text;
    const known = options.values.get(name);
    return known?.has(text) ?? unlessSettled(name, settledNames, options);
  }
  if (name === "true" || name === "false") {
    return name === "true";
  }
  return options.flags.has(name) || unlessSettled(name, settledFlags, options);
}

/** What holds of a name that is not set: false where somebody decides it, else nothing is known. */
function unlessSettled(
  name: string,
  settled: ReadonlySet<string>,
  { declared }: CfgOptions,
): false | undefined {
  return settled.has(name) || declared?.has(name) === true ? false : undefined;
}

function combine(name: string, inner: readonly CfgVerdict[]): CfgVerdict {
  switch (name) {
    case "all":
      return inner.includes(false) ? false : inner.includes(undefined) ? undefined : true;
    case "any":
      return inner.includes(true) ? true : inner.includes(undefined) ? undefined : false;
    case "not":
      return inner[0] === undefined ? undefined : !inner[0];
    default:
      return undefined;
  }
}
