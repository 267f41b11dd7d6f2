// An interface that only crates.io has, as another project ships it: a plugin written for it here, and one that the crate's own
// macro makes. Found, compared with rustc and serde, and called like those of an open folder.

import assert from "node:assert/strict";
import { join } from "node:path";
import { repositoryRoot, testTargetFolder } from "../support/fixtureLibraries.ts";
import { LspClient } from "../server/lspClient.ts";
import { removeCache, runCli, type CliResult } from "./cliProcess.ts";

const folder = join(repositoryRoot, "test/fixtures-registry");

const run = (...args: readonly string[]): Promise<CliResult> => runCli(args, { cwd: folder });

const valueOf = ({ exitCode, stdout, stderr }: CliResult): unknown => {
  assert.equal(exitCode, 0, stderr);
  return JSON.parse(stdout);
};

interface Listed {
  readonly plugins: readonly {
    readonly name: string;
    readonly interfaceHash: string;
    readonly foundIn: string;
    readonly methods: readonly { readonly name: string; readonly slot: number }[];
  }[];
}

const methods = [
  "get_task_metadata",
  "execute_task",
  "get_graph_metadata",
  "execute_graph",
  "get_reactor_metadata",
  "get_trigger_metadata",
  "invoke_trigger_poll",
  "get_triggerless_graph_metadata",
  "invoke_triggerless_graph",
  "get_input_interface",
  "get_constructor_metadata",
];

describe("interfaces of registry crates", function () {
  this.timeout(900_000);
  after(removeCache);

  it("their plugins are listed, with the hash that the libraries have", async () => {
    const { plugins } = valueOf(await run("list", "--json")) as Listed;
    assert.deepEqual(plugins.map(({ name }) => name).sort(), ["CloacinaPackagePlugin", "Reporter"]);
    for (const plugin of plugins) {
      assert.deepEqual(
        [...plugin.methods].sort((left, right) => left.slot - right.slot).map(({ name }) => name),
        methods,
      );
    }
    for (const [library, name] of [
      ["written_package", "Reporter"],
      ["packaged_package", "CloacinaPackagePlugin"],
    ] as const) {
      // Built by the call, where it was not before.
      valueOf(await run("call", `${name}.get_input_interface`));
      const file = join(testTargetFolder(), "debug", libraryFile(library));
      const said = valueOf(await run("inspect", file, "--json")) as {
        readonly plugins: readonly { readonly name: string; readonly interfaceHash: string }[];
      };
      const hash = said.plugins.find((plugin) => plugin.name === name)?.interfaceHash;
      assert.equal(plugins.find((plugin) => plugin.name === name)?.interfaceHash, hash);
    }
  });

  it("are called, with structs, maps, options and errors of the crate's own types", async () => {
    const request = {
      task_name: "sum",
      context_json: "{}",
      resolved_secrets: { first: { a: "1", b: "2" }, second: {} },
      task_execution_id: "",
    };
    const args = JSON.stringify([request]);
    assert.deepEqual(valueOf(await run("call", "Reporter.execute_task", "--args", args)), {
      success: true,
      context_json: "sum {} 2",
      error: null,
    });
    assert.deepEqual(valueOf(await run("call", "Reporter.get_reactor_metadata")), []);
    const refused = await run("call", "Reporter.get_task_metadata");
    assert.equal(refused.exitCode, 4);
    assert.equal(refused.error?.["code"], "NONE");
    const metadata = valueOf(await run("call", "CloacinaPackagePlugin.get_task_metadata"));
    assert.equal((metadata as { package_name: string }).package_name, "packaged-package");
    assert.deepEqual(
      valueOf(await run("call", "CloacinaPackagePlugin.execute_task", "--args", args)),
      { success: false, context_json: null, error: "Unknown task: sum" },
    );
  });

  it("a library is matched with them wherever it lies", async () => {
    const library = join(testTargetFolder(), "debug", libraryFile("packaged_package"));
    const called = await run(
      ...["call", "CloacinaPackagePlugin.get_input_interface", "--library", library],
    );
    assert.deepEqual(valueOf(called), { entries: [] });
  });

  it("what the model says of all their types is what serde reads and writes", async () => {
    const { exitCode, stdout, stderr } = await run(
      ...["types", "--verify", "--interface", "CloacinaPlugin", "--values", "100"],
    );
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /^interface CloacinaPlugin, .*cloacina-workflow-plugin 0\.11\.1$/mu);
    assert.match(stdout, /26 of 26 types compared over 5200 values: no difference/u);
  });

  it("have lenses where the plugin stands, and no complaint", async () => {
    await using client = await LspClient.start({
      folders: [folder],
      options: { isTrusted: true, commands: { invoke: "editor.invoke", build: "editor.build" } },
    });
    const lensesIn = async (name: string): Promise<readonly string[]> =>
      (await client.codeLenses(join(folder, name, "src/lib.rs"))).map(
        ({ command }) => command?.title ?? "",
      );
    // Where registry crates lie only cargo knows.
    while (((await client.project()).candidates ?? []).length === 0) {
      await client.nextChange();
    }
    const invoking = (await lensesIn("written")).filter((title) => title.includes("Invoke"));
    assert.equal(invoking.length, methods.length);
    assert.deepEqual(await lensesIn("packaged"), ["$(search) Build to see methods"]);
    const { plugins, notices } = await client.project();
    assert.deepEqual(notices, []);
    const reporter = plugins.find(({ name }) => name === "Reporter");
    assert.equal(reporter?.interfaceId, "cloacina_workflow_plugin::CloacinaPlugin");
  });
});

function libraryFile(crate: string): string {
  const isWindows = process.platform === "win32";
  const extension = process.platform === "darwin" ? "dylib" : isWindows ? "dll" : "so";
  return `${isWindows ? "" : "lib"}${crate}.${extension}`;
}
