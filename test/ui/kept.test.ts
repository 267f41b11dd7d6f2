// Editing the source while a draft is open: nothing that was typed is lost.

import assert from "node:assert/strict";
import type { TypeSchema } from "../../src/model/schema/schema.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage } from "./panelPage.ts";

describe("draft while the source is edited", () => {
  const lab = usePanelLab();
  let panel: PanelPage;

  const place = (fields: Readonly<Record<string, TypeSchema>>) => {
    const state = fixture.panelState({
      name: "call",
      args: { at: fixture.named("Place"), tags: fixture.vec(fixture.text) },
    });
    assert.ok(state.plugin);
    const body = {
      kind: "struct" as const,
      fields: Object.entries(fields).map(([name, type]) => ({ name, type })),
    };
    const types = {
      ...state.plugin.types,
      Place: { kind: "struct" as const, name: "Place", body, warnings: [] },
    };
    return { ...state, plugin: { ...state.plugin, types } };
  };
  const kept = () => panel.page.getByTestId("kept-value");

  it("shows what lost its place, offers it to the renamed field, and takes it back by undo", async () => {
    panel = await lab.open(place({ lat: fixture.f64, lon: fixture.f64 }));
    await panel.input("/at/lat").fill("47.37");
    await panel.input("/at/lon").fill("8.5");
    await panel.sendState(place({ latitude: fixture.f64, lon: fixture.f64 }));
    await kept().waitFor();
    assert.match(await kept().innerText(), /at\.lat = 47\.37/u);
    assert.match(
      await panel.page.getByTestId("kept-note").innerText(),
      /1 value kept from before/u,
    );
    assert.equal(await panel.input("/at/latitude").inputValue(), "0");
    await panel.screenshot("kept");
    await kept().getByRole("button", { name: "Use for latitude" }).click();
    assert.equal(await panel.input("/at/latitude").inputValue(), "47.37");
    assert.equal(await kept().count(), 0);
  });

  it("gives everything back when the edit is undone, also after the page was loaded again", async () => {
    const before = place({ lat: fixture.f64, lon: fixture.f64 });
    panel = await lab.open(before);
    await panel.input("/at/lat").fill("47.37");
    await panel.addRow("/tags");
    await panel.input("/tags/0").fill("alpine");
    const during = place({});
    await panel.sendState({
      ...during,
      method: {
        ...during.method!,
        arguments: [
          { name: "at", type: fixture.named("Place") },
          { name: "tags", type: fixture.vec(fixture.mystery) },
        ],
      },
    });
    await panel.page.getByText('tags = ["alpine"]').waitFor();
    await panel.page.waitForFunction(() =>
      fake.received.some(
        ({ method, params }) =>
          method === "draftChanged" &&
          JSON.stringify((params as { arguments: unknown }).arguments) === '{"at":{},"tags":[]}',
      ),
    );
    await panel.page.reload();
    await panel.page.getByTestId("header").waitFor();
    await panel.sendState(before);
    await panel.page.waitForFunction(
      () => document.querySelector('[data-testid="kept-value"]') === null,
    );
    assert.equal(await panel.input("/at/lat").inputValue(), "47.37");
    assert.equal(await panel.input("/tags/0").inputValue(), "alpine");
  });

  it("drops a value only by hand, and Ctrl+Z brings it back", async () => {
    panel = await lab.open(place({ lat: fixture.f64 }));
    await panel.input("/at/lat").fill("47.37");
    await panel.sendState(place({}));
    await kept().getByTestId("kept-drop").click();
    await panel.page.getByTestId("kept").waitFor({ state: "detached" });
    await panel.page.getByTestId("request-heading").or(panel.page.locator("h1")).first().focus();
    await panel.page.keyboard.press("Control+z");
    await kept().waitFor();
  });

  it("takes Fill and Clear back with Ctrl+Z, and does them again with Ctrl+Y, whichever side is shown", async () => {
    panel = await lab.open(place({ lat: fixture.f64 }));
    await panel.input("/at/lat").fill("47.37");
    await panel.page.getByTestId("request-tab-json").click();
    const json = panel.page.getByTestId("json-editor");
    await json.getByText("47.37").waitFor();
    await panel.page.getByTestId("fill").press("Enter");
    await panel.page.getByRole("menuitem", { name: /Clear/u }).click();
    await json.getByText("47.37").waitFor({ state: "detached" });
    await panel.page.getByTestId("request-tab-json").focus();
    await panel.page.keyboard.press("Control+z");
    await json.getByText("47.37").waitFor();
    await panel.page.keyboard.press("Control+y");
    await json.getByText("47.37").waitFor({ state: "detached" });
  });

  it("takes a removed row back with Ctrl+Z from the field that is typed in next", async () => {
    panel = await lab.open(place({ lat: fixture.f64 }));
    await panel.addRow("/tags");
    await panel.input("/tags/0").fill("alpine");
    await panel.page.getByRole("button", { name: "Remove item 1 of tags" }).click();
    assert.equal(await panel.field("/tags").getByTestId("row").count(), 0);
    await panel.input("/at/lat").focus();
    await panel.page.keyboard.press("Control+z");
    assert.equal(await panel.input("/tags/0").inputValue(), "alpine");
  });
});
