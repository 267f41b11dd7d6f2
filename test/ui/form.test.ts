// The form: every kind of control, what it sends, and that no digit or entry is lost.

import assert from "node:assert/strict";
import type { JsonObject } from "../../src/model/value.ts";
import * as fixture from "./fixture.ts";
import { usePanelLab, type PanelPage } from "./panelPage.ts";

describe("panel: form", () => {
  const lab = usePanelLab();
  let panel: PanelPage;

  async function open(args: fixture.MethodParts["args"], width = 1200): Promise<void> {
    panel = await lab.open(fixture.panelState({ name: "call", args: args ?? {} }), { width });
  }
  async function invoked(): Promise<JsonObject> {
    const before = (await panel.received("invoke")).length;
    await panel.invoke.click();
    const params = (await panel.waitForMessage("invoke", before + 1)) as { arguments: JsonObject };
    await panel.sendOutcome(fixture.outcome({ kind: "cancelled", afterMs: 1 }));
    await panel.page.locator('[data-testid="invoke"][data-running="false"]').waitFor();
    return params.arguments;
  }
  const input = (pointer: string) => panel.input(pointer);
  const within = (pointer: string, testId: string) => panel.field(pointer).getByTestId(testId);
  const radio = (pointer: string, name: string) =>
    panel.field(pointer).getByRole("radio", { name, exact: true }).first();
  const message = (pointer: string) => within(pointer, "message").first();

  it("sends the defaults of every kind as they are", async () => {
    await open(fixture.everything.args);
    const args = await invoked();
    assert.equal(args["flag"], false);
    assert.equal(args["wide"], "0");
    assert.equal(args["maybe"], null);
    assert.deepEqual(args["scores"], {});
    assert.deepEqual(args["grid"], []);
    assert.equal(args["unit"], "Meters");
    assert.equal(args["marker"], null);
    assert.deepEqual(args["when"], { $raw: "hex:" });
  });

  it("keeps integers of every width exact, in any notation", async () => {
    await open({
      a: fixture.int("u8"),
      b: fixture.int("i64"),
      c: fixture.int("u64"),
      d: fixture.int("i128"),
      e: fixture.int("u128"),
    });
    await input("/a").fill("0xff");
    await input("/b").fill("-9_223_372_036_854_775_808");
    await within("/c", "chip-max").click();
    await within("/d", "chip-min").click();
    await input("/e").fill("340282366920938463463374607431768211455");
    assert.deepEqual(await invoked(), {
      a: 255,
      b: "-9223372036854775808",
      c: "18446744073709551615",
      d: "-170141183460469231731687303715884105728",
      e: "340282366920938463463374607431768211455",
    });
    assert.equal(await input("/c").inputValue(), "18_446_744_073_709_551_615");
    assert.equal(await input("/a").inputValue(), "255", "another notation becomes digits on blur");
  });

  it("steps integers with the arrow keys and stops at the limits", async () => {
    await open({ a: fixture.int("u8"), b: fixture.int("u64") });
    await input("/a").fill("254");
    await input("/a").press("ArrowUp");
    await input("/a").press("ArrowUp");
    await within("/b", "chip-max").click();
    await input("/b").focus();
    await input("/b").press("ArrowDown");
    assert.deepEqual(await invoked(), { a: 255, b: "18446744073709551614" });
  });

  it("says the rule, the value and the place, on blur, and clears when it is right", async () => {
    await open({ small: fixture.int("u8") });
    await input("/small").fill("300");
    assert.equal(await message("/small").count(), 0, "nothing while typing");
    await input("/small").blur();
    assert.equal(await message("/small").innerText(), "u8 takes 0 to 255. 300 is too large.");
    assert.equal(await input("/small").getAttribute("aria-invalid"), "true");
    const describedBy = (await input("/small").getAttribute("aria-describedby")) ?? "";
    assert.match(await panel.page.locator(`[id="${describedBy}"]`).innerText(), /too large/);
    await input("/small").fill("30");
    assert.equal(await message("/small").count(), 0);
  });

  it("leads to each problem instead of sending", async () => {
    await open({ a: fixture.int("u8"), list: fixture.vec(fixture.int("i8")), key: fixture.key32 });
    await input("/a").fill("x");
    await input("/key").fill("00 1");
    await within("/list", "add").click();
    await input("/list/0").fill("1000");
    await panel.field("/list").getByTestId("toggle").first().click();
    await panel.invoke.click();
    const summary = panel.page.getByTestId("problem-summary");
    assert.match(await summary.innerText(), /3 fields need attention/);
    await panel.page.waitForFunction(() => document.activeElement?.closest('[data-pointer="/a"]'));
    await panel.page.keyboard.press("F8");
    await panel.page.waitForFunction(() =>
      document.activeElement?.closest('[data-pointer="/list/0"]'),
    );
    await panel.page.keyboard.press("F8");
    await panel.page.waitForFunction(() =>
      document.activeElement?.closest('[data-pointer="/key"]'),
    );
    assert.match(await message("/key").innerText(), /at column 4/, "counted without the prefix");
    await panel.page.getByTestId("problem-link").first().click();
    await panel.page.waitForFunction(() => document.activeElement?.closest('[data-pointer="/a"]'));
    assert.equal((await panel.received("invoke")).length, 0);
  });

  it("takes special floats from the menu and notes what an f32 stores", async () => {
    await open({ a: fixture.f32, b: fixture.f64, c: fixture.f64, d: fixture.f64 });
    await input("/a").fill("0.1");
    assert.equal(await within("/a", "float-note").innerText(), "stored as 0.10000000149");
    await within("/b", "float-menu").click();
    await panel.page.getByTestId("float-menu-nan").click();
    await input("/c").fill("-inf");
    await input("/d").fill("-0");
    assert.deepEqual(await invoked(), { a: 0.1, b: "NaN", c: "-Infinity", d: "-0" });
  });

  it("shows a char's code point, reads escapes and composes", async () => {
    await open({ a: fixture.char, b: fixture.char });
    await input("/a").fill("\\u{1F600}");
    await input("/a").blur();
    assert.equal(await within("/a", "char-code").innerText(), "U+1F600");
    await input("/b").fill("e\u0301");
    await input("/b").blur();
    assert.match(await message("/b").innerText(), /one Unicode scalar/);
    await within("/b", "char-compose").click();
    assert.deepEqual(await invoked(), { a: "😀", b: "é" });
  });

  it("counts a string's bytes and keeps its lines", async () => {
    await open({ title: fixture.text });
    const before = (await input("/title").boundingBox())?.height ?? 0;
    await input("/title").fill("Zürich\n日本\n\n");
    assert.equal(await within("/title", "byte-count").innerText(), "16 bytes");
    const grown = (await input("/title").boundingBox())?.height ?? 0;
    assert.ok(grown > before * 1.8, "the box grows with its lines");
    assert.deepEqual(await invoked(), { title: "Zürich\n日本\n\n" });
  });

  it("shows the same bytes as text, hex and base64, and takes files", async () => {
    await open({ data: fixture.bytes });
    await input("/data").fill("68 c3 a9");
    await radio("/data", "Text").check();
    assert.equal(await input("/data").inputValue(), "hé");
    await radio("/data", "Base64").check();
    assert.equal(await input("/data").inputValue(), "aMOp");
    await radio("/data", "File").check();
    await within("/data", "pick-file").click();
    await panel.waitForMessage("pickFile");
    assert.deepEqual(await invoked(), { data: { $file: "/data/input.bin" } });
    await radio("/data", "Hex").check();
    await input("/data").fill("ff");
    await radio("/data", "Text").click();
    assert.match(await within("/data", "bytes-remark").innerText(), /not UTF-8/);
    assert.deepEqual(await invoked(), { data: "hex:ff" });
  });

  it("takes a dropped file's bytes", async () => {
    await open({ data: fixture.bytes });
    const data = await panel.page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array([1, 2, 255])], "a.bin"));
      return transfer;
    });
    await panel.field("/data").locator(".bytes-control").dispatchEvent("drop", {
      dataTransfer: data,
    });
    await panel.page.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>("textarea")?.value === "AQL/",
    );
    assert.deepEqual(await invoked(), { data: "base64:AQL/" });
  });

  it("keeps what was typed for Some while None is chosen, and tells nested options apart", async () => {
    await open({
      maybe: fixture.option(fixture.int("u32")),
      nested: fixture.everything.args!["nested"]!,
    });
    await radio("/maybe", "Some").check();
    await input("/maybe").fill("77");
    await radio("/maybe", "None").check();
    assert.deepEqual(await invoked(), { maybe: null, nested: null });
    await radio("/maybe", "Some").check();
    assert.equal(await input("/maybe").inputValue(), "77");
    await radio("/nested", "Some").check();
    assert.deepEqual(await invoked(), { maybe: 77, nested: { $some: null } });
  });

  it("keeps a draft of every variant", async () => {
    await open({ shape: fixture.named("Shape") });
    const variants = within("/shape", "variants").first();
    await variants.selectOption("Rect");
    await input("/shape/Rect/width").fill("2.5");
    await variants.selectOption("Line");
    await input("/shape/Line/1").fill("-4");
    await variants.selectOption("Point");
    assert.deepEqual(await invoked(), { shape: "Point" });
    await variants.selectOption("Rect");
    assert.deepEqual(await invoked(), { shape: { Rect: { width: 2.5, height: 0 } } });
    await variants.selectOption("Line");
    assert.deepEqual(await invoked(), { shape: { Line: [0, -4] } });
  });

  it("offers radios, a list, or a list with a filter by the number of variants", async () => {
    await open({
      unit: fixture.named("Unit"),
      level: fixture.named("Level"),
      color: fixture.named("Color"),
    });
    await radio("/unit", "Miles").check();
    await within("/level", "variants").selectOption("Warn");
    const filter = panel.field("/color").getByRole("combobox");
    await filter.click();
    await filter.fill("ind");
    await filter.press("Enter");
    assert.deepEqual(await invoked(), { unit: "Miles", level: "Warn", color: "Indigo" });
  });

  it("switches a Result between Ok and Err and keeps both", async () => {
    await open({ outcome: fixture.result(fixture.int("u8"), fixture.text) });
    await input("/outcome/Ok").fill("9");
    await radio("/outcome", "Err").check();
    await input("/outcome/Err").fill("no");
    assert.deepEqual(await invoked(), { outcome: { Err: "no" } });
    await radio("/outcome", "Ok").check();
    assert.deepEqual(await invoked(), { outcome: { Ok: 9 } });
  });

  it("adds, duplicates, moves and removes rows, by mouse and by keyboard, and takes it back", async () => {
    await open({ list: fixture.vec(fixture.int("i32")) });
    const handle = (index: number) => within(`/list/${index}`, "row-handle");
    for (const value of ["1", "2", "3"]) {
      await within("/list", "add").click();
      const rows = await within("/list", "row").count();
      await input(`/list/${rows - 1}`).fill(value);
    }
    await handle(2).focus();
    await panel.page.keyboard.press("Alt+ArrowUp");
    assert.deepEqual(await invoked(), { list: [1, 3, 2] });
    await handle(1).focus();
    await panel.page.keyboard.press("Shift+Alt+ArrowDown");
    assert.deepEqual(await invoked(), { list: [1, 3, 3, 2] });
    await panel.page.getByRole("button", { name: "Remove items 0 of list" }).click();
    assert.deepEqual(await invoked(), { list: [3, 3, 2] });
    await handle(0).focus();
    await panel.page.keyboard.press("Delete");
    await panel.page.waitForFunction(() =>
      document.activeElement?.getAttribute("aria-label")?.includes("0 of list"),
    );
    await panel.page.keyboard.press("Control+z");
    assert.deepEqual(await invoked(), { list: [3, 3, 2] });
    await handle(2).dragTo(handle(0));
    assert.deepEqual(await invoked(), { list: [2, 3, 3] });
  });

  it("leaves a list with Escape, step by step", async () => {
    await open({ list: fixture.vec(fixture.int("i32")) });
    await within("/list", "add").click();
    await input("/list/0").focus();
    await panel.page.keyboard.press("Escape");
    assert.equal(
      await panel.page.evaluate(() => document.activeElement?.getAttribute("data-testid")),
      "row-handle",
    );
  });

  it("moves a row's drafts along with it", async () => {
    await open({ shapes: fixture.vec(fixture.named("Shape")) });
    await within("/shapes", "add").click();
    await within("/shapes", "add").click();
    const variants = (index: number) => within(`/shapes/${index}`, "variants").first();
    await variants(0).selectOption("Circle");
    await input("/shapes/0/Circle").fill("7");
    await variants(0).selectOption("Point");
    await within("/shapes/0", "row-handle").focus();
    await panel.page.keyboard.press("Alt+ArrowDown");
    await variants(1).selectOption("Circle");
    assert.deepEqual(await invoked(), { shapes: ["Point", { Circle: 7 }] });
  });

  it("pastes lists as lines, CSV and JSON, and says what does not parse", async () => {
    await open({ list: fixture.vec(fixture.int("u64")), names: fixture.vec(fixture.text) });
    const paste = async (pointer: string, text: string) => {
      await within(pointer, "paste-list").click();
      await within(pointer, "paste-text").fill(text);
      await within(pointer, "paste-add").click();
    };
    await paste("/list", "1\n0x10\n18446744073709551615\n");
    await paste("/list", "4, 5");
    await paste("/list", "[6, 18446744073709551614]");
    await paste("/names", "a, b\nsecond line");
    assert.deepEqual(await invoked(), {
      list: ["1", "16", "18446744073709551615", "4", "5", 6, "18446744073709551614"],
      names: ["a, b", "second line"],
    });
    await within("/list", "paste-list").click();
    await within("/list", "paste-text").fill("[1,");
    assert.equal(await within("/list", "paste-add").isDisabled(), true);
  });

  it("shows a long list page by page", async () => {
    await open({ list: fixture.vec(fixture.int("u16")) });
    const numbers = Array.from({ length: 1234 }, (_, index) => index);
    await within("/list", "paste-list").click();
    await within("/list", "paste-text").fill(numbers.join("\n"));
    await within("/list", "paste-add").click();
    assert.match(await within("/list", "pager").innerText(), /1,200 to 1,233 of 1,234/);
    assert.ok((await within("/list", "row").count()) <= 100);
    assert.deepEqual(await invoked(), { list: numbers });
  });

  it("has a fixed number of rows for an array", async () => {
    await open({ triple: fixture.array(fixture.f32, 3) });
    await input("/triple/2").fill("2.5");
    assert.equal(await within("/triple", "add").count(), 0);
    assert.deepEqual(await invoked(), { triple: [0, 0, 2.5] });
  });

  it("takes maps with any key and tells of a key that is there twice", async () => {
    await open({
      scores: fixture.map(fixture.text, fixture.int("u32")),
      grid: fixture.map(fixture.tuple(fixture.int("i8"), fixture.int("i8")), fixture.text),
    });
    await within("/scores", "add").click();
    await within("/scores", "add").click();
    await input("/scores/0/0").fill("__proto__");
    await input("/scores/0/1").fill("1");
    await input("/scores/1/0").fill("__proto__");
    await input("/scores/1/0").blur();
    assert.match(await message("/scores/1").innerText(), /appears twice \(rows 1 and 2\)/);
    await input("/scores/1/0").fill("7");
    await within("/grid", "add").click();
    await input("/grid/0/0/1").fill("-3");
    await input("/grid/0/1").fill("x");
    const args = await invoked();
    assert.equal(
      JSON.stringify(args),
      JSON.stringify({
        scores: [
          ["__proto__", 1],
          ["7", 0],
        ],
        grid: [[[0, -3], "x"]],
      }),
      "an object would put 7 first, so pairs are sent",
    );
  });

  it("opens recursive types on demand", async () => {
    await open({ tree: fixture.named("Tree") });
    assert.equal(await panel.field("/tree/left/left").count(), 0);
    await radio("/tree/left", "Some").check();
    await input("/tree/left/label").fill("child");
    await within("/tree/children", "add").first().click();
    assert.deepEqual(await invoked(), {
      tree: {
        label: "",
        left: { label: "child", left: null, children: [] },
        children: [{ label: "", left: null, children: [] }],
      },
    });
  });

  it("starts closed below the third level and shows the value in short", async () => {
    await open({ deep: fixture.named("Deep") });
    const closed = panel.field("/deep/a/b/c");
    assert.equal(await closed.getByTestId("toggle").getAttribute("aria-expanded"), "false");
    assert.match(await closed.innerText(), /\{ value: 0, unit: Meters \}/);
    await closed.getByTestId("toggle").click();
    await input("/deep/a/b/c/value").fill("5");
    assert.deepEqual(await invoked(), {
      deep: { a: { b: { c: { value: "5", unit: "Meters" } } } },
    });
  });

  it("looks through newtypes, says why a type is unknown, and warns of what bincode cannot do", async () => {
    await open({
      distance: fixture.named("Meters"),
      when: fixture.mystery,
      loose: fixture.named("Loose"),
    });
    await input("/distance").fill("3");
    await input("/when").fill("0a 0b");
    assert.match(await within("/when", "unknown-reason").innerText(), /chrono was not found/);
    assert.match(await within("/loose", "type-warning").innerText(), /untagged enums/);
    const args = await invoked();
    assert.equal(args["distance"], 3);
    assert.deepEqual(args["when"], { $raw: "hex:0a 0b" });
  });

  it("resets a field to its default", async () => {
    await open({ a: fixture.int("u8"), list: fixture.vec(fixture.text) });
    assert.equal(await within("/a", "reset").count(), 0);
    await input("/a").fill("5");
    await within("/list", "add").click();
    await within("/a", "reset").click();
    await within("/list", "reset").click();
    assert.deepEqual(await invoked(), { a: 0, list: [] });
  });

  it("fills with an example, at random and with nothing, each valid and undoable", async () => {
    await open(fixture.everything.args);
    for (const kind of ["example", "random", "random", "random", "clear"]) {
      await panel.page.getByTestId("fill").click();
      await panel.page.getByTestId(`fill-${kind}`).click();
      await invoked();
    }
    await panel.page.getByTestId("fill").focus();
    await panel.page.keyboard.press("Control+z");
    const args = await invoked();
    assert.notDeepEqual(args["huge"], "0");
  });

  it("fills with the limits of the types, a set at a time, by keyboard", async () => {
    await open({
      count: fixture.int("i16"),
      ratio: fixture.f64,
      name: fixture.text,
      on: fixture.bool,
    });
    const seen: JsonObject[] = [];
    const next = async () => {
      await panel.page.getByTestId("fill").focus();
      await panel.page.keyboard.press("Enter");
      const item = panel.page.getByTestId("fill-boundary");
      for (let steps = 0; steps < 2; steps++) {
        await panel.page.keyboard.press("ArrowDown");
      }
      assert.ok(await item.evaluate((node) => node === document.activeElement));
      const text = await item.innerText();
      await panel.page.keyboard.press("Enter");
      seen.push(await invoked());
      return text;
    };
    assert.match(await next(), /least and empty/);
    const second = await next();
    const count = Number(/greatest and longest, 2 of (\d+)/.exec(second)?.[1]);
    assert.ok(count >= 8, second);
    for (let at = 2; at < count; at++) {
      await next();
    }
    const values = (name: string) => new Set(seen.map((args) => args[name]));
    assert.deepEqual(values("count"), new Set([-32768, 32767, 0, -1, 1]));
    for (const special of ["NaN", "-0", "Infinity", "-Infinity", 0, Number.MAX_VALUE]) {
      assert.ok(values("ratio").has(special), String(special));
    }
    assert.ok(
      values("name").has("") &&
        [...values("name")].some((name) => typeof name === "string" && name.length > 60_000),
    );
    assert.match(await next(), /least and empty/);
    assert.deepEqual(seen.at(-1), seen[0]);
  });

  it("says that a method takes no arguments and puts the focus on Invoke", async () => {
    await open({});
    assert.match(await panel.page.getByTestId("no-arguments").innerText(), /takes no arguments/);
    await panel.page.waitForFunction(() => document.activeElement?.matches("vscode-button.invoke"));
    await panel.page.keyboard.press("Enter");
    assert.deepEqual(await panel.waitForMessage("invoke"), { arguments: {} });
  });

  it("shows names and docs as text, whatever they hold", async () => {
    const evil = "<img src=x onerror=alert(1)><b>bold</b>";
    const state = fixture.panelState({ name: "call", doc: evil, args: { [evil]: fixture.text } });
    panel = await lab.open(state);
    assert.equal(await panel.page.locator("#root img, #root b").count(), 0);
    assert.equal(await panel.page.getByTestId("method-doc").innerText(), evil);
    await panel.page.getByTestId("input").fill(evil);
    assert.deepEqual(await invoked(), { [evil]: evil });
  });
});
