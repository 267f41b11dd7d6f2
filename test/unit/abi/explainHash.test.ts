// Which signature lines differ, from known sets of lines and from small changes that fit the hash.

import assert from "node:assert/strict";
import { explainHashDifference } from "../../../src/abi/explainHash.ts";
import { interfaceHash } from "../../../src/abi/interfaceHash.ts";

const source = ["add:i64,i64->i64", "greet:String->Result < String, PluginError >", "stop:->"];
const noneKnown: ReadonlyMap<string, readonly string[]> = new Map();

function explain(
  binary: readonly string[],
  known = noneKnown,
): ReturnType<typeof explainHashDifference> {
  return explainHashDifference(source, interfaceHash(binary), known);
}

describe("explainHashDifference", () => {
  it("finds nothing when the hashes agree, in any order of lines", () => {
    assert.deepEqual(explain([...source].reverse()), []);
  });

  it("compares with a known set, method by method", () => {
    const binary = ["add:i32,i32->i64", "stop:->", "wipe:->"];
    assert.deepEqual(explain(binary, new Map([[interfaceHash(binary), binary]])), [
      {
        change: "changed",
        method: "add",
        sourceSignature: "add:i64,i64->i64",
        binarySignature: "add:i32,i32->i64",
      },
      {
        change: "added",
        method: "greet",
        sourceSignature: "greet:String->Result < String, PluginError >",
      },
      { change: "removed", method: "wipe", binarySignature: "wipe:->" },
    ]);
  });

  it("recognises methods that are new in the source", () => {
    assert.deepEqual(
      explain(["add:i64,i64->i64"]).map(({ change, method }) => [change, method]),
      [
        ["added", "greet"],
        ["added", "stop"],
      ],
    );
  });

  it("recognises a return type that became a Result", () => {
    const binary = ["add:i64,i64->i64", "greet:String->String", "stop:->"];
    assert.deepEqual(explain(binary), [
      {
        change: "changed",
        method: "greet",
        sourceSignature: "greet:String->Result < String, PluginError >",
        binarySignature: "greet:String->String",
      },
    ]);
  });

  it("recognises another path of the error type", () => {
    const binary = [
      source[0] ?? "",
      "greet:String->Result < String, fidius :: PluginError >",
      "stop:->",
    ];
    assert.deepEqual(
      explain(binary).map(({ change, method }) => [change, method]),
      [["changed", "greet"]],
    );
  });

  it("says so when nothing explains the hash", () => {
    assert.deepEqual(explain(["entirely:u8->u8"]), [{ change: "unknown", method: "" }]);
  });
});
