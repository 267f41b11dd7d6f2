// Every rule by which names lead to types (resolution/README.md), built by cargo: the interface hash from source is the
// library's, no type stays unknown, and each method gives random values of its types back as they went in.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import fc from "fast-check";
import { loadProject } from "../../src/cli/options/project/loadProject.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { PluginSchema, ProjectModel } from "../../src/model/plugin.ts";
import type { JsonValue } from "../../src/model/value/value.ts";
import { testTargetFolder } from "../support/fixtureLibraries.ts";
import { arbitraryValue } from "../vectors/arbitraryValue.ts";
import { TestRunner, valueOf } from "./harness.ts";

const execute = promisify(execFile);
const source = join(import.meta.dirname, "resolution");
const valuesOfAMethod = 25;

/** Package, plugin, interface. */
const plugins: readonly (readonly [string, string, string])[] = [
  ["resolution-first", "Both", "Modules"],
  ["resolution-first", "Both", "Generics"],
  ["resolution-first", "Narrow", "Extra"],
  ["resolution-second", "Traveller", "Foreign"],
  ["resolution-second", "Counter", "Constants"],
  ["resolution-third", "Wide", "Extra"],
];

interface ArtifactMessage {
  readonly reason: string;
  readonly target?: { readonly name: string };
  readonly filenames?: readonly string[];
}

describe("every rule of resolution, against binaries", function () {
  this.timeout(120_000);
  const workspace = join(testTargetFolder(), "resolution");
  const libraries = new Map<string, string>();
  let test: TestRunner;
  let model: ProjectModel;

  before(async function () {
    this.timeout(900_000);
    await prepare(workspace);
    for (const name of new Set(plugins.map(([packageName]) => packageName))) {
      libraries.set(name, await build(workspace, name));
    }
    test = await TestRunner.create();
    model = await loadProject(workspace, nullLogger);
  });
  after(() => test.dispose());

  const pluginOf = (packageName: string, name: string, trait: string): PluginSchema => {
    const found = model.plugins.find(
      (plugin) =>
        plugin.crate.name === packageName && plugin.name === name && plugin.interfaceName === trait,
    );
    assert.ok(found !== undefined, `${packageName}/${name} for ${trait} is not in the model`);
    return found;
  };

  it("reads the workspace without a notice, and finds these plugins and no others", () => {
    assert.deepEqual(model.notices, []);
    assert.deepEqual(
      model.plugins
        .map(({ crate, name, interfaceName }) => [crate.name, name, interfaceName].join())
        .sort(),
      plugins.map((names) => names.join()).sort(),
    );
    assert.deepEqual(model.leftOut, []);
  });

  for (const [packageName, name, trait] of plugins) {
    const title = `${packageName}/${name} for ${trait}`;

    it(`the hash of ${title} is the library's, and so is the number of methods`, async () => {
      const library = libraries.get(packageName) ?? "";
      const report = await test.runner.inspect(library);
      assert.ok(report.ok);
      const schema = pluginOf(packageName, name, trait);
      const built = report.value.plugins.find(
        (plugin) => plugin.name === name && plugin.interfaceName === trait,
      );
      assert.equal(schema.interfaceHash, built?.interfaceHash);
      assert.equal(schema.methods.length, built?.methodCount);
    });

    it(`every method of ${title} gives values back as they went in`, async () => {
      const schema = pluginOf(packageName, name, trait);
      const reasons = JSON.stringify([schema.methods, schema.types]).match(
        /"kind":"unknown","reason":"[^"]*/gu,
      );
      assert.equal(reasons, null);
      for (const { name: method, arguments: parameters } of schema.methods) {
        const [parameter] = parameters;
        assert.ok(parameter !== undefined && parameters.length === 1);
        const values: readonly JsonValue[] = fc.sample(
          arbitraryValue(parameter.type, schema.types),
          {
            numRuns: valuesOfAMethod,
            seed: 4,
          },
        );
        for (const value of values) {
          const library = libraries.get(packageName) ?? "";
          const outcome = await test.call(library, schema, method, { [parameter.name]: value });
          const isMap: boolean = parameter.type.kind === "map";
          assert.deepEqual(
            comparable(valueOf(outcome), isMap),
            comparable(value, isMap),
            `${method}: ${JSON.stringify(value)}`,
          );
        }
      }
    });
  }

  it("one interface has other types in the builds of two plugins", () => {
    const text = (packageName: string, name: string): string =>
      JSON.stringify(pluginOf(packageName, name, "Extra").types);
    assert.match(text("resolution-first", "Narrow"), /"narrow"/u);
    assert.doesNotMatch(text("resolution-third", "Wide"), /"narrow"/u);
  });
});

/** Rust's maps have an order of their own. */
function comparable(value: unknown, isMap: boolean): unknown {
  return isMap && Array.isArray(value)
    ? (value as readonly unknown[]).map((entry) => JSON.stringify(entry)).sort()
    : value;
}

/** A copy of the workspace, and a git repository for its git dependency: the same commit every time. */
async function prepare(workspace: string): Promise<void> {
  const repository = `${workspace}-git`;
  await rm(repository, { recursive: true, force: true });
  await rm(workspace, { recursive: true, force: true });
  await cp(join(source, "old"), repository, { recursive: true });
  await cp(source, workspace, { recursive: true, preserveTimestamps: true });
  const date = "2020-01-01T00:00:00Z";
  const git = (...words: string[]): Promise<unknown> =>
    execute("git", ["-c", "user.name=test", "-c", "user.email=test@localhost", ...words], {
      cwd: repository,
      env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    });
  await git("init", "--quiet");
  await git("add", "--all");
  await git("commit", "--quiet", "--message=old");
  for (const name of ["iface", "second"]) {
    const file = join(workspace, name, "Cargo.toml");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace("GIT_REPOSITORY", pathToFileURL(repository).href));
  }
  await copyFile(join(import.meta.dirname, "catalogue/Cargo.lock"), join(workspace, "Cargo.lock"));
}

/** The library of one plugin, built by itself so that features are its own. */
async function build(workspace: string, packageName: string): Promise<string> {
  const { stdout } = await execute(
    "cargo",
    ["build", "--lib", "--message-format=json-render-diagnostics", "-p", packageName],
    {
      cwd: workspace,
      env: { ...process.env, CARGO_TARGET_DIR: testTargetFolder() },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const library = stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as ArtifactMessage)
    .filter(({ target }) => target?.name === packageName.replaceAll("-", "_"))
    .flatMap(({ filenames }) => filenames ?? [])
    .find((file) => /\.(?:so|dylib|dll)$/u.test(file));
  assert.ok(library !== undefined, `cargo built no library for ${packageName}`);
  return library;
}
