// A git repository made for one test: a package with one file, committed once, without network and without anybody's settings.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export const packageManifest = `[package]
name = "demo"
version = "0.1.0"
edition = "2021"

[dependencies]
fidius = "0.5"
serde = { version = "1", features = ["derive"] }

[workspace]
`;

export class GitFixture {
  /** The repository. */
  readonly folder: string;
  /** Beside it, for what is extracted. */
  readonly cache: string;
  readonly #parent: string;

  constructor() {
    this.#parent = realpathSync(mkdtempSync(join(tmpdir(), "fidius-drift-")));
    this.folder = join(this.#parent, "repository");
    this.cache = join(this.#parent, "cache");
    mkdirSync(this.folder);
    this.git("init", "-q", "-b", "main");
  }

  git(...words: readonly string[]): string {
    return execFileSync("git", words, {
      cwd: this.folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      env: {
        PATH: process.env["PATH"],
        HOME: this.#parent,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: "t",
        GIT_AUTHOR_EMAIL: "t@example.com",
        GIT_COMMITTER_NAME: "t",
        GIT_COMMITTER_EMAIL: "t@example.com",
      },
    }).trim();
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  /** Commits everything under a tag. */
  commit(tag: string): void {
    this.git("add", "-A");
    this.git("commit", "-qm", tag);
    this.git("tag", tag);
  }

  dispose(): void {
    rmSync(this.#parent, { recursive: true, force: true });
  }
}
