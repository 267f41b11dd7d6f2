// Conditions: predicates by themselves, and what is left of items, fields, variants, modules and attributes under them.

import assert from "node:assert/strict";
import { tokenizeRust } from "../../../src/abi/rustTokens.ts";
import { evaluateCfg, type CfgVerdict } from "../../../src/rust/cfg/cfg.ts";
import type { RustModel } from "../../../src/rust/fidius/facts.ts";
import { analyze, rust, type ProjectSource } from "./inMemoryProject.ts";
import { schemaText, tableText } from "./schemaText.ts";

const options = {
  flags: new Set(["unix", "debug_assertions"]),
  values: new Map([
    ["target_os", new Set(["linux"])],
    ["target_has_atomic", new Set(["8", "ptr"])],
    ["feature", new Set(["fast"])],
  ]),
};

describe("cfg predicates", () => {
  const cases: readonly (readonly [string, CfgVerdict])[] = [
    ["unix", true],
    ["windows", false],
    ["test", false],
    ["docsrs", false],
    ["debug_assertions", true],
    ["mine", undefined],
    ["true", true],
    ["false", false],
    ['feature = "fast"', true],
    ['feature = "slow"', false],
    ['feature = r"fast"', true],
    ['target_os = "linux"', true],
    ['target_os = "macos"', false],
    ['target_pointer_width = "64"', false],
    ['target_has_atomic = "ptr"', true],
    ['mine = "1"', undefined],
    ["all()", true],
    ["any()", false],
    ["all(unix, mine)", undefined],
    ["all(windows, mine)", false],
    ["any(unix, mine)", true],
    ["any(windows, mine)", undefined],
    ["not(windows)", true],
    ["not(mine)", undefined],
    ['all(not(any(windows, feature = "slow")), unix,)', true],
    ["version(1)", undefined],
    ["", undefined],
  ];
  for (const [text, expected] of cases) {
    it(`${text === "" ? "nothing" : text} is ${String(expected)}`, () => {
      assert.equal(evaluateCfg(tokenizeRust(text), options), expected);
    });
  }
});

const header = rust`
use fidius::plugin_interface;
use serde::{Deserialize, Serialize};
`;

/** Two crates; `iface` has the features `fast` (default) and `slow`, which `plugin` may turn on. */
function project(source: string, features: readonly string[] = [], files = {}): ProjectSource {
  return {
    iface: {
      files: { "src/lib.rs": header + source, ...files },
      dependencies: ["fidius", "serde"],
      features: { default: ["fast"], fast: [], slow: [] },
    },
    plugin: {
      files: {
        "src/lib.rs": rust`
use iface::*;
pub struct P;
#[fidius::plugin_impl(Subject)]
impl Subject for P { fn take(&self, value: T) { let _ = value; } }
`,
      },
      dependencies: [{ key: "iface", packageName: "iface", features }, "fidius"],
    },
  };
}

const subject = rust`
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn take(&self, value: T); }
`;

function pluginTypes(model: RustModel): readonly string[] {
  const [plugin] = model.plugins;
  assert.ok(plugin !== undefined);
  return tableText(plugin.schema.types);
}

/** The plugin's table with `T` declared by `source`. */
function check(
  title: string,
  source: string,
  expected: readonly string[],
  features: readonly string[] = [],
  files: Readonly<Record<string, string>> = {},
): void {
  it(title, () => {
    const model = analyze(project(source + subject, features, files));
    assert.deepEqual(pluginTypes(model), expected);
  });
}

const derive = "#[derive(Serialize, Deserialize)] pub";

