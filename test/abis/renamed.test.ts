// Names that serde's attributes change, and enums that are tagged: in the JSON of a debug build of 0.0 they are what crosses, in
// the bincode of its release build they are not. A real library reads and writes both.

import assert from "node:assert/strict";
import { loadProject } from "../../src/cli/options/project/loadProject.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { PluginSchema } from "../../src/model/plugin.ts";
import type { JsonValue } from "../../src/model/value/value.ts";
import { TestRunner, valueOf } from "../host/harness.ts";
import { builtLine, lineFolder, lineName, lines } from "./lines.ts";

for (const line of lines.filter(({ folder }) => folder === "0.0.5")) {
  describe(`names of serde in Fidius ${lineName(line)}`, function () {
    this.timeout(600_000);
    let test: TestRunner;
    let plugin: PluginSchema;
    let library = "";

    before(async () => {
      test = await TestRunner.create();
      const model = await loadProject(lineFolder(line), nullLogger);
      const found = model.plugins.find(({ name }) => name === "Names");
      assert.ok(found);
      plugin = found;
      ({ library } = await builtLine(line));
    });
    after(() => test.dispose());

    const call = async (method: string, args: Readonly<Record<string, JsonValue>>) =>
      valueOf(await test.call(library, plugin, method, args));

    const kinds: readonly JsonValue[] = [
      "PlainOne",
      { WithParts: { some_part: 7, one_sided: -3 } },
      { Listed: ["PlainOne", { Listed: [] }, { WithParts: { some_part: 0, one_sided: 127 } }] },
    ];
    for (const kind of kinds) {
      it(`go there and back: ${JSON.stringify(kind)}`, async () => {
        const value = { first_name: "Ada", age: "18446744073709551613", type: kind };
        assert.deepEqual(await call("older", { value }), { ...value, age: "18446744073709551614" });
      });
    }

    it("are read in results of tagged enums", async () => {
      const results = async (method: string): Promise<readonly unknown[]> => [
        await call(method, { which: 0 }),
        await call(method, { which: 1 }),
        await call(method, { which: 2 }),
      ];
      assert.deepEqual(await results("tagged"), [
        "Nothing",
        { Named: { full_name: "Ada" } },
        { Wrapped: { dividend: 6, divisor: 3 } },
      ]);
      assert.deepEqual(await results("adjacent"), [
        "BareOne",
        { TwoNumbers: [1, "18446744073709551615"] },
        { InFields: { first_field: "340282366920938463463374607431768211455" } },
      ]);
    });

    if (line.values === "json") {
      it("are given as JSON where a tagged enum is an argument", async () => {
        const json = (text: string): JsonValue => ({ $raw: `text:${text}` });
        const named = json(`{"kind":"named","full_name":"Ada"}`);
        assert.equal(await call("is_named", { value: named }), true);
        assert.equal(await call("is_named", { value: json(`{"kind":"nothing"}`) }), false);
      });
    }
  });
}
