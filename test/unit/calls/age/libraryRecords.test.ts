// By which types a library is called that was built here: known by its content, wherever it lies; what is damaged, made by
// others or of another plugin is not believed; and no more is kept than is of use.

import assert from "node:assert/strict";
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LibraryRecords } from "../../../../src/calls/age/libraryRecords.ts";
import { libraryAge } from "../../../../src/calls/age/libraryAge.ts";
import type { PluginSchema } from "../../../../src/model/plugin.ts";
import type { TypeSchema } from "../../../../src/model/schema/schema.ts";
import { sampleMethod, samplePlugin } from "../../../support/schemaSamples.ts";

const u8Type: TypeSchema = { kind: "integer", bits: 8, signed: false, rustType: "u8" };
const { signal } = new AbortController();

function pluginOf(fields: readonly string[], more: Partial<PluginSchema> = {}): PluginSchema {
  return samplePlugin("demo", "Left", {
    interfaceHash: "00112233445566ff",
    methods: [
      sampleMethod("f", {
        arguments: [{ name: "p", type: { kind: "named", id: "demo::P", rustType: "P" } }],
      }),
    ],
    types: {
      "demo::P": {
        kind: "struct",
        name: "P",
        body: { kind: "struct", fields: fields.map((name) => ({ name, type: u8Type })) },
        warnings: [],
      },
    },
    ...more,
  });
}

