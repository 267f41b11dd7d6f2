// Libraries that are wrong in every way they can be: each gives one clear sentence, and a good library still works after it.

import assert from "node:assert/strict";
import { copyFile, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MetadataEntry } from "../../src/model/libraryReport.ts";
import type { LoadFailureKind } from "../../src/model/outcome.ts";
import { fixtureLibrary } from "../support/fixtureLibraries.ts";
import { death, isWindows } from "../support/windows.ts";
import { FaultPage } from "./faultPage.ts";
import { allCalls, malformed, malformedAndMore, plugin } from "./fixtureSchemas.ts";
import { resultOf, TestRunner, valueOf } from "./harness.ts";

/** Wine takes longer to end a process that crashed. */
const loadSeconds = isWindows ? 3 : 0.7;

const variants: Readonly<Record<string, readonly [LoadFailureKind, RegExp]>> = {
  nullRegistry: ["badRegistry", /null pointer/],
  wildRegistry: ["diedWhileLoading", death.memoryFault],
  wrongMagic: ["badMagic", /wrong magic/],
  registry99: ["badRegistry", /registry version 99/],
  hugeCount: ["badRegistry", /4294967295 plugins/],
  nullDescriptors: ["badRegistry", /null pointer/],
  noPlugins: ["pluginNotFound", /no plugins at all/],
  nullDescriptor: ["badDescriptor", /null pointer/],
  registryAborts: ["diedWhileLoading", death.abort],
  registryForever: ["timedOut", new RegExp(`not loaded after ${String(loadSeconds)} s`)],
  loadAborts: ["diedWhileLoading", death.abort],
  loadExits: ["diedWhileLoading", /exit with code 0/],
  loadForever: ["timedOut", /not loaded after/],
  abi600: [
    "unsupportedAbi",
    /Fidius 0\.6 \(ABI 600\).*ABI 1 \(Fidius 0\.0\.0-alpha\.1\) to ABI 500 \(Fidius 0\.5\).*Update/,
  ],
  abi10000: ["unsupportedAbi", /Fidius 1 \(ABI 10000\).*Update/],
  abiUnknown: ["unsupportedAbi", /ABI 9901, which is no Fidius release/],
  sizeTooSmall: ["badDescriptor", /112 bytes.*120/],
  sizeNonsense: ["badDescriptor", /begins with 50/],
  nullName: ["badDescriptor", /pluginName is a null pointer/],
  nullInterfaceName: ["badDescriptor", /interfaceName is a null pointer/],
  nameNotUtf8: ["badDescriptor", /UTF-8/],
  nullVtable: ["badDescriptor", /vtable is a null pointer/],
  buffer9: ["badDescriptor", /buffer strategy is 9/],
  buffer0: ["badDescriptor", /buffer strategy is 0/],
  manyMethods: ["badDescriptor", /1000000 methods/],
  noFree: ["badDescriptor", /free/],
  noConstruct: ["badDescriptor", /construct/],
  constructNull: ["configurationRefused", /wants one, and nothing was given/],
  constructAbort: ["diedWhileLoading", death.abort],
  constructForever: ["timedOut", /configure does not return/],
  wildVtable: ["diedWhileLoading", death.memoryFault],
  wildDescriptors: ["diedWhileLoading", death.memoryFault],
  wildDescriptor: ["diedWhileLoading", death.memoryFault],
  wildName: ["diedWhileLoading", death.memoryFault],
  traitMetadataHuge: ["badDescriptor", /1000000 pairs of metadata/],
  traitMetadataNull: ["badDescriptor", /trait metadata is a null pointer/],
  traitMetadataWild: ["diedWhileLoading", death.memoryFault],
  metadataWild: ["diedWhileLoading", death.memoryFault],
  metadataWildPairs: ["diedWhileLoading", death.memoryFault],
  metadataWildKey: ["diedWhileLoading", death.memoryFault],
  importsNull: ["badRegistry", /list of host functions is unusable: it is a null pointer/],
  importsWild: ["diedWhileLoading", death.memoryFault],
  importsMagic: ["badRegistry", /host functions is unusable: it has the wrong magic/],
  imports99: ["badRegistry", /host functions is unusable: it has version 99/],
  importsHuge: ["badRegistry", /announces 4294967295 interfaces/],
  importsNullList: ["badRegistry", /its list is a null pointer/],
  importsWildList: ["diedWhileLoading", death.memoryFault],
  importNull: ["badRegistry", /one of its descriptors is incomplete/],
  importSmall: ["badRegistry", /one of its descriptors is incomplete/],
  importNoName: ["badRegistry", /one of its descriptors is incomplete/],
  importWildName: ["diedWhileLoading", death.memoryFault],
  importNotUtf8: ["badRegistry", /one of its descriptors is incomplete/],
  importNoBind: ["badRegistry", /one of its descriptors is incomplete/],
};

