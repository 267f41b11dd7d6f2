// Invoke as the panel does it, against the same work done bare. On a fresh binary: everything between the arguments and the
// result, against the bare native call through koffi. After a one-line edit: from the saved file to the result, against the
// bare `cargo build` after such an edit. Pairs alternate, so that a busy machine slows down both.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import koffi from "koffi";
import { callPlugin } from "../../src/calls/callPlugin.ts";
import { PluginBuilder, type BuildSettings } from "../../src/calls/pluginBuilder.ts";
import { loadProject } from "../../src/cli/options/project/loadProject.ts";
import { encodeArguments } from "../../src/codec/bincode/encode.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { CallOutcome } from "../../src/model/outcome.ts";
import type { PluginMethod, PluginSchema } from "../../src/model/plugin.ts";
import type { JsonObject } from "../../src/model/value/value.ts";
import { createCallRunner } from "../../src/runner/call/callRunner.ts";
import { goal, median, percentile, print, time } from "./measure.ts";
import { testTargetFolder } from "../support/fixtureLibraries.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = join(root, ".cache", "bench");
const workspace = join(folder, "workspace");
const target = testTargetFolder();
const source = join(workspace, "basic-calculator", "src", "lib.rs");
/** Offsets in the descriptor of ABI 500 (reference 3.3). */
const offsets = { vtable: 56, freeBuffer: 64, construct: 104 };
const pointerBytes = 8;
const invocations = 300;
const edits = 9;
/** koffi unloads a library whose object is collected, whatever functions were made of it. */
const libraries: unknown[] = [];

const settings: BuildSettings = {
  when: "stale",
  cargoPath: null,
  profile: "dev",
  features: [],
  extraArguments: [],
  environment: {},
  targetDirectory: target,
};

await rm(folder, { recursive: true, force: true });
await cp(join(root, "examples"), workspace, {
  recursive: true,
  filter: (path) => basename(path) !== "target",
});
const original = await readFile(source, "utf8");
const model = await loadProject(workspace, nullLogger);
const plugin = model.plugins.find(({ name }) => name === "BasicCalculator");
assert.ok(plugin !== undefined, "BasicCalculator was not found");
const method = plugin.methods.find(({ name }) => name === "add");
assert.ok(method !== undefined, "BasicCalculator.add was not found");

const builder = new PluginBuilder();
const runner = createCallRunner({
  hostEntry: join(root, "dist", "host.cjs"),
  nodeExecutable: process.execPath,
  isElectron: false,
  stagingDirectory: join(folder, "staging"),
  logger: nullLogger,
});
try {
  const library = await firstLibrary(plugin);
  await measureFresh(plugin, method, library);
  await measureEdits(plugin, method);
} finally {
  runner.dispose();
  await runner.ended();
}

async function firstLibrary(of: PluginSchema): Promise<string> {
  const step = await builder.ensureBuilt(of, settings, {}, new AbortController().signal);
  assert.ok(step.kind === "ready", "BasicCalculator was not built");
  return step.library;
}

function invoke(of: PluginSchema, what: PluginMethod, values: JsonObject): Promise<CallOutcome> {
  return callPlugin(
    {
      plugin: of,
      method: what,
      input: () => ({ arguments: values, timeoutMs: 30_000 }),
      packageFolder: dirname(of.crate.manifestPath),
      environment: {},
    },
    {
      build: (listener, signal) => builder.ensureBuilt(of, settings, listener, signal),
      runner,
      onPhase: () => undefined,
      onBuildOutput: () => undefined,
    },
    new AbortController().signal,
  );
}

async function measureFresh(of: PluginSchema, what: PluginMethod, library: string): Promise<void> {
  const values = { a: "2", b: "40" };
  const encoded = encodeArguments(what, of.types, values);
  assert.ok(encoded.ok);
  const callBare = bareCall(library, what.slot, encoded.value);
  const bare: number[] = [];
  const whole: number[] = [];
  for (let index = 0; index < invocations; index += 1) {
    const start = performance.now();
    const outcome = await invoke(of, what, values);
    const middle = performance.now();
    const sum = callBare();
    const end = performance.now();
    assert.deepEqual(outcome.result.kind === "ok" ? outcome.result.value : outcome.result, "42");
    assert.equal(sum, 42n);
    if (index >= invocations / 10) {
      whole.push(middle - start);
      bare.push(end - middle);
    }
  }
  print("Invoke on a fresh binary (freshness check, encoding, host process, decoding)");
  print(`  Invoke           p50 ${time(median(whole))}, p99 ${time(percentile(whole, 0.99))}`);
  print(`  bare koffi call  p50 ${time(median(bare))}, p99 ${time(percentile(bare, 0.99))}`);
  print(`  ratio            ${(median(whole) / median(bare)).toFixed(0)} (p50)`);
  print(`  on top           ${time(median(whole) - median(bare))} (p50)`);
}