describe("items under cfg", () => {
  check(
    "takes the declaration that the default feature chooses",
    `#[cfg(feature = "fast")] ${derive} struct T(u8);
     #[cfg(not(feature = "fast"))] ${derive} struct T(u16);`,
    ["iface::T = struct u8"],
  );
  check(
    "takes a feature that the plugin turns on, in the plugin's build",
    `#[cfg(not(feature = "slow"))] ${derive} struct T(u8);
     #[cfg(feature = "slow")] ${derive} struct T(u16);`,
    ["iface::T = struct u16"],
    ["slow"],
  );
  check(
    "drops fields",
    `${derive} struct T { #[cfg(windows)] a: u8, #[cfg(unix)] b: u16, #[cfg(feature = "slow")] c: u32 }`,
    ["iface::T = struct { b: u16 }"],
  );
  check(
    "drops elements of tuples, and then one that is left is a newtype",
    `${derive} struct T(#[cfg(windows)] u8, u16);`,
    ["iface::T = struct u16"],
  );
  check(
    "numbers the variants that are left",
    `${derive} enum T { A, #[cfg(windows)] B, C { #[cfg(windows)] x: u8, y: u16 } }`,
    ["iface::T = enum 0 A | 1 C { y: u16 }"],
  );
  check(
    "expands cfg_attr with derives",
    `#[cfg_attr(feature = "fast", derive(Serialize), derive(Deserialize))] pub struct T(u8);`,
    ["iface::T = struct u8"],
  );
  check(
    "expands cfg_attr with serde's attributes",
    `${derive} struct T { #[cfg_attr(feature = "fast", serde(skip))] a: u8, #[cfg_attr(windows, serde(skip))] b: u16 }`,
    ["iface::T = struct { b: u16 }"],
  );
  check(
    "expands cfg_attr in cfg_attr",
    `${derive} struct T { #[cfg_attr(unix, cfg_attr(feature = "fast", serde(skip)))] a: u8, #[cfg_attr(unix, cfg_attr(feature = "slow", serde(skip)))] b: u16 }`,
    ["iface::T = struct { b: u16 }"],
  );
  check(
    "follows the module of the platform",
    `#[cfg(unix)] #[path = "posix.rs"] mod imp; #[cfg(windows)] mod imp; pub use imp::T;`,
    ["iface::imp::T = struct u8"],
    [],
    {
      "src/posix.rs": `${header}${derive} struct T(u8);`,
      "src/imp.rs": `${header}${derive} struct T(u64);`,
    },
  );
  check(
    "takes the path that cfg_attr gives",
    `#[cfg_attr(unix, path = "posix.rs")] #[cfg_attr(windows, path = "win.rs")] mod imp; pub use imp::T;`,
    ["iface::imp::T = struct u8"],
    [],
    { "src/posix.rs": `${header}${derive} struct T(u8);` },
  );
  check(
    "leaves out a file under #![cfg]",
    `mod off; mod on; pub use off::*; pub use on::*;`,
    ["iface::on::T = struct u8"],
    [],
    {
      "src/off.rs": `//! Doc.\n#![cfg(windows)]\n${header}${derive} struct T(u64);`,
      "src/on.rs": `#![cfg(unix)]\n${header}${derive} struct T(u8);`,
    },
  );
  check(
    "leaves out a block under #![cfg]",
    `mod off { #![cfg(windows)] ${header} ${derive} struct T(u64); }
     mod on { #![cfg(unix)] ${header} ${derive} struct T(u8); }
     pub use off::*; pub use on::*;`,
    ["iface::on::T = struct u8"],
  );
  check(
    "follows the use of the platform",
    `mod a { ${header} ${derive} struct T(u8); } mod b { ${header} ${derive} struct T(u16); }
     #[cfg(windows)] pub use a::T; #[cfg(unix)] pub use b::T;`,
    ["iface::b::T = struct u16"],
  );
  check(
    "chooses constants",
    `#[cfg(unix)] const N: usize = 2; #[cfg(windows)] const N: usize = 3;
     ${derive} struct T([u16; N]);`,
    ["iface::T = struct [u16; 2]"],
  );

  it("looks at an interface crate by itself with its own features", () => {
    const model = analyze(
      project(
        `${derive} struct T { #[cfg(feature = "slow")] a: u8, #[cfg(feature = "fast")] b: u8 }${subject}`,
        ["slow"],
      ),
    );
    assert.deepEqual(tableText(model.interfaces[0]?.schema.types ?? {}), [
      "iface::T = struct { b: u8 }",
    ]);
    assert.deepEqual(pluginTypes(model), ["iface::T = struct { a: u8, b: u8 }"]);
  });

  it("leaves methods to the macros, which see all of them", () => {
    const model = analyze({
      demo: {
        files: {
          "src/lib.rs": rust`
${header}
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject {
  fn first(&self) -> u8;
  #[cfg(windows)] fn second(&self) -> u8;
  fn third(&self) -> u8;
}`,
        },
        dependencies: ["fidius", "serde"],
      },
    });
    assert.deepEqual(
      model.interfaces[0]?.schema.methods.map(({ name, traitIndex }) => [name, traitIndex]),
      [
        ["first", 0],
        ["second", 1],
        ["third", 2],
      ],
    );
  });

  it("finds no interfaces and plugins that are not part of the build", () => {
    const model = analyze(
      project(`#[cfg(windows)] mod off { use super::*; ${subject} } ${derive} struct T(u8);`),
    );
    assert.deepEqual(model.interfaces, []);
  });

  it("takes what cannot be decided as present, and says so", () => {
    const model = analyze(project(`${derive} struct T { #[cfg(mine)] a: u8 }${subject}`));
    const type = model.plugins[0]?.schema.types["iface::T"];
    assert.deepEqual(
      type?.warnings.map(({ code }) => code),
      ["cfg"],
    );
  });
});

