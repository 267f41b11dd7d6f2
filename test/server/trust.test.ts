// Restricted Mode: not one process is started. A cargo that leaves a trace shows it.

import assert from "node:assert/strict";
import { chmodSync, existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { LspClient } from "./lspClient.ts";
import { greeterSource, manifest, TestFolder } from "./workspace.ts";

/** A cargo that writes down what it was asked and then fails. */
function tracingCargo(files: TestFolder): { cargoPath: string; trace: string } {
  const trace = files.path("trace.txt");
  const cargoPath = files.write("bin/cargo", `#!/bin/sh\necho "$@" >> "${trace}"\nexit 101\n`);
  chmodSync(cargoPath, 0o755);
  return { cargoPath, trace };
}

/** Process ids of the children of a process, by /proc. */
function childrenOf(pid: number): readonly string[] {
  return readdirSync("/proc").filter((name) => {
    const status = path.join("/proc", name, "status");
    return /^\d+$/u.test(name) && existsSync(status)
      ? new RegExp(`^PPid:\\s+${String(pid)}$`, "mu").test(readIfThere(status))
      : false;
  });
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // the process ended meanwhile
  }
}

const files = (): TestFolder =>
  new TestFolder({
    "Cargo.toml": manifest("demo", `fidius = "0.5"`),
    "src/lib.rs": greeterSource,
  });

describe("workspace trust", () => {
  it("lets no program run before it is granted", async () => {
    using folder = files();
    const { cargoPath, trace } = tracingCargo(folder);
    const environment = { PATH: path.dirname(cargoPath) };
    await using client = await LspClient.start({
      folders: [folder.folder],
      options: { isTrusted: false, cargoPath },
      environment,
    });
    const toml = folder.path("Cargo.toml");
    folder.write("Cargo.toml", manifest("demo", `fidius = { version = "0.5" }`));
    await client.filesChanged([toml]);
    await client.open(toml, manifest("demo", `fidius = "0.5" # unsaved`), true);
    assert.equal(client.diagnostics(folder.path("src/lib.rs")).length, 1);
    assert.equal((await client.project()).plugins.length, 1);
    assert.deepEqual(childrenOf(client.pid), []);
    assert.equal(existsSync(trace), false);

    await client.grantTrust();
    await client.logged(/cargo metadata of/u);
    assert.match(readFileSync(trace, "utf8"), /metadata --format-version 1/u);
    assert.equal(client.diagnostics(folder.path("src/lib.rs")).length, 1);
  });

  it("is assumed where the client says nothing", async () => {
    using folder = files();
    const { cargoPath, trace } = tracingCargo(folder);
    await using client = await LspClient.start({
      folders: [folder.folder],
      options: { cargoPath },
    });
    await client.logged(/cargo metadata of/u);
    assert.match(readFileSync(trace, "utf8"), /metadata/u);
  });

  it("is not assumed where the client's options cannot be read", async () => {
    using folder = files();
    const { cargoPath, trace } = tracingCargo(folder);
    await using client = await LspClient.start({
      folders: [folder.folder],
      options: { cargoPath: 7 as unknown as string },
      environment: { PATH: path.dirname(cargoPath) },
    });
    assert.equal((await client.project()).plugins.length, 1);
    assert.equal(existsSync(trace), false);
    assert.equal(client.messages.length, 1);
    assert.match(client.messages[0] ?? "", /initializationOptions.*cargoPath/su);
  });
});
