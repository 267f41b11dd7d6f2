// What is remembered of a call, and what never is.

import assert from "node:assert/strict";
import { finishedCall, type MadeCall } from "../../../src/history/finishedCall.ts";
import type { CallResult } from "../../../src/model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../../../src/model/plugin.ts";

const text = { kind: "string", rustType: "String" } as const;
const place = {
  file: "/a/lib.rs",
  start: { line: 0, character: 0 },
  end: { line: 0, character: 1 },
};
const method: PluginMethod = {
  name: "variable",
  isAsync: false,
  wire: "bincode",
  stream: "none",
  arguments: [{ name: "name", type: text }],
  returns: { kind: "value", type: text },
  signature: "variable:String->String",
  traitIndex: 0,
  slot: 0,
  nameSpan: place,
  fullSpan: place,
};
const plugin: PluginSchema = {
  id: "a::A as Variables",
  name: "A",
  interfaceName: "Variables",
  interfaceHash: "0011223344556677",
  signatures: [],
  crate: {
    name: "a",
    version: "0.1.0",
    manifestPath: "/a/Cargo.toml",
    workspaceRoot: "/a",
    libraryName: "a",
    crateTypes: ["cdylib"],
  },
  buffer: "PluginAllocated",
  fidiusVersion: "0.5.7",
  methods: [method],
  types: {},
  nameSpan: place,
  missingAsyncFeatures: [],
};

const secret = "tok-$&-4f9a";

function made(result: CallResult, stdout = ""): MadeCall {
  return {
    plugin,
    method,
    atMs: 1,
    arguments: { name: "TOKEN" },
    instance: null,
    timeoutMs: 30_000,
    seed: 17,
    profile: "dev",
    environment: { TOKEN: secret, RUST_LOG: "info" },
    commit: "0123456789012345678901234567890123456789",
    items: { lines: [`{"value":"${secret}"}`, '{"value":"info"}'], dropped: 0 },
    outcome: {
      result,
      output: { stdout, stderr: `error with ${secret}`, droppedBytes: 0 },
      measurements: { totalMs: 1, callMs: 0.5 },
      notes: [],
    },
  };
}

function ok(value: string): CallResult {
  const bytes = new TextEncoder().encode(value);
  return {
    kind: "ok",
    value,
    bytes: new Uint8Array([...new Array<number>(8).fill(0), ...bytes]),
    ranges: [],
  };
}

describe("what is remembered of a call", () => {
  it("is everything it was made with: commit, seed, profile, versions", () => {
    const { summary, detail, result, valueText } = finishedCall(made(ok("plain")));
    assert.equal(detail.commit, "0123456789012345678901234567890123456789");
    assert.equal(detail.seed, 17);
    assert.equal(detail.fidiusVersion, "0.5.7");
    assert.equal(summary.profile, "dev");
    assert.equal(summary.interfaceHash, "0011223344556677");
    assert.deepEqual(JSON.parse(detail.arguments), { name: "TOKEN" });
    assert.equal(result?.kind, "ok");
    assert.equal(valueText, '"plain"');
  });

  it("are never the values of environment variables, in output, items, panics or results", () => {
    const outcomes: readonly CallResult[] = [
      ok(`it is ${secret}`),
      { kind: "panic", panic: { message: `no ${secret}`, backtrace: `at ${secret}` } },
      {
        kind: "pluginError",
        error: { code: secret, message: secret, details: null },
        value: { code: secret },
        bytes: new TextEncoder().encode(secret),
      },
      {
        kind: "crashed",
        death: { kind: "abort", exitCode: null, signal: "SIGABRT", message: secret },
      },
    ];
    for (const result of outcomes) {
      const kept = finishedCall(made(result, `printed ${secret} once`));
      const stored = JSON.stringify(kept, (_key, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
      );
      assert.ok(!stored.includes(secret), `${result.kind}: ${stored}`);
      assert.ok(stored.includes("$TOKEN"));
    }
    assert.equal(finishedCall(made(ok(`it is ${secret}`))).result, null);
  });

  it("keeps results that hold only short values, which are in everything", () => {
    assert.equal(finishedCall(made(ok("info"))).result?.kind, "ok");
    assert.deepEqual(finishedCall(made(ok(""))).detail.items?.lines[1], '{"value":"info"}');
  });
});
