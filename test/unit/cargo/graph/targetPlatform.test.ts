import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { appliesTo, currentPlatform } from "../../../../src/cargo/graph/targetPlatform.ts";

describe("target expressions", () => {
  const linux = currentPlatform("linux", "x64");
  const windows = currentPlatform("win32", "arm64");
  const mac = currentPlatform("darwin", "arm64");

  it("are decided for each platform", () => {
    const cases: readonly (readonly [string | null, boolean, boolean, boolean])[] = [
      [null, true, true, true],
      ["cfg(unix)", true, false, true],
      ["cfg(windows)", false, true, false],
      ["cfg(not(windows))", true, false, true],
      ['cfg(target_os = "macos")', false, false, true],
      ['cfg(any(target_os="linux", target_os="macos",))', true, false, true],
      ['cfg(all(unix, target_arch = "x86_64"))', true, false, false],
      ["cfg(all())", true, true, true],
      ["cfg(any())", false, false, false],
      ['cfg(target_env = "msvc")', false, true, false],
      ['cfg(target_pointer_width = "64")', true, true, true],
      ["x86_64-unknown-linux-gnu", true, false, false],
      ["aarch64-pc-windows-msvc", false, true, false],
      ["aarch64-apple-darwin", false, false, true],
      ["cfg(true)", true, true, true],
      ["cfg(false)", false, false, false],
      ['cfg(target_feature = "nope")', false, false, false],
    ];
    for (const [target, onLinux, onWindows, onMac] of cases) {
      assert.deepEqual(
        [linux, windows, mac].map((platform) => appliesTo(target, platform)),
        [onLinux, onWindows, onMac],
        String(target),
      );
    }
  });

  it("cover nothing when they cannot be read", () => {
    for (const target of [
      "cfg(",
      "cfg()",
      "cfg(any(unix)",
      "cfg(unix) x",
      "cfg(not(unix, unix))",
      `cfg(${"not(".repeat(200)}unix${")".repeat(200)})`,
    ]) {
      assert.equal(appliesTo(target, linux), false, target);
    }
  });
});
