// `fidius-call check --against`: interfaces against a revision of a real repository and against a real library, with the exit codes
// that tell breaking, not compared and clean apart.

import assert from "node:assert/strict";
import { join } from "node:path";
import { exampleInterface } from "../../src/drift/example.ts";
import { fixtureLibrary, fixturesFolder } from "../support/fixtureLibraries.ts";
import { GitFixture, packageManifest } from "../support/gitFixture.ts";
import { removeCache, runCli, type CliResult } from "./cliProcess.ts";

const derive = "#[derive(serde::Serialize, serde::Deserialize)]\n";

function library(field: string, version: number, more = ""): string {
  return exampleInterface({
    items: `${derive}pub struct P {\n    pub x: u8,${field}\n}`,
    methods: `    fn run(&self, p: P) -> u8;${more}`,
    version,
  });
}

describe("fidius-call check --against", function () {
  this.timeout(600_000);
  after(removeCache);

  let fixture: GitFixture;

  before(() => {
    fixture = new GitFixture();
    fixture.write({ "Cargo.toml": packageManifest, "src/lib.rs": library("", 1) });
    fixture.commit("v0.3");
  });

  after(() => {
    fixture.dispose();
  });

  const check = (text: string, ...options: string[]): Promise<CliResult> => {
    fixture.write({ "src/lib.rs": text });
    return runCli(["check", ...options], { cwd: fixture.folder });
  };
  const changed = library("\n    pub y: u8,", 1);

  it("prints a line for each change with place, rule and category, names the versions, and exits with 1", async () => {
    const { exitCode, stdout, error } = await check(changed, "--against", "v0.3");
    assert.deepEqual(stdout.split("\n"), [
      "src/lib.rs:6:9: wire-form-changed: `P` gained the field `y`; `run` keeps its hash, but old plugins misread it. [breaking, binary]",
      "src/lib.rs:6:9: interface-version-not-raised: `Tool` changed and its version is still 1. Write `version = 2`. [warning, binary]",
      "1 breaking change since v0.3 (1 binary, 0 source only), 1 warning. Raise `Tool` from version 1 to 2, and raise the package demo from 0.1.0 to 0.2.0.",
      "",
    ]);
    assert.deepEqual([exitCode, error?.kind, error?.["breaking"]], [1, "breaking", 1]);
  });

  it("exits with 0 where nothing changed, and where what changed is safe", async () => {
    const same = await check(library("", 1), "--against", "v0.3");
    assert.deepEqual([same.exitCode, same.stdout], [0, "No interface changed since v0.3.\n"]);
    const added = await check(
      library("", 2, "\n    #[optional(since = 2)]\n    fn more(&self);"),
      "--against",
      "HEAD",
    );
    assert.equal(added.exitCode, 0);
    assert.match(
      added.stdout,
      /^src\/lib\.rs:12:8: optional-added: .* \[safe\]\nNo breaking changes since HEAD, 1 safe change\. Raise the package demo from 0\.1\.0 to 0\.1\.1\.\n$/u,
    );
  });

  it("exits with 2 where it could not compare, and says why", async () => {
    for (const [against, message] of [
      ["v9", /has no revision v9\./u],
      ["--help", /no name of a revision|argument/u],
      ["gone.so", /gone\.so/u],
      [join(fixture.folder, "Cargo.toml"), /Cargo\.toml/u],
    ] as const) {
      const { exitCode, stdout, error } = await check(changed, `--against=${against}`);
      assert.deepEqual([exitCode, stdout], [2, ""], against);
      assert.match(error?.message ?? "", message);
    }
    const usage = await check(changed, "--against", "v0.3", "--format", "xml");
    assert.deepEqual([usage.exitCode, usage.error?.kind], [2, "usage"]);
    const outside = await runCli(["check", fixture.cache, "--against", "v0.3"]);
    assert.equal(outside.exitCode, 2);
  });

  it("prints JSON lines with the summary as the last, and annotations of GitHub Actions", async () => {
    const json = await check(changed, "--against", "v0.3", "--format", "json");
    const [first, , last] = json.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(
      [
        first?.["rule"],
        first?.["category"],
        first?.["severity"],
        first?.["methods"],
        first?.["line"],
      ],
      ["wire-form-changed", "binary", "breaking", ["run"], 6],
    );
    assert.deepEqual([last?.["breaking"], last?.["warnings"], last?.["safe"]], [1, 1, 0]);
    const github = await check(changed, "--against", "v0.3", "--format", "github");
    assert.match(
      github.stdout,
      /^::error file=src\/lib\.rs,line=6,endLine=6,col=9,title=fidius wire-form-changed/u,
    );
    assert.equal(github.exitCode, 1);
  });

  it("takes what fidius-accepted.toml accepts, and tells entries that nothing needs", async () => {
    const entry = (rule: string): string =>
      `[[accepted]]\ninterface = "Tool"\nrule = "${rule}"\nmethod = "run"\nreason = "All are built again."\n`;
    fixture.write({ "fidius-accepted.toml": entry("wire-form-changed") + entry("method-removed") });
    const accepted = await check(changed, "--against", "v0.3");
    assert.equal(accepted.exitCode, 0);
    assert.match(accepted.stdout, /\[breaking, binary, accepted\]\n/u);
    assert.match(
      accepted.stderr,
      /fidius-accepted\.toml accepts method-removed of Tool on run, which no change needs/u,
    );
    fixture.write({ "fidius-accepted.toml": entry("wire-form") });
    const unknown = await check(changed, "--against", "v0.3");
    assert.equal(unknown.exitCode, 2);
    assert.match(unknown.error?.message ?? "", /there is no rule wire-form\. The rules are /u);
    fixture.write({ "fidius-accepted.toml": "" });
  });

  it("compares with a library, which it loads in a process of its own", async () => {
    const older = await fixtureLibrary("ancestor");
    const evolved = join(fixturesFolder, "evolved");
    const { exitCode, stdout, stderr } = await runCli(["check", evolved, "--against", older]);
    const told = stdout.split("\n").filter((line) => line.includes(": optional-"));
    assert.deepEqual(
      told.map((line) =>
        /(\S+): (optional-[a-z-]+):.*`(\w+)`.* \[(.*)\]/u.exec(line)?.slice(2).join(" "),
      ),
      [
        "optional-inserted-above inserted breaking, binary",
        "optional-added appended safe",
        "optional-inserted-above inserted breaking, binary",
        "optional-added appended safe",
      ],
      stdout,
    );
    assert.match(stderr, /A library holds no types: wire forms were not compared/u);
    assert.equal(exitCode, 1);
    const own = await runCli(["check", evolved, "--against", await fixtureLibrary("evolved")]);
    assert.deepEqual(
      [own.exitCode, own.stdout.startsWith("No interface changed since ")],
      [0, true],
    );
  });
});
