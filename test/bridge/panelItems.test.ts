// Items of a panel's stream through a real bridge: rows, a whole item, an export, and what is sent.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Bridges, type Bridge } from "../../src/bridge/bridges.ts";
import { plainBuild } from "../../src/cargo/graph/buildChoice.ts";
import type { BridgeRequest } from "../../src/bridge/bridgeRequest.ts";
import { lossyItemNote } from "../../src/calls/bridgedItems.ts";
import type { OpenBridge } from "../../src/calls/bridging.ts";
import { loadProject } from "../../src/cli/options/project/loadProject.ts";
import { PanelItems } from "../../src/extension/bridge/streamItems.ts";
import { writeItems } from "../../src/extension/panel/itemExport.ts";
import { StreamBuffer } from "../../src/extension/panel/streamBuffer.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { PluginSchema } from "../../src/model/plugin.ts";
import { distFolder, repositoryRoot, testTargetFolder } from "../support/fixtureLibraries.ts";

const dist = distFolder();
const fixture = join(repositoryRoot, "test/bridge/fixture");
const never = new AbortController().signal;

describe("items of a panel's stream through the bridge", function () {
  this.timeout(600_000);
  let plugin: PluginSchema;
  let request: BridgeRequest;
  let bridges: Bridges;
  let bridge: Bridge | undefined;
  let sent: number[][];

  before(async () => {
    const { interfaces, plugins } = await loadProject(fixture, nullLogger);
    const found = interfaces.find(({ name }) => name === "Wobbling");
    const wobbler = plugins.find(({ interfaceName }) => interfaceName === "Wobbling");
    assert.ok(found !== undefined && wobbler !== undefined);
    plugin = wobbler;
    request = {
      interface: found,
      workspaceRoot: found.crate.workspaceRoot,
      cargoPath: null,
      environment: {},
      build: { manifestPath: null, choice: plainBuild },
      targetDirectory: testTargetFolder(),
      runtimeFolder: join(dist, "bridge"),
    };
  });
  beforeEach(() => {
    bridges = new Bridges();
    sent = [];
  });
  afterEach(() => {
    bridges.dispose();
  });

  const open: OpenBridge = async (signal) => {
    const opened = await bridges.open(request, {}, signal);
    bridge = opened.ok ? opened.value : undefined;
    return opened;
  };

  /** A stream of `echoes` that has crossed these items in both directions. */
  function streamOf(values: readonly number[], isReady = true): [StreamBuffer, PanelItems] {
    const method = plugin.methods.find(({ name }) => name === "echoes");
    assert.ok(method !== undefined);
    const stream = new StreamBuffer({ plugin, method, maxItems: 1000, serial: 1 });
    stream.opened({
      next: () => undefined,
      run: () => undefined,
      pause: () => undefined,
      send: (bytes) => Promise.resolve(sent.push([...bytes]) > 0),
      finishInput: () => undefined,
      close: () => undefined,
    });
    values.forEach((value, index) => {
      const direction = index % 2 === 0 ? "in" : "out";
      stream.item({ direction, index: index >> 1, atMs: index, bytes: Uint8Array.of(value) });
    });
    return [
      stream,
      new PanelItems(stream, plugin, () => Promise.resolve(isReady ? open : undefined)),
    ];
  }

  it("rows of both directions are JSON; one that is refused, or ends the bridge, costs no other its text", async () => {
    const [, items] = streamOf([1, 2, 15, 13, 3, 4]);
    const texts = await items.rowTexts([0, 1, 2, 3, 4, 5, 99]);
    assert.deepEqual(
      texts.map(({ sequence, text }) => [sequence, text]),
      [
        [0, '"number 1"'],
        [1, '"number 2"'],
        [2, null],
        [3, null],
        [4, '"number 3"'],
        [5, '"number 4"'],
      ],
    );
    assert.match(texts[2]?.problem ?? "", /fifteen is refused/u);
    assert.match(texts[3]?.problem ?? "", /The bridge's process ended \(SIGABRT\)/u);
    assert.equal(texts[4]?.problem, null);
  });

  it("an item that another's death interrupts is read in a new process", async () => {
    const [, items] = streamOf([1, 2, 3, 4, 5, 6]);
    assert.equal((await items.rowTexts([0]))[0]?.text, '"number 1"');
    const reading = items.rowTexts([0, 1, 2, 3, 4, 5]);
    // Somebody else's item ends the process that answers these.
    await bridge?.decode("echoes", "value", Uint8Array.of(13));
    assert.deepEqual(
      (await reading).map(({ text }) => text),
      [1, 2, 3, 4, 5, 6].map((value) => `"number ${String(value)}"`),
    );
  });

  it("who asks at once shares one process", async () => {
    const [, items] = streamOf([1, 2]);
    const all = await Promise.all(Array.from({ length: 20 }, () => items.rowTexts([0, 1])));
    assert.equal(all.flat().length, 40);
    const opened = await Promise.all([open(never), open(never), open(never)]);
    assert.equal(new Set(opened.map((each) => each.ok && each.value)).size, 1);
  });

  it("a whole item is JSON too, or bytes with the reason", async () => {
    const [, items] = streamOf([7, 15]);
    assert.deepEqual((await items.value(0))?.value, { $serde: '"number 7"' });
    const refused = await items.value(1);
    assert.match(refused?.problem ?? "", /fifteen is refused/u);
    assert.deepEqual([...(refused?.bytes ?? [])], [15]);
    assert.equal(await items.value(2), null);
  });

  it("what its JSON leaves out is said", async () => {
    // The type writes 255 as a number that it does not read.
    const [, items] = streamOf([254, 255]);
    assert.deepEqual(
      (await items.rowTexts([0, 1])).map(({ text, problem }) => [text, problem]),
      [
        ['"number 254"', null],
        ['"number many"', lossyItemNote],
      ],
    );
    assert.equal((await items.value(1))?.note, lossyItemNote);
  });

  it("an export holds JSON, and bytes where there is none", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fidius-items-"));
    try {
      const file = join(folder, "items.ndjson");
      const [stream, items] = streamOf([1, 15, 13, 2]);
      const written = await writeItems(file, stream, items, never, () => undefined);
      assert.deepEqual([written?.count, written?.problems], [4, 2]);
      const lines = (await readFile(file, "utf8"))
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      assert.deepEqual(
        lines.map(({ direction, index, value }) => [direction, index, value]),
        [
          ["in", 0, "number 1"],
          ["out", 0, { $raw: "hex:0f" }],
          ["in", 1, { $raw: "hex:0d" }],
          ["out", 1, "number 2"],
        ],
      );
      assert.match(String(lines[1]?.["problem"]), /fifteen/u);
      assert.match(String(lines[2]?.["problem"]), /SIGABRT/u);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("a cancelled export is no file, and the rows go on", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fidius-items-"));
    try {
      const controller = new AbortController();
      const [stream, items] = streamOf(Array.from({ length: 900 }, (_, index) => index % 10));
      const file = join(folder, "items.ndjson");
      const written = await writeItems(file, stream, items, controller.signal, (done) => {
        if (done === 300) {
          controller.abort();
        }
      });
      assert.equal(written, null);
      await assert.rejects(readFile(file));
      assert.equal((await items.rowTexts([3]))[0]?.text, '"number 3"');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("values and lines are sent as JSON, or as bytes that say so", async () => {
    const [, items] = streamOf([]);
    assert.equal(await items.send({ $serde: '"number 5"' }), null);
    assert.equal(await items.send({ $raw: "hex:06" }), null);
    assert.match((await items.send({ $serde: '"five"' })) ?? "", /that is no number/u);
    const send = await items.lineSender();
    assert.equal(await send('"number 7"'), null);
    assert.equal(await send('{"$raw":"hex:08"}'), null);
    assert.match((await send('"seven"')) ?? "", /that is no number/u);
    assert.deepEqual(sent, [[5], [6], [7], [8]]);
  });

  it("without a bridge rows stay bytes, JSON is not sent, and nothing is built", async () => {
    const [, items] = streamOf([1], false);
    assert.deepEqual(await items.rowTexts([0]), []);
    assert.match((await items.send({ $serde: '"number 5"' })) ?? "", /Ask the Compiler/u);
    const send = await items.lineSender();
    assert.equal(await send('{"$raw":"hex:08"}'), null);
    assert.match((await send('"number 7"')) ?? "", /\$raw/u);
    assert.deepEqual(sent, [[8]]);
  });
});
