// The golden vectors' types as their own definitions in Rust give them, read by the analyser: once as the result of a method,
// which a plugin writes, and once as an argument, which it reads.

import assert from "node:assert/strict";
import type { InterfaceSchema } from "../../src/model/plugin.ts";
import type { TypeSchema } from "../../src/model/schema/schema.ts";
import { analyze, rust } from "../unit/rust/inMemoryProject.ts";

/** The crates of the vectors with the version lines that made the bytes. */
const foreignCrates: Readonly<Record<string, string>> = {
  bitflags: "2",
  bytes: "1",
  chrono: "0.4",
  either: "1",
  "fidius-core": "0.5",
  indexmap: "2",
  "ordered-float": "4",
  rust_decimal: "1",
  semver: "1",
  serde: "1",
  serde_bytes: "0.11",
  serde_json: "1",
  smallvec: "1",
  time: "0.3",
  url: "2",
  uuid: "1",
};
const foreignDependencies = Object.entries(foreignCrates).map(([packageName, requirement]) => ({
  key: packageName,
  packageName,
  requirement,
}));

/** The vector's type as the argument and the result of a method. */
export function interfaceOf(vector: {
  readonly rust_type: string;
  readonly definitions: string;
}): InterfaceSchema {
  const model = analyze({
    demo: {
      files: {
        "src/lib.rs": rust`
use serde::{Deserialize, Serialize};
use fidius::plugin_interface;
${vector.definitions}
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn give(&self) -> ${vector.rust_type}; fn take(&self, value: ${vector.rust_type}); }
`,
      },
      dependencies: ["fidius", ...foreignDependencies],
    },
  });
  const schema = model.interfaces[0]?.schema;
  assert.ok(schema !== undefined, "the interface was found");
  return schema;
}

/** `Result` at the top is split by the method; as a value it is a result again. */
export function valueType(schema: InterfaceSchema): TypeSchema {
  const returns = schema.methods[0]?.returns;
  assert.ok(returns !== undefined);
  return returns.kind === "value"
    ? returns.type
    : {
        rustType: "Result",
        kind: "result",
        success: returns.success,
        failure: returns.failure,
      };
}
