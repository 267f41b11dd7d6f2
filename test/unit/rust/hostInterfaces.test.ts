// Traits under #[host_interface]: what is read of them, and every refusal of the macro (reference 2.5).

import assert from "node:assert/strict";
import type { RustModel } from "../../../src/rust/fidius/facts.ts";
import { checkCrate } from "../../../src/diagnostics/checkCrate.ts";
import { analyze, oneCrate, rust } from "./inMemoryProject.ts";

function model(text: string): RustModel {
  return analyze(
    oneCrate(`use fidius::{host_interface, PluginError};\n${text}`),
    undefined,
    checkCrate,
  );
}

describe("host interfaces", () => {
  it("are read with their version, functions in order, types and hash", () => {
    const { hostInterfaces, problems } = model(rust`
#[derive(serde::Serialize, serde::Deserialize)]
pub struct Entry { pub key: String }
/// Keeps.
#[host_interface(version = 3)]
pub trait Store: Send + Sync {
    fn put(&self, entry: Entry) -> Result<u64, PluginError>;
    fn clear(&self);
    fn all(&self) -> Vec<Entry>;
}`);
    assert.deepEqual(
      problems.filter(({ severity }) => severity === "error"),
      [],
    );
    const [found] = hostInterfaces;
    assert.equal(found?.schema.id, "demo::Store");
    assert.equal(found.schema.version, 3);
    assert.equal(found.schema.doc, "Keeps.");
    assert.deepEqual(
      found.schema.methods.map(({ name, returns, traitIndex }) => [name, returns.kind, traitIndex]),
      [
        ["put", "result", 0],
        ["clear", "value", 1],
        ["all", "value", 2],
      ],
    );
    assert.ok("demo::Entry" in found.schema.types);
    assert.match(found.schema.hash, /^[0-9a-f]{16}$/);
  });

  it("have a hash in which the order of the functions does not count", () => {
    const [one, other] = ["fn a(&self) -> u8; fn b(&self);", "fn b(&self); fn a(&self) -> u8;"].map(
      (body) => {
        const text = `#[host_interface(version = 1)] pub trait T: Send + Sync { ${body} }`;
        return model(text).hostInterfaces[0]?.schema.hash;
      },
    );
    assert.equal(one, other);
  });

  it("are found under another name of the macro", () => {
    const found = analyze(
      oneCrate(rust`
use fidius::host_interface as asks;
#[asks(version = 1)]
pub trait T: Send + Sync { fn a(&self); }`),
    );
    assert.deepEqual(
      found.hostInterfaces.map(({ schema }) => schema.name),
      ["T"],
    );
  });

  const refused: readonly (readonly [string, string, string])[] = [
    ["host-interface-version", "", "pub trait T: Send + Sync { fn a(&self); }"],
    ["host-interface-version", 'version = "1"', "pub trait T: Send + Sync { fn a(&self); }"],
    [
      "host-interface-argument",
      "version = 1, buffer = Arena",
      "pub trait T: Send + Sync { fn a(&self); }",
    ],
    ["host-interface-generic", "version = 1", "pub trait T<X>: Send + Sync { fn a(&self); }"],
    ["host-interface-send-sync", "version = 1", "pub trait T { fn a(&self); }"],
    [
      "host-interface-send-sync",
      "version = 1",
      "pub trait T: std::marker::Send + Sync { fn a(&self); }",
    ],
    ["host-interface-empty", "version = 1", "pub trait T: Send + Sync {}"],
    ["host-function-async", "version = 1", "pub trait T: Send + Sync { async fn a(&self); }"],
    ["host-function-generic", "version = 1", "pub trait T: Send + Sync { fn a<X>(&self); }"],
    ["host-function-receiver", "version = 1", "pub trait T: Send + Sync { fn a(&mut self); }"],
    ["host-function-receiver", "version = 1", "pub trait T: Send + Sync { fn a(); }"],
    [
      "host-function-attribute",
      "version = 1",
      "pub trait T: Send + Sync { #[wire(raw)] fn a(&self); }",
    ],
    [
      "host-function-reference",
      "version = 1",
      "pub trait T: Send + Sync { fn a(&self, text: &str); }",
    ],
    [
      "host-function-stream",
      "version = 1",
      "pub trait T: Send + Sync { fn a(&self) -> fidius::Stream<u8>; }",
    ],
    [
      "host-function-error",
      "version = 1",
      "pub trait T: Send + Sync { fn a(&self) -> Result<u8, String>; }",
    ],
  ];
  for (const [code, args, text] of refused) {
    it(`${code}: #[host_interface(${args})] ${text}`, () => {
      const errors = model(`#[host_interface(${args})]\n${text}`)
        .problems.filter(({ severity }) => severity === "error")
        .map((problem) => problem.code);
      assert.deepEqual(errors, [code]);
    });
  }

  it("of which nothing is wrong report nothing", () => {
    const { problems } = model(rust`
#[host_interface(version = 1, crate = "fidius")]
pub trait T: Send + Sync + 'static {
    fn a(&self, bytes: Vec<u8>) -> fidius::Result<u8, fidius::PluginError>;
    fn b(&self) -> Option<String>;
}`);
    assert.deepEqual(
      problems.filter(({ severity }) => severity === "error"),
      [],
    );
  });
});
