// Answers of host functions in the panel: what is listed, every kind of answer, and how the section is reached and drawn.

import assert from "node:assert/strict";
import * as fixture from "./fixture.ts";
import { HostFunctionsPage, shownStore, state, store } from "./hostFunctionsPage.ts";
import { usePanelLab } from "./panelPage.ts";

describe("host functions in the panel", () => {
  const lab = usePanelLab();
  const host = new HostFunctionsPage(lab);

  it("is not there for a plugin that asks for nothing", async () => {
    const panel = await lab.open(state);
    await panel.invoke.waitFor();
    assert.equal(await panel.page.getByTestId("host-functions").count(), 0);
  });

  it("lists interfaces and functions with their signatures", async () => {
    await host.open(null);
    const head = await host.byId("host-interface").locator(".host-interface-head").innerText();
    assert.match(head, /Store\s+version 3\s+asked for, not bound/);
    const signatures = await host.panel.page.locator(".host-function-signature").allInnerTexts();
    assert.equal(signatures[0], "lookup(key: String) -> Result<String, PluginError>");
    assert.equal(signatures[5], "note(text: String)");
    assert.equal(
      await host.functionAt("length").getByTestId("answer-kind").getByText("Error").count(),
      0,
      "only a Result can fail",
    );
    assert.equal(
      await host.functionAt("lookup").getByTestId("answer-kind").getByText("Error").count(),
      1,
    );
  });

  it("bytes in every form are the value", async () => {
    await host.open(null);
    await host.choose("load", "Value");
    await host.functionAt("load").getByTestId("bytes-form").getByLabel("Hex").check();
    await host.functionAt("load").getByTestId("input").fill("de ad");
    await host.panel.page.waitForFunction(() =>
      fake.hostFunctions?.text?.includes('"load": { "value": "hex:de ad" }'),
    );
  });

  it("an error has code, message and details", async () => {
    await host.open(null);
    await host.choose("lookup", "Error");
    const at = (name: string) =>
      host.functionAt("lookup").locator(`[data-pointer="/Store.lookup/${name}"]`);
    await at("code").getByTestId("input").fill("GONE");
    await at("message").getByTestId("input").fill("it is <gone>");
    await at("details").getByLabel("Some", { exact: true }).check();
    await at("details").getByTestId("input").fill('{"a":1}');
    await host.panel.page.waitForFunction(() =>
      fake.hostFunctions?.text?.includes(
        String.raw`"lookup": { "error": { "code": "GONE", "message": "it is <gone>", "details": "{\"a\":1}" } }`,
      ),
    );
  });

  it("a module is chosen, opened, and answers a whole interface too", async () => {
    await host.open(null);
    await host.choose("lookup", "Module");
    assert.match(await host.functionAt("lookup").innerText(), /Choose a module/);
    assert.equal(await host.fileText(), null, "no path, no answer");
    await host.functionAt("lookup").getByTestId("choose-module").click();
    await host.panel.page.waitForFunction(() =>
      fake.hostFunctions?.text?.includes('"lookup": { "module": "./answers.mjs" }'),
    );
    await host.functionAt("lookup").getByTestId("open-module").click();
    assert.deepEqual(await host.panel.waitForMessage("hostFunctions", 2), {
      kind: "openModule",
      module: "./answers.mjs",
    });
    await host.panel.page
      .getByLabel(/^Module that answers the functions of Store/)
      .fill("./all.mjs");
    await host.panel.page.waitForFunction(() =>
      fake.hostFunctions?.text?.includes('"module": "./all.mjs"'),
    );
    assert.match(await host.functionAt("note").innerText(), /The interface's module answers/);
    await host.panel.page.getByLabel(/^Module that answers the functions of Store/).fill("");
    await host.panel.page.waitForFunction(
      () => fake.hostFunctions?.text?.includes("all.mjs") === false,
    );
  });

  it("going from one kind to another and back loses nothing, and No answer takes it out", async () => {
    await host.open(null);
    await host.choose("lookup", "Value");
    await host.functionAt("lookup").getByTestId("input").fill("kept");
    await host.choose("lookup", "Error");
    await host.panel.page.waitForFunction(() => fake.hostFunctions?.text?.includes('"error"'));
    await host.choose("lookup", "Value");
    await host.panel.page.waitForFunction(() => fake.hostFunctions?.text?.includes('"kept"'));
    await host.choose("lookup", "No answer");
    await host.panel.page.waitForFunction(
      () => fake.hostFunctions?.text?.includes("lookup") === false,
    );
  });

  it("answers the rest with defaults, and leaves what is answered", async () => {
    await host.open('{ "interfaces": { "Store": { "functions": { "length": { "value": 7 } } } } }');
    await host.byId("answer-all").click();
    await host.panel.page.waitForFunction(() => fake.hostFunctions?.text?.includes('"note"'));
    const parsed = JSON.parse((await host.fileText()) ?? "") as {
      interfaces: { Store: { functions: Record<string, unknown> } };
    };
    const { functions } = parsed.interfaces.Store;
    assert.deepEqual(Object.keys(functions).sort(), store.methods.map(({ name }) => name).sort());
    assert.deepEqual(functions["length"], { value: 7 });
    await host.byId("answer-all").waitFor({ state: "detached" });
  });

  it("in Restricted Mode shows the answers and lets none be changed", async () => {
    await host.open(
      '{ "interfaces": { "Store": { "functions": { "lookup": { "value": "a" } } } } }',
      {
        readOnly: "In Restricted Mode no plugin is called.",
      },
    );
    assert.match(await host.byId("host-functions-read-only").innerText(), /Restricted Mode/);
    assert.equal(await host.functionAt("lookup").getByTestId("input").inputValue(), "a");
    assert.equal(await host.panel.page.locator(".host-functions-body [inert]").count(), 1);
  });

  it("says what the library has another state of, and what no source shows", async () => {
    const clock = {
      ...shownStore,
      name: "Clock",
      schemaId: null,
      isBound: false,
      note: "Its source was not found.",
    };
    await host.open(null, { interfaces: [{ ...shownStore, isBound: true }, clock] });
    const texts = await host.byId("host-interface").allInnerTexts();
    assert.match(texts[0] ?? "", /asked for, bound/);
    assert.match(texts[1] ?? "", /Its source was not found/);
  });

  it("is reached from the outcome and by keyboard alone", async () => {
    await host.openClosed(null);
    await host.panel.sendOutcome({
      ...fixture.okOutcome(fixture.text, "done"),
      hostFunctions: { calls: [], droppedCalls: 0, unbound: ["Store"] },
    });
    await host.byId("set-up-host-functions").focus();
    await host.panel.page.keyboard.press("Enter");
    await host.panel.page.waitForFunction(
      () => document.activeElement?.closest("[data-host-function='Store.lookup']") !== null,
    );
    await host.panel.page.keyboard.press("ArrowRight");
    await host.panel.page.waitForFunction(() =>
      fake.hostFunctions?.text?.includes('"lookup": { "value": "" }'),
    );
  });

  const shownText = `{ "interfaces": { "Store": { "functions": {
    "lookup": { "error": { "code": "GONE", "message": "not there", "details": null } },
    "length": { "value": 18446744073709551615 },
    "load": { "module": "./load.mjs" },
    "small": { "value": 256 }
  } } } }`;

  for (const theme of ["dark", "light", "hc-dark", "hc-light"] as const) {
    it(`is drawn in ${theme}`, async () => {
      await host.open(shownText, {}, { theme, height: 1250 });
      await host.panel.screenshot(`host-functions-${theme}`);
    });
  }

  it("is drawn in a narrow panel, without anything beside it", async () => {
    await host.open(shownText, {}, { width: 360, height: 1300 });
    await host.panel.screenshot("host-functions-narrow");
    const overflow = await host
      .byId("host-functions")
      .evaluate((section) => section.scrollWidth - section.clientWidth);
    assert.ok(overflow <= 0, `it is ${String(overflow)} px too wide`);
  });
});
