// An interface with one type, for tests of what becomes of types.

import assert from "node:assert/strict";
import type { InterfaceSchema } from "../../../src/model/plugin.ts";
import { analyze, oneCrate, rust } from "./inMemoryProject.ts";

/** The interface whose only method takes one argument of `type`. */
export function taking(type: string, declarations: string, returns = "()"): InterfaceSchema {
  const model = analyze(
    oneCrate(rust`
use fidius::plugin_interface;
use serde::{Deserialize, Serialize};
${declarations}
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn take(&self, value: ${type}) -> ${returns}; }
`),
  );
  const schema = model.interfaces[0]?.schema;
  assert.ok(schema !== undefined);
  return schema;
}

export function argumentOf(
  schema: InterfaceSchema,
): InterfaceSchema["methods"][number]["arguments"][number] {
  const argument = schema.methods[0]?.arguments[0];
  assert.ok(argument !== undefined);
  return argument;
}
