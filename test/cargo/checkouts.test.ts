// Two checkouts of one workspace that share a target folder: cargo takes the results of one for those of the other. What
// buildLibrary hands out must say what the sources say, whoever has built before, and in between.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, readFileSync, renameSync, statSync, symlinkSync, utimesSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, it } from "mocha";
import { buildLibrary } from "../../src/cargo/build/buildLibrary.ts";
import type { BuildRequest, BuiltLibrary } from "../../src/cargo/build/builtLibrary.ts";
import { isFresh } from "../../src/cargo/build/freshness.ts";
import { readManifestGraph } from "../../src/cargo/manifest/manifestGraph.ts";
import { createDiskFiles } from "../../src/cargo/manifest/manifestFiles.ts";
import { cargoEnvironment } from "../../src/cargo/process/runCargo.ts";
import {
  cargoPath,
  type CargoWorkspace,
  createWorkspace,
  packageToml,
} from "./support/cargoWorkspace.ts";

const seed = Number(process.env["FIDIUS_FUZZ_SEED"] ?? 20_260_101);
const runs = Number(process.env["FIDIUS_FUZZ_RUNS"] ?? 40);

/** What the library of a checkout says of the sources that it was made from. */
interface Marks {
  readonly plug: string;
  readonly dep: string;
  readonly outside: string;
  readonly script: string;
  readonly text: string;
}

type MarkName = keyof Marks;

const names: readonly MarkName[] = ["plug", "dep", "outside", "script", "text"];

const source = (name: string, mark: string): string =>
  `pub const MARK: &str = "${name}=${mark};";\n`;

