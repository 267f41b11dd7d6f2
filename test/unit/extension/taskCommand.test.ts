// The command lines of tasks: cargo's, and those of `fidius` or fidius-call.

import assert from "node:assert/strict";
import {
  taskCommand,
  taskLabel,
  type TaskRequest,
  type TaskTools,
} from "../../../src/extension/tasks/taskCommand.ts";

const tools: TaskTools = {
  cargo: "cargo",
  profile: "dev",
  cargoArguments: [],
  targetDirectory: null,
  fidius: undefined,
  fidiusCall: ["node", "cli.cjs"],
};

function lineOf(request: Partial<TaskRequest>, changed: Partial<TaskTools> = {}): string {
  const full: TaskRequest = { task: "build", folder: "/w/tool", arguments: [], ...request };
  const command = taskCommand(full, { ...tools, ...changed });
  return typeof command === "string" ? command : [command.program, ...command.arguments].join(" ");
}

describe("command lines of tasks", () => {
  it("build and check by cargo, as the settings say", () => {
    assert.equal(lineOf({}), "cargo build --manifest-path /w/tool/Cargo.toml");
    assert.equal(
      lineOf(
        { task: "check", arguments: ["--tests"] },
        { profile: "release", cargoArguments: ["--features", "x"], targetDirectory: "/t" },
      ),
      "cargo check --manifest-path /w/tool/Cargo.toml --profile release --target-dir /t --features x --tests",
    );
  });

  it("pack, sign and verify by fidius-call, which comes with the extension", () => {
    assert.equal(lineOf({ task: "pack" }), "node cli.cjs pack /w/tool");
    assert.equal(lineOf({ task: "sign", key: "k" }), "node cli.cjs sign /w/tool --key k");
    assert.equal(
      lineOf({ task: "verify", key: "k" }),
      "node cli.cjs verify /w/tool --trusted-key k",
    );
  });

  it("pack, sign and verify by fidius where it is installed", () => {
    const fidius = "/bin/fidius";
    assert.equal(lineOf({ task: "pack" }, { fidius }), "/bin/fidius package pack /w/tool");
    assert.equal(
      lineOf({ task: "verify", key: "k" }, { fidius }),
      "/bin/fidius package verify /w/tool --key k",
    );
  });

  it("say what is missing", () => {
    assert.match(lineOf({ task: "sign" }), /Signing needs a key/u);
    assert.match(lineOf({ task: "verify" }), /the public key that is trusted/u);
  });

  it("are called by task and package", () => {
    assert.equal(taskLabel("build", "."), "build");
    assert.equal(taskLabel("pack", "plugins/tool"), "pack plugins/tool");
  });
});
