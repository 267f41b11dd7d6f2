// The controls of single values: what they send, what they say, and that no digit is lost.

import assert from "node:assert/strict";
import * as fixture from "./fixture.ts";
import { useForm } from "./formPage.ts";

describe("panel: values in the form", () => {
  const { panel, open, invoked, input, within, radio, message } = useForm();

  for (const theme of ["dark", "light", "hc-dark", "hc-light"] as const) {
    it(`rings a check box that has the focus in the theme's colour: ${theme}`, async () => {
      await open({ flag: fixture.bool }, theme);
      await input("/flag").press("Shift+Tab");
      await panel().page.keyboard.press("Tab");
      const { drawn, wanted } = await input("/flag").evaluate((box) => {
        const { outlineColor, borderTopColor, outlineStyle } = getComputedStyle(box);
        const probe = document.createElement("i");
        probe.style.color = "var(--vscode-focusBorder)";
        box.after(probe);
        const { color } = getComputedStyle(probe);
        probe.remove();
        return {
          drawn: [outlineColor, borderTopColor, outlineStyle],
          wanted: [color, color, "solid"],
        };
      });
      assert.deepEqual(drawn, wanted);
    });
  }

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

  it("has one stop of Tab for all buttons of a number, and arrows between them", async () => {
    await open({ a: fixture.int("i64"), b: fixture.int("u8") });
    const focused = () =>
      panel().page.evaluate(() => {
        const active = document.activeElement;
        const place = active?.closest<HTMLElement>("[data-pointer]")?.dataset["pointer"];
        return `${place ?? ""} ${active?.getAttribute("data-testid") ?? ""}`;
      });
    const keys = async (...names: readonly string[]) => {
      const places: string[] = [];
      for (const name of names) {
        await panel().page.keyboard.press(name);
        places.push(await focused());
      }
      return places;
    };
    await input("/a").fill("5");
    assert.deepEqual(await keys("Tab", "ArrowRight", "ArrowRight", "Enter"), [
      "/a chip-min",
      "/a chip-0",
      "/a chip-max",
      "/a chip-max",
    ]);
    await input("/a").focus();
    assert.deepEqual(await keys("Tab", "Tab"), ["/a chip-min", "/b input"]);
    assert.equal(await input("/a").inputValue(), "9_223_372_036_854_775_807");
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
    assert.match(await panel().page.locator(`[id="${describedBy}"]`).innerText(), /too large/);
    await input("/small").fill("30");
    assert.equal(await message("/small").count(), 0);
  });

  it("takes special floats from the menu and notes what an f32 stores", async () => {
    await open({ a: fixture.f32, b: fixture.f64, c: fixture.f64, d: fixture.f64 });
    await input("/a").fill("0.1");
    assert.equal(await within("/a", "float-note").innerText(), "stored as 0.10000000149");
    await within("/b", "float-menu").click();
    await panel().page.getByTestId("float-menu-nan").click();
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
    await panel().waitForMessage("pickFile");
    assert.deepEqual(await invoked(), { data: { $file: "/data/input.bin" } });
    await radio("/data", "Hex").check();
    await input("/data").fill("ff");
    await radio("/data", "Text").click();
    assert.match(await within("/data", "bytes-remark").innerText(), /not UTF-8/);
    assert.deepEqual(await invoked(), { data: "hex:ff" });
  });

  it("takes a dropped file's bytes", async () => {
    await open({ data: fixture.bytes });
    const data = await panel().page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array([1, 2, 255])], "a.bin"));
      return transfer;
    });
    await panel().field("/data").locator(".bytes-control").dispatchEvent("drop", {
      dataTransfer: data,
    });
    await panel().page.waitForFunction(
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
    const filter = panel().field("/color").getByRole("combobox");
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
});
