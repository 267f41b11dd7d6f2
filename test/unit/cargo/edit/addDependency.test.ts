import assert from "node:assert/strict";
import { parse } from "@decimalturn/toml-patch";
import { describe, it } from "mocha";
import { addDependency, type NewDependency } from "../../../../src/cargo/edit/addDependency.ts";

const fidius: NewDependency = {
  key: "fidius",
  kind: "normal",
  target: null,
  version: "0.5",
  features: ["async"],
};

function check(before: string, after: string, dependency: NewDependency = fidius): void {
  for (const eol of ["\n", "\r\n"]) {
    const result = addDependency(before.replaceAll("\n", eol), dependency);
    assert.ok(result.ok, result.ok ? "" : result.error.message);
    // A text of one line has no line end to follow.
    const expected = before.includes("\n") ? after.replaceAll("\n", eol) : after;
    assert.equal(result.value.text, expected);
    parse(result.value.text);
  }
}

const line = 'fidius = { version = "0.5", features = ["async"] }';

describe("adding a dependency to a manifest", () => {
  it("goes to its alphabetical place in a sorted table", () => {
    check(
      '[dependencies]\nanyhow = "1" # a\nserde = "1"\n\n[features]\n',
      `[dependencies]\nanyhow = "1" # a\n${line}\nserde = "1"\n\n[features]\n`,
    );
    check('[dependencies]\nserde = "1"\n', `[dependencies]\n${line}\nserde = "1"\n`);
    check(
      '[dependencies]\n  anyhow.version = "1"\n  anyhow.features = []\n',
      `[dependencies]\n  anyhow.version = "1"\n  anyhow.features = []\n  ${line}\n`,
    );
  });

  it("goes to the end of an unsorted table", () => {
    check(
      '[dependencies]\nserde = "1"\nanyhow = "1" # a\n\n# about features\n[features]\n',
      `[dependencies]\nserde = "1"\nanyhow = "1" # a\n${line}\n\n# about features\n[features]\n`,
    );
  });

  it("goes into an empty table, an inline table, or among dotted keys", () => {
    check("[dependencies] # none\n", `[dependencies] # none\n${line}\n`);
    check("[dependencies]", `[dependencies]\n${line}`);
    check("dependencies = {}\n", `dependencies = { ${line} }\n`);
    check('dependencies = { serde = "1" }\n', `dependencies = { serde = "1", ${line} }\n`);
    check(
      'dependencies.serde = "1" # s\n[package]\nname = "p"\n',
      `dependencies.serde = "1" # s\ndependencies.${line}\n[package]\nname = "p"\n`,
    );
    check(
      'dependencies.serde.version = "1"\n[package]\nname = "p"\n',
      `dependencies.serde.version = "1"\ndependencies.${line}\n[package]\nname = "p"\n`,
    );
  });

  it("makes a table like the other dependencies' own tables", () => {
    check(
      '[dependencies.serde]\nversion = "1" # s\n\n[features]\n',
      '[dependencies.serde]\nversion = "1" # s\n\n[dependencies.fidius]\nversion = "0.5"\nfeatures = ["async"]\n\n[features]\n',
    );
  });

  it("makes the table when there is none", () => {
    check('[package]\nname = "p"\n', `[package]\nname = "p"\n\n[dependencies]\n${line}\n`);
    check('[package]\nname = "p"', `[package]\nname = "p"\n\n[dependencies]\n${line}\n`);
    check(
      '[package]\nname = "p"\n[dependencies.workspace]\n',
      '[package]\nname = "p"\n[dependencies.workspace]\n\n[target.\'cfg(unix)\'.build-dependencies]\ncc = "1"\n',
      { key: "cc", kind: "build", target: "cfg(unix)", version: "1" },
    );
  });

  it("writes every kind of source", () => {
    const written = (dependency: Omit<NewDependency, "key" | "kind" | "target">): string => {
      const result = addDependency("[dependencies]\n", {
        key: "x",
        kind: "normal",
        target: null,
        ...dependency,
      });
      assert.ok(result.ok);
      return result.value.text.split("\n")[1] ?? "";
    };
    assert.equal(written({ version: "1" }), 'x = "1"');
    assert.equal(written({ workspace: true }), "x = { workspace = true }");
    assert.equal(
      written({ workspace: true, features: ["a", "b"] }),
      'x = { workspace = true, features = ["a", "b"] }',
    );
    assert.equal(
      written({ path: "../x y", package: "real", hasDefaultFeatures: false }),
      'x = { path = "../x y", package = "real", default-features = false }',
    );
    assert.equal(
      written({ git: "https://example.org/x.git", tag: "v1" }),
      'x = { git = "https://example.org/x.git", tag = "v1" }',
    );
  });

  it("refuses a second line for the same dependency", () => {
    const result = addDependency('[dependencies.fidius]\nversion = "0.5"\n', fidius);
    assert.equal(result.ok ? "" : result.error.kind, "alreadyThere");
  });
});
