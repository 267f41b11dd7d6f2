// What stands behind a method's name after a call, and in the lens on it.

import assert from "node:assert/strict";
import { inlineText } from "../../../src/extension/here/inlineText.ts";
import { lastCallTitle } from "../../../src/extension/history/lensText.ts";
import type { CallOutcome, CallResult } from "../../../src/model/outcome.ts";
import type { ReturnSchema } from "../../../src/model/schema/schema.ts";

const u64 = { kind: "integer", bits: 64, signed: false, rustType: "u64" } as const;
const typed = (returns: ReturnSchema) => ({
  method: { returns, wire: "bincode" } as const,
  types: {},
});
const plain = typed({ kind: "value", type: u64 });

function outcome(result: CallResult, outputBytes = 8): CallOutcome {
  return {
    result,
    output: { stdout: "", stderr: "", droppedBytes: 0 },
    measurements: { totalMs: 1, callMs: 0.14, outputBytes },
    notes: [],
  };
}

const ok = (value: string): CallResult => ({
  kind: "ok",
  value,
  bytes: new Uint8Array(8),
  ranges: [],
});

describe("a result beside the source", () => {
  it("is the value with its time, digits unchanged", () => {
    const text = inlineText(outcome(ok("18446744073709551615")), plain, "calc");
    assert.deepEqual(text, {
      line: "⇒ 18446744073709551615 · 0.14 ms",
      short: "ok 0.14 ms",
      isGood: true,
    });
  });

  it("says what it was before, when it is another one", () => {
    const text = inlineText(outcome(ok("2")), plain, "calc", "1");
    assert.equal(text.line, "⇒ 2 (was 1) · 0.14 ms");
  });

  it("tells a PluginError with its code and message", () => {
    const text = inlineText(
      outcome({
        kind: "pluginError",
        error: { code: "DIVISION", message: "cannot divide by zero", details: null },
        value: {},
        bytes: new Uint8Array(),
      }),
      plain,
      "calc",
    );
    assert.equal(text.line, "✗ PluginError DIVISION: cannot divide by zero · 0.14 ms");
    assert.equal(text.short, "PluginError DIVISION · 0.14 ms");
    assert.equal(text.isGood, false);
  });

  it("tells a panic by its message, on one line", () => {
    const text = inlineText(
      outcome({ kind: "panic", panic: { message: "no\nsuch unit" } }),
      plain,
      "calc",
    );
    assert.equal(text.line, "✗ panicked: no\\nsuch unit · 0.14 ms");
  });

  it("says why a build failed", () => {
    const failure = { kind: "compileErrors", errors: [], errorCount: 2 } as const;
    const text = inlineText(outcome({ kind: "buildFailed", failure }), plain, "calc");
    assert.match(text.line, /^✗ build failed: calc does not compile: 2 errors/u);
  });

  it("cuts long values, and does not make the text of large ones", () => {
    const list = typed({
      kind: "value",
      type: { kind: "sequence", element: u64, rustType: "Vec<u64>" },
    });
    const value = Array.from({ length: 200 }, (_, index) => String(index));
    const result = { ...ok("0"), value } as CallResult;
    assert.match(inlineText(outcome(result), list, "calc").line, /^⇒ \[0,.{110,120}… · 0\.14 ms$/u);
    const large = inlineText(outcome(result, 10_000_000), list, "calc");
    assert.equal(large.line, "⇒ ok · 0.14 ms");
  });
});

describe("the lens of a last call", () => {
  it("says ok and the method's time", () => {
    assert.equal(lastCallTitle({ kind: "ok", outcome: "ok", callMs: 0.14 }), "Last: ok 0.14 ms");
  });

  it("says failure plainly, with an icon that no text of a plugin can draw", () => {
    const title = lastCallTitle({
      kind: "pluginError",
      outcome: "PluginError $(zap)",
      callMs: 2,
    });
    assert.equal(title, String.raw`$(error) Last: PluginError \$(zap) · 2 ms`);
  });

  it("leaves out the time of a call that never ran", () => {
    assert.equal(
      lastCallTitle({ kind: "timedOut", outcome: "no result after 30 s", callMs: null }),
      "$(error) Last: no result after 30 s",
    );
  });
});
