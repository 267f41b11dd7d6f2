// The form as a whole: defaults, problems, what opens when, what fills it, and texts of any kind.

import assert from "node:assert/strict";
import type { JsonObject } from "../../src/model/value/value.ts";
import * as fixture from "./fixture.ts";
import { useForm } from "./formPage.ts";

describe("panel: form", () => {
  const { panel, open, openMethod, invoked, input, within, radio, message } = useForm();

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

  it("leads to each problem instead of sending", async () => {
    await open({ a: fixture.int("u8"), list: fixture.vec(fixture.int("i8")), key: fixture.key32 });
    await input("/a").fill("x");
    await input("/key").fill("00 1");
    await panel().addRow("/list");
    await input("/list/0").fill("1000");
    await panel().field("/list").getByTestId("toggle").first().click();
    await panel().invoke.click();
    const summary = panel().page.getByTestId("problem-summary");
    assert.match(await summary.innerText(), /3 fields need attention/);
    await panel().page.waitForFunction(() =>
      document.activeElement?.closest('[data-pointer="/a"]'),
    );
    await panel().page.keyboard.press("F8");
    await panel().page.waitForFunction(() =>
      document.activeElement?.closest('[data-pointer="/list/0"]'),
    );
    await panel().page.keyboard.press("F8");
    await panel().page.waitForFunction(() =>
      document.activeElement?.closest('[data-pointer="/key"]'),
    );
    assert.match(await message("/key").innerText(), /at column 4/, "counted without the prefix");
    await panel().page.getByTestId("problem-link").first().click();
    await panel().page.waitForFunction(() =>
      document.activeElement?.closest('[data-pointer="/a"]'),
    );
    assert.equal((await panel().received("invoke")).length, 0);
  });

  it("opens recursive types on demand", async () => {
    await open({ tree: fixture.named("Tree") });
    assert.equal(await panel().field("/tree/left/left").count(), 0);
    await radio("/tree/left", "Some").check();
    await input("/tree/left/label").fill("child");
    await panel().addRow("/tree/children");
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
    const closed = panel().field("/deep/a/b/c");
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
    await panel().addRow("/list");
    await within("/a", "reset").click();
    await within("/list", "reset").click();
    assert.deepEqual(await invoked(), { a: 0, list: [] });
  });

  it("fills with an example, at random and with nothing, each valid and undoable", async () => {
    await open(fixture.everything.args);
    for (const kind of ["example", "random", "random", "random", "clear"]) {
      await panel().page.getByTestId("fill").click();
      await panel().page.getByTestId(`fill-${kind}`).click();
      await invoked();
    }
    await panel().page.getByTestId("fill").focus();
    await panel().page.keyboard.press("Control+z");
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
      await panel().page.getByTestId("fill").focus();
      await panel().page.keyboard.press("Enter");
      const item = panel().page.getByTestId("fill-boundary");
      for (let steps = 0; steps < 2; steps++) {
        await panel().page.keyboard.press("ArrowDown");
      }
      assert.ok(await item.evaluate((node) => node === document.activeElement));
      const text = await item.innerText();
      await panel().page.keyboard.press("Enter");
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
    assert.match(await panel().page.getByTestId("no-arguments").innerText(), /takes no arguments/);
    await panel().page.waitForFunction(() =>
      document.activeElement?.matches("vscode-button.invoke"),
    );
    await panel().page.keyboard.press("Enter");
    assert.deepEqual(await panel().waitForMessage("invoke"), { arguments: {}, mode: "run" });
  });

  it("shows names and docs as text, whatever they hold", async () => {
    const evil = "<img src=x onerror=alert(1)><b>bold</b>";
    await openMethod({ name: "call", doc: evil, args: { [evil]: fixture.text } });
    assert.equal(await panel().page.locator("#root img, #root b").count(), 0);
    assert.equal(await panel().page.getByTestId("method-doc").innerText(), evil);
    await panel().page.getByTestId("input").fill(evil);
    assert.deepEqual(await invoked(), { [evil]: evil });
  });
});
