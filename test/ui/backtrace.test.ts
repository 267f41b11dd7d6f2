// A panic's backtrace in the panel: own frames first with links that open, the rest folded, and a button that asks for one.

import assert from "node:assert/strict";
import type { BacktraceFrame, CallResult } from "../../src/model/outcome.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage, type Theme } from "./panelPage.ts";

const frames: readonly BacktraceFrame[] = [
  {
    function: "core::panicking::panic_fmt",
    origin: "toolchain",
    location: { file: "/rustc/59807616/library/core/src/panicking.rs", line: 80, column: 14 },
  },
  {
    function: "shapes::area<T>",
    origin: "own",
    location: { file: "shapes/src/lib.rs", line: 31, column: 9 },
  },
  {
    function: "<shapes::Square as shapes::Shape>::area",
    origin: "own",
    location: { file: "shapes/src/square.rs", line: 12, column: 1 },
  },
  {
    function: "tokio::runtime::park::CachedParkThread::block_on",
    origin: "dependency",
    location: { file: "/home/me/.cargo/registry/src/tokio-1.54.1/park.rs", line: 376, column: 31 },
  },
  { function: "<unknown>", origin: "host" },
];

const panic = {
  kind: "panic",
  panic: {
    message: "side <b>-1</b>",
    location: { file: "shapes/src/lib.rs", line: 31, column: 9 },
    backtrace: "   0: core::panicking::panic_fmt",
    frames,
  },
} as const satisfies CallResult;

describe("panel: backtrace", () => {
  const lab = usePanelLab();
  let panel: PanelPage;

  beforeEach(async () => {
    panel = await lab.open(fixture.panelState(fixture.calculator));
  });

  const byId = (testId: string) => panel.page.getByTestId(testId);

  it("shows own frames first, each with a link to its place", async () => {
    await panel.sendOutcome(fixture.outcome(panic));
    const own = byId("frames-own");
    assert.deepEqual(await own.locator(".frame-function").allInnerTexts(), [
      "shapes::area<T>",
      "<shapes::Square as shapes::Shape>::area",
    ]);
    await own.getByTestId("source-link").nth(1).click();
    assert.deepEqual(await panel.waitForMessage("openLocation"), {
      file: "shapes/src/square.rs",
      line: 12,
      column: 1,
    });
  });

  it("folds the frames of Rust, crates and host, and opens with the keyboard", async () => {
    await panel.sendOutcome(fixture.outcome(panic));
    const others = byId("frames-other");
    assert.equal(await others.isVisible(), false);
    await panel.page.getByText("3 frames of Rust, crates and the host").focus();
    await panel.page.keyboard.press("Enter");
    await others.waitFor();
    // The standard library's files are not on this machine.
    assert.equal(await others.getByTestId("source-link").count(), 1);
    assert.match(await others.innerText(), /panicking\.rs:80:14/);
  });

  it("offers to run again with a backtrace when there is none", async () => {
    await panel.sendOutcome(fixture.outcome(panic));
    await byId("frames-own").waitFor();
    assert.equal(await byId("action-invokeWithBacktrace").count(), 0);
    const { location } = panic.panic;
    const without = { message: "no trace", location };
    await panel.sendOutcome(fixture.outcome({ kind: "panic", panic: without }));
    await byId("action-invokeWithBacktrace").click();
    assert.deepEqual(await panel.waitForMessage("action"), { id: "invokeWithBacktrace" });
  });

  it("tells the panic that came before a crash", async () => {
    const death = {
      kind: "abort",
      exitCode: null,
      signal: "SIGABRT",
      message: "Plugin process ended: SIGABRT (abort).",
    } as const;
    await panel.sendOutcome(fixture.outcome({ kind: "crashed", death, panic: panic.panic }));
    const crash = byId("crash-panic");
    assert.match(await crash.innerText(), /panicked before at shapes\/src\/lib\.rs:31:9/);
    assert.match(await crash.innerText(), /side <b>-1<\/b>/);
    assert.equal(await crash.locator("b").count(), 0);
    assert.equal(await byId("frames-own").locator("li").count(), 2);
  });

  for (const theme of [
    "light",
    "dark",
    "hc-light",
    "hc-dark",
  ] as const satisfies readonly Theme[]) {
    it(`is readable: ${theme}`, async () => {
      panel = await lab.open(fixture.panelState(fixture.calculator), { theme, width: 900 });
      await panel.sendOutcome(fixture.outcome(panic));
      await panel.page.getByText("3 frames of Rust, crates and the host").click();
      await byId("frames-other").waitFor();
      // Nothing is drawn over the edge, and a link differs from the text around it.
      const { isInside, colours } = await panel.page.evaluate(() => {
        const list = document.querySelector<HTMLElement>('[data-testid="frames-other"]');
        const link = document.querySelector<HTMLElement>('[data-testid="frames-own"] button');
        const name = document.querySelector<HTMLElement>(".frame-function");
        return {
          isInside: (list?.scrollWidth ?? 1) <= (list?.clientWidth ?? 0),
          colours: [link, name].map((element) =>
            element === null ? "" : getComputedStyle(element).color,
          ),
        };
      });
      assert.ok(isInside, "the list is wider than its pane");
      assert.notEqual(colours[0], colours[1]);
      await panel.screenshot(`backtrace-${theme}`);
    });
  }
});
