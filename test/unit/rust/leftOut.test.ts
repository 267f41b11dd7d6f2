// Interfaces and plugins that `cfg` keeps out of a build are named, with what would bring them in.

import assert from "node:assert/strict";
import { plainBuild, type BuildChoice } from "../../../src/cargo/graph/buildChoice.ts";
import type { RustModel } from "../../../src/rust/fidius/facts.ts";
import { checkCrate } from "../../../src/diagnostics/checkCrate.ts";
import { analyze, rust, type ProjectSource } from "./inMemoryProject.ts";

const declared = {
  dependencies: ["fidius", "serde"],
  features: { default: ["base"], base: [], extra: [], more: [] },
};

const trait = "#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]";

function demo(source: string, files: Readonly<Record<string, string>> = {}): ProjectSource {
  return {
    demo: {
      files: { "src/lib.rs": source, ...files },
      ...declared,
    },
  };
}

function lines({ leftOut, problems }: RustModel): readonly string[] {
  const told = problems.filter(({ code }) => code === "notInBuild");
  assert.equal(told.length, leftOut.length);
  return leftOut.map(
    ({ kind, name, interfaceName, needs }) =>
      `${kind} ${name}${interfaceName === undefined ? "" : ` for ${interfaceName}`}: ${needs}`,
  );
}

function check(
  title: string,
  source: string,
  expected: readonly string[],
  files: Readonly<Record<string, string>> = {},
): void {
  it(title, () => {
    assert.deepEqual(lines(analyze(demo(source, files))), expected);
  });
}

describe("what cfg leaves out", () => {
  check("names the feature of a trait", `#[cfg(feature = "extra")] ${trait} pub trait A {}`, [
    "interface A: the feature `extra`",
  ]);
  check(
    "names the features of a plugin that needs two",
    `#[cfg(all(feature = "extra", feature = "more"))] #[fidius::plugin_impl(A)] impl A for P {}`,
    ["plugin P for A: the features `extra` and `more`"],
  );
  check(
    "takes the fewest features",
    `#[cfg(any(all(feature = "extra", feature = "base"), feature = "more"))] ${trait} pub trait A {}
     #[cfg(any(all(feature = "extra", feature = "more"), feature = "more"))] ${trait} pub trait B {}`,
    ["interface A: the feature `extra`", "interface B: the feature `more`"],
  );
  check("says which feature is too many", `#[cfg(not(feature = "base"))] ${trait} pub trait A {}`, [
    "interface A: the feature `base` to be off",
  ]);
  check(
    "looks into modules that are left out, with the conditions of all of them",
    `#[cfg(feature = "extra")] mod outer; mod kept { #[cfg(feature = "more")] mod inner { ${trait} pub trait B {} } }`,
    ["interface A: the features `extra` and `more`", "interface B: the feature `more`"],
    {
      "src/outer.rs": "mod deep;",
      "src/outer/deep.rs": `#![cfg(feature = "more")] ${trait} pub trait A {}`,
    },
  );
  check(
    "sees an attribute that cfg_attr would add",
    `#[cfg_attr(feature = "extra", fidius::plugin_interface(version = 1, buffer = PluginAllocated))] pub trait A {}`,
    ["interface A: the feature `extra`"],
  );
  check("names the profile", `#[cfg(not(debug_assertions))] ${trait} pub trait A {}`, [
    "interface A: a profile without debug assertions",
  ]);
  check(
    "names a condition of the target",
    `#[cfg(any(windows, target_os = "macos"))] ${trait} pub trait A {}`,
    ['interface A: `cfg(any(windows, target_os = "macos"))`'],
  );
  check(
    "is silent about tests",
    `#[cfg(test)] mod tests { ${trait} pub trait A {} } #[cfg(all(test, feature = "extra"))] ${trait} pub trait B {}`,
    [],
  );
  check(
    "is silent when another declaration of the same name is in the build",
    `#[cfg(unix)] ${trait} pub trait A {} #[cfg(not(unix))] ${trait} pub trait A {}`,
    [],
  );
  check(
    "knows host interfaces",
    `#[cfg(feature = "extra")] #[fidius::host_interface(version = 1)] pub trait H {}`,
    ["hostInterface H: the feature `extra`"],
  );

  it("tells the next step, by the manifest", () => {
    const model = analyze(
      demo(`#[cfg(feature = "extra")] ${trait} pub trait A {}
            #[cfg(feature = "absent")] ${trait} pub trait B {}`),
    );
    const messages = model.problems.map(({ message }) => message);
    assert.match(messages[0] ?? "", /^`A` is not in this build.*--features extra.*`default`/u);
    assert.match(messages[1] ?? "", /does not declare the feature `absent`: add it/u);
  });

  const choices: readonly (readonly [string, Partial<BuildChoice>, readonly string[]])[] = [
    ["extra features", { features: ["extra"] }, ["A"]],
    ["a feature written with its package", { features: ["demo/extra"] }, ["A"]],
    ["all features", { hasAllFeatures: true }, ["A"]],
    ["no default features", { hasDefaultFeatures: false }, ["B"]],
    ["the release profile", { profile: "release" }, ["C"]],
    ["a profile that inherits release", { profile: "fast" }, ["C"]],
    ["a profile that sets debug assertions itself", { profile: "checked" }, []],
  ];
  for (const [title, choice, expected] of choices) {
    it(`follows ${title}`, () => {
      const model = analyze(
        {
          demo: {
            ...declared,
            files: {
              "src/lib.rs": `#[cfg(feature = "extra")] ${trait} pub trait A {}
               #[cfg(not(feature = "base"))] ${trait} pub trait B {}
               #[cfg(not(debug_assertions))] ${trait} pub trait C {}`,
            },
            profiles: {
              fast: { inherits: "release", debugAssertions: undefined, panic: undefined },
              checked: { inherits: "release", debugAssertions: true, panic: undefined },
            },
          },
        },
        { ...plainBuild, ...choice },
      );
      assert.deepEqual(
        model.interfaces.map(({ schema }) => schema.name),
        expected,
      );
    });
  }
});

