// The input of a stream: items wait until the plugin asks, in order, and everybody learns what became of theirs.

import assert from "node:assert/strict";
import { StreamInput } from "../../../src/runner/stream/streamInput.ts";

describe("a stream's input", () => {
  const item = (value: number): Uint8Array => Uint8Array.of(value);

  function create(): { input: StreamInput; log: string[] } {
    const log: string[] = [];
    const input = new StreamInput({
      onWaiting: () => log.push("waiting"),
      onAnswer: (bytes) => log.push(bytes === null ? "finished" : `item ${String(bytes[0])}`),
    });
    return { input, log };
  }

  it("gives what was offered before it was asked for, in order", async () => {
    const { input, log } = create();
    const taken = [input.send(item(1)), input.send(item(2))];
    assert.deepEqual(await input.next(), { kind: "item", bytes: item(1) });
    assert.deepEqual(await input.next(), { kind: "item", bytes: item(2) });
    assert.deepEqual(await Promise.all(taken), [true, true]);
    assert.deepEqual(log, ["item 1", "item 2"]);
  });

  it("lets the plugin wait for an item, or for the end", async () => {
    const { input, log } = create();
    const first = input.next();
    assert.deepEqual(log, ["waiting"]);
    assert.equal(await input.send(item(7)), true);
    assert.deepEqual(await first, { kind: "item", bytes: item(7) });
    const second = input.next();
    input.finish();
    assert.deepEqual(await second, { kind: "finished" });
    assert.deepEqual(await input.next(), { kind: "finished" });
    assert.deepEqual(log, ["waiting", "item 7", "waiting", "finished", "finished"]);
  });

  it("gives what was offered before the end", async () => {
    const { input } = create();
    const taken = input.send(item(1));
    input.finish();
    assert.equal(await input.send(item(2)), false);
    assert.deepEqual(await input.next(), { kind: "item", bytes: item(1) });
    assert.deepEqual(await input.next(), { kind: "finished" });
    assert.equal(await taken, true);
  });

  it("tells those whose items nobody will take", async () => {
    const { input } = create();
    const waiting = input.send(item(1));
    input.close();
    assert.equal(await waiting, false);
    assert.equal(await input.send(item(2)), false);
  });
});
