// The pattern by which debuggers find a method, on the names that they show for real plugins.

import assert from "node:assert/strict";
import { methodPattern } from "../../../../src/calls/options/methodPattern.ts";
import type { PluginMethod, PluginSchema } from "../../../../src/model/plugin.ts";

const plugin = { name: "AllCalls", interfaceName: "Calls" } as PluginSchema;
const matches = (method: string, isAsync: boolean, symbol: string): boolean =>
  new RegExp(methodPattern(plugin, { name: method, isAsync } as PluginMethod)).test(symbol);

const hash = "::hdf49b4fe8ea226f9";
const legacy = "_$LT$fixture_calls..AllCalls$u20$as$u20$fixture_calls..Calls$GT$";
const current = "<fixture_calls::AllCalls as fixture_calls::Calls>";
const closure = "_$u7b$$u7b$closure$u7d$$u7d$";

describe("the pattern for a method's name", () => {
  it("takes the method in both manglings, of generic traits too", () => {
    assert.ok(matches("add", false, `${legacy}::add${hash}`));
    assert.ok(matches("add", false, `${current}::add`));
    assert.ok(matches("add", false, "<AllCalls as deep::Calls<u8>>::add"));
    assert.ok(matches("add_later", true, `${legacy}::add_later::${closure}${hash}`));
    assert.ok(matches("add_later", true, `${current}::add_later::{closure#0}`));
  });

  it("takes nothing else", () => {
    for (const other of [
      `${legacy}::add_later${hash}`,
      `${legacy}::add::${closure}${hash}`,
      `${current}::add::{closure#0}`,
      "<fixture_calls::NotAllCalls as fixture_calls::Calls>::add",
      "<fixture_calls::AllCalls as fixture_calls::OtherCalls>::add",
      `fixture_calls::__fidius_shim_AllCalls_add${hash}`,
    ]) {
      assert.ok(!matches("add", false, other), other);
    }
    for (const other of [
      `${legacy}::add_later${hash}`,
      `core::ptr::drop_in_place<${current}::add_later::{closure#0}>`,
      `<tokio::Scheduler>::block_on::<${current}::add_later::{closure#0}>::{closure#0}`,
      `${current}::add_later::{closure#0}::{closure#0}`,
    ]) {
      assert.ok(!matches("add_later", true, other), other);
    }
  });
});
