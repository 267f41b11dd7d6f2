// Files that calls may read: chosen ones at once, others when their user says so, once.

import assert from "node:assert/strict";
import { FileConsent } from "../../../src/extension/platform/fileConsent.ts";
import { MemoryStore } from "./memoryStore.ts";

describe("files that calls may read", () => {
  it("are those that were picked, also after a restart; nobody is asked for them", async () => {
    const store = new MemoryStore();
    const ask = (): Promise<boolean> => assert.fail("nobody is asked");
    new FileConsent(store, ask).choose("/home/me/a.bin");
    assert.equal(await new FileConsent(store, ask).mayRead("/home/me/a.bin"), true);
  });

  it("are others only when their user allows it, who is asked once for each", async () => {
    const asked: string[] = [];
    const store = new MemoryStore();
    const ask = (file: string): Promise<boolean> => {
      asked.push(file);
      return Promise.resolve(!file.includes("secret"));
    };
    const consent = new FileConsent(store, ask);
    // At the same time too.
    const both = await Promise.all([consent.mayRead("/a"), consent.mayRead("/a")]);
    assert.deepEqual([...both, await consent.mayRead("/a")], [true, true, true]);
    assert.equal(await new FileConsent(store, ask).mayRead("/a"), true);
    assert.deepEqual(asked, ["/a"]);
    assert.equal(await consent.mayRead("/secret"), false);
    // A refusal is no answer for ever.
    assert.equal(await consent.mayRead("/secret"), false);
    assert.deepEqual(asked, ["/a", "/secret", "/secret"]);
  });

  it("forgets the oldest beyond five hundred, and what is stored in another form", async () => {
    const store = new MemoryStore();
    await store.update("fidius.chosenFiles", { "/a": true });
    let count = 0;
    const consent = new FileConsent(store, () => {
      count += 1;
      return Promise.resolve(false);
    });
    for (let index = 0; index <= 500; index += 1) {
      consent.choose(`/${index}`);
    }
    assert.deepEqual(
      [await consent.mayRead("/0"), await consent.mayRead("/1"), await consent.mayRead("/a")],
      [false, true, false],
    );
    assert.equal(count, 2);
  });
});
