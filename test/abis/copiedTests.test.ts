// Calls copied as Rust tests: for the methods of the fixture plugins, made from what the host gave, compiled beside the plugins'
// own code and run by cargo. Each passes; each fails when another value is expected.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { loadProject } from "../../src/cli/options/project/loadProject.ts";
import { formatArguments } from "../../src/codec/json/formatJson.ts";
import { defaultArguments } from "../../src/codec/values/defaults.ts";
import { rustTest, type TestedCall } from "../../src/copyAs/rustTest.ts";
import { comparableText } from "../../src/history/valueText.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { PluginSchema, ProjectModel } from "../../src/model/plugin.ts";
import type { JsonObject, JsonValue } from "../../src/model/value/value.ts";
import { methodOf } from "../host/fixtureSchemas.ts";
import { TestRunner } from "../host/harness.ts";
import {
  fixtureLibrary,
  fixturesFolder,
  repositoryRoot,
  testTargetFolder,
} from "../support/fixtureLibraries.ts";
import type { FixtureName } from "../support/fixtureLibraries.ts";

const execute = promisify(execFile);

const crates: readonly FixtureName[] = ["calls", "configured", "attributed", "evolved"];

/** What gives another value each time or elsewhere, or never returns. */
const unlike = new Set(["working_directory", "grow", "drops", "crash", "block"]);

const configurations: Readonly<Record<string, JsonValue>> = {
  ConfiguredGreeter: { word: "Grüezi" },
  Greeter: {
    greeting: "Hi",
    tone: { Loud: { marks: 3 } },
    serial: "18446744073709551615",
    badge: "hex:00ff",
  },
  Counter: null,
};

const everything: JsonObject = {
  yes: true,
  tiny: -128,
  byte: 255,
  short: -5,
  word: 7,
  long: "-9223372036854775808",
  big: "18446744073709551615",
  huge: "-170141183460469231731687303715884105728",
  most: "340282366920938463463374607431768211455",
  size: "1",
  single: 0.1,
  double: "NaN",
  letter: "é",
  text: 'a"b\\c\n\u{1f600}',
  maybe: { $some: null },
  bytes: "hex:00ff",
  list: ["Empty", { Dot: { x: 1, y: 2 } }, { Label: { text: "t", size: 3 } }],
  fixed: [1, 2, 3],
  pair: [4, null],
  map: { a: "1", "": "-1" },
  outcome: { Err: "no" },
};

/** Beside the defaults. */
const given: readonly (readonly [plugin: string, method: string, args: JsonObject])[] = [
  ["AllCalls", "add", { left: -2147483648, right: 3 }],
  ["AllCalls", "echo_everything", { value: everything }],
  ["AllCalls", "echo_text", { text: "quote ' \" back\\slash\r\n\u0007\u202e{}é\u{1f600}" }],
  ["AllCalls", "echo_bytes", { bytes: "hex:00017f80ff" }],
  ["AllCalls", "divide", { dividend: 7, divisor: 2 }],
  ["AllCalls", "divide_later", { dividend: "9", divisor: "0" }],
  ["AllCalls", "refuse", { size: 11 }],
  ["AllCalls", "reverse", { bytes: "hex:010203" }],
  ["AllCalls", "checked", { bytes: "hex:01" }],
  ["InArena", "panic_now", { message: 'not "now" {}' }],
  ["Greeter", "greet", { name: "Ada" }],
];

