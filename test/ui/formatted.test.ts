// Types with a human form in the panel: their text, what fills it, the way to the exact form, and what is said of a wrong text.

import assert from "node:assert/strict";
import type { FlagSchema, TypeSchema, ValueFormat } from "../../src/model/schema/schema.ts";
import type { JsonObject } from "../../src/model/value/value.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage } from "./panelPage.ts";

function formatted(rustType: string, format: ValueFormat, type: TypeSchema): TypeSchema {
  return { ...type, rustType, format };
}

const moment = fixture.tuple(fixture.int("i64"), fixture.int("i32"));
const wait = formatted("chrono::TimeDelta", "timeDelta", moment);
const id = formatted("uuid::Uuid", "uuid", fixture.bytes);
const at = formatted("chrono::DateTime<Utc>", "dateTime", fixture.text);
const file = formatted("PathBuf", "path", fixture.text);
const address = formatted("Ipv4Addr", "ipv4", fixture.array(fixture.int("u8"), 4));
const site = formatted("url::Url", "url", fixture.text);
const price: TypeSchema = {
  ...formatted("Decimal", "decimal", fixture.text),
  warnings: [{ code: "unreadableType", message: "A call that passes one fails." }],
};
const flags: readonly FlagSchema[] = [
  { name: "READ", value: "1", doc: "Looking at it." },
  { name: "WRITE", value: "2" },
  { name: "EXECUTE", value: "4" },
  { name: "ALL", value: "7" },
];
const access = formatted("Access", "flags", {
  ...fixture.int("u32"),
  flags: { inJson: "text", named: flags },
} as TypeSchema);
const day = formatted("chrono::Weekday", "weekday", fixture.text);
const month = formatted("time::Month", "monthNumber", fixture.int("u8"));
const args = { wait, id, at, file, address, site, price, access, day, month, ids: fixture.vec(id) };