/** Metadata that makes no sense and that no call needs: what is shown of it. */
const oddMetadata: Readonly<Record<string, readonly (readonly MetadataEntry[])[]>> = {
  metadataHuge: [[], []],
  metadataNullPairs: [[], []],
  metadataNullKey: [[{ key: "", value: "value" }], []],
  metadataNotUtf8: [[{ key: "(unreadable)", value: "value" }], []],
};

/** What the argument's first byte makes the fixture answer. */
const wrongReplies: Readonly<Record<string, string>> = {
  "hex:01": "a null pointer as 5 bytes of result",
  "hex:02": "status 77",
  "hex:03": "a result that claims 4 GiB",
  "hex:04": "status -2",
  "hex:05": "an error of a method that has none",
  "hex:06": "a stream's status",
};

/** A crash takes its time under Wine. */
const mutants = isWindows ? 40 : 200;
const mutantSeed = 20_260_726;
/** Damage is mostly invisible; what is seen has one of these classes. */
const mutantOutcome =
  /^(?:ok|pluginError|panic|crashed|timedOut|loadFailed|wireError|notImplemented|interfaceChanged)$/;

/** The same numbers in every run (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe("malformed libraries", function () {
  this.timeout(60_000);
  let test: TestRunner;
  let library = "";
  let good = "";
  let folder = "";
  const loading = new FaultPage(2, "While loading");
  const replies = new FaultPage(3, "Replies that make no sense");

  before(async function () {
    this.timeout(600_000);
    library = await fixtureLibrary("malformed");
    good = await fixtureLibrary("calls");
    folder = await mkdtemp(join(tmpdir(), "fidius-malformed-"));
    test = await TestRunner.create({ loadTimeoutMs: loadSeconds * 1000, keepsSpare: false });
  });
  after(async () => {
    await test.dispose();
    loading.write();
    replies.write();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => test.runner.restart());

  const reply = (bytes: string, variant = "good") =>
    test.call(
      library,
      malformed,
      "reply",
      { bytes },
      { environment: { FIDIUS_MALFORMED: variant } },
    );

  const loadKind = async (file: string): Promise<string> => {
    const outcome = await test.call(file, allCalls, "nothing");
    const { failure } = resultOf(outcome, "loadFailed");
    assert.match(failure.message, /^.+\.( .+\.)+$/, "the thing, the reason and the next step");
    return failure.kind;
  };

  for (const [variant, [kind, message]] of Object.entries(variants)) {
    it(`${variant}: ${kind}`, async () => {
      const outcome = await reply("hex:00", variant);
      const { failure } = resultOf(outcome, "loadFailed");
      assert.equal(failure.kind, kind, failure.message);
      assert.match(failure.message, message);
      // Another environment is another host, so the next call cannot be the variant's own.
      const next = await reply("hex:00");
      assert.equal(valueOf(next), "hex:07");
      // An ABI that is not known is no fault of the library.
      if (!variant.startsWith("abi")) {
        loading.record(variant, outcome, next);
      }
    });
  }

  for (const [variant, shown] of Object.entries(oddMetadata)) {
    it(`${variant}: refuses nothing`, async () => {
      assert.equal(valueOf(await reply("hex:00", variant)), "hex:07");
      process.env["FIDIUS_MALFORMED"] = variant;
      const other = await TestRunner.create({ keepsSpare: false });
      try {
        const report = await other.runner.inspect(library);
        assert.ok(report.ok);
        assert.deepEqual(report.value.plugins[0]?.methodMetadata, shown);
        assert.deepEqual(
          report.value.hostImports?.map(({ interfaceName }) => interfaceName),
          ["Journal"],
        );
      } finally {
        delete process.env["FIDIUS_MALFORMED"];
        await other.dispose();
      }
    });
  }

  it("calls the hand-made library when nothing is wrong with it", async () => {
    assert.equal(valueOf(await reply("hex:00")), "hex:07");
  });

  it("refuses replies that make no sense, and calls on", async () => {
    const wrong = async (bytes: string): Promise<string> => {
      const outcome = await reply(bytes);
      const next = await reply("hex:00");
      assert.equal(valueOf(next), "hex:07");
      replies.record(wrongReplies[bytes] ?? bytes, outcome, next);
      return resultOf(outcome, "wireError").message;
    };
    assert.match(await wrong("hex:01"), /null pointer as 5 bytes/);
    assert.match(await wrong("hex:02"), /status 77, which Fidius does not have/);
    assert.match(await wrong("hex:03"), /4294967280 bytes; the limit is/);
    assert.match(await wrong("hex:04"), /status -2/);
    assert.match(await wrong("hex:05"), /answered with an error/);
    assert.match(await wrong("hex:06"), /status -5, streamEnd/);
    assert.equal(valueOf(await reply("hex:00")), "hex:07");
  });

  it("does not call empty slots, or slots that the build does not have", async () => {
    const empty = await test.call(library, malformed, "empty");
    assert.match(resultOf(empty, "notImplemented").message, /leaves slot 1 empty/);
    const afterEmpty = await reply("hex:00");
    assert.equal(valueOf(afterEmpty), "hex:07");
    const beyond = await test.call(library, malformedAndMore, "beyond");
    assert.match(
      resultOf(beyond, "loadFailed").failure.message,
      /which slot runs beyond: this build of Malformed has 2 methods, the source has 3, /,
    );
    const afterBeyond = await reply("hex:00");
    assert.equal(valueOf(afterBeyond), "hex:07");
    replies.record("a slot that the vtable leaves empty", empty, afterEmpty);
    replies.record("a slot beyond the vtable", beyond, afterBeyond);
  });

  it("does not call an optional method that the build lacks", async () => {
    const [method, empty] = malformed.methods;
    assert.ok(method !== undefined && empty !== undefined);
    const optional = plugin("Malformed", "Replies", [{ ...method, capabilityBit: 0 }, empty]);
    const outcome = await test.call(library, optional, "reply", { bytes: "hex:00" });
    assert.match(resultOf(outcome, "notImplemented").message, /Optional method reply/);
  });

  it("names the plugins that a library has when it lacks the one asked for", async () => {
    const outcome = await test.call(good, malformed, "empty");
    const { failure } = resultOf(outcome, "loadFailed");
    assert.equal(failure.kind, "pluginNotFound");
    assert.match(failure.message, /AllCalls \(Calls\)/);
  });

  it("refuses files that are no plugin library", async () => {
    const text = join(folder, "text.so");
    await writeFile(text, "hello\n".repeat(100));
    assert.equal(await loadKind(text), "notALibrary");
    const empty = join(folder, "empty.so");
    await writeFile(empty, "");
    assert.equal(await loadKind(empty), "notALibrary");
    assert.equal(await loadKind(folder), "notALibrary");
    assert.equal(await loadKind(join(folder, "missing.so")), "notFound");
    assert.equal(await loadKind(process.execPath), "notALibrary");
    assert.equal(await loadKind(await fixtureLibrary("plain")), "noSymbol");
  });

  it("refuses truncated copies before they can do harm", async () => {
    const { length } = await readFile(good);
    for (const share of [0.0001, 0.01, 0.5, 0.9, 0.99, 0.9999]) {
      const copy = join(folder, `truncated-${String(share)}.so`);
      await copyFile(good, copy);
      await truncate(copy, Math.floor(length * share));
      assert.equal(await loadKind(copy), "truncated", String(share));
      await rm(copy);
    }
  });

  it("survives many damaged copies: whatever such a library does, it does it in the host", async () => {
    const spared = await TestRunner.create({ loadTimeoutMs: 2000 });
    const bytes = await readFile(library);
    const random = seededRandom(mutantSeed);
    const kinds = new Map<string, number>();
    for (let round = 0; round < mutants; round += 1) {
      const copy = join(folder, `flipped-${String(round)}.so`);
      const flipped = Buffer.from(bytes);
      const flips = 1 + Math.floor(random() * 40);
      for (let flip = 0; flip < flips; flip += 1) {
        const at = Math.floor(random() * flipped.length);
        flipped.writeUInt8(flipped.readUInt8(at) ^ (1 + Math.floor(random() * 255)), at);
      }
      await writeFile(copy, flipped);
      const options = { timeoutMs: 2000 };
      const { result } = await spared.call(copy, malformed, "reply", { bytes: "hex:00" }, options);
      assert.match(result.kind, mutantOutcome, JSON.stringify(result));
      kinds.set(result.kind, (kinds.get(result.kind) ?? 0) + 1);
      await rm(copy);
    }
    assert.equal(valueOf(await spared.call(good, allCalls, "nothing")), null);
    assert.ok((kinds.get("ok") ?? 0) > 0 && (kinds.get("loadFailed") ?? 0) > 0, String([...kinds]));
    await spared.dispose();
  }).timeout(300_000);

  it("inspects a library", async () => {
    const report = await test.runner.inspect(good);
    assert.ok(report.ok);
    assert.equal(report.value.abi, 500);
    const names = report.value.plugins.map((candidate) => candidate.name).sort();
    assert.deepEqual(names, ["AllCalls", "ConfiguredGreeter", "InArena"]);
    const missing = await test.runner.inspect(join(folder, "missing.so"));
    assert.equal(missing.ok ? "" : missing.error.kind, "notFound");
  });
});
