// Libraries built from other versions of an interface than the source's, under the same hash: optional methods were added to
// it, not only at the end. What is called is the method that was meant, or nothing is called.

import assert from "node:assert/strict";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadProject } from "../../src/cli/options/project/loadProject.ts";
import { libraryPlugins } from "../../src/model/libraryPlugins.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { CrateInfo, InterfaceSchema, PluginSchema } from "../../src/model/plugin.ts";
import type { JsonObject } from "../../src/model/value/value.ts";
import { buildFixture, fixturesFolder } from "../support/fixtureLibraries.ts";
import type { FixtureBuild, FixtureName } from "../support/fixtureLibraries.ts";
import { resultOf, TestRunner, valueOf } from "./harness.ts";

const noSymbols = ["-C", "strip=symbols"];
const builds = {
  older: ["ancestor", {}],
  olderStripped: ["ancestor", { rustcArguments: noSymbols }],
  newest: ["evolved", {}],
  newestStripped: ["evolved", { rustcArguments: noSymbols }],
} as const satisfies Readonly<Record<string, readonly [FixtureName, FixtureBuild]>>;
type Build = keyof typeof builds;

const methods = ["first", "inserted", "known", "last", "appended"];
const argumentsOf = (method: string): JsonObject =>
  ["inserted", "known"].includes(method) ? { text: "it" } : {};
const answers: Readonly<Record<string, string>> = { inserted: "inserted it", known: "known it" };

describe("libraries of another version of the interface", function () {
  this.timeout(60_000);
  let test: TestRunner;
  let folder = "";
  let interfaces: readonly InterfaceSchema[] = [];
  let plugins: readonly PluginSchema[] = [];
  const libraries = new Map<Build, string>();

  before(async function () {
    this.timeout(600_000);
    test = await TestRunner.create();
    folder = await mkdtemp(join(tmpdir(), "fidius-older-"));
    const all = await loadProject(fixturesFolder, nullLogger);
    const isNewest = ({ crate }: { readonly crate: CrateInfo }): boolean =>
      crate.name === "fixture-evolved";
    interfaces = all.interfaces.filter(isNewest);
    plugins = all.plugins.filter(isNewest);
    for (const name of Object.keys(builds) as Build[]) {
      const copy = join(folder, `${name}.so`);
      const [fixture, build] = builds[name];
      await copyFile(await buildFixture(fixture, build), copy);
      libraries.set(name, copy);
    }
  });
  after(async () => {
    await test.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const libraryOf = (build: Build): string => libraries.get(build) ?? "";

  /** A plugin as its source shows it, or as one whose impl block nobody sees. */
  async function pluginOf(name: string, build: Build, isVisible: boolean): Promise<PluginSchema> {
    const report = await test.runner.inspect(libraryOf(build));
    assert.ok(report.ok);
    const found = isVisible
      ? plugins
      : libraryPlugins({
          report: report.value,
          interfaces,
          visible: [],
          owner: null,
          acceptsOutdated: false,
        }).plugins;
    const plugin = found.find((candidate) => candidate.name === name);
    assert.ok(plugin !== undefined);
    return plugin;
  }

  /** What comes of calling every method: its answer, or why it was not called. */
  async function callAll(
    name: string,
    build: Build,
    isVisible: boolean,
  ): Promise<readonly unknown[]> {
    const plugin = await pluginOf(name, build, isVisible);
    const outcomes: unknown[] = [];
    for (const method of methods) {
      const outcome = await test.call(libraryOf(build), plugin, method, argumentsOf(method));
      const { result } = outcome;
      outcomes.push(
        result.kind === "loadFailed"
          ? result.failure.kind
          : result.kind === "ok"
            ? result.value
            : result.kind,
      );
    }
    return outcomes;
  }

  const expected = (missing: readonly string[], unclear: readonly string[]): readonly string[] =>
    methods.map((method) =>
      missing.includes(method)
        ? "notImplemented"
        : unclear.includes(method)
          ? "slotUnknown"
          : (answers[method] ?? method),
    );

  const optional = ["inserted", "appended"];
  // Three slots for `first`, `last` and one of three optional methods: only `first` is certain.
  const doubtful = ["inserted", "known", "last", "appended"];

  const cases: readonly (readonly [string, Build, readonly string[], readonly string[]])[] = [
    ["Evolved", "newest", [], []],
    ["Evolved", "newestStripped", [], []],
    ["Evolved", "older", optional, []],
    ["Evolved", "olderStripped", [], doubtful],
    // Metadata tells which of the three it is.
    ["Labelled", "olderStripped", optional, []],
    ["Labelled", "older", optional, []],
  ];
  for (const [name, build, missing, unclear] of cases) {
    for (const isVisible of [true, false]) {
      const seen = isVisible ? "with a visible impl block" : "known from its library";
      it(`${name} of build ${build}, ${seen}: each call is the right one or none`, async () => {
        assert.deepEqual(await callAll(name, build, isVisible), expected(missing, unclear));
      });
    }
  }

  it("their hashes are the source's all the same", async () => {
    for (const build of Object.keys(builds) as Build[]) {
      const report = await test.runner.inspect(libraryOf(build));
      assert.ok(report.ok);
      const hashes = new Set(report.value.plugins.map(({ interfaceHash }) => interfaceHash));
      assert.deepEqual([...hashes], [interfaces[0]?.hash]);
    }
  });

  it("the methods that they lack are marked before any call", async () => {
    const marks = async (build: Build): Promise<readonly unknown[]> => {
      const plugin = await pluginOf("Evolved", build, false);
      return [
        plugin.library?.slotOrder,
        plugin.methods.map(({ isImplemented }) => isImplemented ?? true),
        plugin.methods.map(({ isSlotKnown }) => isSlotKnown ?? true),
      ];
    };
    const all = [true, true, true, true, true];
    assert.deepEqual(await marks("older"), ["symbols", [true, false, true, true, false], all]);
    assert.deepEqual(await marks("olderStripped"), [
      "assumed",
      all,
      [true, false, false, false, false],
    ]);
  });

  it("the refusal says how many methods there are and what to do", async () => {
    const plugin = await pluginOf("Evolved", "olderStripped", true);
    const outcome = await test.call(libraryOf("olderStripped"), plugin, "last");
    assert.match(
      resultOf(outcome, "loadFailed").failure.message,
      /^It is not known which slot runs last: this build of Evolved has 3 methods, the source has 5, .* Build the plugin again/,
    );
  });

  it("a newer library than the source is called by its names, and not without them", async () => {
    const older = await pluginOf("Evolved", "older", false);
    const source: PluginSchema = {
      ...older,
      methods: older.methods
        .filter(({ isImplemented }) => isImplemented !== false)
        .map((method, slot) => ({ ...method, slot, traitIndex: slot })),
    };
    const named = await test.call(libraryOf("newest"), source, "last");
    assert.equal(valueOf(named), "last");
    const stripped = await test.call(libraryOf("newestStripped"), source, "last");
    assert.equal(resultOf(stripped, "loadFailed").failure.kind, "slotUnknown");
  });
});
