import assert from "node:assert/strict";
import { matchesName, readNamePattern } from "../../../../src/cargo/manifest/namePattern.ts";

describe("patterns of workspace members", () => {
  const cases: readonly (readonly [pattern: string, name: string, matches: boolean])[] = [
    ["*", "any", true],
    ["plug-*", "plug-a", true],
    ["plug-*", "plu", false],
    ["*-a-*b", "x-a-a-ab", true],
    ["*-a-*b", "x-a-abc", false],
    ["?", "é", true],
    ["?", "", false],
    ["[a-c]x", "bx", true],
    ["[a-c]x", "dx", false],
    ["[!a-c]x", "dx", true],
    ["[]]x", "]x", true],
    ["[a-]", "-", true],
    // The wrong way round: matches nothing, and is no error.
    ["[z-a]*", "m", false],
    [String.raw`[a-\d]`, "b", false],
    ["[open", "[open", true],
    ["a.b", "axb", false],
  ];
  for (const [pattern, name, matches] of cases) {
    it(`${pattern} ${matches ? "matches" : "does not match"} ${JSON.stringify(name)}`, () => {
      assert.equal(matchesName(readNamePattern(pattern), name), matches);
    });
  }

  it("with forty stars take no longer than with one", function () {
    this.timeout(5_000);
    const pattern = readNamePattern(`${"*a".repeat(40)}b`);
    assert.equal(matchesName(pattern, "a".repeat(2_000)), false);
  });
});