describe("interfaces that only another build has", () => {
  const project = (features: readonly string[]): ProjectSource => ({
    iface: {
      files: {
        "src/lib.rs": rust`#[cfg(feature = "extra")] #[fidius::plugin_interface(version = 1, buffer = PluginAllocated)] pub trait A { fn a(&self); }`,
      },
      dependencies: ["fidius"],
      features: { extra: [] },
    },
    plugin: {
      files: {
        "src/lib.rs": rust`use iface::*; pub struct P; #[fidius::plugin_impl(A)] impl A for P { fn a(&self) {} }`,
      },
      dependencies: [{ key: "iface", packageName: "iface", features }, "fidius"],
    },
  });
  it("are listed from there", () => {
    const model = analyze(project(["extra"]));
    assert.deepEqual(lines(model), []);
    assert.deepEqual(
      model.interfaces.map(({ schema }) => schema.id),
      ["iface::A"],
    );
    assert.equal(model.plugins[0]?.schema.interfaceId, "iface::A");
  });
  it("are left out where no build has them", () => {
    assert.deepEqual(lines(analyze(project([]))), ["interface A: the feature `extra`"]);
  });
});

describe("cfg on methods", () => {
  const codes = (source: string): readonly string[] =>
    analyze(demo(source), undefined, checkCrate)
      .problems.filter(({ code }) => code === "method-conditional")
      .map(({ code, severity }) => `${severity} ${code}`);

  it("is an error where it does not hold, since the macro does not see it", () => {
    assert.deepEqual(codes(`${trait} pub trait A { #[cfg(feature = "extra")] fn a(&self); }`), [
      "error method-conditional",
    ]);
  });
  it("is none where it holds", () => {
    assert.deepEqual(codes(`${trait} pub trait A { #[cfg(feature = "base")] fn a(&self); }`), []);
  });
  it("is an error in an impl block too", () => {
    assert.deepEqual(
      codes(`${trait} pub trait A { fn a(&self); }
             pub struct P; #[fidius::plugin_impl(A)] impl A for P { #[cfg(windows)] fn a(&self) {} }`),
      ["error method-conditional"],
    );
  });
});
