// Comparing the types of an interface goes on when the code of one of them ends the bridge.

import assert from "node:assert/strict";
import type { Bridge } from "../../../src/bridge/bridges.ts";
import { verifyInterface } from "../../../src/bridge/verify/verifyInterface.ts";
import { err, ok } from "../../../src/model/result.ts";
import { analyze, oneCrate } from "../rust/inMemoryProject.ts";

const schema = analyze(
  oneCrate(`#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn first(&self, value: u8); fn second(&self, value: u8); fn third(&self, value: u8); }`),
).interfaces[0]?.schema;
assert.ok(schema !== undefined);

/** Reads every byte; ends when it is asked for the method `fatal`. */
function fakeBridge(fatal: string): Bridge {
  let end: string | null = null;
  const refused = err("not made up");
  return {
    get end() {
      return end;
    },
    obstacle: () => null,
    make: () => Promise.resolve(refused),
    examine: () => Promise.resolve(refused),
    read: (method: string) => {
      end = method === fatal ? "The bridge's process ended (SIGABRT)." : end;
      return Promise.resolve(end === null ? ok({ problem: null, trace: "u8" }) : err(end));
    },
  } as unknown as Bridge;
}

describe("verifyInterface", () => {
  it("opens the bridge again behind a type that ended it, and compares the others", async () => {
    let opened = 0;
    let bridge: Bridge | undefined;
    const openBridge = () => {
      if (bridge?.end !== null) {
        bridge = fakeBridge("first");
        opened += 1;
      }
      return Promise.resolve(ok(bridge));
    };
    const signal = new AbortController().signal;
    const reports = await verifyInterface(schema, { openBridge, values: 3, seed: 1n, signal });
    const told = reports
      .filter(({ label }) => label === "value")
      .map(({ method, compared, end }) => [method, compared, end]);
    assert.deepEqual(told, [
      ["first", 0, "The bridge's process ended (SIGABRT)."],
      ["second", 3, null],
      ["third", 3, null],
    ]);
    assert.equal(opened, 2);
  });

  it("says why a type is not compared when the bridge does not open again", async () => {
    const signal = new AbortController().signal;
    const openBridge = () => Promise.resolve(err("It cannot be started."));
    const reports = await verifyInterface(schema, { openBridge, values: 3, seed: 1n, signal });
    assert.ok(
      reports.length >= 3 && reports.every(({ obstacle }) => obstacle === "It cannot be started."),
    );
  });

  it("a type that its source says nobody can read is no difference", async () => {
    const decimal = analyze({
      demo: {
        files: {
          "src/lib.rs": `#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn take(&self, value: rust_decimal::Decimal); }`,
        },
        dependencies: ["fidius", { key: "rust_decimal", packageName: "rust_decimal" }],
      },
    }).interfaces[0]?.schema;
    assert.ok(decimal !== undefined);
    const read = () => Promise.resolve(ok({ problem: "deserialize_any", trace: "" }));
    const bridge = { ...fakeBridge(""), end: null, read } as unknown as Bridge;
    const openBridge = () => Promise.resolve(ok(bridge));
    const signal = new AbortController().signal;
    const reports = await verifyInterface(decimal, { openBridge, values: 3, seed: 1n, signal });
    const report = reports.find(({ label }) => label === "value");
    assert.deepEqual(report?.differences, []);
    assert.match(report.note ?? "", /as the source says: rust_decimal can write a `Decimal`/u);
  });
});
