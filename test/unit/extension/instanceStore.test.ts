// Configurations of instances in the workspace's storage: names, selection, and what comes back after a reload.

import assert from "node:assert/strict";
import { InstanceStore } from "../../../src/extension/panel/instanceStore.ts";
import { MemoryStore } from "./memoryStore.ts";

describe("the instance store", () => {
  let memory: MemoryStore;
  let store: InstanceStore;
  let count: number;

  const open = (): InstanceStore => new InstanceStore(memory, () => `id${String(++count)}`);

  beforeEach(() => {
    memory = new MemoryStore();
    count = 0;
    store = open();
  });

  it("keeps several per plugin, the newest selected, and finds them after a reload", () => {
    store.add("p", "one", { level: 1 });
    store.add("p", "two", { level: 2 });
    store.add("q", "other", "text");
    store.select("p", "id1");
    const again = open();
    assert.deepEqual(
      again.of("p").list.map(({ name, configuration }) => [name, configuration]),
      [
        ["one", { level: 1 }],
        ["two", { level: 2 }],
      ],
    );
    assert.equal(again.selected("p")?.name, "one");
    assert.equal(again.selected("q")?.configuration, "text");
    assert.equal(again.selected("r"), undefined);
  });

  it("makes names from configurations and keeps them apart", () => {
    store.add("p", "  ", { greeting: "Hi", level: 2 });
    store.add("p", "", { greeting: "Hi", level: 2 });
    store.add("p", "", {});
    store.add("p", "", { text: "x".repeat(100) });
    const names = store.of("p").list.map(({ name }) => name);
    assert.deepEqual(names.slice(0, 3), [
      "greeting:Hi, level:2",
      "greeting:Hi, level:2 (2)",
      "instance",
    ]);
    assert.equal(names[3]?.length, 40);
  });

  it("renames, but to no empty and no taken name", () => {
    store.add("p", "one", 1);
    store.add("p", "two", 2);
    store.rename("p", "id1", "two");
    store.rename("p", "id2", "  ");
    assert.deepEqual(
      store.of("p").list.map(({ name }) => name),
      ["two (2)", "two"],
    );
  });

  it("selects a neighbour of what is removed", () => {
    for (const name of ["a", "b", "c"]) {
      store.add("p", name, name);
    }
    store.remove("p", "id3");
    assert.equal(store.selected("p")?.name, "b");
    store.remove("p", "id1");
    assert.equal(store.selected("p")?.name, "b", "another than the selected one");
    store.remove("p", "id2");
    assert.deepEqual(store.of("p"), { list: [], selected: null });
  });

  it("drops what another version has stored", async () => {
    await memory.update("fidius.instances", [["p", { list: [{ id: 1 }, null], selected: "x" }], 3]);
    assert.deepEqual(open().of("p"), { list: [], selected: null });
  });
});
