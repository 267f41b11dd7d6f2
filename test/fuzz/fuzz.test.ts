// Random and damaged input, each kind in a process of its own with a limit of memory and of processor time for all of it: no
// hang, no crash, nothing lost. FIDIUS_FUZZ_RUNS draws more (400 if unset), FIDIUS_FUZZ_SEED is the first seed.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildPackageOracle } from "../packages/packageOracle.ts";
import { plainManifest, tarOf } from "../packages/packageFolders.ts";
import { seededRandom } from "../vectors/seededRandom.ts";
import { mutateBytes } from "./mutate.ts";

const runs = Number(process.env["FIDIUS_FUZZ_RUNS"] ?? 400);
const firstSeed = Number(process.env["FIDIUS_FUZZ_SEED"] ?? 1);
const mostMemoryMb = 512;
/** Of processor time: for all inputs together, where one takes some hundredths of a second. */
const secondsOfInput = 0.3;
const secondsOfStart = 60;

describe("random input", function () {
  this.timeout(0);

  for (const [kind, share, promise] of [
    ["workspaces", 4, "of cargo workspaces hides no plugin that is whole"],
    ["json", 50, "that was JSON is JSON to us where it is to JavaScript"],
    ["frames", 50, "that was frames comes out the same however it is cut"],
    ["manifests", 25, "that was a manifest is read, or named with its place"],
  ] as const) {
    it(promise, () => check(kind, Math.ceil(runs * share)));
  }

  it("that was an archive is unpacked, or refused with a sentence and nothing left", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fidius-fuzz-"));
    try {
      await writeArchives(folder);
      await check("archives", runs * 2, folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** Archives whose tar is damaged: what is packed around it is whole, or nobody would look at the tar. */
async function writeArchives(folder: string): Promise<void> {
  const oracle = await buildPackageOracle();
  await mkdir(join(folder, "unpacked"));
  const tar = await tarOf([
    { name: "blur-1.2.0/package.toml", content: plainManifest },
    { name: "blur-1.2.0/src/lib.rs", content: "pub fn f() {}\n".repeat(50) },
    { name: "blur-1.2.0/target/debug/x", content: "built" },
    { name: "blur-1.2.0/package.sig", content: "signature" },
  ]);
  for (let index = 0; index < Math.ceil(runs / 8); index += 1) {
    const content = index === 0 ? tar : mutateBytes(seededRandom(firstSeed + index), tar);
    const file = join(folder, `${String(index)}.tar`);
    await writeFile(file, content);
    assert.ok((await oracle("compress", file)).accepted);
  }
}

async function check(kind: string, count: number, folder = ""): Promise<void> {
  const worker = [
    `--max-old-space-size=${String(mostMemoryMb)}`,
    join(import.meta.dirname, "worker.ts"),
    kind,
    String(firstSeed),
    String(count),
    folder,
  ];
  // The system itself ends what takes no end, by its processor time.
  const seconds = secondsOfStart + Math.ceil(count * secondsOfInput);
  const [program, ...given] =
    process.platform === "win32"
      ? [process.execPath, ...worker]
      : ["sh", "-c", 'ulimit -t "$0"; exec "$@"', String(seconds), process.execPath, ...worker];
  const child = spawn(program, given, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output = (output + text).slice(-100);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(0, 20_000);
  });
  const end = await new Promise<string>((resolve) => {
    child.once("close", (code, signal) => {
      resolve(signal ?? String(code));
    });
  });
  const last = output.trim().split("\n").at(-1) ?? "";
  const again = `FIDIUS_FUZZ_SEED=${last} FIDIUS_FUZZ_RUNS=1 npm test -- fuzz`;
  assert.ok(
    last === "end" && end === "0",
    `${kind}, seed ${last}: the process ended with ${end}. Once more: ${again}\n${errors}`,
  );
}