/** The method called in this very process, with nothing around koffi but what the ABI asks for (reference 3.2 to 3.8). */
function bareCall(library: string, slot: number, input: Uint8Array): () => bigint {
  type Native = (...args: readonly unknown[]) => unknown;
  const pointerAt = (address: bigint, offset: number): bigint =>
    BigInt(koffi.decode(address, offset, "uint64_t") as bigint | number);
  const functionAt = (address: bigint, type: string): Native =>
    koffi.decode(address, koffi.proto(type)) as Native;
  const loaded = koffi.load(library);
  libraries.push(loaded);
  const registry = (loaded.func("void *fidius_get_registry()") as Native)() as bigint;
  const descriptor = pointerAt(pointerAt(registry, 16), 0);
  const construct = functionAt(
    pointerAt(descriptor, offsets.construct),
    "void *(void *, uint32_t)",
  );
  const call = functionAt(
    pointerAt(pointerAt(descriptor, offsets.vtable), slot * pointerBytes),
    "int32_t(void *, void *, uint32_t, void *, void *)",
  );
  const free = functionAt(pointerAt(descriptor, offsets.freeBuffer), "void(void *, size_t)");
  const instance = construct(Buffer.alloc(1), 0);
  const outPointer = Buffer.alloc(pointerBytes);
  const outLength = Buffer.alloc(4);
  return () => {
    assert.equal(call(instance, input, input.length, outPointer, outLength), 0);
    const address = outPointer.readBigUInt64LE();
    const result = BigInt(koffi.decode(address, "int64_t") as bigint | number);
    free(address, outLength.readUInt32LE());
    return result;
  };
}

async function measureEdits(of: PluginSchema, what: PluginMethod): Promise<void> {
  const whole: number[] = [];
  const insideBuild: number[] = [];
  const loading: number[] = [];
  const bare: number[] = [];
  const build = ["build", "--quiet", "--lib", "-p", "basic-calculator"];
  const options = { cwd: workspace, env: { ...process.env, CARGO_TARGET_DIR: target } };
  let revision = 0;
  const edit = async (): Promise<string> => {
    revision += 1;
    await writeFile(source, original.replace("a + b\n", `a + b + ${String(revision)}\n`));
    return String(42 + revision);
  };
  for (let index = 0; index < edits; index += 1) {
    const expected = await edit();
    const start = performance.now();
    const outcome = await invoke(of, what, { a: "2", b: "40" });
    const end = performance.now();
    assert.deepEqual(outcome.result.kind === "ok" ? outcome.result.value : outcome, expected);
    await edit();
    const bareStart = performance.now();
    assert.equal(spawnSync("cargo", build, options).status, 0);
    const bareEnd = performance.now();
    if (index > 0) {
      whole.push(end - start);
      insideBuild.push(outcome.measurements.buildMs ?? Number.NaN);
      loading.push(outcome.measurements.loadMs ?? Number.NaN);
      bare.push(bareEnd - bareStart);
    }
  }
  const ours = whole.map((total, index) => total - (insideBuild[index] ?? Number.NaN));
  const goalMs = 25;
  print("From a saved one-line edit to the result");
  print(`  Invoke           p50 ${time(median(whole))}`);
  print(`    cargo in it    p50 ${time(median(insideBuild))}`);
  print(`    our share      p50 ${time(median(ours))} (${goal(median(ours), goalMs)})`);
  print(`      loading in it p50 ${time(median(loading))}`);
  print(`  bare cargo build p50 ${time(median(bare))}`);
  print(`  ratio            ${(median(whole) / median(bare)).toFixed(2)} (p50)`);
}
