// What cargo says of a folder that it cannot write to, told from what it says of sources and build scripts.

import assert from "node:assert/strict";
import { targetProblem } from "../../../../src/cargo/build/targetFolder.ts";

const crate = {
  name: "plugin",
  version: "0.1.0",
  manifestPath: "/w/Cargo.toml",
  workspaceRoot: "/w",
  libraryName: "plugin",
  crateTypes: ["cdylib"],
};

function messageOf(...lines: readonly string[]): string | undefined {
  const problem = targetProblem(lines, { crate });
  return problem?.message;
}

const isPosix = process.platform !== "win32";

describe("a target folder that cannot be written to", () => {
  it("is told from cargo's own words, with them", () => {
    const full = isPosix ? 28 : 112;
    assert.equal(
      messageOf(
        "   Compiling plugin v0.1.0",
        "error: failed to write `/t/debug/.fingerprint/x`",
        "",
        "Caused by:",
        `  Kein Platz mehr (os error ${full})`,
      ),
      `A folder that the build writes to cannot be used: no space is left on its disk. Make room there. Another target folder can be named in CARGO_TARGET_DIR or the setting fidius.cargo.targetDir. cargo says: error: failed to write \`/t/debug/.fingerprint/x\`: Kein Platz mehr (os error ${full})`,
    );
    assert.match(
      messageOf(
        "error: failed to open: /t/debug/.cargo-lock",
        "",
        "Caused by:",
        `  no (os error ${isPosix ? 13 : 5})`,
      ) ?? "",
      /your user may not write there/,
    );
  });

  it("is not what is told of sources, and of what a build script met elsewhere", () => {
    for (const code of [2, 5, 13, 17, 20]) {
      for (const lines of [
        [`couldn't read \`src/gone.txt\`: No such file (os error ${code})`],
        [`error: failed to read \`/w/Cargo.toml\``, "", "Caused by:", `  no (os error ${code})`],
        [
          "error: failed to run custom build command for `plugin v0.1.0 (/w)`",
          "",
          "Caused by:",
          "  process didn't exit successfully: `/t/debug/build/x` (exit status: 101)",
          "  --- stderr",
          `  failed to create directory \`/x\`: no (os error ${code}) at path "/x"`,
        ],
        [],
      ]) {
        assert.equal(messageOf(...lines), undefined, lines.join("\n"));
      }
    }
  });
});
