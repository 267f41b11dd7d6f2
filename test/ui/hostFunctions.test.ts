// Answers of host functions in the panel: every kind of answer goes into the file and comes from it. The file is text in the page;
// what edits and reads it is the extension's own code.

import assert from "node:assert/strict";
import type { HostInterfaceSchema, MethodSchema } from "../../src/model/plugin.ts";
import type { TypeSchema } from "../../src/model/schema.ts";
import type { PanelHostInterface } from "../../src/protocol/panelHostFunctions.ts";
import type { PanelState } from "../../src/protocol/panel.ts";
import type { FakeHostFunctions } from "./fakeHostFunctions.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type OpenOptions, type PanelPage } from "./panelPage.ts";

const unit: TypeSchema = { rustType: "()", kind: "unit" };

function functionOf(
  name: string,
  args: Readonly<Record<string, TypeSchema>>,
  returns: TypeSchema,
  canFail = false,
): MethodSchema {
  const shown = fixture.panelState({ name, args, returns }).method;
  assert.ok(shown !== null);
  return canFail ? shown : { ...shown, returns: { kind: "value", type: returns } };
}

const state = fixture.panelState({ args: {} });
const store: HostInterfaceSchema = {
  id: "iface::Store",
  name: "Store",
  doc: "What the host keeps for its plugins.",
  crate: state.plugin!.crate,
  version: 3,
  hash: "00000000000000aa",
  methods: [
    { ...functionOf("lookup", { key: fixture.text }, fixture.text, true), doc: "Under a key." },
    functionOf("length", { bytes: fixture.bytes }, fixture.int("u64")),
    functionOf("load", {}, fixture.bytes, true),
    functionOf("report", {}, fixture.named("Report"), true),
    functionOf("small", {}, fixture.int("u8")),
    functionOf("note", { text: fixture.text }, unit),
  ],
  types: state.plugin!.types,
  nameSpan: state.method!.nameSpan,
};

const shownStore: Omit<PanelHostInterface, "setup"> = {
  name: "Store",
  version: 3,
  schemaId: store.id,
  isImported: true,
  isBound: false,
  note: null,
};

