// Adaptors of serde_with: what is known of them, and that all else is said to be unknown.

import assert from "node:assert/strict";
import type { TypeSchema } from "../../../src/model/schema/schema.ts";
import { analyze, rust } from "./inMemoryProject.ts";
import { schemaText } from "./schemaText.ts";

/** What a method reads and writes for a field with an attribute. */
function fieldTypes(field: string, version = "3"): { reading: TypeSchema; writing: TypeSchema } {
  const model = analyze({
    demo: {
      files: {
        "src/lib.rs": rust`
use fidius::plugin_interface;
use serde::{Deserialize, Serialize};
use serde_with::{serde_as, DisplayFromStr, DurationSeconds};
pub struct Own;
#[serde_as]
#[derive(Serialize, Deserialize)]
pub struct Subject { ${field}, }
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Plugin { fn echo(&self, value: Subject) -> Subject; }
`,
      },
      dependencies: [
        "fidius",
        "serde",
        { key: "serde_with", packageName: "serde_with", requirement: version },
      ],
    },
  });
  const types = Object.entries(model.interfaces[0]?.schema.types ?? {});
  const fieldOf = (isWritten: boolean): TypeSchema => {
    const found = types.filter(([id]) => id.endsWith(" as written") === isWritten);
    const [, named] = found[0] ?? types[0] ?? [];
    assert.ok(named?.kind === "struct" && named.body.kind === "struct");
    const type = named.body.fields[0]?.type;
    assert.ok(type !== undefined);
    return type;
  };
  return { reading: fieldOf(false), writing: fieldOf(true) };
}

function check(field: string, expected: string): void {
  it(`${field} is ${expected}`, () => {
    assert.equal(schemaText(fieldTypes(field).reading), expected);
  });
}

function checkUnknown(field: string, version?: string): void {
  it(`${field} is unknown${version === undefined ? "" : ` of ${version}`}`, () => {
    const { reading } = fieldTypes(field, version);
    assert.ok(reading.kind === "unknown", JSON.stringify(reading));
    assert.match(reading.reason, /^The field `a` is written by `.+`, so its bytes cannot be told/);
  });
}

describe("adaptors of serde_with", () => {
  check('#[serde_as(as = "DisplayFromStr")] a: u64', "string");
  check('#[serde_as(as = "Option<Vec<DisplayFromStr>>")] a: Option<Vec<u64>>', "seq(string)?");
  check('#[serde_as(as = "Vec<(_, DisplayFromStr)>")] a: Vec<(u8, u64)>', "seq((u8, string))");
  check('#[serde_as(as = "DurationSeconds<f64>")] a: std::time::Duration', "f64");
  check('#[serde_as(as = "serde_with::Bytes")] a: Vec<u8>', "bytes");
  check('#[serde_as(as = "serde_with::Bytes")] a: [u8; 5]', "counted bytes(5)");
  check('#[serde_as(as = "_")] a: u16', "u16");
  check("#[serde_as(no_default)] a: u16", "u16");

  it("one direction may have an adaptor of its own", () => {
    const { reading, writing } = fieldTypes('#[serde_as(serialize_as = "DisplayFromStr")] a: u64');
    assert.deepEqual([schemaText(reading), schemaText(writing)], ["u64", "string"]);
  });

  checkUnknown('#[serde_as(as = "serde_with::json::JsonString")] a: u64');
  checkUnknown('#[serde_as(as = "Vec<serde_with::PickFirst<(_, DisplayFromStr)>>")] a: Vec<u64>');
  checkUnknown('#[serde_as(as = "Own")] a: u64');
  checkUnknown('#[serde_as(as = "Vec<DisplayFromStr>")] a: u64');
  checkUnknown('#[serde_as(as = "serde_with::hex::Hex<Upper>")] a: Vec<u8>');
  checkUnknown('#[serde_as(as = "DisplayFromStr")] a: u64', "2");
});

describe("the type `!`", () => {
  it("has no value, and says so", () => {
    const { reading } = fieldTypes("a: !");
    assert.ok(reading.kind === "unknown");
    assert.equal(reading.reason, "`!` is the never type, which serde cannot carry.");
  });
});