describe("panel: human forms", () => {
  const lab = usePanelLab();
  let panel: PanelPage;

  const input = (pointer: string) => panel.input(pointer);
  const within = (pointer: string, testId: string) => panel.field(pointer).getByTestId(testId);
  /** Switches the form of a value; the other form's button then has the focus. */
  async function switchForm(pointer: string): Promise<void> {
    await within(pointer, "switch-form").click();
    await untilSwitched(pointer);
  }
  async function untilSwitched(pointer: string): Promise<void> {
    const id = `form:${encodeURIComponent(pointer)}`;
    await panel.page.waitForFunction((button) => document.activeElement?.id === button, id);
  }
  async function invoked(): Promise<JsonObject> {
    const before = (await panel.received("invoke")).length;
    await panel.invoke.click();
    return ((await panel.waitForMessage("invoke", before + 1)) as { arguments: JsonObject })
      .arguments;
  }

  it("sends the text, and starts from values that Rust takes", async () => {
    panel = await lab.open(fixture.panelState({ name: "call", args }));
    await input("/wait").fill("1m30s");
    assert.deepEqual(await invoked(), {
      wait: "1m30s",
      id: "00000000-0000-0000-0000-000000000000",
      at: "2024-02-29T12:30:00Z",
      file: "",
      address: "0.0.0.0",
      site: "https://example.com/",
      price: "12.50",
      access: "0x0",
      day: "Mon",
      month: "January",
      ids: [],
    });
  });

  it("fills in a new UUID and the current time", async () => {
    panel = await lab.open(fixture.panelState({ name: "call", args: { id, at } }));
    await within("/id", "new-uuid").click();
    await within("/at", "now").click();
    const sent = await invoked();
    const { id: sentId, at: sentAt } = sent;
    assert.ok(typeof sentId === "string" && typeof sentAt === "string");
    assert.match(sentId, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-/);
    assert.ok(Math.abs(Date.parse(sentAt) - Date.now()) < 600_000);
  });

  it("switches to the exact form and back without losing the value", async () => {
    panel = await lab.open(fixture.panelState({ name: "call", args: { wait, address } }));
    await input("/wait").fill("-1s500ms");
    await switchForm("/wait");
    assert.equal(await input("/wait/0").inputValue(), "-2");
    assert.equal(await input("/wait/1").inputValue(), "500000000");
    await input("/wait/0").fill("7");
    const focused = panel.page.locator('[id="form:%2Fwait"]');
    await focused.focus();
    await panel.page.keyboard.press("Enter");
    assert.equal(await input("/wait").inputValue(), "7s500ms");
    await untilSwitched("/wait");
    await switchForm("/address");
    await input("/address/3").fill("9");
    assert.deepEqual(await invoked(), { wait: "7s500ms", address: [0, 0, 0, 9] });
  });

  it("flags are check boxes and a text, bits without a name too", async () => {
    panel = await lab.open(fixture.panelState({ name: "call", args: { access } }));
    const box = (name: string) => within("/access", `flag-${name}`);
    assert.equal(await input("/access").inputValue(), "0x0");
    await box("READ").focus();
    await panel.page.keyboard.press("Space");
    await box("EXECUTE").check();
    assert.equal(await input("/access").inputValue(), "READ | EXECUTE");
    assert.deepEqual(
      await box("ALL").evaluate((node: HTMLInputElement) => [node.checked, node.indeterminate]),
      [false, true],
    );
    await box("ALL").check();
    assert.equal(await input("/access").inputValue(), "READ | WRITE | EXECUTE");
    await box("READ").uncheck();
    assert.equal(await input("/access").inputValue(), "WRITE | EXECUTE");
    await input("/access").fill("WRITE | 0x40");
    assert.ok(await box("0x40").isChecked());
    await box("0x40").click();
    assert.equal(await box("0x40").count(), 0);
    assert.equal(await input("/access").inputValue(), "WRITE");
    await input("/access").fill("REED");
    await input("/access").blur();
    assert.equal(
      await within("/access", "message").innerText(),
      'Access takes flags such as "READ | 0x40". "REED" is none of them: use READ, WRITE, EXECUTE, ALL, or bits such as 0x40.',
    );
    assert.ok(await box("READ").isDisabled());
    await input("/access").fill("");
    await input("/access").pressSequentially("0x40 | READ");
    assert.deepEqual(await invoked(), { access: "0x40 | READ" });
  });

  it("a weekday is chosen by keyboard; a text that is none of them stays to be mended", async () => {
    panel = await lab.open(fixture.panelState({ name: "call", args: { day, month } }));
    assert.equal(await input("/day").inputValue(), "Mon");
    assert.equal(await input("/month").inputValue(), "January");
    await input("/day").focus();
    await panel.page.keyboard.type("Fri");
    await input("/month").selectOption("December");
    await switchForm("/month");
    assert.equal(await input("/month").inputValue(), "12");
    await switchForm("/month");
    assert.deepEqual(await invoked(), { day: "Fri", month: "December" });
  });

  it("says what is wrong with a text, and warns on the field before any call", async () => {
    panel = await lab.open(fixture.panelState({ name: "call", args: { wait, price } }));
    await input("/wait").fill("90");
    await input("/wait").blur();
    assert.equal(
      await within("/wait", "message").innerText(),
      "chrono::TimeDelta takes a duration such as 1m30s, 1.5s or 250ms, with a minus before it where it goes back. " +
        "90 has no unit: use d, h, m, s, ms, us or ns.",
    );
    assert.equal(
      await within("/price", "type-warning").innerText(),
      "A call that passes one fails.",
    );
  });

  it("shows a result's text with the exact form below it", async () => {
    panel = await lab.open(fixture.panelState({ name: "call", args: {}, returns: wait }));
    await panel.invoke.click();
    await panel.waitForMessage("invoke");
    await panel.sendOutcome(fixture.okOutcome(wait, "1h"));
    const tree = panel.page.getByRole("tree");
    assert.match(await tree.innerText(), /1h/);
    const item = tree.getByRole("treeitem").first();
    await item.click();
    await panel.page.keyboard.press("ArrowRight");
    await panel.page.getByText("3600", { exact: true }).waitFor();
  });

  for (const theme of ["dark", "light", "hc-dark", "hc-light"] as const) {
    it(`is readable: ${theme}`, async () => {
      panel = await lab.open(fixture.panelState({ name: "call", args }), { theme, width: 900 });
      await input("/site").fill("example.com");
      await input("/site").blur();
      await switchForm("/wait");
      await panel.screenshot(`formatted-${theme}`);
      assert.equal(await within("/site", "message").count(), 1);
    });
  }
});
