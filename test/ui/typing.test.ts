// Typing while the extension talks: states with old drafts, edits of the source and phases arrive between the strokes, and
// drawing is late as on a busy machine. Not one character may get lost, move, or come twice.

import assert from "node:assert/strict";
import type { TypeTable } from "../../src/model/schema/schema.ts";
import type { JsonObject } from "../../src/model/value/value.ts";
import type { Draft } from "../../src/protocol/draft.ts";
import type { PanelState } from "../../src/protocol/panel.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage } from "./panelPage.ts";

const args = {
  name: fixture.text,
  count: fixture.int("u64"),
  list: fixture.vec(fixture.text),
  term: fixture.named("Term"),
};
const oldDraft: Draft = {
  arguments: { name: "old", count: "1", list: ["old"], term: { value: 1, unit: "Feet" } },
  jsonText: '{"name": "old"',
  tab: "json",
  timeoutSeconds: null,
};
const text = `{
  "name": "brackets [ { ( and \\"quotes\\" in 'text', Zürich 日本",
  "count": 18446744073709551615,
  "list": ["one", "two", "three {", "} four", "", "six"],
  "term": {"value": -1234567, "unit": "Meters"}
}`;
const name = "brackets [ { ( and \"quotes\" in 'text', Zürich 日本";
const value: JsonObject = {
  name,
  count: "18446744073709551615",
  list: ["one", "two", "three {", "} four", "", "six"],
  term: { value: "-1234567", unit: "Meters" },
};

/** The state as the extension sends it again and again, with what it believed the draft to be. */
function echo(doc: string): PanelState {
  const state = fixture.panelState({ name: "call", args }, { draft: oldDraft });
  const { plugin } = state;
  return plugin === null
    ? state
    : { ...state, plugin: { ...plugin, types: { ...plugin.types, ...extraType(doc) } } };
}

/** A type that the method does not use: the schema is another one, the fields stay. */
function extraType(doc: string): TypeTable {
  return { Extra: { kind: "struct", name: "Extra", doc, body: { kind: "unit" }, warnings: [] } };
}

