// Which sources count as newer than a library: by their own date, unless git says that what stands there was committed before.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newerSources } from "../../../../src/calls/age/newerSources.ts";

const { signal } = new AbortController();

/** A second of 2026, so that no clock matters. */
const at = (seconds: number): number => Date.UTC(2026, 0, 1) + seconds * 1000;

describe("newerSources", function () {
  this.timeout(30_000);
  let folder = "";

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "fidius-newer-")));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (name: string, writtenMs: number, text = ""): string => {
    const file = join(folder, name);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, text);
    utimesSync(file, writtenMs / 1000, writtenMs / 1000);
    return file;
  };

  const git = (...words: readonly string[]): void => {
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...words], {
      cwd: folder,
      env: {
        ...process.env,
        GIT_COMMITTER_DATE: new Date(at(100)).toISOString(),
        GIT_AUTHOR_DATE: new Date(at(100)).toISOString(),
      },
    });
  };

  it("without git takes the date of the file", async () => {
    const files = [write("a.rs", at(1)), write("b.rs", at(30)), write("c.rs", at(20))];
    assert.deepEqual(await newerSources(files, at(10), signal), [files[1], files[2]]);
    assert.deepEqual(await newerSources(files, at(30), signal), []);
  });

  it("passes over files that vanished and names three at most", async () => {
    const files = [1, 2, 3, 4, 5].map((each) => write(`${each}.rs`, at(each)));
    const gone = join(folder, "gone.rs");
    assert.deepEqual(await newerSources([gone, ...files], at(0), signal), files.slice(2).reverse());
  });

  it("takes a clean file's date from its commit: a checkout writes all files anew", async () => {
    const files = [write("src/a.rs", at(5000)), write("src/b.rs", at(5001))];
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "all");
    assert.deepEqual(await newerSources(files, at(200), signal), []);
    assert.deepEqual(await newerSources(files, at(50), signal), [files[1], files[0]]);
  });

  it("takes the date of a file that git calls changed, or does not know", async () => {
    const changed = write("changed.rs", at(1));
    const clean = write("clean.rs", at(5000));
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "all");
    write("changed.rs", at(5001), "struct Changed;");
    const unknown = write("unknown.rs", at(5002));
    assert.deepEqual(await newerSources([changed, clean, unknown], at(200), signal), [
      unknown,
      changed,
    ]);
    git("add", ".");
    assert.deepEqual(await newerSources([changed, clean, unknown], at(200), signal), [
      unknown,
      changed,
    ]);
  });
});
