// Folders of ours: made with those above them, or refused at once.

import assert from "node:assert/strict";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeCacheProblem } from "../../../src/files/folderFailure.ts";
import { makeFolder } from "../../../src/files/makeFolder.ts";

function refusal(folder: string): string {
  try {
    makeFolder(folder);
  } catch (error) {
    return describeCacheProblem({ folder }, error);
  }
  return assert.fail(`${folder} was made`);
}

describe("a folder of ours", () => {
  let home: string;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), "fidius-folders-"));
  });
  after(() => rm(home, { recursive: true }));

  it("is made with those above it, once or again", async () => {
    const folder = join(home, "one", "two", "three");
    makeFolder(folder);
    makeFolder(folder);
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
  });

  it("is named when it cannot be made, and nothing goes on for ever", async () => {
    await writeFile(join(home, "file"), "");
    assert.match(
      refusal(join(home, "file", "below")),
      /a file is in its place, or in that of a folder above/,
    );
    assert.match(refusal(join(home, "file")), /a file is in its place/);
    assert.match(refusal("/proc/nowhere/cache"), /cannot be used: it cannot be made there/);
    assert.match(refusal("relative/cache"), /the home folder is not known\. Set HOME/);
  });
});
