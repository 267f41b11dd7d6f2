// What the pages of rules say about the compiler, asked of it: rules of the word `macro` and `rustc` have bad examples that do
// not compile, silent ones may compile, and every good example does, as does every bad one after its quick fix. The snippets of the
// language server are asked about along with them, and what its refactorings make.
// One package for each release of Fidius, with each example as a library of its own.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { oracleFile, oraclePage } from "../../scripts/oraclePage.mjs";
import { sourceRules } from "../../src/diagnostics/rules/index.ts";
import { afterRefactoring } from "../support/refactoredExample.ts";
import { allSnippets } from "../support/snippetsTogether.ts";
import { ruleVariants } from "../support/ruleVariants.ts";
import { afterFix, fixedExample } from "../support/fixedExamples.ts";
import { testTargetFolder } from "../support/fixtureLibraries.ts";

/** What cargo may take, its dependencies included. */
const longestCheck = 20 * 60_000;

type OracleRow = Parameters<typeof oraclePage>[0]["rows"][number];
type OracleVariant = Parameters<typeof oraclePage>[0]["variants"][number];

interface Example {
  readonly name: string;
  readonly text: string;
  /** The package that it is built in: a release of Fidius, or the name that Fidius has there. */
  readonly fidius: string;
}

/** The newest release, which most examples are built with. */
const newest = "0.5.9";

const ofRules: readonly Example[] = sourceRules.flatMap((rule) => {
  const { id, page } = rule;
  const { bad, good, fidius: release = newest, fidiusName } = page;
  const fidius = fidiusName ?? release;
  const fixed = fixedExample(rule);
  return [
    { name: `bad-${id}`, text: bad, fidius },
    { name: `good-${id}`, text: good, fidius },
    ...(fixed === undefined ? [] : [{ name: `fixed-${id}`, text: fixed, fidius }]),
  ];
});

/** Variants, and each after the first fix of the first diagnostic that has one. */
const ofVariants: readonly Example[] = ruleVariants.flatMap(({ text }, index) => {
  const fixed = afterFix(text);
  return [
    { name: `variant-${String(index)}`, text, fidius: newest },
    ...(fixed === undefined
      ? []
      : [{ name: `variant-${String(index)}-fixed`, text: fixed, fidius: newest }]),
  ];
});

const examples: readonly Example[] = [
  ...ofRules,
  ...ofVariants,
  { name: "snippets", text: allSnippets(), fidius: newest },
  { name: "refactored", text: afterRefactoring, fidius: newest },
];

const releases = [...new Set(examples.map(({ fidius }) => fidius))];

function manifestFor(fidius: string, dependencies: readonly string[]): string {
  const names = examples.filter((example) => example.fidius === fidius).map(({ name }) => name);
  return `[package]
name = "rule-examples-${fidius.replaceAll(".", "-")}"
version = "0.1.0"
edition = "2021"

[dependencies]
${dependencies.join("\n")}

[features]
host = []
wasm = []

${names.map((name) => `[[example]]\nname = "${name}"\ncrate-type = ["cdylib"]\n`).join("\n")}
[workspace]
`;
}

const dependencies: Readonly<Record<string, readonly string[]>> = {
  framework: [`framework = { package = "fidius", version = "${newest}" }`],
  [newest]: [
    `fidius = { version = "${newest}", features = ["async"] }`,
    `fidius-macro = "${newest}"`,
    `async-trait = "0.1"`,
    `futures = { version = "0.3", features = ["executor"] }`,
    `serde = { version = "1", features = ["derive"] }`,
    `tokio = { version = "1", features = ["full"] }`,
  ],
};

