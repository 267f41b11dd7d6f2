// Run options as they are written: what is right is read, what is not says why, and nothing that was typed changes.

import assert from "node:assert/strict";
import {
  asSettingsSay,
  noRunOptions,
  readRunOptions,
  usualRepetition,
  withVariable,
  writtenVariable,
} from "../../../src/model/runOptions.ts";

const read = (texts: Partial<typeof noRunOptions>) => readRunOptions({ ...noRunOptions, ...texts });

describe("run options", () => {
  it("are as the settings say where nothing is written", () => {
    assert.deepEqual(read({}), {
      options: asSettingsSay,
      repetition: usualRepetition,
      problems: new Map(),
    });
  });

  it("take variables a line each, remarks aside, values to the letter", () => {
    const environment = "# about\n\nRUST_LOG=a=b,c\r\n SPACED = x y \nEMPTY=\nRUST_LOG=last";
    assert.deepEqual(read({ environment }).options.environment, {
      RUST_LOG: "last",
      SPACED: " x y ",
      EMPTY: "",
    });
  });

  it("take profile, features, folder and memory", () => {
    const { options, problems } = read({
      profile: " release ",
      features: "a, b/c  a dep?/x",
      workingDirectory: " data ",
      memory: "2GiB",
    });
    assert.deepEqual([...problems], []);
    assert.deepEqual(options, {
      environment: {},
      profile: "release",
      features: ["a", "b/c", "dep?/x"],
      workingDirectory: "data",
      memoryLimit: 2 * 1024 ** 3,
    });
    assert.equal(read({ memory: "none" }).options.memoryLimit, null);
  });

  it("take a number of calls, or a time", () => {
    const repetition = (repeat: string, warmUp = "") => read({ repeat, warmUp }).repetition;
    assert.deepEqual(repetition("250", "0"), { calls: 250, durationMs: null, warmUp: 0 });
    assert.deepEqual(repetition("1.5 s"), { calls: null, durationMs: 1500, warmUp: 10 });
    assert.deepEqual(repetition("20ms").durationMs, 20);
    for (const wrong of ["0", "1.5", "often", "-1", "5 h"]) {
      assert.deepEqual(repetition(wrong), usualRepetition);
      assert.deepEqual([...read({ repeat: wrong }).problems.keys()], ["repeat"], wrong);
    }
  });

  it("say what is not right, and never hand an option of cargo through", () => {
    const { options, problems } = read({
      environment: "A=1\nnothing",
      profile: "--config x",
      features: "--all",
      memory: "much",
    });
    assert.deepEqual([...problems.keys()], ["environment", "profile", "features", "memory"]);
    assert.match(problems.get("environment") ?? "", /^Line 2 is no variable/u);
    assert.deepEqual(options, { ...asSettingsSay, environment: { A: "1" } });
  });

  it("set one variable and leave every other line as it was", () => {
    const text = "# mine\nA=1\n";
    assert.equal(withVariable(text, "RUST_LOG", "debug"), "# mine\nA=1\nRUST_LOG=debug");
    assert.equal(withVariable("RUST_LOG=x\nA=1", "RUST_LOG", ""), "A=1");
    assert.equal(writtenVariable("A=1\nA=2", "A"), "2");
    assert.equal(writtenVariable("", "A"), undefined);
  });
});
