import assert from "node:assert/strict";
import {
  tokioFeaturesFor,
  withImpliedTokioFeatures,
} from "../../../../src/project/asyncRules/tokioFeatures.ts";

const featuresOf = (text: string): readonly string[] =>
  tokioFeaturesFor({ path: text.replace("!", "").split("::"), isMacro: text.endsWith("!") });

describe("tokioFeaturesFor", () => {
  // What tokio's own cfg attributes say; test/async-setup asks the compiler about the same paths.
  for (const [text, features] of [
    ["tokio", []],
    ["tokio::time::sleep", ["time"]],
    ["tokio::time", ["time"]],
    ["tokio::time::pause", ["test-util"]],
    ["tokio::net::TcpStream::connect", ["net"]],
    ["tokio::net::ToSocketAddrs", []],
    ["tokio::fs::read", ["fs"]],
    ["tokio::sync::Mutex::new", ["sync"]],
    ["tokio::io::AsyncRead", []],
    ["tokio::io::AsyncReadExt", ["io-util"]],
    ["tokio::io::copy", ["io-util"]],
    ["tokio::io::stdin", ["io-std"]],
    ["tokio::io::unix::AsyncFd", ["net"]],
    ["tokio::io", []],
    ["tokio::io::self", []],
    ["tokio::process::Command::new", ["process"]],
    ["tokio::signal::ctrl_c", ["signal"]],
    ["tokio::spawn", ["rt"]],
    ["tokio::task::JoinSet", ["rt"]],
    ["tokio::task::block_in_place", ["rt-multi-thread"]],
    ["tokio::runtime::Handle::current", ["rt"]],
    ["tokio::select!", ["macros"]],
    ["tokio::join!", ["macros"]],
    ["tokio::join", ["macros"]],
    ["tokio::pin!", []],
    ["tokio::task_local!", ["rt"]],
    ["tokio::main!", ["macros", "rt"]],
    ["tokio::test!", ["macros", "rt"]],
  ] as const) {
    it(`${text} needs ${features.length === 0 ? "nothing" : features.join(" and ")}`, () => {
      assert.deepEqual(featuresOf(text), features);
    });
  }
});

describe("withImpliedTokioFeatures", () => {
  it("adds what a feature switches on", () => {
    assert.deepEqual([...withImpliedTokioFeatures(["rt-multi-thread"])].sort(), [
      "rt",
      "rt-multi-thread",
    ]);
    assert.ok(withImpliedTokioFeatures(["full"]).has("time"));
    assert.ok(!withImpliedTokioFeatures(["full"]).has("test-util"));
  });
});
