// The file of a stream's kept items: whole or as it was before, with the bytes of what is no value.

import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PanelItems } from "../../../src/extension/bridge/streamItems.ts";
import { writeItems } from "../../../src/extension/panel/itemExport.ts";
import { StreamBuffer } from "../../../src/extension/panel/streamBuffer.ts";
import { method, plugin, types } from "../../host/fixtureSchemas.ts";

const count = method("count", { slot: 0, stream: "server", returns: types.u64 });
const schema = plugin("Streams", "Streaming", [count]);
const never = new AbortController().signal;

describe("export of a stream's items", () => {
  let folder: string;
  let file: string;
  let stream: StreamBuffer;
  let items: PanelItems;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "fidius-export-"));
    file = join(folder, "items.ndjson");
    stream = new StreamBuffer({ plugin: schema, method: count, maxItems: 100, serial: 1 });
    items = new PanelItems(stream, schema, () => Promise.resolve(undefined));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const add = (index: number, bytes: Uint8Array): void => {
    stream.item({ direction: "out", index, atMs: index, bytes });
  };
  const read = async (): Promise<readonly unknown[]> =>
    (await readFile(file, "utf8"))
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown);

  it("holds values, and the bytes of what is none", async () => {
    add(0, Uint8Array.of(42, 0, 0, 0, 0, 0, 0, 0));
    add(1, Uint8Array.of(1));
    const progress: string[] = [];
    const written = await writeItems(file, stream, items, never, (done, total) => {
      progress.push(`${String(done)}/${String(total)}`);
    });
    const [first, second] = (await read()) as [unknown, { problem: string; value: unknown }];
    assert.deepEqual(first, { direction: "out", index: 0, atMs: 0, bytes: 8, value: 42 });
    assert.deepEqual(second.value, { $raw: "hex:01" });
    assert.match(second.problem, /byte/u);
    assert.deepEqual(written, { count: 2, problems: 1, firstProblem: second.problem });
    assert.deepEqual(progress, ["1/2", "2/2"]);
    assert.deepEqual(await readdir(folder), ["items.ndjson"]);
  });

  it("takes the place of the old file only when it is whole", async () => {
    await writeFile(file, "before");
    for (let index = 0; index < 50; index += 1) {
      add(index, new Uint8Array(8));
    }
    const controller = new AbortController();
    const written = await writeItems(file, stream, items, controller.signal, (done) => {
      if (done === 20) {
        controller.abort();
      }
    });
    assert.equal(written, null);
    assert.equal(await readFile(file, "utf8"), "before");
    assert.deepEqual(await readdir(folder), ["items.ndjson"]);
  });

  it("is what was kept when it was asked for, whatever comes meanwhile", async () => {
    for (let index = 0; index < 100; index += 1) {
      add(index, new Uint8Array(8));
    }
    await writeItems(file, stream, items, never, (done) => {
      add(100 + done, new Uint8Array(8));
    });
    const indices = (await read()).map((line) => (line as { index: number }).index);
    assert.deepEqual(
      indices,
      Array.from({ length: 100 }, (_, index) => index),
    );
  });
});
