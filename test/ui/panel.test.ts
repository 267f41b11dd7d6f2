// The panel as a whole: header and banners, keys, and drafts.

import assert from "node:assert/strict";
import type { Draft } from "../../src/protocol/draft.ts";
import type { PanelState } from "../../src/protocol/panel.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type OpenOptions, type PanelPage } from "./panelPage.ts";

describe("panel", () => {
  const lab = usePanelLab();
  let panel: PanelPage;

  const byId = (testId: string) => panel.page.getByTestId(testId);
  async function open(
    parts: fixture.MethodParts,
    more: Partial<PanelState> = {},
    options: OpenOptions = {},
  ): Promise<void> {
    panel = await lab.open(fixture.panelState(parts, more), options);
  }

  it("says what it is about: method, plugin, crate, profile, state of the build", async () => {
    await open(fixture.calculator, { build: "stale", profile: "release" });
    assert.equal(
      await panel.page.getByRole("heading", { level: 1 }).innerText(),
      "Calculator::add_all",
    );
    assert.match(await byId("badges").innerText(), /async\s*slot 2/);
    assert.match(await byId("header").innerText(), /impl\s*BasicCalculator/);
    assert.match(await byId("header").innerText(), /basic-calculator 0\.1\.0/);
    assert.match(await byId("header").innerText(), /release/);
    assert.equal(await byId("build-state").innerText(), "sources changed");
    assert.equal(await byId("method-doc").innerText(), "Sums all terms and scales the result.");
    assert.equal(await panel.page.title(), "Invoke: Calculator::add_all");
    await byId("go-to-impl").click();
    assert.deepEqual(await panel.waitForMessage("action"), { id: "goToImpl" });
    await byId("more").click();
    await panel.page.keyboard.press("ArrowDown");
    await panel.page.keyboard.press("Enter");
    assert.deepEqual(await panel.waitForMessage("action", 2), { id: "buildPlugin" });
  });

  it("marks the slot as assumed where no impl block is visible", async () => {
    const state = fixture.panelState(fixture.calculator);
    assert.ok(state.plugin);
    const library = { candidateId: "basic-calculator", slotOrder: "assumed" } as const;
    await open(fixture.calculator, { plugin: { ...state.plugin, library } });
    const badge = panel.page.getByText("slot 2, assumed");
    assert.match((await badge.getAttribute("title")) ?? "", /impl block is not to be seen/);
    assert.match(await byId("header").innerText(), /plugin\s*BasicCalculator/);
  });

  it("shows which of several interfaces the types are of, and takes another one", async () => {
    const state = fixture.panelState(fixture.calculator);
    const library = {
      candidateId: "basic-calculator",
      slotOrder: "symbols",
      otherInterfaceIds: ["aside::Calculator"],
    } as const;
    const plugin = { ...state.plugin!, interfaceId: "near::Calculator", library };
    await open(fixture.calculator, { plugin });
    const button = byId("interface");
    assert.equal(await button.innerText(), "near::Calculator");
    assert.match((await button.getAttribute("title")) ?? "", /has the same hash/u);
    await button.press("Enter");
    const items = panel.page.getByRole("menuitem");
    assert.deepEqual(
      (await items.allInnerTexts()).map((text) => text.split("\n")[0]),
      ["aside::Calculator", "near::Calculator"],
    );
    await panel.screenshot("interface-choice");
    await items.nth(1).click();
    await button.click();
    await items.first().click();
    assert.deepEqual(await panel.waitForMessage("chooseInterface"), {
      interfaceId: "aside::Calculator",
    });
    await panel.sendPhase({ kind: "calling", startedAtMs: 0 });
    await panel.page.waitForFunction(
      () => document.querySelector<HTMLButtonElement>('[data-testid="interface"]')?.disabled,
    );
  });

  it("shows a method's metadata, and the library that was opened in place of a profile", async () => {
    const state = fixture.panelState(fixture.calculator);
    assert.ok(state.plugin && state.method);
    const library = { file: "/given/libold.so", slotOrder: "symbols" } as const;
    await open(fixture.calculator, {
      plugin: { ...state.plugin, library },
      method: { ...state.method, metadata: [{ key: "unit", value: "<metres>" }] },
      build: "opened",
    });
    assert.match(await byId("metadata").innerText(), /unit\s*<metres>/);
    assert.equal(await byId("library-file").innerText(), "libold.so");
    assert.equal(await byId("build-state").innerText(), "opened library");
    assert.doesNotMatch(await byId("header").innerText(), /profile/);
  });

  it("offers the async fix and names what stands in the way", async () => {
    await open(fixture.calculator, {
      asyncFix: { message: "The feature async of fidius is missing." },
      obstacle: {
        message: "Building and calling plugins runs code from this folder.",
        action: { label: "Manage Workspace Trust", id: "manageTrust" },
      },
    });
    await byId("async-fix-action").click();
    assert.deepEqual(await panel.waitForMessage("action"), { id: "addAsyncFeature" });
    assert.equal(await panel.invoke.getAttribute("aria-disabled"), "true");
    await panel.invoke.click({ force: true });
    await panel.page.keyboard.press("Enter");
    assert.deepEqual(await panel.waitForMessage("action", 2), { id: "manageTrust" });
    assert.equal((await panel.received("invoke")).length, 0);
  });

  it("stays readable when the method is gone", async () => {
    const state = fixture.panelState(fixture.calculator);
    panel = await lab.open(state);
    await panel.addRow("/terms");
    await panel.sendState({ ...state, plugin: null, method: null });
    await byId("method-gone").waitFor();
    assert.equal(await panel.field("/terms").getByTestId("row").count(), 1);
    assert.equal(await panel.invoke.getAttribute("aria-disabled"), "true");
  });

  it("keeps what still fits when the source changes, and nothing of another method", async () => {
    await open({
      name: "call",
      args: { a: fixture.int("u8"), gone: fixture.text, c: fixture.bool },
    });
    await panel.input("/a").fill("7");
    await panel.input("/gone").fill("x");
    await panel.sendState(
      fixture.panelState({
        name: "call",
        args: { a: fixture.int("u64"), c: fixture.vec(fixture.bool), d: fixture.text },
      }),
    );
    await panel.field("/d").waitFor();
    assert.equal(await panel.input("/a").inputValue(), "7");
    assert.equal(await panel.field("/gone").count(), 0);
    await panel.sendState(fixture.panelState({ name: "other", args: { a: fixture.int("u8") } }));
    await panel.page.getByRole("heading", { name: "Calculator::other" }).waitFor();
    assert.equal(await panel.input("/a").inputValue(), "0");
  });

  it("opens with the draft that the extension kept, and gives each edit back once", async () => {
    await open(
      { name: "call", args: { a: fixture.int("u64") } },
      {
        draft: {
          arguments: { a: "18446744073709551615" },
          jsonText: null,
          tab: "form",
          timeoutSeconds: 5,
        },
      },
    );
    assert.equal(await panel.input("/a").inputValue(), "18446744073709551615");
    assert.match(await byId("run-options").innerText(), /timeout 5 s/);
    await panel.input("/a").fill("12");
    await panel.page.waitForFunction(() =>
      fake.received.some((each) => each.method === "draftChanged"),
    );
    const drafts = await panel.received("draftChanged");
    const { form: _, ...draft } = drafts.at(-1) as Draft;
    assert.deepEqual(draft, {
      arguments: { a: "12" },
      jsonText: null,
      tab: "form",
      timeoutSeconds: 5,
    });
    await byId("run-options").click();
    await byId("timeout").fill("0");
    assert.match(await byId("run-options").innerText(), /no time limit/);
    const saved = await panel.page.evaluate(() => sessionStorage.getItem("webview-state") ?? "");
    assert.match(saved, /"pluginId":"basic_calculator::BasicCalculator as Calculator"/);
  });

  it("works by keyboard: regions, tabs, invoke and cancel", async () => {
    await open(fixture.calculator);
    const region = () =>
      panel.page.evaluate(
        () => document.activeElement?.closest(".head, .request, .response")?.className ?? "",
      );
    await panel.page.locator("h1").focus();
    await panel.page.keyboard.press("F7");
    assert.match(await region(), /request/);
    await panel.page.keyboard.press("F7");
    await panel.page.keyboard.press("F7");
    assert.match(await region(), /head|request/);
    await panel.input("/scale").or(byId("request-tab-form")).first().focus();
    await panel.page.keyboard.press("F9");
    assert.equal(await byId("request-tab-json").getAttribute("aria-selected"), "true");
    await byId("request-tab-json").focus();
    await panel.page.keyboard.press("ArrowLeft");
    assert.equal(await byId("request-tab-form").getAttribute("aria-selected"), "true");
    await panel.page.keyboard.press("Control+Enter");
    await panel.waitForMessage("invoke");
    await panel.page.keyboard.press("Escape");
    await panel.waitForMessage("cancel");
    await panel.sendOutcome(fixture.notedReport());
    await byId("tree").waitFor();
    await byId("response-tab-value").focus();
    await panel.page.keyboard.press("F9");
    assert.equal(await byId("response-tab-json").getAttribute("aria-selected"), "true");
    await panel.page.keyboard.press("Shift+F9");
    assert.equal(await byId("response-tab-value").getAttribute("aria-selected"), "true");
  });

  it("invokes when a command asks for it, and never ends a call by it", async () => {
    const requestInvoke = () =>
      panel.page.evaluate(() => {
        fake.requestInvoke();
      });
    await open({ name: "call", args: {} });
    await panel.page.keyboard.press("Control+Enter");
    await requestInvoke();
    await panel.waitForMessage("invoke");
    await panel.sendOutcome(fixture.outcome({ kind: "cancelled", afterMs: 1 }));
    await panel.page.locator('main[data-state="cancelled"]').waitFor();
    assert.equal((await panel.received("invoke")).length, 1);
    assert.equal((await panel.received("cancel")).length, 0);
    await requestInvoke();
    await panel.waitForMessage("invoke", 2);
  });

  it("says so when the extension does not answer", async () => {
    panel = await lab.open(undefined);
    await panel.page.getByRole("alert").waitFor();
    assert.match(await panel.page.getByRole("alert").innerText(), /The extension did not answer/);
  });
});
