// The configurations of docs/editors.md in the real Neovim and the real Emacs: a diagnostic, its fix, and a method invoked.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { distFolder, repositoryRoot, testTargetFolder } from "../support/fixtureLibraries.ts";
import { greeterSource, manifest, TestFolder } from "./workspace.ts";

const scripts = path.join(import.meta.dirname, "editors");
const page = readFileSync(path.join(repositoryRoot, "docs/editors.md"), "utf8");

function configuration(language: string): string {
  const block = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "su").exec(page)?.[1];
  assert.ok(block !== undefined, `docs/editors.md has a block in ${language}`);
  return block;
}

interface Step {
  readonly step: string;
  readonly value: unknown;
}

/** A package with an async method and without the feature for it, and the server on PATH as `npm link` puts it there. */
class EditorFolder extends TestFolder {
  constructor(files: Readonly<Record<string, string>>) {
    super({
      "Cargo.toml": manifest("demo", `fidius = "0.5.9"`),
      "Cargo.lock": readFileSync(path.join(repositoryRoot, "test/fixtures/Cargo.lock"), "utf8"),
      "src/lib.rs": greeterSource,
      "bin/.keep": "",
      ...files,
    });
    symlinkSync(path.resolve(distFolder(), "server.cjs"), this.path("bin/fidius-language-server"));
  }

  /** Editors take the repository for the project. */
  async makeRepository(): Promise<void> {
    await promisify(execFile)("git", ["init", "--quiet", this.folder]);
  }

  /** Runs the editor in the folder; gives the steps that its script told. */
  async run(program: string, args: readonly string[]): Promise<readonly Step[]> {
    const running = promisify(execFile)(program, args, {
      cwd: this.folder,
      timeout: 500_000,
      env: {
        ...process.env,
        PATH: [this.path("bin"), path.dirname(process.execPath), process.env["PATH"]].join(
          path.delimiter,
        ),
        HOME: this.folder,
        CARGO_HOME: process.env["CARGO_HOME"] ?? path.join(process.env["HOME"] ?? "", ".cargo"),
        RUSTUP_HOME: process.env["RUSTUP_HOME"] ?? path.join(process.env["HOME"] ?? "", ".rustup"),
        CARGO_TARGET_DIR: testTargetFolder(),
      },
    });
    // Who asks anything else fails, and does not wait.
    running.child.stdin?.end();
    const { stdout } = await running;
    return stdout
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Step);
  }

  get manifest(): string {
    return readFileSync(this.path("Cargo.toml"), "utf8");
  }
}

const fixed = manifest("demo", `fidius = { version = "0.5.9", features = ["async"] }`);

describe("in other editors", function () {
  this.timeout(600_000);

  it("Neovim shows diagnostics, applies fixes, and invokes methods", async () => {
    using files = new EditorFolder({ "init.lua": configuration("lua") });
    const steps = await files.run("nvim", [
      "--headless",
      "-u",
      files.path("init.lua"),
      "-S",
      path.join(scripts, "neovim.lua"),
    ]);
    assert.deepEqual(
      steps.map(({ step }) => step),
      ["diagnostic", "fix", "lens", "answer"],
      JSON.stringify(steps),
    );
    const [diagnostic, fix, lens, answer] = steps.map(({ value }) => value);
    assert.deepEqual(diagnostic, { source: "fidius", code: "missing-async-feature", line: 16 });
    assert.match(String(fix), /^Enable the feature `async`/u);
    assert.equal(lens, "Invoke");
    assert.match(String(answer), /^Polite\.quick: ok · /u);
    assert.equal(files.manifest, fixed);
  });

  it("Emacs shows diagnostics, applies fixes, and invokes methods", async () => {
    using files = new EditorFolder({ "init.el": configuration("elisp") });
    await files.makeRepository();
    const steps = await files.run("emacs", [
      "--batch",
      "--eval",
      "(package-initialize)",
      "-l",
      files.path("init.el"),
      "-l",
      path.join(scripts, "emacs.el"),
    ]);
    assert.deepEqual(
      steps.map(({ step }) => step),
      ["diagnostic", "fix", "answer"],
      JSON.stringify(steps),
    );
    const [diagnostic, fix, answer] = steps.map(({ value }) => value);
    assert.match(String(diagnostic), /missing-async-feature/u);
    assert.match(String(fix), /^Enable the feature `async`/u);
    assert.match(String(answer), /^Polite\.quick: ok · /u);
    assert.equal(files.manifest, fixed);
  });
});
