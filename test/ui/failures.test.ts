// Every outcome that is no result, in the panel: its headline, what it says, and what to do about it.

import assert from "node:assert/strict";
import type { CallResult } from "../../src/model/outcome.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage } from "./panelPage.ts";

const failures: readonly {
  readonly result: CallResult;
  readonly state: string;
  readonly headline: RegExp;
  readonly body: RegExp;
  readonly action?: string;
}[] = [
  {
    result: {
      kind: "pluginError",
      error: {
        code: "NOT_FOUND",
        message: "No term <b>7</b>.",
        details: '{"id": 18446744073709551615}',
      },
      value: null,
      bytes: new Uint8Array(3),
    },
    state: "error",
    headline: /PluginError\s*NOT_FOUND/,
    body: /No term <b>7<\/b>\.[^]*id\s+"?18446744073709551615/,
    action: "goToImpl",
  },
  {
    result: {
      kind: "pluginError",
      value: { code: "E", message: "m", details: "text" },
      bytes: new Uint8Array(3),
    },
    state: "error",
    headline: /The method returned Err/,
    body: /code[^]*"E"/,
  },
  {
    result: {
      kind: "panic",
      panic: {
        message: "index out of bounds",
        location: { file: "src/lib.rs", line: 31, column: 9 },
        backtrace: "0: at src/lib.rs:31:9",
      },
    },
    state: "panic",
    headline: /Panicked at\s*src\/lib\.rs:31:9/,
    body: /index out of bounds/,
    action: "goToImpl",
  },
  {
    result: {
      kind: "crashed",
      death: {
        kind: "memoryFault",
        exitCode: null,
        signal: "SIGSEGV",
        message: "Plugin process ended: SIGSEGV (memory fault or stack overflow).",
      },
    },
    state: "crash",
    headline: /Plugin process ended: SIGSEGV/,
    body: /The editor is not affected\. The host restarts on the next call\.[^]*last words/,
    action: "showPluginOutput",
  },
  {
    result: { kind: "timedOut", afterMs: 30_000 },
    state: "timeout",
    headline: /No result after 30 s/,
    body: /The host process was ended\. Fidius has no way to interrupt a call\./,
    action: "invokeWithoutLimit",
  },
  {
    result: {
      kind: "buildFailed",
      failure: {
        kind: "compileErrors",
        errorCount: 2,
        errors: [
          {
            message: "mismatched types",
            code: "E0308",
            rendered: "error[E0308]: mismatched types\n --> src/lib.rs:14:9",
            span: {
              file: "/project/src/lib.rs",
              start: { line: 13, character: 8 },
              end: { line: 13, character: 9 },
            },
          },
        ],
      },
    },
    state: "error",
    headline: /Build failed: 2 errors/,
    body: /E0308\s*mismatched types[^]*\/project\/src\/lib\.rs:14:9/,
    action: "showProblems",
  },
  {
    result: {
      kind: "buildFailed",
      failure: { kind: "cargoNotFound", message: "cargo was not found on PATH." },
    },
    state: "error",
    headline: /Build failed: cargo was not found/,
    body: /cargo was not found on PATH\./,
    action: "openSettings",
  },
  {
    result: {
      kind: "buildFailed",
      failure: { kind: "cargoFailed", exitCode: 101, message: "error: no such feature" },
    },
    state: "error",
    headline: /Build failed/,
    body: /no such feature[^]*code 101/,
    action: "showLog",
  },
  {
    result: {
      kind: "loadFailed",
      failure: { kind: "badMagic", message: "libx.so is no Fidius plugin." },
    },
    state: "error",
    headline: /could not be loaded/,
    body: /libx\.so is no Fidius plugin\./,
    action: "buildPlugin",
  },
  {
    result: {
      kind: "interfaceChanged",
      sourceHash: "1122334455667788",
      binaryHash: "8877665544332211",
      differences: [
        {
          change: "changed",
          method: "add",
          sourceSignature: "add(u64)",
          binarySignature: "add(u32)",
        },
      ],
    },
    state: "error",
    headline: /Interface changed since this plugin was built/,
    body: /add\s*changed[^]*In the binary\s*add\(u32\)\s*In the source\s*add\(u64\)/,
    action: "buildPlugin",
  },
  {
    result: {
      kind: "invalidArguments",
      problems: [{ pointer: "/scale", message: "f64 takes a number." }],
    },
    state: "error",
    headline: /Nothing was sent: 1 problem with the arguments/,
    body: /scale\s*f64 takes a number\./,
  },
  {
    result: {
      kind: "wireError",
      message: "12 bytes are left.",
      offset: 12,
      bytes: new Uint8Array(40),
    },
    state: "error",
    headline: /Could not decode the result at byte 12/,
    body: /12 bytes are left\./,
    action: "buildPlugin",
  },
  {
    result: { kind: "notImplemented", message: "BasicCalculator leaves reset out." },
    state: "error",
    headline: /Optional method not implemented by BasicCalculator/,
    body: /leaves reset out/,
    action: "goToTrait",
  },
  {
    result: { kind: "unsupported", message: "The source has no such method." },
    state: "error",
    headline: /Not invoked/,
    body: /The source has no such method\./,
  },
  {
    result: { kind: "busy", message: "The stream `sum` waits for its next input item." },
    state: "error",
    headline: /Not invoked: a stream waits for its input/,
    body: /The stream `sum` waits for its next input item\./,
  },
];

describe("panel: failures", () => {
  const lab = usePanelLab();
  let panel: PanelPage;

  beforeEach(async () => {
    panel = await lab.open(fixture.panelState(fixture.calculator));
  });

  const byId = (testId: string) => panel.page.getByTestId(testId);

  it("words every kind of failure, with what to do about it", async () => {
    let actions = 0;
    for (const failure of failures) {
      await panel.sendOutcome(
        fixture.outcome(failure.result, {
          output: { stdout: "", stderr: "last words\n", droppedBytes: 0 },
        }),
      );
      await panel.page.locator(`main[data-outcome="${failure.result.kind}"]`).waitFor();
      await panel.untilState(failure.state);
      await panel.page.getByTestId("headline").getByText(/./).first().waitFor();
      await panel.page.waitForFunction(
        (pattern) =>
          new RegExp(pattern).test(
            document.querySelector<HTMLElement>('[data-testid="headline"]')?.innerText ?? "",
          ),
        failure.headline.source,
      );
      assert.match(await byId("failure").innerText(), failure.body);
      if (failure.action !== undefined) {
        await byId(`action-${failure.action}`).click();
        actions++;
        assert.deepEqual(await panel.waitForMessage("action", actions), { id: failure.action });
      }
    }
    assert.equal(await panel.page.locator("#root .failure b").count(), 0);
  });

  it("opens the place of a panic", async () => {
    await panel.sendOutcome(fixture.outcome(failures[2]!.result));
    await byId("headline").getByTestId("source-link").click();
    assert.deepEqual(await panel.waitForMessage("openLocation"), {
      file: "src/lib.rs",
      line: 31,
      column: 9,
    });
  });

  it("marks where decoding stopped in the bytes", async () => {
    const wireError = failures.find((failure) => failure.result.kind === "wireError");
    await panel.sendOutcome(fixture.outcome(wireError!.result));
    await byId("response-tab-hex").click();
    assert.equal(await panel.page.locator(".hex-bytes .hex-marked").getAttribute("data-at"), "12");
  });
});
