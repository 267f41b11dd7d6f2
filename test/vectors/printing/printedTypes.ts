// How the compiler prints types, through a macro that reads them as Fidius' own does.

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { repositoryRoot, testTargetFolder } from "../../support/fixtureLibraries.ts";

const oracle = join(repositoryRoot, "test/vectors/printing/oracle");
const execute = promisify(execFile);

/** Sources for one run of rustc: what its lexer does not take ends the run. */
const chunk = 50;

/** The text of each of `sources`, by its place in the list; types that are no Rust are left out. */
export async function printedTypes(
  sources: readonly string[],
): Promise<ReadonlyMap<number, string>> {
  const library = await buildOracle();
  const printed = new Map<number, string>();
  for (let first = 0; first < sources.length; first += chunk) {
    for (const [index, text] of await printChunk(library, sources.slice(first, first + chunk))) {
      printed.set(first + index, text);
    }
  }
  return printed;
}

async function printChunk(
  library: string,
  sources: readonly string[],
): Promise<readonly (readonly [number, string])[]> {
  const folder = await mkdtemp(join(tmpdir(), "fidius-printing-"));
  try {
    await mkdir(join(folder, "src"));
    // A module with a syntax error takes no other with it.
    for (const [index, source] of sources.entries()) {
      const text = `#[printing_oracle::print_types]\ntrait T { fn t${index}() -> ${source}; }\n`;
      await writeFile(join(folder, `src/m${index}.rs`), text);
    }
    const modules = [...sources.keys()].map((index) => `mod m${index};`);
    await writeFile(join(folder, "src/lib.rs"), modules.join("\n"));
    const printed = join(folder, "printed");
    await writeFile(printed, "");
    const kind = ["--edition", "2021", "--crate-type", "lib", "--emit", "metadata"];
    const externs = ["--extern", `printing_oracle=${library}`, join(folder, "src/lib.rs")];
    await execute("rustc", [...kind, "--out-dir", folder, ...externs], {
      env: { ...process.env, PRINT_TO: printed },
      maxBuffer: 256 * 1024 * 1024,
    }).catch(() => undefined);
    const lines = (await readFile(printed, "utf8")).split("\n").filter((line) => line !== "");
    return lines.map((line) => {
      const [name = "", hex = ""] = line.split(" ");
      return [Number(name.slice(1)), Buffer.from(hex, "hex").toString("utf8")];
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function buildOracle(): Promise<string> {
  const given = [
    "build",
    "--locked",
    "--message-format",
    "json",
    "--target-dir",
    testTargetFolder(),
  ];
  const { stdout } = await execute(
    "cargo",
    [...given, "--manifest-path", join(oracle, "Cargo.toml")],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  for (const line of stdout.split("\n").filter((text) => text.startsWith("{"))) {
    const { target, filenames } = JSON.parse(line) as {
      target?: { name: string };
      filenames?: readonly string[];
    };
    const file = filenames?.find((name) => /\.(?:so|dylib|dll)$/.test(name));
    if (target?.name === "printing_oracle" && file !== undefined) {
      return file;
    }
  }
  throw new Error("cargo named no library");
}