describe("calls copied as Rust tests", function () {
  this.timeout(900_000);
  let test: TestRunner;
  let model: ProjectModel;
  let folder: string;

  before(async () => {
    test = await TestRunner.create();
    model = await loadProject(fixturesFolder, nullLogger);
    folder = await mkdtemp(join(tmpdir(), "fidius-copied-"));
  });
  after(async () => {
    await test.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const pluginOf = (name: string, crate: FixtureName): PluginSchema | undefined =>
    model.plugins.find(
      (plugin) => plugin.name === name && plugin.crate.name === `fixture-${crate}`,
    );

  async function made(
    crate: FixtureName,
    plugin: PluginSchema,
    name: string,
    args: JsonObject,
  ): Promise<TestedCall> {
    const method = methodOf(plugin, name);
    const configuration = configurations[plugin.name] ?? null;
    const { result } = await test.runner.call(
      {
        library: await fixtureLibrary(crate),
        plugin,
        method,
        arguments: args,
        instance:
          plugin.config === undefined
            ? undefined
            : { id: `${name} ${JSON.stringify(args)}`, name: "copied", configuration },
        timeoutMs: 20_000,
        workingDirectory: tmpdir(),
        environment: {},
      },
      new AbortController().signal,
    );
    return {
      plugin,
      method,
      arguments: args,
      configuration,
      result,
      argumentsText: formatArguments(method, plugin.types, args, 0),
      resultText: comparableText(result, { method, types: plugin.types }).replaceAll("\n", " "),
    };
  }

  async function calls(): Promise<readonly TestedCall[]> {
    const all: TestedCall[] = [];
    for (const crate of crates) {
      for (const plugin of model.plugins.filter(
        ({ crate: { name } }) => name === `fixture-${crate}`,
      )) {
        for (const method of plugin.methods) {
          if (method.stream === "none" && !unlike.has(method.name)) {
            all.push(
              await made(crate, plugin, method.name, defaultArguments(method, plugin.types)),
            );
          }
        }
      }
    }
    for (const [name, method, args] of given) {
      const crate = crates.find((each) => pluginOf(name, each) !== undefined);
      const plugin = crate && pluginOf(name, crate);
      assert.ok(crate !== undefined && plugin !== undefined, name);
      all.push(await made(crate, plugin, method, args));
    }
    return all;
  }

  it("compile and pass for every method, whatever its types; one with another value fails", async () => {
    const tests = (await calls()).map((call, index) => {
      const text = rustTest(call);
      assert.ok(text.ok, `${call.plugin.name}.${call.method.name}: ${text.ok ? "" : text.error}`);
      return text.value.replace(/^mod (\w+)/mu, `mod $1_${String(index)}`);
    });
    const wrong =
      tests.find((text) => text.includes("_i32"))?.replace(/^mod \w+/mu, "mod wrong") ?? "";
    const other = wrong.replace(/assert_eq!\(value, (.*)_i32\);/u, "assert_eq!(value, 77_i32);");
    assert.notEqual(other, wrong);
    await mkdir(join(folder, "src"));
    for (const crate of crates) {
      const source = await readFile(join(fixturesFolder, crate, "src", "lib.rs"), "utf8");
      await writeFile(
        join(folder, "src", `${crate}.rs`),
        source.replaceAll("fidius::fidius_plugin_registry!();", ""),
      );
    }
    await copyFile(join(repositoryRoot, "test/native-host/Cargo.lock"), join(folder, "Cargo.lock"));
    await writeFile(
      join(folder, "Cargo.toml"),
      `[package]\nname = "copied"\nversion = "0.1.0"\nedition = "2021"\n\n[workspace]\n
[lib]\ncrate-type = ["cdylib"]\n
[dependencies]\nfidius = { version = "0.5", features = ["async"] }\nserde = { version = "1", features = ["derive"] }\n
[dev-dependencies]\nfidius = { version = "0.5", features = ["host"] }\n
[lints.rust]\nunexpected_cfgs = "allow"\n`,
    );
    const modules = crates.map((crate) => `pub mod ${crate};`).join("\n");
    await writeFile(
      join(folder, "src", "lib.rs"),
      `${modules}\nfidius::fidius_plugin_registry!();\n\n${[...tests, other].join("\n")}`,
    );
    const { output, code } = await cargoTest(folder);
    const [, passed, failed] = /(\d+) passed; (\d+) failed/u.exec(output) ?? [];
    assert.deepEqual(
      { code, passed: Number(passed), failed: Number(failed) },
      { code: 101, passed: tests.length, failed: 1 },
      output.slice(-12_000),
    );
    assert.match(output, /wrong::gives_what_it_gave/u);
    assert.ok(tests.length > 50);
  });
});

async function cargoTest(
  folder: string,
): Promise<{ readonly output: string; readonly code: number }> {
  const options = {
    cwd: folder,
    env: { ...process.env, CARGO_TARGET_DIR: testTargetFolder(), CARGO_PROFILE_TEST_DEBUG: "0" },
    maxBuffer: 64 * 1024 * 1024,
  };
  try {
    const { stdout, stderr } = await execute("cargo", ["test", "--lib", "--quiet"], options);
    return { output: `${stdout}\n${stderr}`, code: 0 };
  } catch (error) {
    const {
      stdout = "",
      stderr = "",
      code = -1,
    } = error as Partial<{ stdout: string; stderr: string; code: number }>;
    return { output: `${stderr}\n${stdout}`, code };
  }
}
