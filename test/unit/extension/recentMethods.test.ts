// The recent list: newest first, each method once, bounded, and sorting that keeps the rest in order.

import assert from "node:assert/strict";
import { methodKey, methodOfKey } from "../../../src/extension/methodKey.ts";
import { RecentMethods } from "../../../src/extension/recentMethods.ts";
import type { MethodTarget } from "../../../src/protocol/lsp.ts";
import { MemoryStore } from "./memoryStore.ts";

const target = (method: string): MethodTarget => ({ pluginId: "demo::P as T", method });

describe("RecentMethods", () => {
  it("lists each method once, newest first", async () => {
    const recent = new RecentMethods(new MemoryStore());
    for (const method of ["a", "b", "a", "c"]) {
      await recent.add(target(method));
    }
    assert.deepEqual(recent.list(), [target("c"), target("a"), target("b")]);
    assert.equal(recent.isRecent(target("b")), true);
    assert.equal(recent.isRecent(target("d")), false);
  });

  it("keeps the last fifty", async () => {
    const recent = new RecentMethods(new MemoryStore());
    for (let index = 0; index < 60; index++) {
      await recent.add(target(`m${index}`));
    }
    assert.equal(recent.list().length, 50);
    assert.deepEqual(recent.list().at(-1), target("m10"));
  });

  it("sorts recent ones to the front and leaves the others in order", async () => {
    const recent = new RecentMethods(new MemoryStore());
    await recent.add(target("c"));
    await recent.add(target("gone"));
    await recent.add(target("b"));
    assert.deepEqual(recent.sort(["a", "b", "c", "d"], target), ["b", "c", "a", "d"]);
  });

  it("ignores what it did not store", async () => {
    const store = new MemoryStore();
    await store.update("fidius.recentMethods", ["no separator", 4, "demo::P as T#a", "x#"]);
    assert.deepEqual(new RecentMethods(store).list(), [target("a")]);
  });
});

describe("methodKey", () => {
  it("is read back by methodOfKey", () => {
    assert.deepEqual(methodOfKey(methodKey(target("add"))), target("add"));
  });
});
