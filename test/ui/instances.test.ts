// Configured instances in the panel, and what it shows of host functions.

import assert from "node:assert/strict";
import type { PanelInstances } from "../../src/protocol/panelInstances.ts";
import type { PanelState } from "../../src/protocol/panel.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage, type Theme } from "./panelPage.ts";

const draft = { arguments: null, jsonText: null, tab: "form", timeoutSeconds: null } as const;

describe("instances in the panel", () => {
  const lab = usePanelLab();
  let panel: PanelPage;

  const byId = (testId: string) => panel.page.getByTestId(testId);
  const a = { id: "a", name: "quiet", configuration: { value: "1", unit: "Feet" }, isLive: true };
  const b = { id: "b", name: "loud", configuration: { value: "2", unit: "Miles" }, isLive: false };

  function stateWith(instances: Omit<PanelInstances, "draft">): PanelState {
    const state = fixture.panelState({ args: {} });
    const { plugin } = state;
    assert.ok(plugin !== null);
    return {
      ...state,
      plugin: { ...plugin, config: fixture.named("Term") },
      instances: { ...instances, draft: { ...draft, key: "p#(configuration)" } },
    };
  }

  async function open(
    instances: Omit<PanelInstances, "draft">,
    theme: Theme = "dark",
  ): Promise<void> {
    panel = await lab.open(stateWith(instances), { theme });
  }

  it("without one, Invoke leads to a configuration, which is built and kept", async () => {
    await open({ list: [], selected: null });
    assert.equal(await byId("instance").innerText(), "none");
    await panel.invoke.click();
    await byId("instance-name").fill("first");
    const value = panel.page.locator('[data-pointer="/configuration/value"] input');
    await value.fill("170141183460469231731687303715884105728");
    await byId("build-instance").click();
    assert.deepEqual(await panel.received("instance"), [], "out of range: nothing is sent");
    await panel.page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    await panel.page.keyboard.press("Control+A");
    await panel.page.keyboard.type("170141183460469231731687303715884105727");
    await byId("build-instance").click();
    assert.deepEqual(await panel.waitForMessage("instance"), {
      kind: "add",
      name: "first",
      configuration: { value: "170141183460469231731687303715884105727", unit: "Meters" },
    });
    assert.equal(await byId("instance-editor").count(), 0);
    const drafts = (await panel.received("draftChanged")) as readonly { key?: string }[];
    assert.ok(
      drafts.some(({ key }) => key === "p#(configuration)"),
      "what is typed is kept",
    );
  });

  it("lists them with their state, selects, drops, removes", async () => {
    await open({ list: [a, b], selected: "a" });
    assert.equal(await byId("instance-state").innerText(), "built");
    const choose = async (item: string): Promise<void> => {
      await byId("instance").click();
      await byId(`instance-${item}`).click();
    };
    await choose("select-loud");
    assert.deepEqual(await panel.waitForMessage("instance"), { kind: "select", id: "b" });
    await choose("drop");
    assert.deepEqual(await panel.waitForMessage("instance", 2), { kind: "drop", id: "a" });
    await choose("remove");
    assert.deepEqual(await panel.waitForMessage("instance", 3), { kind: "remove", id: "a" });
    await panel.sendState(stateWith({ list: [b], selected: "b" }));
    await panel.page.locator('[data-testid="instance-state"][data-live="false"]').waitFor();
    await choose("build");
    assert.deepEqual(await panel.waitForMessage("instance", 4), { kind: "build", id: "b" });
  });

  it("renames by keyboard, and Escape leaves the name", async () => {
    await open({ list: [a], selected: "a" });
    await byId("instance").click();
    await byId("instance-rename").click();
    await panel.page.keyboard.press("Escape");
    await byId("instance").click();
    await byId("instance-rename").click();
    await panel.page.keyboard.type("calm");
    await panel.page.keyboard.press("Enter");
    assert.deepEqual(await panel.waitForMessage("instance"), {
      kind: "rename",
      id: "a",
      name: "calm",
    });
    assert.equal((await panel.received("instance")).length, 1);
  });

  it("edits the configuration of one, in JSON too, with Ctrl+Enter", async () => {
    await open({ list: [a], selected: "a" });
    await byId("instance").click();
    await byId("instance-change").click();
    assert.equal(
      await panel.page.locator('[data-pointer="/configuration/value"] input').inputValue(),
      "1",
    );
    await panel.page.locator('[data-pointer="/configuration/value"] input').fill("7");
    await panel.page.keyboard.press("Control+Enter");
    assert.deepEqual(await panel.waitForMessage("instance"), {
      kind: "change",
      id: "a",
      configuration: { value: "7", unit: "Feet" },
    });
  });

  it("asks the compiler of the configuration about what no source tells", async () => {
    const state = stateWith({ list: [], selected: null });
    assert.ok(state.plugin !== null && state.instances !== null);
    const config = { kind: "unknown", rustType: "Secret", reason: "a macro makes it" } as const;
    const withBridge = (isReady: boolean): PanelState => ({
      ...state,
      plugin: { ...state.plugin!, config },
      instances: { ...state.instances!, bridge: { isReady } },
    });
    panel = await lab.open(withBridge(false));
    await panel.invoke.click();
    await byId("ask-compiler").click();
    assert.deepEqual(await panel.waitForMessage("action"), { id: "askCompilerOfConfiguration" });
    await panel.sendState(withBridge(true));
    await byId("serde-editor").waitFor();
    assert.deepEqual(await panel.received("exampleSerde"), [{ place: "configuration" }]);
    await byId("build-instance").click();
    const { configuration } = (await panel.waitForMessage("instance")) as {
      readonly configuration: unknown;
    };
    assert.ok(typeof configuration === "object" && configuration !== null);
    assert.deepEqual(Object.keys(configuration), ["$serde"]);
  });

  it("Close keeps the request as it was", async () => {
    await open({ list: [a], selected: "a" });
    await byId("instance").click();
    await byId("instance-new").click();
    await byId("cancel-instance").click();
    await byId("request").waitFor();
    assert.deepEqual(await panel.received("instance"), []);
  });

  it("shows what was asked of the host, and what is not set up", async () => {
    await open({ list: [a], selected: "a" });
    const outcome = fixture.okOutcome(fixture.text, "done");
    await panel.sendOutcome({
      ...outcome,
      hostFunctions: {
        calls: [
          {
            order: 1,
            interfaceName: "Store",
            functionName: "lookup",
            startMs: 0,
            durationMs: 0.5,
            arguments: null,
            argumentBytes: 12,
            reply: { kind: "value", value: "<b>found</b>" },
          },
          {
            order: 2,
            interfaceName: "Store",
            functionName: "note",
            startMs: 1,
            durationMs: 0,
            arguments: null,
            argumentBytes: 3,
            reply: { kind: "panic", message: "not set up" },
          },
        ],
        droppedCalls: 5,
        unbound: ["Clock"],
      },
    });
    assert.match(await byId("unbound").innerText(), /host interface Clock, which is not set up/);
    await panel.page.getByTestId("response-tab-logs").click();
    const text = await byId("host-calls").innerText();
    assert.match(text, /Store::\s*lookup\s+12 B\s+"<b>found<\/b>"/);
    assert.match(text, /panic: not set up/);
    assert.match(text, /5 more calls/);
  });

  for (const theme of ["dark", "light", "hc-dark", "hc-light"] as const) {
    it(`is drawn in ${theme}`, async () => {
      await open({ list: [a, b], selected: "b" }, theme);
      await byId("instance").click();
      await panel.screenshot(`instances-menu-${theme}`);
      await byId("instance-new").click();
      await panel.screenshot(`instances-editor-${theme}`);
    });
  }
});
