// The crate path of the macros, and what must be in scope: every row of reference 1.4, and the companion of 2.2.

import assert from "node:assert/strict";
import type { FidiusPath, PluginFacts, RustModel } from "../../../src/rust/fidius/facts.ts";
import { analyze, rust, type DependencySource, type ProjectSource } from "./inMemoryProject.ts";

const trait = rust`#[plugin_interface(version = 1, buffer = PluginAllocated)] pub trait T { async fn a(&self); }`;

interface Case {
  readonly iface?: string;
  readonly ifaceDependencies?: readonly DependencySource[];
  /** Before the impl. */
  readonly uses?: string;
  readonly attribute?: string;
  readonly dependencies: readonly DependencySource[];
}

function model(given: Case): RustModel {
  const uses = given.uses ?? "use iface::{T, __fidius_T}; use fidius::plugin_impl;";
  const project: ProjectSource = {
    iface: {
      files: { "src/lib.rs": given.iface ?? `use fidius::plugin_interface; ${trait}` },
      dependencies: given.ifaceDependencies ?? ["fidius"],
    },
    plugin: {
      files: {
        "src/lib.rs": rust`
${uses}
struct P;
#[${given.attribute ?? "plugin_impl(T)"}]
impl T for P { async fn a(&self) {} }
`,
      },
      dependencies: ["iface", ...given.dependencies],
    },
  };
  return analyze(project);
}

function pluginOf(given: Case): PluginFacts {
  const [plugin] = model(given).plugins;
  assert.ok(plugin !== undefined);
  return plugin;
}

function targetText({ target }: FidiusPath): string {
  return target.kind === "dependency"
    ? `${/\/(\w+)\/Cargo/u.exec(target.owner)?.[1] ?? ""}: ${target.dependencyKey} = ${target.packageName}`
    : target.kind;
}

function check(title: string, given: Case, expected: string): void {
  it(`${title} → ${expected}`, () => {
    assert.equal(targetText(pluginOf(given).fidius), expected);
  });
}

describe("crate path of plugin_impl", () => {
  const reexport = `pub use fidius; use fidius::plugin_interface; ${trait}`;
  check("interface and fidius-core only", { dependencies: ["fidius-core"] }, "unresolved");
  check("fidius", { dependencies: ["fidius"] }, "plugin: fidius = fidius");
  check(
    "fidius and fidius-core",
    { dependencies: ["fidius", "fidius-core"] },
    "plugin: fidius = fidius",
  );
  check(
    "crate = fidius_core",
    {
      attribute: 'fidius_macro::plugin_impl(T, crate = "fidius_core")',
      dependencies: ["fidius-core", "fidius-macro"],
    },
    "plugin: fidius-core = fidius-core",
  );
  check(
    "crate = iface::fidius",
    {
      iface: reexport,
      attribute: 'iface::fidius::plugin_impl(T, crate = "iface::fidius")',
      uses: "use iface::{T, __fidius_T};",
      dependencies: [],
    },
    "iface: fidius = fidius",
  );
  check(
    "crate = iface::fidius and fidius itself",
    {
      iface: reexport,
      attribute: 'plugin_impl(T, crate = "iface::fidius")',
      dependencies: ["fidius"],
    },
    "iface: fidius = fidius",
  );
  check(
    "default path through a glob of the interface",
    { iface: reexport, uses: "use iface::*; use iface::fidius::plugin_impl;", dependencies: [] },
    "iface: fidius = fidius",
  );
  check(
    "extern crate fidius_core as fidius",
    {
      uses: "extern crate fidius_core as fidius; use iface::*; use fidius::plugin_impl;",
      dependencies: ["fidius-core"],
    },
    "plugin: fidius-core = fidius-core",
  );
  check(
    "renamed package under the default path",
    { dependencies: [{ key: "fidius", packageName: "fidius-core" }] },
    "plugin: fidius = fidius-core",
  );
  check(
    "renamed package under its own path",
    {
      attribute: 'fid::plugin_impl(T, crate = "fid")',
      uses: "use iface::*;",
      dependencies: [{ key: "fid", packageName: "fidius" }],
    },
    "plugin: fid = fidius",
  );
  check(
    "use … as in the module",
    {
      uses: "use fid as fidius; use iface::*; use fidius::plugin_impl;",
      dependencies: [{ key: "fid", packageName: "fidius" }],
    },
    "plugin: fid = fidius",
  );
  check(
    "a path to nothing",
    { attribute: 'plugin_impl(T, crate = "nowhere")', dependencies: ["fidius"] },
    "unresolved",
  );
  check(
    "::fidius",
    { attribute: 'plugin_impl(T, crate = "::fidius")', dependencies: ["fidius"] },
    "plugin: fidius = fidius",
  );
  check(
    "through a crate without sources",
    { attribute: 'plugin_impl(T, crate = "far::fidius")', dependencies: ["fidius", "far"] },
    "unknown",
  );
  check(
    "the interface crate itself, which holds no glob of Fidius",
    { iface: reexport, attribute: 'plugin_impl(T, crate = "iface")', dependencies: ["fidius"] },
    "unresolved",
  );
  check(
    "the interface crate with pub use fidius::*",
    {
      iface: `pub use fidius::*; ${trait}`,
      attribute: 'plugin_impl(T, crate = "iface")',
      dependencies: ["fidius"],
    },
    "iface: fidius = fidius",
  );

  it("knows the place of the path", () => {
    const given = { attribute: 'plugin_impl(T, crate = "fidius")', dependencies: ["fidius"] };
    const { fidius } = pluginOf(given);
    assert.deepEqual([fidius.isDefault, fidius.span.start], [false, { line: 3, character: 25 }]);
    assert.equal(fidius.span.end.character, 33);
  });
});

