// What the panel keeps of a stream: the last items within both bounds, and what the page is told, however fast they come.

import assert from "node:assert/strict";
import fc from "fast-check";
import { StreamBuffer } from "../../../src/extension/panel/streamBuffer.ts";
import type { StreamControl, StreamItem } from "../../../src/model/stream.ts";
import type { StreamRow } from "../../../src/protocol/panelStream.ts";
import { method, plugin, types } from "../../host/fixtureSchemas.ts";

const count = method("count", { slot: 0, stream: "server", returns: types.u64 });
const scale = method("scale", {
  slot: 1,
  stream: "bidirectional",
  returns: types.i64,
  streamArgument: { name: "items", type: types.i64 },
});
const schema = plugin("Streams", "Streaming", [count, scale]);

function u64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true);
  return bytes;
}

function item(index: number, bytes: Uint8Array = u64(index)): StreamItem {
  return { direction: "out", index, atMs: index, bytes };
}

/** Records what is asked of the runner. */
function control(log: string[], isTaken = true): StreamControl {
  return {
    next: (wanted) => log.push(`next ${String(wanted)}`),
    run: () => log.push("run"),
    pause: () => log.push("pause"),
    send: (bytes) => {
      log.push(`send ${[...bytes].join()}`);
      return Promise.resolve(isTaken);
    },
    finishInput: () => log.push("finish"),
    close: () => log.push("close"),
  };
}

describe("the panel's buffer of a stream", () => {
  const create = (maxItems: number, maxBytes?: number): StreamBuffer =>
    new StreamBuffer({
      plugin: schema,
      method: count,
      maxItems,
      ...(maxBytes === undefined ? {} : { maxBytes }),
      serial: 1,
    });

  it("keeps the last items in number and in bytes, whatever comes", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 400 }),
        fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 80 }),
        (maxItems, maxBytes, sizes) => {
          const buffer = create(maxItems, maxBytes);
          sizes.forEach((size, index) => {
            buffer.item(item(index, new Uint8Array(size)));
          });
          const { rows, status } = buffer.whole();
          const kept = rows.map(({ bytes }) => bytes);
          assert.deepEqual(kept, sizes.slice(sizes.length - kept.length));
          assert.deepEqual([status.kept, status.received], [kept.length, sizes.length]);
          assert.ok(kept.length <= maxItems);
          const total = kept.reduce((sum, size) => sum + size, 0);
          assert.ok(total <= maxBytes || kept.length === 1);
          // No more is dropped than has to be.
          const before = sizes[sizes.length - kept.length - 1];
          assert.ok(before === undefined || kept.length === maxItems || total + before > maxBytes);
        },
      ),
    );
  });

  it("tells the page only what is new; what it has then is what is kept", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 12 }), (batches) => {
        const buffer = create(1000);
        let page: readonly StreamRow[] = [];
        const take = (): void => {
          const { isWhole, rows, status } = buffer.news();
          page = (isWhole ? rows : [...page, ...rows]).slice(-status.kept);
        };
        let index = 0;
        for (const size of batches) {
          buffer.waits("plugin");
          for (let each = 0; each < size; each += 1) {
            buffer.item(item(index));
            index += 1;
          }
          take();
        }
        buffer.waits("user");
        take();
        assert.deepEqual(page, buffer.whole().rows);
      }),
    );
  });

  it("shows values, and bytes that are none", () => {
    const buffer = create(10);
    buffer.item(item(0, u64(42)));
    buffer.item(item(1, Uint8Array.of(1)));
    const [first, second] = buffer.whole().rows;
    assert.deepEqual([first?.text, first?.isReadable], ["42", true]);
    assert.equal(second?.isReadable, false);
    assert.equal(buffer.valueOf(0)?.value, "42");
    assert.match(buffer.valueOf(1)?.problem ?? "", /byte/);
    assert.equal(buffer.valueOf(9), null);
    const texts = buffer.keptItems().map((each) => buffer.textOf(each));
    assert.deepEqual(texts[0], { ok: true, value: "42" });
    assert.equal(texts[1]?.ok, false);
  });

  it("passes commands on while the stream is open, and knows whether it runs", () => {
    const log: string[] = [];
    const buffer = create(10);
    buffer.command({ kind: "run" });
    assert.deepEqual(log, []);
    buffer.opened(control(log));
    buffer.command({ kind: "run" });
    assert.equal(buffer.whole().status.isRunning, true);
    buffer.command({ kind: "pause" });
    buffer.command({ kind: "next", count: 10 });
    buffer.command({ kind: "drop" });
    assert.deepEqual(log, ["run", "pause", "next 10", "close"]);
    buffer.command({ kind: "run" });
    buffer.panicked({ message: "no item here" });
    assert.deepEqual(
      [buffer.whole().status.panic, buffer.whole().status.isRunning],
      ["no item here", false],
    );
    buffer.ended();
    buffer.command({ kind: "run" });
    assert.equal(buffer.whole().status.wait, "ended");
  });

  it("offers items of the input, and says why one cannot be", async () => {
    const log: string[] = [];
    const buffer = new StreamBuffer({ plugin: schema, method: scale, maxItems: 10, serial: 1 });
    assert.match(buffer.send("1") ?? "", /takes no more items/);
    buffer.opened(control(log));
    assert.equal(buffer.send("-1"), null);
    assert.equal(buffer.whole().status.offered, 1);
    assert.match(buffer.send("x") ?? "", /i64/);
    assert.equal(await buffer.sendLine(" 2 "), null);
    assert.match((await buffer.sendLine('"two"')) ?? "", /i64/);
    assert.match((await buffer.sendLine("{")) ?? "", /./);
    assert.equal(buffer.whole().status.offered, 0);
    buffer.command({ kind: "finishInput" });
    assert.match(buffer.send("3") ?? "", /input is over/);
    assert.deepEqual(log, [
      "send 255,255,255,255,255,255,255,255",
      "send 2,0,0,0,0,0,0,0",
      "finish",
    ]);
  });
});
