// Form and JSON: one value, two views, the side edited last writes, and nothing typed is ever lost.

import assert from "node:assert/strict";
import type { JsonObject } from "../../src/model/value/value.ts";
import type { Draft } from "../../src/protocol/draft.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage } from "./panelPage.ts";

const args = { a: fixture.int("u8"), big: fixture.int("u128"), list: fixture.vec(fixture.text) };

describe("panel: JSON", () => {
  const lab = usePanelLab();
  let panel: PanelPage;

  beforeEach(async () => {
    panel = await lab.open(fixture.panelState({ name: "call", args }));
  });

  const tab = (name: "form" | "json") => panel.page.getByTestId(`request-tab-${name}`).click();
  const editorText = () =>
    panel.page.evaluate(() =>
      [...document.querySelectorAll(".json-editor .cm-line")]
        .map((line) => line.textContent)
        .join("\n"),
    );
  const focusedName = () =>
    panel.page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  async function write(text: string): Promise<void> {
    await panel.page.locator(".request .cm-content").click();
    await panel.page.keyboard.press("Control+a");
    await panel.page.keyboard.insertText(text);
  }
  async function invokeArguments(): Promise<JsonObject> {
    await panel.invoke.click();
    return ((await panel.waitForMessage("invoke")) as { arguments: JsonObject }).arguments;
  }

  it("shows the form's value with bare digits and follows it", async () => {
    await panel.input("/big").fill("340282366920938463463374607431768211455");
    await tab("json");
    await panel.page.locator(".cm-content").waitFor();
    assert.equal(
      await editorText(),
      '{\n  "a": 0,\n  "big": 340282366920938463463374607431768211455,\n  "list": []\n}',
    );
  });

  it("writes the form, losslessly", async () => {
    await tab("json");
    await write('{"a": 7, "big": 340282366920938463463374607431768211454, "list": ["x"]}');
    await tab("form");
    assert.equal(await panel.input("/a").inputValue(), "7");
    assert.equal(await panel.input("/list/0").inputValue(), "x");
    assert.deepEqual(await invokeArguments(), {
      a: 7,
      big: "340282366920938463463374607431768211454",
      list: ["x"],
    });
  });

  it("keeps text that does not parse, greys the form, and turns Invoke off", async () => {
    await panel.input("/a").fill("5");
    await tab("json");
    await write('{"a": 6,\n "big": }');
    const problems = panel.page.getByTestId("json-problems");
    await problems.waitFor();
    assert.match(await problems.innerText(), /^2:9/);
    assert.equal(await panel.invoke.getAttribute("aria-disabled"), "true");
    assert.match(
      await panel.page.getByTestId("invoke-reason").innerText(),
      /JSON has an error at 2:9/,
    );
    await tab("form");
    assert.match(
      await panel.page.getByTestId("json-error-banner").innerText(),
      /JSON has an error at 2:9\. The form shows the last valid value\./,
    );
    assert.equal(await panel.input("/a").inputValue(), "5");
    assert.equal(await panel.page.locator(".form").getAttribute("inert"), "");
    await panel.invoke.click({ force: true });
    await panel.page.waitForFunction(() => document.activeElement?.closest(".cm-content"));
    assert.equal(await editorText(), '{"a": 6,\n "big": }', "the text is still there");
    assert.equal((await panel.received("invoke")).length, 0);
    await panel.page.waitForFunction(() =>
      fake.received.some(
        (each) => each.method === "draftChanged" && (each.params as { jsonText: string }).jsonText,
      ),
    );
    const draft = (await panel.received("draftChanged")).at(-1) as Draft;
    assert.equal(draft.jsonText, '{"a": 6,\n "big": }');
    assert.equal(draft.arguments?.["a"], 5);
    await tab("form");
    await panel.page.getByTestId("discard-json").click();
    assert.deepEqual(await invokeArguments(), { a: 5, big: "0", list: [] });
  });

  it("lists every misfit with its place: unknown and missing fields, ranges, kinds", async () => {
    await tab("json");
    await write('{"a": 300, "list": [1], "other": true}');
    const problems = panel.page.getByTestId("json-problems");
    await problems.waitFor();
    const text = await problems.innerText();
    assert.match(text, /300 is too large/);
    assert.match(text, /"big".*missing/);
    assert.match(text, /"other"/);
    assert.equal(await problems.getByRole("listitem").count(), 4);
  });

  it("takes out what is unknown and puts in what is missing, by keyboard, and takes that back", async () => {
    await tab("json");
    const typed = '{\n  "other": [1, {}],\n  "a": 3,\n  "list": ["kept  as is"]\n}';
    await write(typed);
    const problems = panel.page.getByTestId("json-problems");
    const remove = problems.getByRole("button", { name: "Remove: other" });
    await problems.getByRole("button", { name: "Add default: big" }).waitFor();
    await remove.waitFor();
    assert.equal(await problems.getByRole("button").count(), 2);
    await panel.page.keyboard.press("Tab");
    assert.equal(await focusedName(), "Add default: big", "the list comes after the editor");
    await panel.page.keyboard.press("Enter");
    await panel.page.waitForFunction(
      () => document.activeElement?.getAttribute("aria-label") === "Remove: other",
    );
    assert.equal(await editorText(), typed.replace('"a": 3,', '"a": 3,\n  "big": 0,'));
    await panel.page.keyboard.press("Enter");
    await panel.page.waitForFunction(() => document.activeElement?.closest(".cm-content"));
    assert.equal(await editorText(), '{\n  "a": 3,\n  "big": 0,\n  "list": ["kept  as is"]\n}');
    assert.equal(await problems.count(), 0);
    await panel.page.keyboard.press("Control+z");
    await remove.waitFor();
    await remove.focus();
    await panel.page.keyboard.press("Control+z");
    assert.equal(await editorText(), typed, "undone from the list, too");
    await panel.page.keyboard.press("Control+y");
    await panel.page.keyboard.press("Control+y");
    assert.deepEqual(await invokeArguments(), { a: 3, big: "0", list: ["kept  as is"] });
  });

  it("mends fields of nested types and positional arguments, in the layout that is there", async () => {
    const parts = {
      name: "call",
      args: {
        term: fixture.named("Term"),
        shapes: fixture.vec(fixture.named("Shape")),
        maybe: fixture.option(fixture.named("Deep")),
      },
    };
    panel = await lab.open(fixture.panelState(parts));
    await tab("json");
    const fix = (name: string) =>
      panel.page.getByTestId("json-problems").getByRole("button", { name, exact: true });
    await write('[{"unit": "Feet", "x": 1}, [{"Rect": {}}], {"a": {"b": {}}}]');
    await fix("Remove: x").click();
    await fix("Add default: value").click();
    await fix("Add default: width").click();
    await fix("Add default: height").click();
    await fix("Add default: c").click();
    await panel.page.getByTestId("json-problems").waitFor({ state: "detached" });
    assert.equal(
      await editorText(),
      '[{"value": 0, "unit": "Feet"}, [{"Rect": {"width": 0, "height": 0}}], ' +
        '{"a": {"b": {"c": {"value": 0, "unit": "Meters"}}}}]',
    );
    await write('{"shapes": [], "maybe": null}');
    await fix("Add default: term").click();
    await panel.page.getByTestId("json-problems").waitFor({ state: "detached" });
    assert.equal(
      await editorText(),
      '{"term": {"value": 0, "unit": "Meters"}, "shapes": [], "maybe": null}',
    );
  });

  for (const theme of ["dark", "light", "hc-dark", "hc-light"] as const) {
    it(`shows problems with their remedies in ${theme}`, async () => {
      panel = await lab.open(fixture.panelState({ name: "call", args }), { theme });
      await tab("json");
      await write('{\n  "a": 300,\n  "list": [],\n  "other": true\n}');
      const button = panel.page.getByTestId("fix-json").first();
      await button.focus();
      const box = await button.boundingBox();
      assert.ok(box !== null && box.height >= 24, "large enough to hit");
      await panel.screenshot(`json-problems-${theme}`);
    });
  }

  it("undoes on each side by itself", async () => {
    await tab("json");
    await write('{"a": 1, "big": 2, "list": []}');
    await panel.page.keyboard.press("Control+z");
    await panel.page.keyboard.press("Control+z");
    assert.match(await editorText(), /"a": 0/);
    await tab("form");
    assert.equal(await panel.input("/a").inputValue(), "0");
    await panel.addRow("/list");
    await panel.field("/list").getByTestId("row-handle").focus();
    await panel.page.keyboard.press("Control+z");
    assert.equal(await panel.field("/list").getByTestId("row").count(), 0);
    await panel.field("/list").getByTestId("add").focus();
    await panel.page.keyboard.press("Control+Shift+z");
    assert.equal(await panel.field("/list").getByTestId("row").count(), 1);
  });

  it("accepts references to files in the text", async () => {
    panel = await lab.open(
      fixture.panelState({ name: "call", args: { data: fixture.bytes, key: fixture.key32 } }),
    );
    await tab("json");
    await write('{"data": {"$file": "./a.bin"}, "key": {"$file": "/k.bin"}}');
    assert.deepEqual(await invokeArguments(), {
      data: { $file: "./a.bin" },
      key: { $file: "/k.bin" },
    });
  });

  it("leaves the editor with Tab and invokes with Ctrl+Enter from inside it", async () => {
    await tab("json");
    await write('{"a": 9, "big": 1, "list": []}');
    await panel.page.keyboard.press("Control+Enter");
    assert.deepEqual(
      ((await panel.waitForMessage("invoke")) as { arguments: JsonObject }).arguments,
      {
        a: 9,
        big: "1",
        list: [],
      },
    );
    await panel.page.keyboard.press("Tab");
    assert.equal(
      await panel.page.evaluate(() => document.activeElement?.closest(".cm-editor") ?? null),
      null,
    );
  });

  it("keeps draft, tab, drafts of variants and open blocks over a reload", async () => {
    panel = await lab.open(
      fixture.panelState({
        name: "call",
        args: { a: fixture.int("u8"), shape: fixture.named("Shape"), deep: fixture.named("Deep") },
      }),
    );
    await panel.input("/a").fill("abc");
    const variants = () => panel.field("/shape").getByTestId("variants").first();
    await variants().selectOption("Circle");
    await panel.input("/shape/Circle").fill("8");
    await variants().selectOption("Point");
    await panel.field("/deep/a/b/c").getByTestId("toggle").click();
    await panel.page.reload();
    await panel.page.getByTestId("header").waitFor();
    assert.equal(await panel.input("/a").inputValue(), "abc", "even what is wrong");
    assert.equal(
      await panel.field("/deep/a/b/c").getByTestId("toggle").getAttribute("aria-expanded"),
      "true",
    );
    await variants().selectOption("Circle");
    assert.equal(await panel.input("/shape/Circle").inputValue(), "8");
    await tab("json");
    await panel.page.locator(".cm-content").waitFor();
    await write("{ not json");
    await panel.page.getByTestId("json-problems").waitFor();
    await panel.page.reload();
    await panel.page.locator(".cm-content").waitFor();
    assert.equal(await editorText(), "{ not json");
    assert.equal(await panel.invoke.getAttribute("aria-disabled"), "true");
  });
});
