import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { findCargo, type FindCargoOptions } from "../../../../src/cargo/process/findCargo.ts";

describe("finding cargo", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fidius-find-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const program = (path: string, mode = 0o755): string => {
    const file = join(folder, path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, "");
    chmodSync(file, mode);
    return file;
  };
  const find = (options: FindCargoOptions): string => {
    const result = findCargo({ homeFolder: join(folder, "home"), platform: "linux", ...options });
    return result.ok ? result.value : result.error.message;
  };

  it("takes the setting, then PATH in order, then rustup's folder", () => {
    const onPath = program("b/cargo");
    const inHome = program("home/.cargo/bin/cargo");
    const configured = program("own/my-cargo");
    program("a/cargo", 0o644); // not executable
    const environment = { PATH: [join(folder, "a"), join(folder, "b")].join(delimiter) };
    assert.equal(find({ environment, configuredPath: configured }), configured);
    assert.equal(find({ environment, configuredPath: " " }), onPath);
    assert.equal(find({ environment: {} }), inHome);
    assert.equal(find({ environment: {}, configuredPath: "~/.cargo/bin/cargo" }), inHome);
    const moved = program("moved/bin/cargo");
    assert.equal(find({ environment: { CARGO_HOME: join(folder, "moved") } }), moved);
  });

  it("never runs a program from a relative folder on PATH", () => {
    assert.match(find({ environment: { PATH: ".:bin::" } }), /not found on PATH/u);
  });

  it("says what to do when there is none", () => {
    assert.equal(
      find({ environment: { PATH: folder } }),
      "cargo was not found on PATH. Install Rust with rustup, or set fidius.cargo.path.",
    );
    const gone = join(folder, "gone");
    assert.equal(
      find({ environment: {}, configuredPath: gone }),
      `fidius.cargo.path is "${gone}", but there is no program of that name. Correct the setting, or clear it to use the cargo on PATH.`,
    );
  });

  it("finds cargo.exe on Windows, whose PATH may be spelled Path", () => {
    const file = program("w/cargo.exe");
    assert.equal(find({ environment: { Path: join(folder, "w") }, platform: "win32" }), file);
  });
});