describe("panel: typing", () => {
  const lab = usePanelLab();
  let panel: PanelPage;

  const editor = () => panel.page.locator(".request .cm-content");
  const editorText = () =>
    panel.page.evaluate(() =>
      [...document.querySelectorAll(".request .cm-line")]
        .map((line) => line.textContent)
        .join("\n"),
    );
  async function sent(): Promise<JsonObject> {
    await panel.page.keyboard.press("Control+Enter");
    return ((await panel.waitForMessage("invoke")) as { arguments: JsonObject }).arguments;
  }
  /** Makes the extension answer each stroke, before and after the page drew it, turning through all it can say. */
  async function talkOnEachStroke(states: readonly PanelState[]): Promise<void> {
    const given: unknown = states;
    await panel.page.evaluate((list) => {
      const answers = list as PanelState[];
      let turn = 0;
      const say = () => {
        const state = answers[turn++ % answers.length];
        if (state !== undefined) {
          fake.sendState(state);
        }
      };
      document.addEventListener("input", () => {
        say();
        requestAnimationFrame(say);
      });
    }, given);
  }
  /** Strokes that do not wait for each other: several come before the page draws again. */
  async function burst(strokes: string): Promise<void> {
    const characters = strokes.match(/./gsu) ?? [];
    await Promise.all(characters.map((stroke) => panel.page.keyboard.insertText(stroke)));
  }
  async function openJson(): Promise<void> {
    panel = await lab.open(fixture.panelState({ name: "call", args }));
    await panel.page.getByTestId("request-tab-json").click();
    await editor().click();
    await panel.page.keyboard.press("Control+a");
    await panel.page.keyboard.press("Delete");
  }

  it("keeps every key of a long JSON text while states and old drafts arrive", async () => {
    await openJson();
    await talkOnEachStroke([echo("a"), echo("a"), echo("b")]);
    for (const line of text.split("\n")) {
      await panel.page.keyboard.type(line);
      await panel.page.keyboard.press("Shift+Enter");
      await panel.page.keyboard.press("Shift+Home");
      await panel.page.keyboard.press("Delete");
    }
    await panel.page.keyboard.press("Backspace");
    assert.equal(await editorText(), text);
    assert.deepEqual(await sent(), value);
    assert.equal(await editorText(), text, "and nothing reformats it");
  });

  it("keeps every key of a JSON text that comes faster than the page draws", async () => {
    await openJson();
    await talkOnEachStroke([echo("a"), echo("b")]);
    const line = text.replaceAll("\n", " ");
    await burst(line);
    assert.equal(await editorText(), line);
    assert.deepEqual(await sent(), value);
    const draft = (await panel.waitForMessage("draftChanged")) as Draft;
    assert.equal(draft.jsonText, null);
    assert.deepEqual(draft.arguments, value);
  });

  it("keeps every key that comes between the drawing of a text and the next", async () => {
    await openJson();
    await talkOnEachStroke([fixture.panelState({ name: "call", args }, { draft: oldDraft })]);
    const line = text.replaceAll("\n", " ");
    await burst(line);
    assert.equal(await editorText(), line);
    assert.deepEqual(await sent(), value);
  });

  it("keeps every key in the fields of the form, and brings all of them to JSON", async () => {
    panel = await lab.open(fixture.panelState({ name: "call", args }));
    await talkOnEachStroke([echo("a"), echo("b"), echo("b")]);
    const longName = `${name} and much more of it`;
    await panel.input("/name").click();
    await panel.page.keyboard.type(longName);
    await panel.input("/count").click();
    await panel.page.keyboard.press("Control+a");
    await panel.page.keyboard.type("18446744073709551615");
    await panel.input("/term/value").click();
    await panel.page.keyboard.press("Control+a");
    await burst("-1234567");
    await panel.addRow("/list");
    await panel.input("/list/0").click();
    await burst("one after the other");
    assert.equal(await panel.input("/name").inputValue(), longName);
    assert.equal(await panel.input("/list/0").inputValue(), "one after the other");
    const sentArguments = await sent();
    assert.equal(sentArguments["name"], longName);
    assert.equal(sentArguments["count"], "18446744073709551615");
    assert.deepEqual(sentArguments["list"], ["one after the other"]);
    assert.equal((sentArguments["term"] as JsonObject)["value"], "-1234567");
    await panel.page.getByTestId("request-tab-json").click();
    await editor().waitFor();
    assert.match(await editorText(), /"one after the other"/);
  });

  it("keeps JSON typed to the letter when the method's types change under it", async () => {
    await openJson();
    await panel.page.keyboard.insertText('{"name":"x",   "count":1,');
    await panel.sendState(
      fixture.panelState({ name: "call", args: { name: fixture.text, count: fixture.bool } }),
    );
    await panel.page.keyboard.insertText(' "count":true}');
    await panel.page.getByTestId("json-problems").waitFor();
    assert.equal(await editorText(), '{"name":"x",   "count":1, "count":true}');
    for (let left = ' "count":true}'.length + '"count":1,'.length; left > 0; left--) {
      await panel.page.keyboard.press("Backspace");
    }
    await panel.page.keyboard.insertText('"count":true}');
    assert.deepEqual(await sent(), { name: "x", count: true });
  });

  it("lets a file that is chosen late not undo what was typed in JSON meanwhile", async () => {
    panel = await lab.open(
      fixture.panelState({ name: "call", args: { data: fixture.bytes, name: fixture.text } }),
    );
    await panel.field("/data").getByRole("radio", { name: "File", exact: true }).check();
    await panel.page.evaluate(() => {
      fake.pickedFile = new Promise((resolve) => {
        fake.answerPick = resolve;
      });
    });
    await panel.field("/data").getByTestId("pick-file").click();
    await panel.waitForMessage("pickFile");
    await panel.page.getByTestId("request-tab-json").click();
    await editor().click();
    await panel.page.keyboard.press("Control+a");
    await panel.page.keyboard.insertText('{"data": {"$file": "/a"}, "name": "half');
    await panel.page.evaluate(() => {
      fake.answerPick?.("/data/late.bin");
    });
    await panel.page.waitForFunction(() =>
      fake.received.some(
        ({ method, params }) =>
          method === "draftChanged" && JSON.stringify(params).includes("late.bin"),
      ),
    );
    await panel.page.keyboard.insertText(' and whole"}');
    assert.deepEqual(await sent(), { data: { $file: "/a" }, name: "half and whole" });
  });

  it("sends what was typed just before the panel turned to another method", async () => {
    await openJson();
    await panel.page.keyboard.insertText('{"name": "unfinished');
    await panel.sendState(fixture.panelState({ name: "other", args: { a: fixture.int("u8") } }));
    await panel.page.getByRole("heading", { name: "Calculator::other" }).waitFor();
    const draft = (await panel.waitForMessage("draftChanged")) as Draft;
    assert.equal(draft.jsonText, '{"name": "unfinished');
  });
});
