// Build and call through the real cargo of Windows on the paths that Windows has: characters beyond ASCII, either case, drives,
// `\\?\`, more characters than old programs take, and sources with CRLF.

import assert from "node:assert/strict";
import { copyFile, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { examplesFolder, removeCache, runCli, type CliResult } from "../cli/cliProcess.ts";
import { pluginManifest, pluginSource, TemporaryWorkspace } from "../cli/temporaryWorkspace.ts";

const toCrlf = (text: string): string => text.replaceAll("\n", "\r\n");
const source = (answer: string): string =>
  toCrlf(pluginSource("Polite", `fn greet(&self) -> String { "${answer}".to_owned() }`));

/** A package of its own in a folder, with the dependencies that the examples have. */
async function packageIn(folder: string, name: string): Promise<TemporaryWorkspace> {
  await mkdir(folder, { recursive: true });
  await copyFile(join(examplesFolder, "Cargo.lock"), join(folder, "Cargo.lock"));
  const workspace = new TemporaryWorkspace(folder);
  await workspace.write("Cargo.toml", toCrlf(pluginManifest(name)));
  await workspace.write("src/lib.rs", source("good day"));
  return workspace;
}

describe("build and call on Windows' paths", function () {
  this.timeout(600_000);
  let temporary = "";
  let workspace: TemporaryWorkspace;

  before(async () => {
    temporary = await mkdtemp(join(tmpdir(), "fidius-paths-"));
    workspace = await packageIn(join(temporary, "My Plüginš 日本"), "windows-paths");
  });
  after(async () => {
    await rm(temporary, { recursive: true, force: true, maxRetries: 8, retryDelay: 50 });
    await removeCache();
  });

  const call = (path: string): Promise<CliResult> =>
    runCli(["call", "Polite.greet", "--json", "--manifest-path", path]);
  /** The value of a call, and whether cargo compiled for it. */
  const answer = async (path: string): Promise<readonly [unknown, boolean]> => {
    const { exitCode, stdout, stderr } = await call(path);
    assert.equal(exitCode, 0, stderr);
    const { value, timings } = JSON.parse(stdout) as {
      value: unknown;
      timings: { buildMs?: number };
    };
    return [value, timings.buildMs !== undefined];
  };

  it("builds where the folder has spaces and characters beyond ASCII, and does not build again", async () => {
    assert.deepEqual(await answer(workspace.folder), ["good day", true]);
    assert.deepEqual(await answer(workspace.folder), ["good day", false]);
  });

  it("builds and calls an edited source with CRLF", async () => {
    await workspace.write("src/lib.rs", source("good night"));
    assert.deepEqual(await answer(workspace.folder), ["good night", true]);
    assert.deepEqual(await answer(workspace.folder), ["good night", false]);
  });

  it("takes the folder with its drive's letter in either case, and in capitals", async () => {
    const { folder } = workspace;
    const [expected] = await answer(folder);
    for (const path of [
      folder.charAt(0).toLowerCase() + folder.slice(1),
      folder.charAt(0).toUpperCase() + folder.slice(1),
      folder.toUpperCase(),
      join(folder, "CARGO.toml"),
    ]) {
      assert.equal((await answer(path))[0], expected, path);
    }
  });

  it("takes a manifest of another case on the disk", async () => {
    await rename(join(workspace.folder, "Cargo.toml"), join(workspace.folder, "cargo.toml"));
    assert.equal((await answer(workspace.folder))[0], "good night");
    await rename(join(workspace.folder, "cargo.toml"), join(workspace.folder, "Cargo.toml"));
  });

  it(String.raw`takes \\?\ before a path`, async () => {
    assert.equal((await answer(`\\\\?\\${workspace.folder}`))[0], "good night");
  });

  it("calls in a folder of more than 260 characters, or says what cargo said", async () => {
    const long = await packageIn(
      join(temporary, ...Array<string>(8).fill("n".repeat(40))),
      "windows-long",
    );
    const { exitCode, error, stdout } = await call(long.folder);
    if (exitCode === 0) {
      assert.equal((JSON.parse(stdout) as { value: unknown }).value, "good day");
    } else {
      assert.equal(error?.kind, "buildFailed", JSON.stringify(error));
    }
  });
});