describe("the examples of rules, asked of the compiler", () => {
  let folder: string;
  /** The examples with an error, with the code of the first. */
  let refused: ReadonlyMap<string, string>;

  before(async function () {
    this.timeout(longestCheck);
    folder = await mkdtemp(join(tmpdir(), "fidius-rules-"));
    const all = new Map<string, string>();
    for (const release of releases) {
      const place = join(folder, release);
      await mkdir(join(place, "src"), { recursive: true });
      await mkdir(join(place, "examples"));
      const lines = dependencies[release] ?? [`fidius = "${release}"`];
      await writeFile(join(place, "Cargo.toml"), manifestFor(release, lines));
      await writeFile(join(place, "src/lib.rs"), "");
      for (const { name, text } of examples.filter(({ fidius }) => fidius === release)) {
        await writeFile(join(place, `examples/${name}.rs`), text);
      }
      for (const [name, code] of await check(place)) {
        all.set(name, code);
      }
    }
    refused = all;
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

  for (const [index, { name, compiles }] of ruleVariants.entries()) {
    it(`${name}: ${compiles ? "compiles" : "does not compile"}`, () => {
      assert.equal(!refused.has(`variant-${String(index)}`), compiles);
    });
    if (examples.some((example) => example.name === `variant-${String(index)}-fixed`)) {
      it(`${name}: compiles after its quick fix`, () => {
        assert.ok(!refused.has(`variant-${String(index)}-fixed`));
      });
    }
  }

  it("the snippets compile as they are completed", () => {
    assert.ok(!refused.has("snippets"));
  });

  it("a library compiles after refactorings of its methods", () => {
    assert.ok(!refused.has("refactored"));
  });

  it("docs/oracle.md says what the compiler said", async () => {
    const seen = { rows: rowsOf(refused), variants: variantsOf(refused) };
    const results = join(import.meta.dirname, "../../test-results");
    await mkdir(results, { recursive: true });
    await writeFile(join(results, "rules.json"), JSON.stringify(seen));
    const written = await readFile(oracleFile, "utf8");
    assert.equal(written, await oraclePage(seen), "run node scripts/oraclePage.mjs");
  });

  it("most silent rules have a bad example that compiles: nobody else says it", () => {
    const silent = sourceRules.filter(({ word }) => word === "silent");
    const compiling = silent.filter(({ id }) => !refused.has(`bad-${id}`));
    assert.ok(compiling.length > silent.length / 2);
  });
});

/** What was said of an example, in a word. */
function verdict(refused: ReadonlyMap<string, string>, name: string): string {
  const code = refused.get(name);
  return code === undefined ? "compiles" : code === "" ? "an error" : code;
}

function rowsOf(refused: ReadonlyMap<string, string>): readonly OracleRow[] {
  const folder = join(import.meta.dirname, "../../src/diagnostics/rules");
  const groups = new Map(
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => [
      basename(file, ".ts").replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`),
      dirname(file),
    ]),
  );
  return sourceRules
    .map(({ id, word, severity }) => ({
      group: groups.get(id) ?? "other",
      rule: id,
      word,
      severity,
      bad: verdict(refused, `bad-${id}`),
      good: verdict(refused, `good-${id}`),
      fixed: examples.some(({ name }) => name === `fixed-${id}`)
        ? refused.has(`fixed-${id}`)
          ? "refused"
          : "compiles"
        : "–",
    }))
    .toSorted((a, b) => a.group.localeCompare(b.group) || a.rule.localeCompare(b.rule));
}

function variantsOf(refused: ReadonlyMap<string, string>): readonly OracleVariant[] {
  return ruleVariants.map(({ name, said }, index) => ({
    name,
    said: said.map((each) => each.split(":")[0] ?? "").join(", ") || "nothing",
    compiler: verdict(refused, `variant-${String(index)}`),
  }));
}

/** Runs `cargo check` on every example; gives those with an error, and its code. */
function check(folder: string): Promise<ReadonlyMap<string, string>> {
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
        const codes = new Map<string, string>();
        for (const { message, target } of messages) {
          if (message?.level === "error" && target !== undefined) {
            // An error without a code is a macro's own.
            const known = codes.get(target.name) ?? "";
            codes.set(target.name, known === "" ? (message.code?.code ?? "") : known);
          }
        }
        resolve(codes);
      },
    );
  });
}

interface CargoMessage {
  readonly reason: string;
  readonly target?: { readonly name: string };
  readonly message?: { readonly level: string; readonly code?: { readonly code: string } | null };
}
