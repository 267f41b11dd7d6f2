// Why a call fails on the wire, as far as its types tell it.

import assert from "node:assert/strict";
import { currentWireForm } from "../../../src/codec/method/wireForm.ts";
import type { MethodSchema } from "../../../src/model/plugin.ts";
import { interpretReply } from "../../../src/runner/outcome/interpretReply.ts";
import { knownReasons } from "../../../src/runner/outcome/knownReasons.ts";
import { analyze, oneCrate, rust } from "../rust/inMemoryProject.ts";

describe("known reasons of a failed call", () => {
  const { plugins } = analyze(
    oneCrate(rust`
use fidius::*; use serde::*;
#[derive(Serialize, Deserialize)] #[serde(try_from = "String", into = "String")] pub struct Even(u32);
#[derive(serde_repr::Serialize_repr, serde_repr::Deserialize_repr)] #[repr(u8)] pub enum Level { Low = 1 }
#[derive(Serialize, Deserialize)] pub struct Skips { #[serde(skip_serializing_if = "Option::is_none")] b: Option<u8>, c: u8 }
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait T { fn even(&self, v: Vec<Even>); fn level(&self, v: Level); fn skips(&self) -> Skips; fn plain(&self, v: u8); fn hidden(&self, v: extern_crate::Own); }
pub struct P;
#[plugin_impl(T)] impl T for P {
  fn even(&self, v: Vec<Even>) {} fn level(&self, v: Level) {} fn skips(&self) -> Skips { todo!() } fn plain(&self, v: u8) {} fn hidden(&self, v: extern_crate::Own) {}
}
`),
  );
  const reasons = (name: string): string => {
    const schema = plugins[0]?.schema;
    const method: MethodSchema | undefined = schema?.methods.find((each) => each.name === name);
    assert.ok(schema !== undefined && method !== undefined);
    return knownReasons(method, schema.types).join(" ");
  };

  it("are a try_from that may refuse", () => {
    assert.match(
      reasons("even"),
      /`Even` is made from `String` by `try_from`, which refuses some/u,
    );
  });
  it("are numbers that are no variant of serde_repr", () => {
    assert.match(reasons("level"), /`Level` takes the numbers of its variants only: 1 is Low/u);
  });
  it("are serde attributes that bincode does not carry", () => {
    assert.match(reasons("skips"), /`skip_serializing_if`/u);
  });
  it("are none where nothing is known", () => {
    assert.equal(reasons("plain"), "");
  });

  const refusal = (name: string, isCurrent: boolean): string => {
    const plugin = plugins[0]?.schema;
    const method = plugin?.methods.find((each) => each.name === name);
    assert.ok(plugin !== undefined && method !== undefined);
    const reply = {
      kind: "returned",
      status: -2,
      output: new Uint8Array(),
      runs: 1,
      callMs: 0,
    } as const;
    const context = { folders: { workspaceRoot: "/", workingDirectory: "/" }, isCurrent };
    const result = interpretReply({ ...reply, arenaBytes: 0, changes: null }, plugin, method, "", {
      ...context,
      form: currentWireForm,
    });
    assert.ok(result.kind === "wireError");
    return result.message;
  };

  it("are never the age of a library that was just built", () => {
    assert.match(refusal("plain", false), /Its binary may be older than its source/u);
    assert.doesNotMatch(refusal("plain", true), /older|build it again/u);
    assert.match(refusal("plain", true), /their own `Deserialize` or `Serialize` refuses/u);
  });
  it("are bytes that were given for a type that no source tells", () => {
    assert.match(
      refusal("hidden", false),
      /What was given for `v` may be no `extern_crate::Own`: its source does not tell its bytes\.$/u,
    );
  });
});
