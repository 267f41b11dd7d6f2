// What the pages of rules say about the compiler, asked of it: rules of the word `macro` and `rustc` have bad examples that do
// not compile, silent ones may compile, and every good example does, as does every bad one after its quick fix. One package with each example as a library of its own.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sourceRules } from "../../src/diagnostics/rules/index.ts";
import { fixedExample } from "../support/fixedExamples.ts";
import { testTargetFolder } from "../support/fixtureLibraries.ts";

/** What cargo may take, its dependencies included. */
const longestCheck = 20 * 60_000;

interface Example {
  readonly name: string;
  readonly text: string;
}

const examples: readonly Example[] = sourceRules.flatMap((rule) => {
  const { id, page } = rule;
  const fixed = fixedExample(rule);
  return [
    { name: `bad-${id}`, text: page.bad },
    { name: `good-${id}`, text: page.good },
    ...(fixed === undefined ? [] : [{ name: `fixed-${id}`, text: fixed }]),
  ];
});

const manifest = `[package]
name = "rule-examples"
version = "0.1.0"
edition = "2021"

[dependencies]
fidius = { version = "0.5.9", features = ["async"] }
fidius-macro = "0.5.9"
futures = { version = "0.3", features = ["executor"] }
serde = { version = "1", features = ["derive"] }
tokio = { version = "1", features = ["full"] }

[features]
host = []
wasm = []

${examples.map(({ name }) => `[[example]]\nname = "${name}"\ncrate-type = ["cdylib"]\n`).join("\n")}
[workspace]
`;

describe("the examples of rules, asked of the compiler", () => {
  let folder: string;
  /** The examples with an error. */
  let refused: ReadonlySet<string>;

  before(async function () {
    this.timeout(longestCheck);
    folder = await mkdtemp(join(tmpdir(), "fidius-rules-"));
    await mkdir(join(folder, "src"));
    await mkdir(join(folder, "examples"));
    await writeFile(join(folder, "Cargo.toml"), manifest);
    await writeFile(join(folder, "src/lib.rs"), "");
    for (const { name, text } of examples) {
      await writeFile(join(folder, `examples/${name}.rs`), text);
    }
    refused = await check(folder);
  });

  after(() => rm(folder, { recursive: true, force: true }));

  for (const { id, word } of sourceRules) {
    it(`${id}: the good example compiles`, () => {
      assert.ok(!refused.has(`good-${id}`));
    });
    if (examples.some(({ name }) => name === `fixed-${id}`)) {
      it(`${id}: the bad example compiles after its quick fix`, () => {
        assert.ok(!refused.has(`fixed-${id}`));
      });
    }
    if (word !== "silent") {
      it(`${id}: the bad example does not compile`, () => {
        assert.ok(refused.has(`bad-${id}`));
      });
    }
  }

  it("most silent rules have a bad example that compiles: nobody else says it", () => {
    const silent = sourceRules.filter(({ word }) => word === "silent");
    const compiling = silent.filter(({ id }) => !refused.has(`bad-${id}`));
    assert.ok(compiling.length > silent.length / 2);
  });
});

/** Runs `cargo check` on every example; gives the names of those with an error. */
function check(folder: string): Promise<ReadonlySet<string>> {
  return new Promise((resolve, reject) => {
    execFile(
      "cargo",
      ["check", "--examples", "--keep-going", "--message-format=json", "--quiet"],
      {
        cwd: folder,
        env: { ...process.env, CARGO_TARGET_DIR: join(testTargetFolder(), "rule-examples") },
        maxBuffer: 256 * 1024 * 1024,
        timeout: longestCheck,
      },
      (_, stdout, stderr) => {
        const messages = stdout
          .split("\n")
          .filter((line) => line.startsWith("{"))
          .map((line) => JSON.parse(line) as CargoMessage);
        if (!messages.some(({ reason }) => reason === "compiler-artifact")) {
          reject(new Error(stderr));
        }
        resolve(
          new Set(
            messages.flatMap(({ message, target }) =>
              message?.level === "error" && target !== undefined ? [target.name] : [],
            ),
          ),
        );
      },
    );
  });
}

interface CargoMessage {
  readonly reason: string;
  readonly target?: { readonly name: string };
  readonly message?: { readonly level: string };
}
