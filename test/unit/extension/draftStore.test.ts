// Drafts: one per method, back after a reload, bounded, and safe against what an older version stored.

import assert from "node:assert/strict";
import { DraftStore, emptyDraft } from "../../../src/extension/panel/draftStore.ts";
import type { Draft } from "../../../src/protocol/draft.ts";
import { MemoryStore } from "./memoryStore.ts";

const draft = (text: string): Draft => ({
  arguments: { text },
  jsonText: null,
  tab: "json",
  timeoutSeconds: 5,
});

describe("DraftStore", () => {
  it("starts with an empty draft", () => {
    assert.deepEqual(new DraftStore(new MemoryStore()).get("a#b"), emptyDraft);
  });

  it("keeps methods apart and brings their drafts back after a reload", async () => {
    const store = new MemoryStore();
    const drafts = new DraftStore(store);
    drafts.set("a#one", draft("1"));
    drafts.set("a#two", draft("2"));
    await drafts.flush();
    const reloaded = new DraftStore(store);
    assert.deepEqual(reloaded.get("a#one"), draft("1"));
    assert.deepEqual(reloaded.get("a#two"), draft("2"));
  });

  it("gathers many changes into one write", async () => {
    const store = new MemoryStore();
    const drafts = new DraftStore(store);
    for (let index = 0; index < 20; index++) {
      drafts.set("a#one", draft(String(index)));
    }
    await drafts.flush();
    await drafts.flush();
    assert.equal(store.writes, 1);
    assert.deepEqual(new DraftStore(store).get("a#one"), draft("19"));
  });

  it("writes what is left when it is disposed", () => {
    const store = new MemoryStore();
    const drafts = new DraftStore(store);
    drafts.set("a#one", draft("1"));
    drafts.dispose();
    assert.deepEqual(new DraftStore(store).get("a#one"), draft("1"));
  });

  it("forgets the least recently changed of more than a hundred", async () => {
    const store = new MemoryStore();
    const drafts = new DraftStore(store);
    for (let index = 0; index < 100; index++) {
      drafts.set(`a#${index}`, draft("x"));
    }
    drafts.set("a#0", draft("changed"));
    drafts.set("a#new", draft("new"));
    await drafts.flush();
    const reloaded = new DraftStore(store);
    assert.deepEqual(reloaded.get("a#0"), draft("changed"));
    assert.deepEqual(reloaded.get("a#1"), emptyDraft);
    assert.deepEqual(reloaded.get("a#new"), draft("new"));
  });

  it("keeps a huge draft for the session without storing it", async () => {
    const store = new MemoryStore();
    const drafts = new DraftStore(store);
    const huge = draft("x".repeat(300_000));
    drafts.set("a#huge", huge);
    drafts.set("a#small", draft("s"));
    await drafts.flush();
    assert.equal(drafts.get("a#huge"), huge);
    const reloaded = new DraftStore(store);
    assert.deepEqual(reloaded.get("a#huge"), emptyDraft);
    assert.deepEqual(reloaded.get("a#small"), draft("s"));
  });

  for (const stored of [
    null,
    "text",
    [["a#one", { arguments: [], jsonText: null, tab: "form", timeoutSeconds: null }]],
    [["a#one", { arguments: {}, jsonText: null, tab: "hex", timeoutSeconds: null }]],
    [["a#one", { arguments: {}, jsonText: 3, tab: "form", timeoutSeconds: null }]],
    [["a#one"], 3, null],
  ]) {
    it(`starts empty from ${JSON.stringify(stored)}`, async () => {
      const store = new MemoryStore();
      await store.update("fidius.drafts", stored);
      assert.deepEqual(new DraftStore(store).get("a#one"), emptyDraft);
    });
  }
});
