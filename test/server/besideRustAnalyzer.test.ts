// Beside rust-analyzer nothing is said twice and nothing is missing: the real rust-analyzer and the built server look at the bad
// example of every rule that has a word of Fidius' macros, of rust-analyzer or of rustc.

import assert from "node:assert/strict";
import type { Diagnostic, Range } from "vscode-languageserver";
import { sourceRules } from "../../src/diagnostics/rules/index.ts";
import type { SourceRule } from "../../src/diagnostics/sourceRule.ts";
import type { RustProblem } from "../../src/rust/fidius/facts.ts";
import { fixedExample, problemsInExample } from "../support/fixedExamples.ts";
import { testTargetFolder } from "../support/fixtureLibraries.ts";
import { RustAnalyzer } from "../support/rustAnalyzer.ts";
import { LspClient, messageOf } from "./lspClient.ts";
import { TestFolder } from "./workspace.ts";

/** rust-analyzer compiles Fidius' macros and what they need before its first word. */
const longestStart = 900_000;

const problemsOf = ({ id, page }: SourceRule): readonly RustProblem[] =>
  problemsInExample(page.bad, page).filter(({ code }) => code === id);
const isLive = ({ isLiveInRustAnalyzer }: RustProblem): boolean => isLiveInRustAnalyzer === true;

/** Those whose examples belong into the one package that is opened here: its Fidius is the newest, and called so. */
const rules = sourceRules.filter(
  (rule) =>
    rule.page.fidius === undefined &&
    rule.page.fidiusName === undefined &&
    (rule.word !== "silent" || problemsOf(rule).some(isLive)),
);
const fileOf = ({ id }: SourceRule): string => `examples/${id}.rs`;

/** Rules whose place rust-analyzer marks too, in terms of code that the macro wrote; ours tells the reason. */
const differentWords: ReadonlySet<string> = new Set([
  "buffer-mismatch",
  "method-signature-differs",
  "stream-async",
  "stream-foreign-type",
]);

const manifest = `[package]
name = "beside-rust-analyzer"
version = "0.1.0"
edition = "2021"

[dependencies]
fidius = { version = "0.5.9", features = ["async"] }
serde = { version = "1", features = ["derive"] }
tokio = { version = "1", features = ["rt"] }

[features]
host = []

${rules.map(({ id }) => `[[example]]\nname = "${id}"\ncrate-type = ["cdylib"]\n`).join("\n")}
[workspace]
`;

describe("beside rust-analyzer", function () {
  this.timeout(longestStart);
  let files: TestFolder;
  let client: LspClient;
  /** By the id of the rule. */
  const theirs = new Map<string, readonly Diagnostic[]>();

  before(async () => {
    files = new TestFolder({
      "Cargo.toml": manifest,
      "src/lib.rs": "",
      ...Object.fromEntries(rules.map((rule) => [fileOf(rule), rule.page.bad])),
    });
    client = await LspClient.start({
      folders: [files.folder],
      options: { isTrusted: false, isRustAnalyzerActive: true },
    });
    await using analyzer = await RustAnalyzer.start(files.folder, {
      CARGO_TARGET_DIR: testTargetFolder(),
    });
    for (const rule of rules) {
      theirs.set(rule.id, await analyzer.errors(files.path(fileOf(rule)), rule.page.bad));
    }
  });

  after(async () => {
    await client[Symbol.asyncDispose]();
    files[Symbol.dispose]();
  });

  const published = (rule: SourceRule): readonly Diagnostic[] =>
    client.diagnostics(files.path(fileOf(rule))).filter(({ code }) => code === rule.id);

  for (const rule of rules) {
    const { id } = rule;
    const problems = problemsOf(rule);
    const own = problems.filter((problem) => !isLive(problem));
    const live = problems.filter(isLive);
    if (own.length > 0) {
      it(`${id} is said by us`, () => {
        assert.deepEqual(
          published(rule).map(({ range }) => range),
          own.map(({ span: { start, end } }) => ({ start, end })),
        );
        const errors = theirs.get(id) ?? [];
        const doubled = errors.filter(({ range }) => own.some(({ span }) => isSame(span, range)));
        assert.ok(differentWords.has(id) || doubled.length === 0, listed(doubled));
      });
    }
    if (live.length > 0) {
      it(`${id} is left to rust-analyzer, with our fix`, async () => {
        assert.equal(published(rule).length, own.length);
        const errors = theirs.get(id) ?? [];
        const at = errors.find(({ range }) => live.some(({ span }) => share(span, range)));
        assert.ok(at, `rust-analyzer says: ${listed(errors)}`);
        if (fixedExample(rule) !== undefined) {
          const actions = await client.codeActions(files.path(fileOf(rule)), at.range);
          assert.ok(actions.length > 0);
        }
      });
    }
  }
});

function listed(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map((diagnostic) => `${diagnostic.range.start.line + 1}: ${messageOf(diagnostic)}`)
    .join("\n");
}

/** True when two ranges have a line in common: one is at the word, the other at its clause. */
function share(one: Range, other: Range): boolean {
  return one.start.line <= other.end.line && other.start.line <= one.end.line;
}

function isSame(one: Range, other: Range): boolean {
  const { start, end } = one;
  return (
    start.line === other.start.line &&
    start.character === other.start.character &&
    end.line === other.end.line &&
    end.character === other.end.character
  );
}
