// Lists, arrays and maps in the form: rows added, moved, pasted and removed, and none lost.

import assert from "node:assert/strict";
import * as fixture from "./fixture.ts";
import { useForm } from "./formPage.ts";

describe("panel: lists and maps in the form", () => {
  const { panel, open, invoked, input, within, message } = useForm();

  it("adds, duplicates, moves and removes rows, by mouse and by keyboard, and takes it back", async () => {
    await open({ list: fixture.vec(fixture.int("i32")) });
    const handle = (index: number) => within(`/list/${index}`, "row-handle");
    for (const value of ["1", "2", "3"]) {
      await panel().addRow("/list");
      const rows = await within("/list", "row").count();
      await input(`/list/${rows - 1}`).fill(value);
    }
    await handle(2).focus();
    await panel().page.keyboard.press("Alt+ArrowUp");
    assert.deepEqual(await invoked(), { list: [1, 3, 2] });
    await handle(1).focus();
    await panel().page.keyboard.press("Shift+Alt+ArrowDown");
    assert.deepEqual(await invoked(), { list: [1, 3, 3, 2] });
    await panel().page.getByRole("button", { name: "Remove item 1 of list" }).click();
    assert.deepEqual(await invoked(), { list: [3, 3, 2] });
    await handle(0).focus();
    await panel().page.keyboard.press("Delete");
    await panel().page.waitForFunction(() =>
      document.activeElement?.getAttribute("aria-label")?.includes("item 1 of list"),
    );
    await panel().page.keyboard.press("Control+z");
    assert.deepEqual(await invoked(), { list: [3, 3, 2] });
    await handle(2).dragTo(handle(0));
    assert.deepEqual(await invoked(), { list: [2, 3, 3] });
  });

  it("leaves a list with Escape, step by step", async () => {
    await open({ list: fixture.vec(fixture.int("i32")) });
    await panel().addRow("/list");
    await input("/list/0").focus();
    await panel().page.keyboard.press("Escape");
    assert.equal(
      await panel().page.evaluate(() => document.activeElement?.getAttribute("data-testid")),
      "row-handle",
    );
  });

  it("moves a row's drafts along with it", async () => {
    await open({ shapes: fixture.vec(fixture.named("Shape")) });
    await panel().addRow("/shapes");
    await panel().addRow("/shapes");
    const variants = (index: number) => within(`/shapes/${index}`, "variants").first();
    await variants(0).selectOption("Circle");
    await input("/shapes/0/Circle").fill("7");
    await variants(0).selectOption("Point");
    await within("/shapes/0", "row-handle").focus();
    await panel().page.keyboard.press("Alt+ArrowDown");
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
    await panel().addRow("/scores");
    await panel().addRow("/scores");
    await input("/scores/0/0").fill("__proto__");
    await input("/scores/0/1").fill("1");
    await input("/scores/1/0").fill("__proto__");
    await input("/scores/1/0").blur();
    assert.match(await message("/scores/1").innerText(), /appears twice \(rows 1 and 2\)/);
    await input("/scores/1/0").fill("7");
    await panel().addRow("/grid");
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
});
