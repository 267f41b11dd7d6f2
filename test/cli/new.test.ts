// `fidius-call new`: every template in one workspace, compiled, without a finding of ours, its tests passed, and called.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { repositoryRoot, testTargetFolder } from "../support/fixtureLibraries.ts";
import { removeCache, runCli } from "./cliProcess.ts";

/** Folder, kind and options of each crate. */
const crates: readonly (readonly [folder: string, kind: string, ...options: readonly string[]])[] =
  [
    ["plugins/own-sync", "plugin"],
    ["plugins/own-sync-configured", "plugin", "--configured"],
    ["plugins/own-async", "plugin", "--methods", "async"],
    ["plugins/own-async-configured", "plugin", "--methods", "async", "--configured"],
    ["plugins/own-streaming", "plugin", "--methods", "streaming"],
    ["plugins/own-streaming-configured", "plugin", "--methods", "streaming", "--configured"],
    ["plain-interface", "interface"],
    ["async-interface", "interface", "--methods", "async"],
    ["each-interface", "interface", "--methods", "streaming"],
    ["plugins/impl-async", "plugin", "--interface", "AsyncPlugin", "--configured"],
    ["plugins/impl-each", "plugin", "--interface", "Each"],
    ["plain-host", "host", "--interface", "Plain"],
    ["each-host", "host", "--interface", "Each"],
  ];

/** The folder of the workspace that the crates become members of, some by its glob. */
let folder: string;

function cargo(args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)("cargo", args, {
    cwd: folder,
    env: { ...process.env, CARGO_TARGET_DIR: testTargetFolder() },
    maxBuffer: 64 * 1024 * 1024,
    timeout: 900_000,
  });
}

describe("fidius-call new", function () {
  this.timeout(1_200_000);
  after(removeCache);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "fidius-cli-new-"));
    await writeFile(
      join(folder, "Cargo.toml"),
      '[workspace]\nresolver = "2"\nmembers = ["plugins/*"] # by their folder\n',
    );
    // What else is built in this target folder is built of the same releases.
    await copyFile(join(repositoryRoot, "test/native-host/Cargo.lock"), join(folder, "Cargo.lock"));
    for (const [path, kind, ...options] of crates) {
      const { exitCode, stdout, stderr } = await runCli(["new", kind, path, ...options], {
        cwd: folder,
      });
      assert.equal(exitCode, 0, stderr);
      assert.match(stdout, new RegExp(`^new ${path}/Cargo\\.toml\nnew ${path}/src/`));
      assert.equal(stdout.includes("changed Cargo.toml"), !path.startsWith("plugins/"));
      if (path === "each-interface") {
        // Its plugin and its host go by the re-export.
        const sources = join(folder, path, "src");
        await rename(join(sources, "lib.rs"), join(sources, "inner.rs"));
        await writeFile(join(sources, "lib.rs"), "mod inner;\npub use inner::*;\n");
      }
    }
    // What a plugin of another crate's interface does is its author's to say.
    const each = join(folder, "plugins/impl-each/src/lib.rs");
    const text = await readFile(each, "utf8");
    assert.equal(text.split("todo!()").length, 2);
    await writeFile(each, text.replace("todo!()", "Stream::from_iter(names)"));
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it("names the members that no glob has, and leaves the rest of the manifest as it is", async () => {
    assert.equal(
      await readFile(join(folder, "Cargo.toml"), "utf8"),
      '[workspace]\nresolver = "2"\nmembers = ["plugins/*", "plain-interface", "async-interface", "each-interface", "plain-host", "each-host"] # by their folder\n',
    );
  });

  it("what it makes is free of findings", async () => {
    const { exitCode, stdout, stderr } = await runCli(["check", "."], { cwd: folder });
    assert.equal(stdout, "");
    assert.equal(exitCode, 0, stderr);
    assert.match(stderr, /Nothing is wrong\./);
  });

  it("what it makes is formatted as rustfmt does it", async () => {
    await cargo(["fmt", "--all", "--check"]);
  });

  it("each crate's own test passes, and calls through the vtable", async () => {
    const { stdout, stderr } = await cargo(["test", "--workspace"]);
    const passed = [...stdout.matchAll(/^test (.*) \.\.\. ok$/gmu)].map(([, name]) => name);
    assert.equal(passed.length, crates.length, stdout);
    const warnings = stderr.match(/^warning: (?!`|unused variable: `name`).*/gmu);
    assert.equal(warnings, null, stderr);
  });

  for (const [method, args, more, expected] of [
    ["OwnSync.greet", { name: "Ada" }, [], '"Hello, Ada!"'],
    ["OwnAsync.greet", { name: "Ada" }, [], '"Hello, Ada!"'],
    [
      "OwnStreamingConfigured.greet_each",
      { names: ["Ada", "Bo"] },
      ["--config", '{"greeting":"Hi"}'],
      '"Hi, Ada!"\n"Hi, Bo!"',
    ],
  ] as const) {
    it(`a plugin that it makes is called: ${method}`, async () => {
      const result = await runCli(["call", method, "--args", JSON.stringify(args), ...more], {
        cwd: folder,
      });
      assert.equal(result.exitCode, 0, result.stderr);
      assert.equal(result.stdout.trim(), expected);
    });
  }

  it("a host that it makes loads a plugin that it makes, and calls it", async () => {
    // With the async plugin the features of Fidius are those of the whole workspace, which is built already.
    await cargo(["build", "-p", "each-host", "-p", "impl-each", "-p", "own-async"]);
    const plugins = join(folder, "loaded");
    await mkdir(plugins);
    const debug = join(testTargetFolder(), "debug");
    const library = (await readdir(debug)).find((name) =>
      /^(?:lib)?impl_each\.(?:so|dylib|dll)$/.test(name),
    );
    assert.ok(library !== undefined);
    await copyFile(join(debug, library), join(plugins, library));
    const { stdout } = await promisify(execFile)(join(debug, "each-host"), [plugins]);
    assert.equal(stdout, 'ImplEach: "Ada"\n');
  });

  it("says in one sentence what it cannot make, and leaves nothing", async () => {
    for (const [args, reason] of [
      [["plugin", "plugins/1st"], /"1st" cannot be the name of a crate/],
      [["plugin", "plugins/own-sync"], /has files already/],
      [["plugin", "again"], /several interfaces/],
      [["plugin", "again", "--interface", "Nothing"], /no interface "Nothing"/],
      [["thing", "again"], /Allowed choices are interface, plugin, host/],
    ] as const) {
      const { exitCode, stdout, error } = await runCli(["new", ...args], { cwd: folder });
      assert.equal(exitCode, 1);
      assert.equal(stdout, "");
      assert.match(error?.message ?? "", reason);
    }
    assert.ok(!(await readdir(folder)).includes("again"));
  });
});
