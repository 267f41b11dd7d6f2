import assert from "node:assert/strict";
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createNodeFiles } from "../../../src/project/nodeFiles.ts";

describe("createNodeFiles", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "fidius-files-"));
    file = path.join(folder, "lib.rs");
    writeFileSync(file, "disk");
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("reads the disk once between two refreshes", () => {
    const files = createNodeFiles();
    assert.equal(files.read(file), "disk");
    writeFileSync(file, "changed");
    assert.equal(files.read(file), "disk");
    files.refresh();
    assert.equal(files.read(file), "changed");
    rmSync(file);
    files.refresh();
    assert.equal(files.read(file), undefined);
  });

  it("sees a change of the same length in the same second", () => {
    const files = createNodeFiles();
    assert.equal(files.read(file), "disk");
    writeFileSync(file, "dusk");
    utimesSync(file, 1, 1.5);
    files.refresh();
    assert.equal(files.read(file), "dusk");
  });

  it("prefers open documents, and says what that changes", () => {
    const files = createNodeFiles();
    assert.equal(files.setOpenText(file, "disk"), false);
    assert.equal(files.setOpenText(file, "open"), true);
    assert.equal(files.read(file), "open");
    assert.equal(files.removeOpenText(file), true);
    assert.equal(files.read(file), "disk");
    assert.equal(files.removeOpenText(file), false);
  });

  it("has no text for folders and for what is not there", () => {
    const files = createNodeFiles();
    assert.equal(files.read(folder), undefined);
    assert.equal(files.read(path.join(folder, "none.rs")), undefined);
  });

  it("knows open documents that are not on disk yet", () => {
    const files = createNodeFiles();
    const unsaved = path.join(folder, "new.rs");
    assert.equal(files.setOpenText(unsaved, "new"), true);
    assert.equal(files.read(unsaved), "new");
    assert.equal(files.removeOpenText(unsaved), true);
    assert.equal(files.read(unsaved), undefined);
  });
});
