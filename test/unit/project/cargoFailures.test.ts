// A cargo that fails is a diagnostic where it can be mended.

import assert from "node:assert/strict";
import { cargoNotices } from "../../../src/project/cargoFailures.ts";

const manifestPath = "/ws/Cargo.toml";
const missing =
  "error: toolchain 'nightly-2020-01-01-x86_64-unknown-linux-gnu' is not installed\nhelp: run `rustup toolchain install`";

describe("a cargo that fails", () => {
  it("is told on rust-toolchain.toml when the toolchain is missing", () => {
    const [notice, ...others] = cargoNotices(
      [{ manifestPath, message: missing }],
      [],
      (file) => file === "/ws/rust-toolchain.toml",
    );
    assert.deepEqual(others, []);
    assert.equal(notice?.file, "/ws/rust-toolchain.toml");
    assert.match(notice.message, /toolchain 'nightly-2020-01-01.*' is not installed.*rustup/u);
  });

  it("is told on the manifest otherwise, with cargo's words in one line", () => {
    const message = "error: failed to select a version for `x`\n    required by package `y`";
    const [notice] = cargoNotices([{ manifestPath, message }], [], () => false);
    assert.equal(notice?.file, manifestPath);
    assert.match(
      notice.message,
      /failed to select a version for `x` required by package `y`\. Mend/u,
    );
  });

  it("is not told a second time where the manifests' own diagnostics say why", () => {
    const known = [{ file: "/ws/a/Cargo.toml", message: "path does not exist" }];
    assert.deepEqual(
      cargoNotices([{ manifestPath, message: "error: x" }], known, () => false),
      [],
    );
  });
});
