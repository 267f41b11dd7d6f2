// Methods of a plugin as its impl writes them and its trait counts them.

import assert from "node:assert/strict";
import { oneCrate, onlyPlugin, rust } from "./inMemoryProject.ts";
import { methodText, tableText } from "./schemaText.ts";

describe("methods", () => {
  const source = rust`
use fidius::*;
#[derive(serde::Serialize, serde::Deserialize)] pub struct P { x: u8 }
type Res<T> = Result<T, PluginError>;
#[plugin_interface(version = 3, buffer = Arena)]
pub trait All {
    const IGNORED: u8 = 1;
    type Out;
    /// From the trait.
    fn zero(&self);
    fn patterns(&self, _: u8, (a, b): (u8, u8), P { x, .. }: P, mut m: u8, r#type: u8, a_b: u8);
    async fn later(&self) -> Result<u8, String>;
    fn alias(&self) -> Res<u8>;
    #[optional(since = 2)] fn extra(&self) -> Vec<u8>;
    #[wire(raw)] fn raw(&self, data: Vec<u8>) -> Result<Vec<u8>, PluginError>;
    fn ticks(&self, n: u8) -> Stream<u32>;
    fn sum(&self, items: fidius::Stream<u8>, start: u64) -> u64;
    fn echo(&self, start: u8, items: Stream<P>) -> Stream<String>;
    fn with_body(&self) -> u8 { 1 }
    #[optional(since = 3)] fn last(&self);
}
struct Imp;
#[plugin_impl(All, buffer = Arena, config = Option<P>)]
impl All for Imp {
    type Out = Vec<P>;
    fn zero(&self) {}
    fn patterns(&self, _: u8, (a, b): (u8, u8), P { x, .. }: P, mut m: u8, r#type: u8, a_b: u8) {}
    async fn later(&self) -> std::result::Result<u8, String> { todo!() }
    fn alias(&self) -> Res<u8> { todo!() }
    fn extra(&self) -> Self::Out { todo!() }
    #[wire(raw)] fn raw(&self, data: Vec<u8>) -> Result<Vec<u8>, PluginError> { todo!() }
    fn ticks(&self, n: u8) -> Stream<u32> { todo!() }
    fn sum(&self, items: Stream<u8>, start: u64) -> u64 { 0 }
    fn echo(&self, start: u8, items: Stream<P>) -> Stream<String> { todo!() }
    fn with_body(&self) -> u8 { 2 }
    fn last(&self) {}
}
`;
  const plugin = onlyPlugin(oneCrate(source));

  it("come with names, wires, streams and returns as the impl writes them", () => {
    assert.deepEqual(plugin.schema.methods.map(methodText), [
      "zero() -> unit",
      "patterns(arg1: u8, a_b: (u8, u8), x: demo::P, m: u8, type: u8, a_b_2: u8) -> unit",
      "async later() -> Result(u8, string)",
      "alias() -> result(u8, fidius::PluginError)",
      "extra() -> seq(demo::P)",
      "raw raw(data: bytes) -> Result(bytes, fidius::PluginError)",
      "server stream ticks(n: u8) -> u32",
      "client stream sum(start: u64) -> u64",
      "bidirectional stream echo(start: u8) -> string",
      "with_body() -> u8",
      "last() -> unit",
    ]);
    assert.equal(plugin.schema.methods[8]?.streamArgument?.name, "items");
  });

  it("come with slot, trait index, capability bit and the trait's doc", () => {
    const [zero] = plugin.schema.methods;
    assert.equal(zero?.doc, "From the trait.");
    assert.deepEqual(
      plugin.schema.methods.map(({ slot, traitIndex }) => slot === traitIndex),
      plugin.schema.methods.map(() => true),
    );
    assert.deepEqual(
      plugin.schema.methods.map(({ capabilityBit }) => capabilityBit ?? "-").join(""),
      "----0-----1",
    );
  });

  it("come with the configuration and every named type", () => {
    assert.equal(plugin.schema.config?.kind, "option");
    assert.equal(plugin.schema.buffer, "Arena");
    assert.deepEqual(tableText(plugin.schema.types), [
      "demo::P = struct { x: u8 }",
      "fidius::PluginError = struct { code: string, message: string, details: string? }",
    ]);
  });

  it("have the hash and the lines of the trait", () => {
    assert.match(plugin.schema.interfaceHash ?? "", /^[\da-f]{16}$/u);
    assert.equal(plugin.schema.signatures.length, 9);
    assert.equal(plugin.schema.methods[2]?.signature, "later:->Result < u8, String >");
  });

  it("slots follow the impl, indexes the trait", () => {
    const swapped = onlyPlugin(
      oneCrate(rust`
use fidius::*;
#[plugin_interface(version = 1, buffer = PluginAllocated)] trait T { fn a(&self); fn b(&self); fn c(&self); }
struct P;
#[plugin_impl(T)] impl T for P { fn c(&self) {} fn a(&self) {} fn b(&self) {} }
`),
    );
    assert.deepEqual(
      swapped.schema.methods.map(
        ({ name, slot, traitIndex }) => `${name}${String(slot)}${String(traitIndex)}`,
      ),
      ["c02", "a10", "b21"],
    );
  });
});

describe("names of arguments", () => {
  const project = (trait: string, impl: string) =>
    oneCrate(rust`
use fidius::*;
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Named { ${trait}; }
struct Imp;
#[plugin_impl(Named)]
impl Named for Imp { ${impl} { todo!() } }
`);
  /** `name` or `name|alias` of each argument. */
  const named = (trait: string, impl: string): string[] => {
    const method = onlyPlugin(project(trait, impl)).schema.methods[0];
    assert.ok(method !== undefined);
    return [
      ...method.arguments,
      ...(method.streamArgument === undefined ? [] : [method.streamArgument]),
    ].map(({ name, alias }) => (alias === undefined ? name : `${name}|${alias}`));
  };

  it("are the trait's; the impl's are accepted beside them", () => {
    assert.deepEqual(
      named(
        "fn run(&self, context_json: String, count: u8)",
        "fn run(&self, _context_json: String, _: u8)",
      ),
      ["context_json|_context_json", "count|arg2"],
    );
  });

  it("of the impl are none where the trait has them for other arguments", () => {
    assert.deepEqual(named("fn run(&self, a: u8, b: u8)", "fn run(&self, b: u8, a: u8)"), [
      "a",
      "b",
    ]);
    assert.deepEqual(named("fn run(&self, a: u8, b: u8)", "fn run(&self, b: u8, c: u8)"), [
      "a",
      "b|c",
    ]);
  });

  it("are the impl's where the trait has none, and positions where neither has one", () => {
    assert.deepEqual(named("fn run(&self, _: u8, _: u8)", "fn run(&self, first: u8, _: u8)"), [
      "first",
      "arg2",
    ]);
  });

  it("of a stream are the trait's too", () => {
    assert.deepEqual(
      named(
        "fn run(&self, items: Stream<u8>, start: u8) -> u8",
        "fn run(&self, _i: Stream<u8>, _s: u8) -> u8",
      ),
      ["start|_s", "items|_i"],
    );
  });

  it("are the impl's own while it has another number of arguments than the trait", () => {
    assert.deepEqual(named("fn run(&self, a: u8, b: u8)", "fn run(&self, x: u8)"), ["x"]);
  });
});
