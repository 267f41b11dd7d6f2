// Types that no source tells: bytes, the offer to ask the compiler, JSON whose problems are serde's own, and results likewise.

import assert from "node:assert/strict";
import type { PanelState } from "../../src/protocol/panel.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage } from "./panelPage.ts";

const parts: fixture.MethodParts = {
  name: "move",
  args: { when: fixture.mystery, times: fixture.vec(fixture.mystery), count: fixture.int("u8") },
  returns: fixture.mystery,
};

function state(more: Partial<PanelState> = {}): PanelState {
  return fixture.panelState(parts, { bridge: { isReady: false }, ...more });
}

const ready: Partial<PanelState> = { bridge: { isReady: true } };

describe("panel: the compiler's word", () => {
  const lab = usePanelLab();
  let panel: PanelPage;

  const setProblem = (text: string | null): Promise<void> =>
    panel.page.evaluate((problem) => {
      fake.serdeProblem = problem;
    }, text);
  const editor = (index = 0) => panel.page.getByTestId("serde-editor").nth(index);
  const typeInto = async (text: string, index = 0): Promise<void> => {
    const content = editor(index).locator(".cm-content");
    await content.click();
    await panel.page.keyboard.press("Control+a");
    await panel.page.keyboard.press("Delete");
    await panel.page.keyboard.insertText(text);
  };
  const asked = (text: string): Promise<unknown> =>
    panel.page.waitForFunction(
      (wanted) =>
        fake.received.some(
          ({ method, params }) =>
            method === "checkSerde" && (params as { text: string }).text === wanted,
        ),
      text,
    );
  const sent = async (count: number): Promise<Record<string, unknown>> => {
    await panel.invoke.click();
    const { arguments: values } = (await panel.waitForMessage("invoke", count)) as {
      arguments: Record<string, unknown>;
    };
    return values;
  };

  it("offers the compiler for each argument that is not known, and for no other", async () => {
    panel = await lab.open(state());
    assert.equal(await panel.page.getByTestId("serde-offer").count(), 2);
    assert.equal(await panel.page.getByTestId("unknown-reason").count(), 1);
    const ask = panel.page.getByTestId("ask-compiler").first();
    await ask.focus();
    await panel.page.keyboard.press("Enter");
    assert.deepEqual(await panel.waitForMessage("action"), { id: "askCompiler" });
    await panel.screenshot("serde-offer");
  });

  it("shows the build, lets it be cancelled, and then begins with an example of serde's own", async () => {
    panel = await lab.open(state());
    await panel.page.getByTestId("ask-compiler").first().click();
    await panel.sendPhase({
      kind: "building",
      packageName: "the bridge of Calculator",
      done: 3,
      total: 40,
      crateName: "serde",
      isWaitingForLock: false,
      startedAtMs: Date.now(),
    });
    await panel.page.getByText("the bridge of Calculator").first().waitFor();
    await panel.invoke.click();
    await panel.waitForMessage("cancel");
    await panel.sendPhase({ kind: "idle" });
    assert.equal(await editor().count(), 0);
    await panel.sendState(state(ready));
    await editor().locator(".cm-content").waitFor();
    assert.equal(await editor().locator(".cm-content").innerText(), '"#000000"');
    assert.deepEqual(await panel.received("exampleSerde"), [{ place: "argument 0" }]);
  });

  it("takes JSON as it is typed, with serde's own words about it below", async () => {
    panel = await lab.open(state(ready));
    await panel.page.getByTestId("serde-edit").first().click();
    await editor().locator(".cm-content").waitFor();
    await setProblem('"red" is no colour like #rrggbb');
    await typeInto('"red"');
    await asked('"red"');
    const message = panel.field("/when").getByTestId("message");
    await message.waitFor();
    assert.match(await message.innerText(), /"red" is no colour like #rrggbb/);
    await panel.screenshot("serde-problem");
    await setProblem(null);
    await typeInto('{"big": 18446744073709551615}');
    await asked('{"big": 18446744073709551615}');
    await message.waitFor({ state: "detached" });
    assert.deepEqual((await panel.received("checkSerde")).at(-1), {
      place: "argument 0",
      text: '{"big": 18446744073709551615}',
    });
    const values = await sent(1);
    assert.deepEqual(values["when"], { $serde: '{"big": 18446744073709551615}' });
    assert.equal(values["count"], 0);
  });

  it("goes back to bytes, and reads the JSON tab as serde's JSON", async () => {
    panel = await lab.open(state(ready));
    await panel.page.getByTestId("serde-edit").first().click();
    await panel.page.getByTestId("serde-bytes").click();
    assert.deepEqual((await sent(1))["when"], { $raw: "hex:" });
    await panel.sendOutcome(fixture.outcome({ kind: "cancelled", afterMs: 1 }));
    await panel.page.getByTestId("request-tab-json").click();
    const content = panel.page.getByTestId("json-editor").locator(".cm-content");
    await content.click();
    await panel.page.keyboard.press("Control+a");
    await panel.page.keyboard.insertText('{"when": [1, 2], "times": {"a": 1.50}, "count": 7}');
    const values = await sent(2);
    assert.deepEqual(values["when"], { $serde: "[1, 2]" });
    assert.deepEqual(values["times"], { $serde: '{"a": 1.50}' });
    assert.equal(values["count"], 7);
  });

  it("keeps what was typed when the panel comes back", async () => {
    const when = { $serde: '"#010203"' };
    const draft = {
      arguments: { when, times: [], count: 1 },
      jsonText: null,
      tab: "form",
      timeoutSeconds: null,
    } as const;
    panel = await lab.open(state({ ...ready, draft }));
    await editor().locator(".cm-content").waitFor();
    assert.equal(await editor().locator(".cm-content").innerText(), '"#010203"');
    assert.deepEqual((await sent(1))["when"], when);
  });

  it("offers the compiler for a result that is shown as bytes, and shows its JSON afterwards", async () => {
    panel = await lab.open(state());
    const bytes = Uint8Array.of(1, 2, 3);
    const ok = { kind: "ok", ranges: [], bytes } as const;
    await panel.sendOutcome(fixture.outcome({ ...ok, value: { $raw: "hex:010203" } }));
    await panel.page.getByTestId("ask-compiler-result").click();
    assert.deepEqual(await panel.waitForMessage("action"), { id: "askCompiler" });
    await panel.sendState(state(ready));
    await panel.sendOutcome(
      fixture.outcome({
        ...ok,
        value: { $serde: '{"colour":"#010203","big":18446744073709551615}' },
      }),
    );
    await panel.page.getByText("#010203").first().waitFor();
    assert.equal(await panel.page.getByTestId("result-offer").count(), 0);
    await panel.page.getByTestId("response-tab-json").click();
    const json = panel.page.getByTestId("result-json").locator(".cm-content");
    await json.waitFor();
    assert.match(await json.innerText(), /"big": 18446744073709551615/);
  });

  it("offers nothing where no bridge can be had", async () => {
    panel = await lab.open(fixture.panelState(parts));
    assert.equal(await panel.page.getByTestId("serde-offer").count(), 0);
    assert.equal(await panel.page.getByTestId("unknown-reason").count(), 1);
  });

  it("leaves it to the extension to refuse in Restricted Mode", async () => {
    const obstacle = {
      message: "Building and calling plugins runs code from this folder.",
      action: null,
    };
    panel = await lab.open(state({ obstacle }));
    await panel.page.getByTestId("ask-compiler").first().click();
    assert.deepEqual(await panel.waitForMessage("action"), { id: "askCompiler" });
    await panel.sendState(state({ ...ready, obstacle: null }));
    assert.equal(await editor().count(), 0);
  });
});