describe("sources of other people's crates", () => {
  const foreign: ProjectSource = {
    geo: {
      isLocal: false,
      version: "1.2.0",
      features: { serde: ["dep:serde"] },
      files: {
        "src/lib.rs": rust`
mod shapes;
pub use shapes::*;
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Bare(pub u8);
`,
        "src/shapes.rs": rust`
#[cfg(feature = "serde")] use serde::{Serialize, Deserialize};
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
pub struct Point { pub x: f64, pub y: f64 }
`,
      },
      dependencies: [{ key: "serde", packageName: "serde", isOptional: true }],
    },
    demo: {
      files: {
        "src/lib.rs": rust`
#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn take(&self, point: geo::Point); fn bare(&self, bare: geo::Bare); }
`,
      },
      dependencies: ["fidius", { key: "geo", packageName: "geo", features: ["serde"] }],
    },
  };

  it("are read with the features of the build", () => {
    const [found] = analyze(foreign).interfaces;
    assert.deepEqual(tableText(found?.schema.types ?? {}), [
      "geo::Bare = struct u8",
      "geo::shapes::Point = struct { x: f64, y: f64 }",
    ]);
  });

  it("have no serde where nobody turns it on", () => {
    const { demo } = foreign;
    assert.ok(demo !== undefined);
    const [found] = analyze({
      ...foreign,
      demo: { ...demo, dependencies: ["fidius", "geo"] },
    }).interfaces;
    const type = found?.schema.methods[0]?.arguments[0]?.type;
    assert.ok(type?.kind === "unknown");
    assert.match(type.reason, /does not derive/u);
  });

  it("of two versions are two types", () => {
    const version = (number: string, width: string): ProjectSource => ({
      [`geo${number}`]: {
        isLocal: false,
        packageName: "geo",
        version: number,
        files: { "src/lib.rs": `#[derive(serde::Deserialize)] pub struct P(pub ${width});` },
        dependencies: ["serde"],
      },
    });
    const [found] = analyze({
      ...version("1.0.0", "u8"),
      ...version("2.0.0", "u16"),
      demo: {
        files: {
          "src/lib.rs": rust`
#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn take(&self, old: old::P, new: geo::P); }
`,
        },
        dependencies: [
          "fidius",
          { key: "old", packageName: "geo", folder: "geo1.0.0" },
          { key: "geo", packageName: "geo", folder: "geo2.0.0" },
        ],
      },
    }).interfaces;
    const types = found?.schema.types ?? {};
    const shapes = (found?.schema.methods[0]?.arguments ?? []).map(({ type }) => {
      const named = type.kind === "named" ? types[type.id] : undefined;
      return named?.kind === "struct" && named.body.kind === "newtype"
        ? schemaText(named.body.inner)
        : "?";
    });
    assert.deepEqual(shapes, ["u8", "u16"]);
  });

  it("follow the dependency line of the platform", () => {
    const side = (name: string, type: string): ProjectSource => ({
      [name]: {
        isLocal: false,
        files: { "src/lib.rs": `#[derive(serde::Deserialize)] pub struct P(pub ${type});` },
        dependencies: ["serde"],
      },
    });
    const [found] = analyze({
      ...side("posix", "u8"),
      ...side("win", "u16"),
      demo: {
        files: {
          "src/lib.rs": rust`
#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject { fn take(&self, value: sys::P); }
`,
        },
        dependencies: [
          "fidius",
          { key: "sys", packageName: "win", target: "cfg(windows)" },
          { key: "sys", packageName: "posix", target: "cfg(unix)" },
        ],
      },
    }).interfaces;
    assert.deepEqual(tableText(found?.schema.types ?? {}), ["posix::P = struct u8"]);
  });
});
