// Values thousands of levels deep: written, sent, shown as tree and JSON, and the page lives on.

import assert from "node:assert/strict";
import type { CallOutcome } from "../../src/model/outcome.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage } from "./panelPage.ts";

const levels = 1_990;
/** JSON, because the channel of the tests bears no such depth. */
const deepText = `${'{"label":"x","left":'.repeat(levels)}null${',"children":[]}'.repeat(levels)}`;

describe("panel: values as deep as the limit", () => {
  const lab = usePanelLab();
  let panel: PanelPage;

  beforeEach(async () => {
    const tree = fixture.named("Tree");
    const draft = {
      arguments: null,
      jsonText: `{"tree":${deepText}}`,
      tab: "json",
      timeoutSeconds: null,
    } as const;
    panel = await lab.open(
      fixture.panelState({ name: "walk", args: { tree }, returns: tree }, { draft }),
    );
  });

  const byId = (id: string) => panel.page.getByTestId(id);

  it("are written as JSON, sent whole, and edited in the form as deep as it goes", async () => {
    await panel.page.locator(".request .cm-content").click();
    await panel.page.keyboard.press("Control+Home");
    await panel.page.keyboard.insertText(" ");
    await byId("request-tab-form").click();
    for (let level = 0, pointer = "/tree"; level < 4; level++, pointer += "/left") {
      const toggle = panel.field(pointer).getByTestId("toggle").first();
      if ((await toggle.getAttribute("aria-expanded")) === "false") {
        await toggle.click();
      }
    }
    await panel.input("/tree/left/left/label").fill("changed");
    await panel.invoke.click();
    await panel.page.waitForFunction(() => fake.received.some(({ method }) => method === "invoke"));
    const sent = await panel.page.evaluate(() => {
      const { params } = fake.received.find(({ method }) => method === "invoke") ?? {};
      let part: unknown = (params as { arguments: { tree: unknown } }).arguments.tree;
      const labels: unknown[] = [];
      while (typeof part === "object" && part !== null) {
        const { label, left } = part as { label: unknown; left: unknown };
        labels.push(label);
        part = left;
      }
      return labels;
    });
    assert.equal(sent.length, levels);
    assert.deepEqual(sent.slice(0, 4), ["x", "x", "changed", "x"]);
  });

  it("are shown as a tree that opens to its bottom, and as JSON", async () => {
    const outcome: unknown = fixture.outcome({
      kind: "ok",
      value: null,
      bytes: new Uint8Array(),
      ranges: [],
    });
    await panel.page.evaluate(
      ([given, text]) => {
        const sent = given as CallOutcome;
        const value = JSON.parse(text) as null;
        fake.sendOutcome({ ...sent, result: { ...sent.result, value } as CallOutcome["result"] });
      },
      [outcome, deepText] as const,
    );
    await byId("tree-row").first().waitFor();
    await byId("expand-all").click();
    await panel.page.getByRole("tree", { name: "Result" }).focus();
    await panel.page.keyboard.press("End");
    await panel.page.locator(`[data-testid="tree-row"][aria-level="2"]`).last().waitFor();
    const drawn = await byId("tree-row").count();
    assert.ok(drawn > 0 && drawn < 200, "only the rows in view are drawn");
    await byId("copy-value").click();
    await panel.waitForMessage("copyText");
    await byId("response-tab-json").click();
    await panel.page.locator(".response .cm-content").waitFor();
    // What is sent now still arrives.
    await panel.sendPhase({ kind: "idle" });
    await byId("response-tab-value").click();
    await byId("tree-row").first().waitFor();
  });
});
