// The answer of `rustc --print cfg` as a platform.

import assert from "node:assert/strict";
import { parseCfg } from "../../../../src/cargo/graph/targetCfg.ts";

describe("rustc's cfg", () => {
  it("has names and values, several for one name", () => {
    const output = 'debug_assertions\npanic="unwind"\r\ntarget_env=""\nunix\n';
    const atomics = 'target_has_atomic="8"\ntarget_has_atomic="ptr"\n';
    assert.deepEqual(parseCfg(output + atomics, "t"), {
      triple: "t",
      flags: ["debug_assertions", "unix"],
      values: { panic: ["unwind"], target_env: [""], target_has_atomic: ["8", "ptr"] },
    });
  });

  it("is nothing where rustc says something else", () => {
    assert.deepEqual(parseCfg("error: no such option\n", "t"), {
      triple: "t",
      flags: [],
      values: {},
    });
  });
});
