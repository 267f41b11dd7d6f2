// The file that answers host functions, edited in the panel: an edit changes its place and nothing else, the form follows the file,
// and nothing that stands in the file or was typed is lost.

import assert from "node:assert/strict";
import { HostFunctionsPage } from "./hostFunctionsPage.ts";
import { usePanelLab } from "./panelPage.ts";

describe("the file of host functions in the panel", () => {
  const host = new HostFunctionsPage(usePanelLab());

  it("a first value makes the file, all digits are kept, and none that does not fit is written", async () => {
    await host.open(null);
    await host.choose("length", "Value");
    await host.fileIs(
      '{\n  "interfaces": {\n    "Store": {\n      "functions": {\n        "length": { "value": 0 }\n      }\n    }\n  }\n}\n',
    );
    const input = host.functionAt("length").getByTestId("input");
    await input.fill("18446744073709551615");
    await host.panel.page.waitForFunction(() =>
      fake.hostFunctions?.text?.includes('"length": { "value": 18446744073709551615 }'),
    );
    await host.choose("small", "Value");
    await host.functionAt("small").getByTestId("input").fill("256");
    await host.panel.page.keyboard.press("Tab");
    await host.functionAt("small").getByTestId("message").waitFor();
    await host.panel.invoke.click();
    await host.panel.page.waitForFunction(
      () => document.activeElement?.closest("[data-host-function='Store.small']") !== null,
    );
    assert.deepEqual(
      await host.panel.received("invoke"),
      [],
      "the file does not have what is shown",
    );
    await host.functionAt("small").getByTestId("input").fill("255");
    await host.panel.invoke.click();
    await host.panel.waitForMessage("invoke");
    assert.match(
      (await host.fileText()) ?? "",
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
    await host.open(text);
    const notes = host.functionAt("report").locator('[data-pointer="/Store.report/notes"]');
    await notes.getByLabel("Some", { exact: true }).check();
    await notes.getByTestId("input").fill("two\nlines");
    await host.fileIs(text.replace('"notes":null', String.raw`"notes":"two\nlines"`));
  });

  it("an edit of the file shows in the form, also while another answer is typed", async () => {
    await host.open(
      '{ "interfaces": { "Store": { "functions": { "lookup": { "value": "a" } } } } }',
    );
    assert.equal(await host.functionAt("lookup").getByTestId("input").inputValue(), "a");
    await host.choose("small", "Value");
    await host.panel.page.waitForFunction(() => fake.hostFunctions?.text?.includes('"small"'));
    await host.functionAt("small").getByTestId("input").fill("999");
    await host.setFile(
      '{ "interfaces": { "Store": { "functions": { "lookup": { "value": "b" }, "small": { "value": 0 } } } } }',
    );
    await host.panel.page.waitForFunction(
      () =>
        document.querySelector<HTMLTextAreaElement>("[data-host-function='Store.lookup'] textarea")
          ?.value === "b",
    );
    assert.equal(
      await host.functionAt("small").getByTestId("input").inputValue(),
      "999",
      "what is typed and not written yet stays",
    );
    await host.setFile('{ "interfaces": { "Store": { "functions": {} } } }');
    await host
      .functionAt("lookup")
      .getByLabel("No answer")
      .and(host.panel.page.locator(":checked"))
      .waitFor();
  });

  it("what is typed while the file is written is not overtaken", async () => {
    await host.open(
      '{ "interfaces": { "Store": { "functions": { "lookup": { "value": "" } } } } }',
    );
    const input = host.functionAt("lookup").getByTestId("input");
    await input.click();
    const typed = "the quick brown fox jumps over the lazy dog";
    await host.panel.page.keyboard.type(typed, { delay: 25 });
    await host.panel.page.waitForFunction(
      (text) => fake.hostFunctions?.text?.includes(text),
      typed,
    );
    assert.equal(await input.inputValue(), typed);
  });

  it("a file with an error is told with its place, opened there, and never written", async () => {
    const text =
      '{\n  "interfaces": { "Store": { "functions": { "lookup": { "valeu": 1 } } } }\n}\n';
    await host.open(text);
    const problem = host.byId("host-problem").first();
    assert.match(await problem.innerText(), /^2:\d+ "valeu" means nothing here/);
    await problem.getByTestId("open-host-file-at").click();
    const opened = (await host.panel.waitForMessage("hostFunctions")) as {
      kind: string;
      line: number;
    };
    assert.equal(opened.kind, "openFile");
    assert.equal(opened.line, 2);
    assert.equal(await host.panel.page.locator(".host-functions-body [inert]").count(), 1);
    assert.equal(await host.fileText(), text);
    await host.setFile('{ "interfaces": ');
    assert.match(await host.byId("host-problem").first().innerText(), /ends too early/);
    await host.setFile(
      '{ "interfaces": { "Store": { "functions": { "lookup": { "value": "x" } } } } }',
    );
    await host.panel.page.waitForFunction(
      () => document.querySelector(".host-functions-body [inert]") === null,
    );
    assert.equal(await host.functionAt("lookup").getByTestId("input").inputValue(), "x");
  });

  it("a value that does not fit stays in the file until the user decides", async () => {
    const text =
      '{\n  "interfaces": { "Store": { "functions": { "small": { "value": 256 }, "length": { "value": 1 } } } }\n}\n';
    await host.open(text);
    assert.match(
      await host.functionAt("small").getByTestId("host-problem").innerText(),
      /^2:\d+ .*u8/,
    );
    assert.equal(await host.functionAt("small").getByTestId("input").count(), 0);
    await host.functionAt("length").getByTestId("input").fill("2");
    await host.fileIs(text.replace('"length": { "value": 1 }', '"length": { "value": 2 }'));
    await host.functionAt("small").getByTestId("replace-answer").click();
    await host.fileIs(
      text
        .replace('"length": { "value": 1 }', '"length": { "value": 2 }')
        .replace('"value": 256', '"value": 0'),
    );
    assert.equal(await host.functionAt("small").getByTestId("input").inputValue(), "0");
  });

  it("an edit that fails is told, and what was typed stays", async () => {
    await host.open(null);
    await host.panel.page.evaluate(() => {
      fake.hostFileProblem = "the disk is full";
    });
    await host.choose("lookup", "Value");
    await host.functionAt("lookup").getByTestId("input").fill("typed");
    await host.functionAt("lookup").getByText("the disk is full").waitFor();
    assert.equal(await host.functionAt("lookup").getByTestId("input").inputValue(), "typed");
    await host.panel.page.evaluate(() => {
      fake.hostFileProblem = null;
    });
    await host.functionAt("lookup").getByTestId("input").fill("typed again");
    await host.panel.page.waitForFunction(() => fake.hostFunctions?.text?.includes("typed again"));
  });

  it("Undo takes back the last step of the answer that has the focus", async () => {
    await host.open(
      '{ "interfaces": { "Store": { "functions": { "report": { "value": { "total": 1, "notes": null, "shape": "Point", "parts": [], "index": {}, "blob": "hex:" } } } } } }',
    );
    const notes = host.functionAt("report").locator('[data-pointer="/Store.report/notes"]');
    await notes.getByLabel("Some", { exact: true }).check();
    await host.panel.page.waitForFunction(() => fake.hostFunctions?.text?.includes('"notes": ""'));
    await host.panel.page.keyboard.press("Control+z");
    await host.panel.page.waitForFunction(() =>
      fake.hostFunctions?.text?.includes('"notes": null'),
    );
  });

  it("is open again after the page was thrown away, with what was typed last in the file", async () => {
    await host.open(
      '{ "interfaces": { "Store": { "functions": { "lookup": { "value": "" } } } } }',
    );
    await host.functionAt("lookup").getByTestId("input").fill("typed");
    await host.panel.page.evaluate(() => window.dispatchEvent(new Event("blur")));
    await host.panel.page.waitForFunction(() => fake.hostFunctions?.text?.includes('"typed"'));
    const text = await host.fileText();
    await host.panel.page.reload();
    await host.setFile(text);
    assert.equal(await host.functionAt("lookup").getByTestId("input").inputValue(), "typed");
  });
});
