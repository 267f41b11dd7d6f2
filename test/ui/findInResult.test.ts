// Find looks through all of a value, and each part is copied in every form, from the keyboard and from the context menu.

import assert from "node:assert/strict";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage } from "./panelPage.ts";

describe("panel: find and copy in a result", () => {
  const lab = usePanelLab();
  let panel: PanelPage;
  const byId = (id: string) => panel.page.getByTestId(id);
  const row = (at: string) => panel.page.locator(`[data-testid="tree-row"][data-pointer="${at}"]`);
  const active = () => panel.page.locator(".tree-row-active");

  const terms = fixture.vec(fixture.named("Term"));

  async function openTerms(): Promise<void> {
    panel = await lab.open(fixture.panelState({ args: { terms }, returns: terms }));
    await panel.page.evaluate(() => {
      const count = 20_000;
      const bytes = new Uint8Array(8 + 20 * count);
      const view = new DataView(bytes.buffer);
      view.setUint32(0, count, true);
      for (let index = 0; index < count; index++) {
        view.setUint32(8 + 20 * index, index, true);
        view.setUint32(24 + 20 * index, index === 15_000 ? 2 : 0, true);
      }
      fake.sendLong(bytes);
    });
    await byId("tree-row").first().waitFor();
  }

  it("finds what no row shows, counts it, and goes to the next and the one before", async () => {
    await openTerms();
    await panel.page.getByRole("tree", { name: "Result" }).press("Control+f");
    await byId("find").fill("1999");
    // Twelve numbers, and as many indexes.
    await panel.page.getByText("24 found", { exact: true }).waitFor();
    await byId("find-scope").selectOption("value");
    await panel.page.getByText("12 found", { exact: true }).waitFor();
    await byId("find").press("Enter");
    assert.equal(await active().getAttribute("data-pointer"), "/1999/value");
    assert.equal(await byId("find-count").innerText(), "1 of 12 found");
    await byId("find").press("Shift+Enter");
    assert.equal(await active().getAttribute("data-pointer"), "/19999/value");
    assert.equal(await byId("find-count").innerText(), "12 of 12 found");
    await byId("find-next").click();
    assert.equal(await active().getAttribute("data-pointer"), "/1999/value");
    await byId("find").fill("miles");
    await panel.page.getByText("1 found", { exact: true }).waitFor();
    await byId("find").press("Enter");
    assert.equal(await active().getAttribute("data-pointer"), "/15000/unit");
    await byId("find").press("Escape");
    assert.equal(await byId("find").count(), 0);
    assert.equal(
      await panel.page.evaluate(() => document.activeElement?.getAttribute("role")),
      "tree",
    );
  });

  it("finds in paths, in types, and nothing where there is nothing", async () => {
    panel = await lab.open(fixture.panelState());
    await panel.sendOutcome(fixture.notedReport());
    await byId("open-find").click();
    await byId("find").fill("parts[0].unit");
    await panel.page.getByText("Nothing found").waitFor();
    await byId("find-scope").selectOption("path");
    await panel.page.getByText("1 found", { exact: true }).waitFor();
    await byId("find").press("Enter");
    assert.equal(await active().getAttribute("data-pointer"), "/parts/0/unit");
    await byId("find-scope").selectOption("type");
    await byId("find").fill("option<");
    await panel.page.getByText("1 found", { exact: true }).waitFor();
  });

  it("finds the end of a long text and the middle of long bytes", async () => {
    panel = await lab.open(
      fixture.panelState({
        returns: {
          rustType: "(String, Vec<u8>)",
          kind: "tuple",
          elements: [fixture.text, fixture.bytes],
        },
      }),
    );
    await panel.page.evaluate(() => {
      const length = 1_000_000;
      const bytes = new Uint8Array(16 + 2 * length).fill(0x61);
      const view = new DataView(bytes.buffer);
      view.setBigUint64(0, BigInt(length), true);
      view.setBigUint64(8 + length, BigInt(length), true);
      bytes.set(new TextEncoder().encode("Grüße!"), 8 + length - 8);
      bytes.set([0xde, 0xad, 0xbe, 0xef], 16 + length + 524_286);
      fake.sendLong(bytes);
    });
    await row("/1").waitFor();
    await byId("open-find").click();
    await byId("find").fill("grüße");
    await panel.page.getByText("1 found", { exact: true }).waitFor();
    await byId("find").press("Enter");
    assert.equal(await active().getAttribute("data-pointer"), "/0");
    await byId("find").fill("de ad be ef");
    await panel.page.getByText("1 found", { exact: true }).waitFor();
    await byId("find").press("Enter");
    assert.equal(await active().getAttribute("data-pointer"), "/1");
  });

  it("copies path, value, JSON and bytes of a part, by the menu's key", async () => {
    panel = await lab.open(fixture.panelState());
    await panel.sendOutcome(fixture.notedReport());
    await row("/notes").click();
    const tree = panel.page.getByRole("tree", { name: "Result" });
    const texts: string[] = [];
    for (const id of ["copy-path", "copy-value", "copy-json", "copy-bytes"]) {
      await tree.focus();
      await panel.page.keyboard.press("ContextMenu");
      const item = byId(`node-${id}`);
      await item.waitFor();
      while (!(await item.evaluate((element) => element === document.activeElement))) {
        await panel.page.keyboard.press("ArrowDown");
      }
      await panel.page.keyboard.press("Enter");
      const { text } = (await panel.waitForMessage("copyText", texts.length + 1)) as {
        text: string;
      };
      texts.push(text);
    }
    const [path, value, json, hex] = texts;
    assert.equal(path, "notes");
    assert.equal(json, JSON.stringify(value));
    assert.match(hex ?? "", /^01 /);
    assert.equal(
      await panel.page.evaluate(() => document.activeElement?.getAttribute("role")),
      "tree",
    );
  });

  it("puts a part into an argument that takes it, and Ctrl+Z takes it out again", async () => {
    await openTerms();
    panel = await lab.open(fixture.panelState({ args: { terms }, returns: terms }));
    const report = fixture.notedReport();
    assert.ok(report.result.kind === "ok");
    await panel.sendOutcome({
      ...report,
      result: { ...report.result, value: [{ value: "7", unit: "Feet" }] },
    });
    await byId("tree-row").first().click({ button: "right" });
    await byId("node-use-terms").click();
    assert.equal(await panel.input("/terms/0/value").inputValue(), "7");
    await panel.page.keyboard.press("Control+z");
    assert.equal(await panel.input("/terms/0/value").count(), 0);
  });
});
