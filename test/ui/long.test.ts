// Results of many megabytes: there soon, read where they are looked at, and nothing on the page waits for them.

import assert from "node:assert/strict";
import type { TypeSchema } from "../../src/model/schema/schema.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage } from "./panelPage.ts";

const megabyte = 1024 * 1024;
const text: TypeSchema = { rustType: "String", kind: "string" };

describe("panel: results of many megabytes", () => {
  const lab = usePanelLab();
  let panel: PanelPage;
  const byId = (id: string) => panel.page.getByTestId(id);
  const pointer = (at: string) =>
    panel.page.locator(`[data-testid="tree-row"][data-pointer="${at}"]`);

  async function open(returns: TypeSchema): Promise<void> {
    panel = await lab.open(fixture.panelState({ name: "big", returns }));
    await panel.page.evaluate(() => {
      const tasks: number[] = [];
      Object.assign(globalThis, { tasks });
      new PerformanceObserver((list) => {
        tasks.push(...list.getEntries().map(({ duration }) => duration));
      }).observe({ entryTypes: ["longtask"] });
    });
  }

  /** A million Terms, whose values count up. */
  const sendTerms = (count: number) =>
    panel.page.evaluate((length) => {
      const bytes = new Uint8Array(8 + 20 * length);
      const view = new DataView(bytes.buffer);
      view.setUint32(0, length, true);
      for (let index = 0; index < length; index++) {
        view.setUint32(8 + 20 * index, index, true);
        view.setUint32(24 + 20 * index, index % 3, true);
      }
      fake.sendLong(bytes);
    }, count);

  /** `count` bytes behind their number. */
  const sendBytes = (count: number) =>
    panel.page.evaluate((length) => {
      const bytes = new Uint8Array(8 + length).fill(0x61);
      new DataView(bytes.buffer).setUint32(0, length, true);
      new DataView(bytes.buffer).setUint32(4, 0, true);
      fake.sendLong(bytes);
    }, count);

  it("a million structs are a tree whose rows are read when they are looked at", async () => {
    await open(fixture.vec(fixture.named("Term")));
    await sendTerms(1_000_000);
    await byId("tree-row").first().waitFor();
    assert.match(await byId("tree-row").first().innerText(), /1,000,000 items/);
    const tree = panel.page.getByRole("tree", { name: "Result" });
    await tree.focus();
    await panel.page.keyboard.press("End");
    await pointer("/999999").waitFor();
    assert.match(await pointer("/999999").innerText(), /999999/);
    await panel.page.keyboard.press("ArrowRight");
    await panel.page.keyboard.press("ArrowRight");
    assert.match(await pointer("/999999/value").innerText(), /i128\s*999999/);
    assert.match(await byId("byte-strip").innerText(), /16 bytes at 19,999,988/);
    await panel.page.keyboard.press("Home");
    await pointer("/0").waitFor();
    assert.ok((await byId("tree-row").count()) < 200, "only the rows in view are drawn");
    const asked = (await panel.received("resultBytes")) as readonly { length: number }[];
    assert.ok(
      asked.every(({ length }) => length <= 2 * megabyte),
      "bytes come in pieces",
    );
  });

  it("keep the page free: no task is near what reading the whole takes", async () => {
    await open(fixture.vec(fixture.named("Term")));
    await sendTerms(1_000_000);
    await byId("tree-row").first().waitFor();
    await byId("response-tab-hex").click();
    await byId("response-tab-json").click();
    await panel.page.locator(".response .cm-content").waitFor();
    await byId("response-tab-value").click();
    const { longest, whole } = await panel.page.evaluate(async () => {
      // Tasks are told a moment after they ended.
      await new Promise((resolve) => setTimeout(resolve, 100));
      const { tasks } = globalThis as unknown as { tasks: readonly number[] };
      const json = JSON.stringify(
        Array.from({ length: 1_000_000 }, (_, index) => ({ value: String(index), unit: "Feet" })),
      );
      const started = performance.now();
      JSON.parse(json);
      return { longest: Math.max(0, ...tasks.slice(1)), whole: performance.now() - started };
    });
    assert.ok(longest < whole / 2, `${longest} ms, against ${whole} ms for JSON.parse`);
  });

  it("64 MB of bytes are shown as tree, JSON and hex, a page or the rows in view at a time", async () => {
    await open({ rustType: "Vec<u8>", kind: "bytes" });
    await sendBytes(64_000_000);
    await byId("tree-row").first().waitFor();
    assert.match(await byId("tree-row").first().innerText(), /64,000,000 bytes/);
    await byId("response-tab-json").click();
    const lines = panel.page.locator(".response .cm-content");
    await lines.waitFor();
    assert.match(await lines.innerText(), /^"hex:6161/);
    assert.equal(await byId("json-pages").innerText(), "2,605");
    await byId("json-page").fill("2605");
    await byId("json-page").press("Enter");
    await panel.page.waitForFunction(() =>
      document.querySelector(".response .cm-content")?.textContent.endsWith('61"'),
    );
    assert.equal(await byId("json-page-next").isDisabled(), true);
    await byId("response-tab-hex").click();
    await byId("hex").evaluate((element) => {
      element.scrollIntoView({ block: "end" });
    });
    const last = (64_000_008 - 8).toString(16).padStart(8, "0").slice(0, 7);
    await panel.page.locator(".hex-offset", { hasText: last }).first().waitFor();
  });

  it("64 MB of text open, and what is selected in the tree is where JSON begins", async () => {
    await open({
      rustType: "(String, u32, Vec<Term>)",
      kind: "tuple",
      elements: [text, fixture.int("u32"), fixture.vec(fixture.named("Term"))],
    });
    await panel.page.evaluate(() => {
      const length = 60_000_000;
      const bytes = new Uint8Array(8 + length + 4 + 8 + 20 * 10_000).fill(0);
      bytes.fill(0x61, 8, 8 + length);
      const view = new DataView(bytes.buffer);
      view.setUint32(0, length, true);
      view.setUint32(8 + length, 42, true);
      view.setUint32(12 + length, 10_000, true);
      fake.sendLong(bytes);
    });
    await pointer("/1").waitFor();
    assert.match(await pointer("/0").innerText(), /57\.2 MB/);
    assert.match(await pointer("/1").innerText(), /42/);
    await pointer("/2").click();
    await byId("response-tab-json").click();
    await panel.page.locator(".response .cm-content", { hasText: "Meters" }).waitFor();
  });

  it("say how much of them is here while they come, and give way to the next result", async () => {
    await open({ rustType: "Vec<u8>", kind: "bytes" });
    await panel.page.evaluate((from) => {
      fake.longHeldFrom = from;
    }, 38 * megabyte);
    await sendBytes(50 * megabyte - 8);
    await panel.page.getByText("Receiving 38 of 50 MB").waitFor();
    assert.equal(await panel.panel.getAttribute("data-state"), "ok");
    await panel.sendOutcome(fixture.notedReport());
    await byId("tree-row").first().waitFor();
    await panel.page.evaluate(() => {
      fake.releaseLong?.();
    });
    assert.equal(await byId("long-progress").count(), 0);
    await panel.page.evaluate(() => {
      fake.longHeldFrom = Infinity;
      fake.longBytes = null;
    });
    assert.doesNotMatch(await byId("tree-row").first().innerText(), /52,428/);
  });

  it("are saved and opened by the extension, and copied where they are short", async () => {
    await open(fixture.vec(fixture.named("Term")));
    await sendTerms(100_000);
    await byId("tree-row").first().waitFor();
    for (const as of ["file", "editor", "hexEditor"]) {
      await byId(`keep-${as}`).click();
    }
    await panel.waitForMessage("keepResult", 3);
    await byId("copy-value").click();
    await panel.waitForMessage("keepResult", 4);
    assert.deepEqual(await panel.received("keepResult"), [
      { as: "file" },
      { as: "editor" },
      { as: "hexEditor" },
      { as: "file" },
    ]);
    await pointer("/3").click();
    await byId("copy-value").click();
    assert.deepEqual(await panel.waitForMessage("copyText"), {
      text: '{\n  "value": 3,\n  "unit": "Meters"\n}',
    });
  });
});
