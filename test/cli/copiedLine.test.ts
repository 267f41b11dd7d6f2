// A command line as the panel writes it, run by bash: the method runs where and how the run options say.

import assert from "node:assert/strict";
import { join } from "node:path";
import { commandLine } from "../../src/copyAs/shell.ts";
import { fixturesFolder } from "../support/fixtureLibraries.ts";
import { removeCache, runCli } from "./cliProcess.ts";

describe("a copied command line", function () {
  this.timeout(600_000);
  after(removeCache);

  const call = (method: string, args: string) =>
    commandLine(
      {
        method: `fixture-calls/AllCalls.${method}`,
        manifestPath: join(fixturesFolder, "calls", "Cargo.toml"),
        library: null,
        profile: "dev",
        arguments: args,
        configuration: null,
        timeoutMs: 5_000,
        options: {
          environment: { FIDIUS_TEST_WORD: "two words's" },
          workingDirectory: "src",
          features: [],
          memoryLimit: 2 * 1024 ** 3,
        },
      },
      "bash",
    );

  /** Run by a shell that knows fidius-call. */
  const run = (line: string) =>
    runCli([], {
      cwd: fixturesFolder,
      by: ["bash", "-c", `node="$0"; cli="$1"; fidius-call() { "$node" "$cli" "$@"; }\n${line}`],
    });

  it("sets variables, folder and memory for the method", async () => {
    const folder = await run(call("working_directory", "{}"));
    assert.equal(folder.stdout.trim(), JSON.stringify(join(fixturesFolder, "calls", "src")));
    const variable = await run(call("variable", '{"name":"FIDIUS_TEST_WORD"}'));
    assert.equal(variable.stdout.trim(), JSON.stringify("two words's"));
  });
});
