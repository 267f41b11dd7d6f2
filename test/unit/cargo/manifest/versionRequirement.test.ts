import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { compatibleRange, satisfies } from "../../../../src/cargo/manifest/versionRequirement.ts";

describe("version requirements", () => {
  it("name the range in which cargo unifies", () => {
    const cases: readonly (readonly [string | null, string])[] = [
      ["0.5", "0.5"],
      ["^0.5.3", "0.5"],
      ["=0.5.9", "0.5"],
      ["~0.5.2", "0.5"],
      ["0.5.*", "0.5"],
      [">=0.4.1, <0.6", "0.4"],
      ["1", "1"],
      ["1.2.3", "1"],
      ["0", "0"],
      ["0.0.5", "0.0.5"],
      ["0.0", "0.0"],
      ["0.0.0-alpha.1", "0.0.0"],
      ["*", ""],
      [null, ""],
    ];
    for (const [requirement, range] of cases) {
      assert.equal(compatibleRange(requirement), range, String(requirement));
    }
  });

  it("accept versions as cargo does", () => {
    // From the tables of the Cargo Book's chapter "Specifying Dependencies".
    const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
      ["1.2.3", ["1.2.3", "1.9.0"], ["1.2.2", "2.0.0", "1.3.0-beta"]],
      ["1.2", ["1.2.0", "1.9.9"], ["1.1.9", "2.0.0"]],
      ["1", ["1.0.0", "1.9.9"], ["2.0.0", "0.9.0"]],
      ["0.2.3", ["0.2.3", "0.2.9"], ["0.3.0", "0.2.2"]],
      ["0.0.3", ["0.0.3"], ["0.0.4", "0.1.0"]],
      ["0.0", ["0.0.0", "0.0.9"], ["0.1.0"]],
      ["0", ["0.0.0", "0.9.9"], ["1.0.0"]],
      ["~1.2.3", ["1.2.3", "1.2.9"], ["1.3.0"]],
      ["~1.2", ["1.2.0", "1.2.9"], ["1.3.0"]],
      ["~1", ["1.0.0", "1.9.9"], ["2.0.0"]],
      ["*", ["0.0.1", "9.0.0"], []],
      ["1.*", ["1.0.0", "1.9.0"], ["2.0.0"]],
      ["1.2.*", ["1.2.0"], ["1.3.0"]],
      [">=1.2.0", ["1.2.0", "3.0.0"], ["1.1.9"]],
      [">1", ["2.0.0"], ["1.0.0"]],
      ["<2", ["1.9.9"], ["2.0.0"]],
      ["=1.2.3", ["1.2.3"], ["1.2.4"]],
      [">= 1.2, < 1.5", ["1.2.0", "1.4.9"], ["1.5.0", "1.1.0"]],
      ["1.0.0-beta.1", ["1.0.0-beta.2", "1.0.0"], []],
    ];
    for (const [requirement, accepted, refused] of cases) {
      for (const version of accepted) {
        assert.equal(satisfies(version, requirement), true, `${version} for ${requirement}`);
      }
      for (const version of refused) {
        assert.equal(satisfies(version, requirement), false, `${version} for ${requirement}`);
      }
    }
    assert.equal(satisfies("none", "1"), false);
    assert.equal(satisfies("1.0.0", null), true);
  });
});