describe("checkouts that share a target folder", function () {
  this.timeout(300_000);
  let item: CargoWorkspace;

  beforeEach(() => {
    item = createWorkspace({
      "a/Cargo.toml": '[workspace]\nresolver = "2"\nmembers = ["plug", "dep"]\n',
      "a/plug/Cargo.toml": packageToml(
        "plug",
        '[lib]\ncrate-type = ["cdylib"]\n[dependencies]\ndep = { path = "../dep" }\noutside = { path = "../../outside" }\n',
      ),
      "a/plug/src/lib.rs":
        "mod mark;\n#[no_mangle]\npub static MARKS: [&str; 5] = [mark::MARK, dep::mark::MARK, dep::SCRIPT, dep::TEXT, outside::MARK];\n",
      "a/plug/src/mark.rs": source("plug", "first"),
      "a/dep/Cargo.toml": packageToml("dep"),
      "a/dep/build.rs":
        'fn main() { println!("cargo::rerun-if-changed=rules.txt"); let rule = std::fs::read_to_string("rules.txt").unwrap(); let out = std::env::var("OUT_DIR").unwrap(); std::fs::write(format!("{out}/made.rs"), format!("pub const SCRIPT: &str = {rule:?};")).unwrap(); }\n',
      "a/dep/rules.txt": "script=first;",
      "a/dep/text.txt": "text=first;",
      "a/dep/src/lib.rs":
        'pub mod mark;\ninclude!(concat!(env!("OUT_DIR"), "/made.rs"));\npub const TEXT: &str = include_str!("../text.txt");\n',
      "a/dep/src/mark.rs": source("dep", "first"),
      "outside/Cargo.toml": packageToml("outside"),
      "outside/src/lib.rs": source("outside", "first"),
    });
  });
  afterEach(() => {
    item.dispose();
  });

  const files: Readonly<Record<MarkName, (checkout: string) => string>> = {
    plug: (checkout) => `${checkout}/plug/src/mark.rs`,
    dep: (checkout) => `${checkout}/dep/src/mark.rs`,
    outside: () => "outside/src/lib.rs",
    script: (checkout) => `${checkout}/dep/rules.txt`,
    text: (checkout) => `${checkout}/dep/text.txt`,
  };
  const markIn = (text: string, name: MarkName): string =>
    new RegExp(`${name}=(\\w+);`, "u").exec(text)?.[1] ?? "missing";
  const sourcesSay = (checkout: string): Marks =>
    Object.fromEntries(
      names.map((name) => [
        name,
        markIn(readFileSync(item.path(files[name](checkout)), "utf8"), name),
      ]),
    ) as unknown as Marks;
  const librarySays = (file: string): Marks => {
    const text = readFileSync(file, "latin1");
    return Object.fromEntries(names.map((name) => [name, markIn(text, name)])) as unknown as Marks;
  };
  const edit = (checkout: string, name: MarkName, mark: string): void => {
    const old = readFileSync(item.path(files[name](checkout)), "utf8");
    item.write(files[name](checkout), old.replace(/=\w+;/u, `=${mark};`));
  };
  /** The same, but the file looks as old as it was, as after `cp -p`. */
  const editKeepingTime = (checkout: string, name: MarkName, mark: string): void => {
    const path = item.path(files[name](checkout));
    const { atime, mtime } = statSync(path);
    edit(checkout, name, mark);
    utimesSync(path, atime, mtime);
  };
  const copy = (from: string, to: string): void => {
    cpSync(item.path(from), item.path(to), { recursive: true, preserveTimestamps: true });
  };
  const requestOf = (checkout: string, changes: Partial<BuildRequest> = {}): BuildRequest => {
    const { graph } = readManifestGraph([item.path(checkout)], createDiskFiles());
    const crate = graph.crates.get(item.path(`${checkout}/plug/Cargo.toml`))?.info;
    assert.ok(crate);
    return {
      cargo: cargoPath(),
      crate,
      features: [],
      profile: "dev",
      extraArguments: [],
      environment: { CARGO_TARGET_DIR: item.path("shared") },
      ...changes,
    };
  };
  const output: string[] = [];
  const build = async (request: BuildRequest): Promise<BuiltLibrary> => {
    output.length = 0;
    const result = await buildLibrary(request, {
      onProgress: () => undefined,
      onOutput: (text) => output.push(text),
      signal: new AbortController().signal,
    });
    assert.ok(result.ok, JSON.stringify(result));
    return result.value;
  };
  /** As a user does it in a terminal. */
  const plainCargo = async (
    checkout: string,
    environment: Record<string, string> = { CARGO_TARGET_DIR: item.path("shared") },
  ): Promise<void> => {
    await promisify(execFile)(cargoPath(), ["build", "--lib", "-p", "plug"], {
      cwd: item.path(checkout),
      env: cargoEnvironment(environment),
      timeout: 60_000,
    });
  };
  const assertTrue = async (checkout: string, changes?: Partial<BuildRequest>): Promise<void> => {
    const { libraryFile } = await build(requestOf(checkout, changes));
    assert.deepEqual(librarySays(libraryFile), sourcesSay(checkout));
  };

  it("hands out each checkout's own code, edited and built in turns", async () => {
    copy("a", "b");
    for (const [round, name] of names.entries()) {
      edit("b", name, `b${round}`);
      await assertTrue("a");
      await assertTrue("b");
      edit("a", name, `a${round}`);
      await assertTrue("b");
      await assertTrue("a");
    }
  });

  it("does not believe cargo in the folder that the other one built into last", async () => {
    copy("a", "b");
    edit("b", "dep", "other");
    await assertTrue("a");
    await plainCargo("b");
    await plainCargo("a");
    await assertTrue("a");
  });

  it("keeps what it handed out from builds of others, and is fresh without cargo", async () => {
    copy("a", "b");
    edit("b", "plug", "other");
    const request = requestOf("a");
    const built = await build(request);
    await assertTrue("b");
    await plainCargo("b");
    assert.deepEqual(librarySays(built.libraryFile), sourcesSay("a"));
    assert.equal(await isFresh(built, request), true);
  });

  const sharing: readonly (readonly [
    string,
    () => { readonly a: Partial<BuildRequest>; readonly b: Partial<BuildRequest> },
  ])[] = [
    [
      "a setting names",
      () => {
        const shared = { environment: {}, targetDirectory: item.path("shared") };
        return { a: shared, b: shared };
      },
    ],
    [
      "a cargo configuration above both names",
      () => {
        item.write(".cargo/config.toml", '[build]\ntarget-dir = "shared"\n');
        return { a: { environment: {} }, b: { environment: {} } };
      },
    ],
    [
      "the configuration in cargo's home names",
      () => {
        item.write("home/config.toml", `[build]\ntarget-dir = '${item.path("shared")}'\n`);
        const toolchain = process.env["RUSTUP_HOME"] ?? join(homedir(), ".rustup");
        const environment = { CARGO_HOME: item.path("home"), RUSTUP_HOME: toolchain };
        return { a: { environment }, b: { environment } };
      },
    ],
    [
      "is the first one's own, and the second one's is a link to it",
      () => {
        item.write("a/target/.keep", "");
        symlinkSync(item.path("a/target"), item.path("b/target"));
        return { a: { environment: {} }, b: { environment: {} } };
      },
    ],
  ];
  for (const [how, share] of sharing) {
    it(`hands out each checkout's own code where the folder ${how}`, async () => {
      copy("a", "b");
      const { a, b } = share();
      edit("b", "dep", "other");
      await assertTrue("a", a);
      await assertTrue("b", b);
      await assertTrue("a", a);
      edit("a", "plug", "changed");
      await assertTrue("a", a);
      await assertTrue("b", b);
    });
  }

  it("sees a source that was replaced by one of the same size and date", async () => {
    for (const name of names) {
      await assertTrue("a");
      editKeepingTime("a", name, "other");
      await assertTrue("a");
    }
  });

  it("sees that another checkout stands in the folder of the first one", async () => {
    copy("a", "b");
    edit("b", "dep", "other");
    utimesSync(item.path(files.dep("b")), new Date(0), new Date(0));
    await assertTrue("a");
    renameSync(item.path("a"), item.path("old"));
    renameSync(item.path("b"), item.path("a"));
    await assertTrue("a");
  });

  it("builds the copy of a checkout from the copy, target folder and all", async () => {
    await build(requestOf("a", { environment: {} }));
    copy("a", "b");
    editKeepingTime("b", "dep", "other");
    await assertTrue("b", { environment: {} });
    await assertTrue("a", { environment: {} });
  });

  it("compiles once, and takes it for its own from then on", async () => {
    const request = requestOf("a");
    assert.equal((await build(request)).didCompile, true);
    assert.equal((await build(request)).didCompile, false);
    edit("a", "plug", "second");
    await build(request);
    const compiled = output.filter((line) => line.includes("Compiling"));
    assert.equal(compiled.length, 1, compiled.join("\n"));
  });

  it("says the truth in both checkouts while both build all the time", async () => {
    copy("a", "b");
    const work = async (checkout: string): Promise<void> => {
      for (let round = 0; round < 4; round += 1) {
        const name = names[round % 2] ?? "plug";
        edit(checkout, name, `${checkout}${round}`);
        await assertTrue(checkout);
      }
    };
    await Promise.all([work("a"), work("b")]);
  });

  it(`says what the sources say after any sequence of edits and builds (seed ${seed})`, async () => {
    copy("a", "b");
    let state = seed;
    const draw = (limit: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      return (state >>> 8) % limit;
    };
    const history: string[] = [];
    for (let step = 0; step < runs; step += 1) {
      const checkout = draw(2) === 0 ? "a" : "b";
      const name = names[draw(names.length)] ?? "plug";
      const action = draw(5);
      history.push(`${checkout} ${name} ${action}`);
      if (action === 0) {
        edit(checkout, name, `m${step}`);
      } else if (action === 1) {
        editKeepingTime(checkout, name, `m${step}`);
      } else if (action === 2) {
        await plainCargo(checkout);
      } else {
        const { libraryFile } = await build(requestOf(checkout));
        assert.deepEqual(librarySays(libraryFile), sourcesSay(checkout), history.join(", "));
      }
    }
  });
});