describe("LibraryRecords", () => {
  let folder = "";
  let kept = "";
  let library = "";
  let records: LibraryRecords;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fidius-records-"));
    kept = join(folder, "kept");
    library = join(folder, "libdemo.so");
    writeFileSync(library, "a library");
    records = new LibraryRecords(kept);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const fieldsOf = async (file: string, plugin = pluginOf(["x"])): Promise<unknown> => {
    const type = (await new LibraryRecords(kept).find(file, plugin))?.types["demo::P"];
    return type?.kind === "struct" && type.body.kind === "struct"
      ? type.body.fields.map(({ name }) => name)
      : undefined;
  };

  it("knows a library by its content, under any name", async () => {
    await records.remember(library, [pluginOf(["x"])]);
    const copy = join(folder, "copy.so");
    copyFileSync(library, copy);
    assert.deepEqual(await fieldsOf(copy), ["x"]);
    writeFileSync(copy, "another library");
    assert.equal(await fieldsOf(copy), undefined);
    assert.equal(await fieldsOf(join(folder, "gone.so")), undefined);
  });

  it("knows a plugin of an opened library, whose id is another one, by its name and interface", async () => {
    await records.remember(library, [pluginOf(["x"])]);
    const opened = (more: Partial<PluginSchema>): PluginSchema =>
      pluginOf(["x", "y"], { id: "/elsewhere/libdemo.so#interface::Left as Calculator", ...more });
    assert.deepEqual(await fieldsOf(library, opened({})), ["x"]);
    for (const more of [{ name: "Right" }, { interfaceName: "Other" }, { interfaceHash: "00" }]) {
      assert.equal(await fieldsOf(library, opened(more)), undefined);
    }
    // Two modules have such a plugin, and nobody knows which one is meant.
    const twin = pluginOf(["z"], { id: "demo::inner::Left as Calculator" });
    await records.remember(library, [pluginOf(["x"]), twin]);
    assert.equal(await fieldsOf(library, opened({})), undefined);
    assert.deepEqual(await fieldsOf(library, twin), ["z"]);
  });

  it("sees that the file was replaced since it was asked about", async () => {
    await records.remember(library, [pluginOf(["x"])]);
    writeFileSync(library, "another");
    assert.equal(await records.find(library, pluginOf(["x"])), undefined);
  });

  it("keeps the newest word on a library, and nothing of spans or sources", async () => {
    await records.remember(library, [pluginOf(["x"])]);
    await records.remember(library, [pluginOf(["renamed"])]);
    assert.deepEqual(await fieldsOf(library), ["renamed"]);
    const [name = ""] = readdirSync(kept);
    assert.doesNotMatch(readFileSync(join(kept, name), "utf8"), /Span/u);
  });

  it("knows nothing of a plugin that was not there, and remembers none without interface", async () => {
    await records.remember(library, [samplePlugin("demo", "Left")]);
    assert.equal(await fieldsOf(library), undefined);
    await records.remember(library, [pluginOf(["x"])]);
    assert.equal(await fieldsOf(library, samplePlugin("demo", "Right")), undefined);
    assert.equal(
      await fieldsOf(library, samplePlugin("demo", "Right", { id: "toString" })),
      undefined,
    );
  });

  it("believes no file that is damaged or says what is no type", async () => {
    await records.remember(library, [pluginOf(["x"])]);
    const [name = ""] = readdirSync(kept);
    const file = join(kept, name);
    const text = readFileSync(file, "utf8");
    for (const wrong of [
      text.slice(1),
      text.replace('"bits":8', '"bits":9'),
      text.replace('"kind":"named"', '"kind":"pointer"'),
      text.replace('"wire":"bincode"', '"wire":"json"'),
      "[]",
      "null",
    ]) {
      assert.notEqual(wrong, text);
      writeFileSync(file, wrong);
      assert.equal(await fieldsOf(library), undefined, wrong.slice(0, 80));
    }
    writeFileSync(file, text);
    assert.deepEqual(await fieldsOf(library), ["x"]);
  });

  it("keeps three hundred libraries, and forgets those first that were built first", async () => {
    for (let index = 0; index < 302; index += 1) {
      writeFileSync(library, `library ${index}`);
      await records.remember(library, [pluginOf(["x"])]);
      if (index < 300) {
        const age = new Date(Date.now() - (1000 - index) * 1000);
        const files = readdirSync(kept).map((name) => join(kept, name));
        const newest = files.find((file) => !aged.has(file));
        assert.ok(newest);
        aged.set(newest, index);
        utimesSync(newest, age, age);
      }
    }
    const left = readdirSync(kept).map((name) => aged.get(join(kept, name)));
    assert.equal(left.length, 300);
    assert.ok(!left.includes(0) && !left.includes(1) && left.includes(2));
    aged.clear();
  });
  const aged = new Map<string, number>();

  it("a folder that cannot be written to costs nothing but the memory", async () => {
    writeFileSync(kept, "a file");
    await records.remember(library, [pluginOf(["x"])]);
    assert.equal(await records.find(library, pluginOf(["x"])), undefined);
  });

  describe("libraryAge", () => {
    const ageOf = async (plugin: PluginSchema): ReturnType<typeof libraryAge> =>
      libraryAge(library, { plugin, method: plugin.methods[0]! }, records, signal);

    it("says nothing of a library that is of today's types", async () => {
      await records.remember(library, [pluginOf(["x"])]);
      const today = pluginOf(["x"]);
      const age = await ageOf(today);
      assert.deepEqual([age.notes, age.isOlder, age.plugin], [[], false, today]);
    });

    it("gives the types of the build, places of today, and what differs", async () => {
      await records.remember(library, [pluginOf(["x"])]);
      const { plugin, method, notes, isOlder } = await ageOf(pluginOf(["x", "y"]));
      assert.deepEqual(plugin.types, pluginOf(["x"]).types);
      assert.deepEqual(method, pluginOf(["x"]).methods[0]);
      assert.equal(isOlder, true);
      assert.deepEqual(notes, [
        "`P` has gained the field `y` since libdemo.so was built; the call uses the types of that build. Build the library again to use those of today.",
      ]);
    });

    it("leaves a library of another version of the interface to the runner, which says what differs", async () => {
      await records.remember(library, [pluginOf(["x"])]);
      const today = pluginOf(["x", "y"], { interfaceHash: "ffffffffffffffff" });
      const age = await ageOf(today);
      assert.deepEqual([age.plugin, age.notes], [today, []]);
    });

    it("tells five differences and how many there are beside them", async () => {
      const many = Array.from({ length: 8 }, (_, index) => `m${index}`);
      const wide: TypeSchema = { ...u8Type, bits: 16, rustType: "u16" };
      const of = (type: TypeSchema): PluginSchema =>
        pluginOf([], {
          types: {
            "demo::P": {
              kind: "struct",
              name: "P",
              body: { kind: "struct", fields: many.map((name) => ({ name, type })) },
              warnings: [],
            },
          },
        });
      await records.remember(library, [of(u8Type)]);
      const { notes } = await ageOf(of(wide));
      assert.match(notes[0] ?? "", /`P\.m4` was `u8` and is `u16`; and 3 more since libdemo\.so/u);
    });
  });
});