describe("host functions in the panel", () => {
  const lab = usePanelLab();
  let panel: PanelPage;

  const byId = (testId: string) => panel.page.getByTestId(testId);
  const functionAt = (name: string) => panel.page.locator(`[data-host-function="Store.${name}"]`);
  const choose = (name: string, label: string) =>
    functionAt(name).getByTestId("answer-kind").getByLabel(label, { exact: true }).check();
  const fileText = () => panel.page.evaluate(() => fake.hostFunctions?.text ?? null);

  /** Waits for the text of the file. */
  async function fileIs(expected: string): Promise<void> {
    await panel.page
      .waitForFunction((wanted) => fake.hostFunctions?.text === wanted, expected)
      .catch(async () => {
        assert.equal(await fileText(), expected);
      });
  }

  async function setFile(
    text: string | null,
    more: Partial<FakeHostFunctions> = {},
  ): Promise<void> {
    // unknown, because Playwright's types cannot follow a recursive JSON type.
    const given: unknown = {
      text,
      schemas: [store],
      interfaces: [shownStore],
      readOnly: null,
      ...more,
    };
    await panel.page.evaluate((next) => {
      fake.hostFunctions = next as FakeHostFunctions;
      fake.sendHostFunctions();
    }, given);
    await byId("host-functions").waitFor();
  }

  async function open(
    text: string | null,
    more: Partial<FakeHostFunctions> = {},
    options: OpenOptions = {},
  ): Promise<void> {
    const opened: PanelState = { ...state, hostInterfaces: [store] };
    panel = await lab.open(opened, options);
    await setFile(text, more);
    await byId("host-functions-toggle").click();
  }

  it("is not there for a plugin that asks for nothing", async () => {
    panel = await lab.open(state);
    await panel.invoke.waitFor();
    assert.equal(await byId("host-functions").count(), 0);
  });

  it("lists interfaces and functions with their signatures", async () => {
    await open(null);
    const head = await byId("host-interface").locator(".host-interface-head").innerText();
    assert.match(head, /Store\s+version 3\s+asked for, not bound/);
    const signatures = await panel.page.locator(".host-function-signature").allInnerTexts();
    assert.equal(signatures[0], "lookup(key: String) -> Result<String, PluginError>");
    assert.equal(signatures[5], "note(text: String)");
    assert.equal(
      await functionAt("length").getByTestId("answer-kind").getByText("Error").count(),
      0,
      "only a Result can fail",
    );
    assert.equal(
      await functionAt("lookup").getByTestId("answer-kind").getByText("Error").count(),
      1,
    );
  });

  it("a first value makes the file, all digits are kept, and none that does not fit is written", async () => {
    await open(null);
    await choose("length", "Value");
    await fileIs(
      '{\n  "interfaces": {\n    "Store": {\n      "functions": {\n        "length": { "value": 0 }\n      }\n    }\n  }\n}\n',
    );
    const input = functionAt("length").getByTestId("input");
    await input.fill("18446744073709551615");
    await panel.page.waitForFunction(() =>
      fake.hostFunctions?.text?.includes('"length": { "value": 18446744073709551615 }'),
    );
    await choose("small", "Value");
    await functionAt("small").getByTestId("input").fill("256");
    await panel.page.keyboard.press("Tab");
    await functionAt("small").getByTestId("message").waitFor();
    await panel.invoke.click();
    await panel.page.waitForFunction(
      () => document.activeElement?.closest("[data-host-function='Store.small']") !== null,
    );
    assert.deepEqual(await panel.received("invoke"), [], "the file does not have what is shown");
    await functionAt("small").getByTestId("input").fill("255");
    await panel.invoke.click();
    await panel.waitForMessage("invoke");
    assert.match(
      (await fileText()) ?? "",
      /"small": \{ "value": 255 \}/,
      "written before the call",
    );
  });

  it("an edit of a field changes that place and nothing else", async () => {
    const text = `{ "interfaces":
   {"Store" : { "functions": {
      "report": {"value": { "total":170141183460469231731687303715884105727, "notes":null,
          "shape" : "Point",   "parts":[],
          "index": {"a": 18446744073709551615}, "blob":"hex:00" } },
      "length": {"value":  "7"}
}}} }`;
    await open(text);
    const notes = functionAt("report").locator('[data-pointer="/Store.report/notes"]');
    await notes.getByLabel("Some", { exact: true }).check();
    await notes.getByTestId("input").fill("two\nlines");
    await fileIs(text.replace('"notes":null', String.raw`"notes":"two\nlines"`));
  });

  it("bytes in every form are the value", async () => {
    await open(null);
    await choose("load", "Value");
    await functionAt("load").getByTestId("bytes-form").getByLabel("Hex").check();
    await functionAt("load").getByTestId("input").fill("de ad");
    await panel.page.waitForFunction(() =>
      fake.hostFunctions?.text?.includes('"load": { "value": "hex:de ad" }'),
    );
  });

  it("an error has code, message and details", async () => {
    await open(null);
    await choose("lookup", "Error");
    const at = (name: string) =>
      functionAt("lookup").locator(`[data-pointer="/Store.lookup/${name}"]`);
    await at("code").getByTestId("input").fill("GONE");
    await at("message").getByTestId("input").fill("it is <gone>");
    await at("details").getByLabel("Some", { exact: true }).check();
    await at("details").getByTestId("input").fill('{"a":1}');
    await panel.page.waitForFunction(() =>
      fake.hostFunctions?.text?.includes(
        String.raw`"lookup": { "error": { "code": "GONE", "message": "it is <gone>", "details": "{\"a\":1}" } }`,
      ),
    );
  });

  it("a module is chosen, opened, and answers a whole interface too", async () => {
    await open(null);
    await choose("lookup", "Module");
    assert.match(await functionAt("lookup").innerText(), /Choose a module/);
    assert.equal(await fileText(), null, "no path, no answer");
    await functionAt("lookup").getByTestId("choose-module").click();
    await panel.page.waitForFunction(() =>
      fake.hostFunctions?.text?.includes('"lookup": { "module": "./answers.mjs" }'),
    );
    await functionAt("lookup").getByTestId("open-module").click();
    assert.deepEqual(await panel.waitForMessage("hostFunctions", 2), {
      kind: "openModule",
      module: "./answers.mjs",
    });
    await panel.page.getByLabel(/^Module that answers the functions of Store/).fill("./all.mjs");
    await panel.page.waitForFunction(() =>
      fake.hostFunctions?.text?.includes('"module": "./all.mjs"'),
    );
    assert.match(await functionAt("note").innerText(), /The interface's module answers/);
    await panel.page.getByLabel(/^Module that answers the functions of Store/).fill("");
    await panel.page.waitForFunction(() => fake.hostFunctions?.text?.includes("all.mjs") === false);
  });

  it("going from one kind to another and back loses nothing, and No answer takes it out", async () => {
    await open(null);
    await choose("lookup", "Value");
    await functionAt("lookup").getByTestId("input").fill("kept");
    await choose("lookup", "Error");
    await panel.page.waitForFunction(() => fake.hostFunctions?.text?.includes('"error"'));
    await choose("lookup", "Value");
    await panel.page.waitForFunction(() => fake.hostFunctions?.text?.includes('"kept"'));
    await choose("lookup", "No answer");
    await panel.page.waitForFunction(() => fake.hostFunctions?.text?.includes("lookup") === false);
  });

  it("answers the rest with defaults, and leaves what is answered", async () => {
    await open('{ "interfaces": { "Store": { "functions": { "length": { "value": 7 } } } } }');
    await byId("answer-all").click();
    await panel.page.waitForFunction(() => fake.hostFunctions?.text?.includes('"note"'));
    const parsed = JSON.parse((await fileText()) ?? "") as {
      interfaces: { Store: { functions: Record<string, unknown> } };
    };
    const { functions } = parsed.interfaces.Store;
    assert.deepEqual(Object.keys(functions).sort(), store.methods.map(({ name }) => name).sort());
    assert.deepEqual(functions["length"], { value: 7 });
    await byId("answer-all").waitFor({ state: "detached" });
  });

  it("an edit of the file shows in the form, also while another answer is typed", async () => {
    await open('{ "interfaces": { "Store": { "functions": { "lookup": { "value": "a" } } } } }');
    assert.equal(await functionAt("lookup").getByTestId("input").inputValue(), "a");
    await choose("small", "Value");
    await panel.page.waitForFunction(() => fake.hostFunctions?.text?.includes('"small"'));
    await functionAt("small").getByTestId("input").fill("999");
    await setFile(
      '{ "interfaces": { "Store": { "functions": { "lookup": { "value": "b" }, "small": { "value": 0 } } } } }',
    );
    await panel.page.waitForFunction(
      () =>
        document.querySelector<HTMLTextAreaElement>("[data-host-function='Store.lookup'] textarea")
          ?.value === "b",
    );
    assert.equal(
      await functionAt("small").getByTestId("input").inputValue(),
      "999",
      "what is typed and not written yet stays",
    );
    await setFile('{ "interfaces": { "Store": { "functions": {} } } }');
    await functionAt("lookup")
      .getByLabel("No answer")
      .and(panel.page.locator(":checked"))
      .waitFor();
  });

  it("what is typed while the file is written is not overtaken", async () => {
    await open('{ "interfaces": { "Store": { "functions": { "lookup": { "value": "" } } } } }');
    const input = functionAt("lookup").getByTestId("input");
    await input.click();
    const typed = "the quick brown fox jumps over the lazy dog";
    await panel.page.keyboard.type(typed, { delay: 25 });
    await panel.page.waitForFunction((text) => fake.hostFunctions?.text?.includes(text), typed);
    assert.equal(await input.inputValue(), typed);
  });

  it("a file with an error is told with its place, opened there, and never written", async () => {
    const text =
      '{\n  "interfaces": { "Store": { "functions": { "lookup": { "valeu": 1 } } } }\n}\n';
    await open(text);
    const problem = byId("host-problem").first();
    assert.match(await problem.innerText(), /^2:\d+ "valeu" means nothing here/);
    await problem.getByTestId("open-host-file-at").click();
    const opened = (await panel.waitForMessage("hostFunctions")) as { kind: string; line: number };
    assert.equal(opened.kind, "openFile");
    assert.equal(opened.line, 2);
    assert.equal(await panel.page.locator(".host-functions-body [inert]").count(), 1);
    assert.equal(await fileText(), text);
    await setFile('{ "interfaces": ');
    assert.match(await byId("host-problem").first().innerText(), /ends too early/);
    await setFile('{ "interfaces": { "Store": { "functions": { "lookup": { "value": "x" } } } } }');
    await panel.page.waitForFunction(
      () => document.querySelector(".host-functions-body [inert]") === null,
    );
    assert.equal(await functionAt("lookup").getByTestId("input").inputValue(), "x");
  });

  it("a value that does not fit stays in the file until the user decides", async () => {
    const text =
      '{\n  "interfaces": { "Store": { "functions": { "small": { "value": 256 }, "length": { "value": 1 } } } }\n}\n';
    await open(text);
    assert.match(await functionAt("small").getByTestId("host-problem").innerText(), /^2:\d+ .*u8/);
    assert.equal(await functionAt("small").getByTestId("input").count(), 0);
    await functionAt("length").getByTestId("input").fill("2");
    await fileIs(text.replace('"length": { "value": 1 }', '"length": { "value": 2 }'));
    await functionAt("small").getByTestId("replace-answer").click();
    await fileIs(
      text
        .replace('"length": { "value": 1 }', '"length": { "value": 2 }')
        .replace('"value": 256', '"value": 0'),
    );
    assert.equal(await functionAt("small").getByTestId("input").inputValue(), "0");
  });

  it("an edit that fails is told, and what was typed stays", async () => {
    await open(null);
    await panel.page.evaluate(() => {
      fake.hostFileProblem = "the disk is full";
    });
    await choose("lookup", "Value");
    await functionAt("lookup").getByTestId("input").fill("typed");
    await functionAt("lookup").getByText("the disk is full").waitFor();
    assert.equal(await functionAt("lookup").getByTestId("input").inputValue(), "typed");
    await panel.page.evaluate(() => {
      fake.hostFileProblem = null;
    });
    await functionAt("lookup").getByTestId("input").fill("typed again");
    await panel.page.waitForFunction(() => fake.hostFunctions?.text?.includes("typed again"));
  });

  it("Undo takes back the last step of the answer that has the focus", async () => {
    await open(
      '{ "interfaces": { "Store": { "functions": { "report": { "value": { "total": 1, "notes": null, "shape": "Point", "parts": [], "index": {}, "blob": "hex:" } } } } } }',
    );
    const notes = functionAt("report").locator('[data-pointer="/Store.report/notes"]');
    await notes.getByLabel("Some", { exact: true }).check();
    await panel.page.waitForFunction(() => fake.hostFunctions?.text?.includes('"notes": ""'));
    await panel.page.keyboard.press("Control+z");
    await panel.page.waitForFunction(() => fake.hostFunctions?.text?.includes('"notes": null'));
  });

  it("is open again after the page was thrown away, with what was typed last in the file", async () => {
    await open('{ "interfaces": { "Store": { "functions": { "lookup": { "value": "" } } } } }');
    await functionAt("lookup").getByTestId("input").fill("typed");
    await panel.page.evaluate(() => window.dispatchEvent(new Event("blur")));
    await panel.page.waitForFunction(() => fake.hostFunctions?.text?.includes('"typed"'));
    const text = await fileText();
    await panel.page.reload();
    await setFile(text);
    assert.equal(await functionAt("lookup").getByTestId("input").inputValue(), "typed");
  });

  it("in Restricted Mode shows the answers and lets none be changed", async () => {
    await open('{ "interfaces": { "Store": { "functions": { "lookup": { "value": "a" } } } } }', {
      readOnly: "In Restricted Mode no plugin is called.",
    });
    assert.match(await byId("host-functions-read-only").innerText(), /Restricted Mode/);
    assert.equal(await functionAt("lookup").getByTestId("input").inputValue(), "a");
    assert.equal(await panel.page.locator(".host-functions-body [inert]").count(), 1);
  });

  it("says what the library has another state of, and what no source shows", async () => {
    const clock = {
      ...shownStore,
      name: "Clock",
      schemaId: null,
      isBound: false,
      note: "Its source was not found.",
    };
    await open(null, { interfaces: [{ ...shownStore, isBound: true }, clock] });
    const texts = await byId("host-interface").allInnerTexts();
    assert.match(texts[0] ?? "", /asked for, bound/);
    assert.match(texts[1] ?? "", /Its source was not found/);
  });

  it("is reached from the outcome and by keyboard alone", async () => {
    panel = await lab.open({ ...state, hostInterfaces: [store] });
    await setFile(null);
    await panel.sendOutcome({
      ...fixture.okOutcome(fixture.text, "done"),
      hostFunctions: { calls: [], droppedCalls: 0, unbound: ["Store"] },
    });
    await byId("set-up-host-functions").focus();
    await panel.page.keyboard.press("Enter");
    await panel.page.waitForFunction(
      () => document.activeElement?.closest("[data-host-function='Store.lookup']") !== null,
    );
    await panel.page.keyboard.press("ArrowRight");
    await panel.page.waitForFunction(() =>
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
      await open(shownText, {}, { theme, height: 1250 });
      await panel.screenshot(`host-functions-${theme}`);
    });
  }

  it("is drawn in a narrow panel, without anything beside it", async () => {
    await open(shownText, {}, { width: 360, height: 1300 });
    await panel.screenshot("host-functions-narrow");
    const overflow = await byId("host-functions").evaluate(
      (section) => section.scrollWidth - section.clientWidth,
    );
    assert.ok(overflow <= 0, `it is ${String(overflow)} px too wide`);
  });
});