describe("crate path of plugin_interface", () => {
  function checkInterface(
    title: string,
    attribute: string,
    source: string,
    expected: string,
  ): void {
    it(`${title} → ${expected}`, () => {
      const text = `${source} #[fidius::plugin_interface(version = 1, buffer = PluginAllocated${attribute})] pub trait T {}`;
      const [found] = model({ iface: text, dependencies: [] }).interfaces;
      assert.ok(found !== undefined);
      assert.equal(targetText(found.fidius), expected);
    });
  }
  checkInterface("default", "", "", "iface: fidius = fidius");
  checkInterface(
    "crate::fidius",
    ', crate = "crate::fidius"',
    "pub use fidius;",
    "iface: fidius = fidius",
  );
  checkInterface("crate", ', crate = "crate"', "pub use fidius;", "unresolved");
  checkInterface("its own name", ', crate = "iface::fidius"', "pub use fidius;", "unresolved");
});

describe("companion module and import of the trait", () => {
  function checkScope(uses: string, expected: string, iface?: string): void {
    it(`${uses} → ${expected}`, () => {
      const given = { uses: `${uses} use fidius::plugin_impl;`, dependencies: ["fidius", "far"] };
      const plugin = pluginOf(iface === undefined ? given : { ...given, iface });
      assert.equal(plugin.companionInScope, expected);
    });
  }
  checkScope("use iface::*;", "yes");
  checkScope("use iface::{T, __fidius_T};", "yes");
  checkScope("use iface::{T as Q, __fidius_T};", "yes");
  checkScope("use iface::T;", "no");
  checkScope("use iface::{plugin_impl, T};", "no");
  checkScope("use iface::T; use far::*;", "unknown");
  checkScope("use far::{T, __fidius_T};", "yes");
  checkScope("use iface::api::T;", "no", `pub mod api { use fidius::*; ${trait} }`);
  checkScope("use iface::*;", "no", `mod api { use fidius::*; ${trait} } pub use api::T;`);
  checkScope("use iface::*;", "yes", `mod api { use fidius::*; ${trait} } pub use api::*;`);
  checkScope(
    "use iface::*;",
    "yes",
    `mod api { use fidius::*; ${trait} } pub use api::{T, __fidius_T};`,
  );
  checkScope(`use fidius::plugin_interface; ${trait}`, "yes");

  function checkImport(uses: string, expected: string | null): void {
    it(`import of the trait in ${uses}`, () => {
      const { traitImport } = pluginOf({ uses, dependencies: ["fidius"] });
      const text =
        traitImport &&
        `${traitImport.prefix}|${String(traitImport.isInBraces)}|${String(traitImport.leafSpan.start.character)}`;
      assert.equal(text, expected);
    });
  }
  checkImport("use iface::T;", "iface|false|11");
  checkImport("use iface::{self, T};", "iface|true|18");
  checkImport("use {iface::{T}};", "iface|true|13");
  checkImport("use iface::*;", null);
});
