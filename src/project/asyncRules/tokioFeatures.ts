// Which of tokio's own features a path into tokio needs. Data of tokio 1.x, whose features are stable by its own promise.
// The rules of asyncSetup.ts compare it with what the build enables.

import type { RuntimeUse } from "../../rust/fidius/facts.ts";

/** Modules, functions and macros at tokio's root, and below `task` and `io`, that exist only under features. */
const featuresOfPath: Readonly<Record<string, readonly string[]>> = {
  fs: ["fs"],
  net: ["net"],
  "net::ToSocketAddrs": [],
  process: ["process"],
  runtime: ["rt"],
  "runtime::Builder::new_multi_thread": ["rt-multi-thread"],
  signal: ["signal"],
  spawn: ["rt"],
  sync: ["sync"],
  task: ["rt"],
  "task::block_in_place": ["rt-multi-thread"],
  time: ["time"],
  "time::advance": ["test-util"],
  "time::pause": ["test-util"],
  "time::resume": ["test-util"],
  io: [],
  "io::stderr": ["io-std"],
  "io::stdin": ["io-std"],
  "io::stdout": ["io-std"],
  "io::Stderr": ["io-std"],
  "io::Stdin": ["io-std"],
  "io::Stdout": ["io-std"],
  "io::Interest": ["net"],
  "io::Ready": ["net"],
  "io::unix": ["net"],
};

/** Macros and attributes; `pin!` needs nothing. */
const featuresOfMacro: Readonly<Record<string, readonly string[]>> = {
  join: ["macros"],
  main: ["macros", "rt"],
  pin: [],
  select: ["macros"],
  task_local: ["rt"],
  test: ["macros", "rt"],
  try_join: ["macros"],
};

/** Names of `tokio::io` that are there without a feature; all others not listed above need `io-util`. */
const plainIoNames: ReadonlySet<string> = new Set([
  "AsyncBufRead",
  "AsyncRead",
  "AsyncSeek",
  "AsyncWrite",
  "Error",
  "ErrorKind",
  "ReadBuf",
  "Result",
  "SeekFrom",
  "*",
  "self",
]);

/** What tokio's `[features]` table switches on besides the feature itself, for graphs without tokio's own manifest. */
const impliedFeatures: Readonly<Record<string, readonly string[]>> = {
  full: [
    "fs",
    "io-util",
    "io-std",
    "macros",
    "net",
    "parking_lot",
    "process",
    "rt",
    "rt-multi-thread",
    "signal",
    "sync",
    "time",
  ],
  "rt-multi-thread": ["rt"],
  "test-util": ["rt", "sync", "time"],
};

/** Features that must be on for this path into tokio to exist; empty when tokio alone is enough. */
export function tokioFeaturesFor(use: Pick<RuntimeUse, "path" | "isMacro">): readonly string[] {
  const names = use.path.slice(1);
  const first = names[0];
  if (first === undefined) {
    return [];
  }
  if (use.isMacro) {
    const ofMacro = featuresOfMacro[first];
    if (ofMacro !== undefined && names.length === 1) {
      return ofMacro;
    }
  }
  for (let length = names.length; length > 0; length -= 1) {
    const key = names.slice(0, length).join("::");
    const features = featuresOfPath[key];
    if (features !== undefined && key !== "io") {
      return features;
    }
  }
  const second = names[1];
  if (first === "io" && second !== undefined && !plainIoNames.has(second)) {
    return ["io-util"];
  }
  // A macro imported by `use tokio::select;` is an ordinary path.
  return names.length === 1 ? (featuresOfMacro[first] ?? []) : [];
}

/** The features with everything that tokio's own manifest adds to them. */
export function withImpliedTokioFeatures(features: Iterable<string>): ReadonlySet<string> {
  const all = new Set<string>();
  const pending = [...features];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (!all.has(next)) {
      all.add(next);
      pending.push(...(impliedFeatures[next] ?? []));
    }
  }
  return all;
}
