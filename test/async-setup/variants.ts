// Every way to get the async set-up of a plugin wrong (rules a-f of reference 1.4) in every shape a manifest can have, and
// the right ones beside them. What the server must say is written down here; what is true, cargo says.

import {
  coreInterface,
  facadeInterface,
  plainInterface,
  type GeneratedPackage,
} from "./interfaces.ts";

/** One line of a file that a fix takes away or brings. */
export interface LineChange {
  /** Path below the generated workspace. */
  readonly file: string;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** A diagnostic as text: the code, and the source text under its range. */
export interface ExpectedDiagnostic {
  readonly code: string;
  /** In the plugin's source: the text under the range, once for each diagnostic. */
  readonly inSource: readonly string[];
  /** In a manifest: the file and the text under the range. */
  readonly inManifest?: { readonly file: string; readonly text: string };
}

export interface Variant {
  readonly plugin: GeneratedPackage;
  /** The interface crate when it is this variant's own. */
  readonly interface?: GeneratedPackage;
  /** rustc's error codes before the fix; none for what compiles. */
  readonly errors: readonly string[];
  readonly diagnostics: readonly ExpectedDiagnostic[];
  readonly changes: readonly LineChange[];
}

/** Interface crates that several variants share. */
export const sharedInterfaces: readonly GeneratedPackage[] = [
  plainInterface("plain_interface"),
  facadeInterface("facade_interface", `fidius = "0.5"`),
  facadeInterface("facade_async_interface", `fidius = { version = "0.5", features = ["async"] }`),
  coreInterface("core_interface"),
];

/** What members inherit with `workspace = true`. */
export const workspaceDependencies = `fidius = "0.5" # one version for all
plain_interface = { path = "packages/plain_interface" }
tokio = { version = "1", default-features = false }
fidius_ready = { package = "fidius", version = "0.5", features = ["async"] }
`;

const comment = "# The interface this plugin implements.";

interface PluginParts {
  readonly name: string;
  readonly interface?: string;
  /** Everything from \`[dependencies]\` on; \`@\` stands for the interface's line. */
  readonly manifest: string;
  /** The attribute's arguments after the trait. */
  readonly attribute?: string;
  readonly imports?: string;
  readonly body?: string;
  readonly edition?: string;
}

function pluginPackage(parts: PluginParts): GeneratedPackage {
  const interfaceName = parts.interface ?? "plain_interface";
  const { name, edition = "2021", body = "name" } = parts;
  const line = `${interfaceName} = { path = "../${interfaceName}" } ${comment}`;
  return {
    name,
    manifest: `[package]
name = "${name}"
version = "0.1.0"
edition = "${edition}"

[lib]
crate-type = ["cdylib"]

${parts.manifest.replace("@", line)}`,
    source: `//! A plugin of the test "${name}".
${parts.imports ?? `use ${interfaceName}::*;`}

pub struct Plugin;

#[plugin_impl(Greeter${parts.attribute ?? ""})]
impl Greeter for Plugin {
    /// Takes its time.
    async fn slow(&self, name: String) -> String {
        ${body}
    }

    fn quick(&self) -> u8 {
        1
    }
}
`,
  };
}

const manifestOf = (name: string): string => `packages/${name}/Cargo.toml`;
const sourceOf = (name: string): string => `packages/${name}/src/lib.rs`;

/** A plugin whose line for Fidius lacks the feature: (a), (b), (c) and (d) with a line of its own. */
function lacksFeature(
  parts: PluginParts & {
    /** The manifest's text that the diagnostic underlines. */
    readonly underlined: string;
    readonly removed: readonly string[];
    readonly added: readonly string[];
    readonly crlf?: boolean;
  },
): Variant {
  const plugin = pluginPackage(parts);
  const file = manifestOf(parts.name);
  return {
    plugin: parts.crlf === true ? withCarriageReturns(plugin) : plugin,
    errors: ["E0433"],
    diagnostics: [
      {
        code: "missing-async-feature",
        inSource: ["slow"],
        inManifest: { file, text: parts.underlined },
      },
    ],
    changes: [{ file, removed: parts.removed, added: parts.added }],
  };
}

function withCarriageReturns(plugin: GeneratedPackage): GeneratedPackage {
  return { ...plugin, manifest: plugin.manifest.replaceAll("\n", "\r\n") };
}

const ready = `fidius = { version = "0.5", features = ["async"] }`;

const facadeShapes: readonly Variant[] = [
  lacksFeature({
    name: "b_string",
    manifest: `[dependencies]\n@\nfidius = "0.5" # the facade\nserde = "1"\n`,
    underlined: `fidius = "0.5"`,
    removed: [`fidius = "0.5" # the facade`],
    added: [`fidius = { version = "0.5", features = ["async"] } # the facade`],
  }),
  lacksFeature({
    name: "b_inline",
    manifest: `[dependencies]\n@\nfidius = { version = "0.5" }\n`,
    underlined: `fidius = { version = "0.5" }`,
    removed: [`fidius = { version = "0.5" }`],
    added: [ready],
  }),
  lacksFeature({
    name: "b_inline_features",
    manifest: `[dependencies]\nfidius = { features = [], version = "0.5" }   # keep\n@\n`,
    underlined: `fidius = { features = [], version = "0.5" }`,
    removed: [`fidius = { features = [], version = "0.5" }   # keep`],
    added: [`fidius = { features = ["async"], version = "0.5" }   # keep`],
  }),
  lacksFeature({
    name: "b_own_table",
    manifest: `[dependencies.fidius] # facade\nversion = "0.5"\n\n[dependencies]\n@\n`,
    underlined: `fidius`,
    removed: [],
    added: [`features = ["async"]`],
  }),
  lacksFeature({
    name: "b_dotted",
    manifest: `[dependencies]\n@\nfidius.version = "0.5"\nserde.version = "1"\n`,
    underlined: `fidius.version = "0.5"`,
    removed: [],
    added: [`fidius.features = ["async"]`],
  }),
  lacksFeature({
    name: "b_quoted",
    manifest: `[dependencies]\n@\n"fidius" = '0.5'\n`,
    underlined: `"fidius" = '0.5'`,
    removed: [`"fidius" = '0.5'`],
    added: [`"fidius" = { version = '0.5', features = ["async"] }`],
  }),
  lacksFeature({
    name: "b_inherited",
    manifest: `[dependencies]\n@\nfidius = { workspace = true } # as everywhere\n`,
    underlined: `fidius = { workspace = true }`,
    removed: [`fidius = { workspace = true } # as everywhere`],
    added: [`fidius = { workspace = true, features = ["async"] } # as everywhere`],
  }),
  lacksFeature({
    name: "b_inherited_dotted",
    manifest: `[dependencies]\n@\nfidius.workspace = true\n`,
    underlined: `fidius.workspace = true`,
    removed: [],
    added: [`fidius.features = ["async"]`],
  }),
  lacksFeature({
    name: "b_inherited_table",
    manifest: `[dependencies]\n@\n\n[dependencies.fidius]\nworkspace = true\n`,
    underlined: `fidius`,
    removed: [],
    added: [`features = ["async"]`],
  }),
  lacksFeature({
    name: "b_renamed",
    manifest: `[dependencies]\n@\nfid = { package = "fidius", version = "0.5" }\n`,
    attribute: `, crate = "fid"`,
    underlined: `fid = { package = "fidius", version = "0.5" }`,
    removed: [`fid = { package = "fidius", version = "0.5" }`],
    added: [`fid = { package = "fidius", version = "0.5", features = ["async"] }`],
  }),
  lacksFeature({
    name: "b_renamed_core",
    manifest: `[dependencies]\n@\nfidius = { package = "fidius-core", version = "0.5" }\n`,
    underlined: `fidius = { package = "fidius-core", version = "0.5" }`,
    removed: [`fidius = { package = "fidius-core", version = "0.5" }`],
    added: [`fidius = { package = "fidius-core", version = "0.5", features = ["async"] }`],
  }),
  lacksFeature({
    name: "b_target",
    manifest: `[dependencies]\n@\n\n[target.'cfg(not(target_os = "none"))'.dependencies]\nfidius = "0.5"\n`,
    underlined: `fidius = "0.5"`,
    removed: [`fidius = "0.5"`],
    added: [ready],
  }),
  lacksFeature({
    name: "b_target_table",
    manifest: `[dependencies]\n@\n\n[target.'cfg(not(target_os = "none"))'.dependencies.fidius]\nversion = "0.5"\n`,
    underlined: `fidius`,
    removed: [],
    added: [`features = ["async"]`],
  }),
  lacksFeature({
    name: "b_carriage_returns",
    crlf: true,
    manifest: `[dependencies]\n@\nfidius = "0.5"\n`,
    underlined: `fidius = "0.5"`,
    removed: [`fidius = "0.5"`],
    added: [ready],
  }),
  lacksFeature({
    name: "b_edition_2024",
    edition: "2024",
    manifest: `[dependencies]\n@\nfidius = "0.5"\n`,
    underlined: `fidius = "0.5"`,
    removed: [`fidius = "0.5"`],
    added: [ready],
  }),
  lacksFeature({
    name: "a_core_and_facade",
    manifest: `[dependencies]\n@\nfidius = "0.5"\nfidius-core = { version = "0.5", features = ["async"] }\n`,
    underlined: `fidius = "0.5"`,
    removed: [`fidius = "0.5"`],
    added: [ready],
  }),
  lacksFeature({
    name: "c_core",
    interface: "core_interface",
    attribute: `, crate = "fidius_core"`,
    manifest: `[dependencies]\n@\nfidius-core = "0.5"\n`,
    underlined: `fidius-core = "0.5"`,
    removed: [`fidius-core = "0.5"`],
    added: [`fidius-core = { version = "0.5", features = ["async"] }`],
  }),
  lacksFeature({
    name: "c_core_facade_interface",
    attribute: `, crate = "fidius_core"`,
    manifest: `[dependencies]\n@\n[dependencies.fidius-core]\nversion = "0.5"\n`,
    underlined: `fidius-core`,
    removed: [],
    added: [`features = ["async"]`],
  }),
  lacksFeature({
    name: "c_extern_crate",
    imports: "extern crate fidius_core as fidius;\nuse plain_interface::*;",
    manifest: `[dependencies]\n@\nfidius-core = { version = "0.5" }\n`,
    underlined: `fidius-core = { version = "0.5" }`,
    removed: [`fidius-core = { version = "0.5" }`],
    added: [`fidius-core = { version = "0.5", features = ["async"] }`],
  }),
  lacksFeature({
    name: "d_direct",
    interface: "facade_interface",
    attribute: `, crate = "facade_interface::fidius"`,
    manifest: `[dependencies]\n@\nfidius = "0.5"\n`,
    underlined: `fidius = "0.5"`,
    removed: [`fidius = "0.5"`],
    added: [ready],
  }),
];

/** (d) without a line of its own: the interface crate's line is the one to change. */
function lacksFeatureInInterface(
  parts: Omit<PluginParts, "interface" | "manifest"> & {
    readonly line: string;
    readonly underlined: string;
    readonly removed: readonly string[];
    readonly added: readonly string[];
  },
): Variant {
  const interfaceName = `${parts.name}_interface`;
  const file = manifestOf(interfaceName);
  return {
    plugin: pluginPackage({
      ...parts,
      interface: interfaceName,
      manifest: "[dependencies]\n@\n",
    }),
    interface: facadeInterface(interfaceName, parts.line),
    errors: ["E0433"],
    diagnostics: [
      {
        code: "missing-async-feature",
        inSource: ["slow"],
        inManifest: { file, text: parts.underlined },
      },
    ],
    changes: [{ file, removed: parts.removed, added: parts.added }],
  };
}

const throughInterface: readonly Variant[] = [
  lacksFeatureInInterface({
    name: "d_interface",
    attribute: `, crate = "d_interface_interface::fidius"`,
    line: `fidius = "0.5"`,
    underlined: `fidius = "0.5"`,
    removed: [`fidius = "0.5"`],
    added: [ready],
  }),
  lacksFeatureInInterface({
    name: "d_interface_inherited",
    attribute: `, crate = "d_interface_inherited_interface::fidius"`,
    line: `fidius.workspace = true`,
    underlined: `fidius.workspace = true`,
    removed: [],
    added: [`fidius.features = ["async"]`],
  }),
  lacksFeatureInInterface({
    name: "d_glob",
    line: `fidius = { version = "0.5" }`,
    underlined: `fidius = { version = "0.5" }`,
    removed: [`fidius = { version = "0.5" }`],
    added: [ready],
  }),
];

/** A plugin without the package that the generated code names. */
function lacksDependency(
  parts: PluginParts & {
    readonly underlined: string;
    readonly added: readonly string[];
    /** In the source, besides the method. */
    readonly underlinedPath?: string;
  },
): Variant {
  const file = manifestOf(parts.name);
  return {
    plugin: pluginPackage(parts),
    errors: ["E0433"],
    diagnostics: [
      {
        code: "missing-fidius-dependency",
        inSource: ["slow", ...(parts.underlinedPath === undefined ? [] : [parts.underlinedPath])],
        inManifest: { file, text: parts.underlined },
      },
    ],
    changes: [{ file, removed: [], added: parts.added }],
  };
}

const withoutDependency: readonly Variant[] = [
  lacksDependency({
    name: "a_core_only",
    manifest: `[dependencies]\n@\nfidius-core = { version = "0.5", features = ["async"] } # the documented recipe\n`,
    underlined: `fidius-core = { version = "0.5", features = ["async"] }`,
    added: [`fidius = { version = "0.5", features = ["async"] }`],
  }),
  lacksDependency({
    name: "b_none",
    manifest: `[dependencies]\n@\n\n[features]\ndefault = []\n`,
    underlined: `[dependencies]`,
    added: [`fidius = { version = "0.5", features = ["async"] }`],
  }),
  lacksDependency({
    name: "b_none_inherits",
    manifest: `[dependencies]\nplain_interface.workspace = true\nserde = "1"\n`,
    underlined: `[dependencies]`,
    added: [`fidius = { workspace = true, features = ["async"] }`],
  }),
  lacksDependency({
    name: "b_dev_only",
    manifest: `[dependencies]\n@\n\n[dev-dependencies]\nfidius = { version = "0.5", features = ["async"] }\n`,
    underlined: `[dependencies]`,
    added: [`fidius = { version = "0.5", features = ["async"] }`],
  }),
  lacksDependency({
    name: "c_core_none",
    attribute: `, crate = "fidius_core"`,
    underlinedPath: `"fidius_core"`,
    manifest: `[dependencies]\n@\n`,
    underlined: `[dependencies]`,
    added: [`fidius-core = { version = "0.5", features = ["async"] }`],
  }),
];

/** (e): the code names tokio. */
function namesTokio(
  parts: PluginParts & {
    readonly code: string;
    readonly errors?: readonly string[];
    readonly underlined: string;
    readonly removed: readonly string[];
    readonly added: readonly string[];
  },
): Variant {
  const file = manifestOf(parts.name);
  return {
    plugin: pluginPackage(parts),
    errors: parts.errors ?? ["E0433"],
    diagnostics: [
      { code: parts.code, inSource: ["slow"], inManifest: { file, text: parts.underlined } },
    ],
    changes: [{ file, removed: parts.removed, added: parts.added }],
  };
}

const sleeps = `tokio::time::sleep(std::time::Duration::from_millis(1)).await;\n        name`;

const tokioShapes: readonly Variant[] = [
  namesTokio({
    name: "e_no_tokio",
    code: "missing-tokio-dependency",
    body: sleeps,
    manifest: `[dependencies]\n@\n${ready}\n`,
    underlined: `[dependencies]`,
    removed: [],
    added: [`tokio = { version = "1", features = ["time"] }`],
  }),
  namesTokio({
    name: "e_string",
    code: "missing-tokio-feature",
    body: sleeps,
    manifest: `[dependencies]\n@\n${ready}\ntokio = "1"\n`,
    underlined: `tokio = "1"`,
    removed: [`tokio = "1"`],
    added: [`tokio = { version = "1", features = ["time"] }`],
  }),
  namesTokio({
    name: "e_other_feature",
    code: "missing-tokio-feature",
    body: sleeps,
    manifest: `[dependencies]\n@\n${ready}\ntokio = { version = "1", features = ["sync"] }\n`,
    underlined: `tokio = { version = "1", features = ["sync"] }`,
    removed: [`tokio = { version = "1", features = ["sync"] }`],
    added: [`tokio = { version = "1", features = ["sync", "time"] }`],
  }),
  namesTokio({
    name: "e_lines",
    code: "missing-tokio-feature",
    body: sleeps,
    manifest: `[dependencies]\n@\n${ready}\n\n[dependencies.tokio]\nversion = "1"\nfeatures = [\n    "sync", # channels\n]\n`,
    underlined: `tokio`,
    removed: [],
    added: [`    "time",`],
  }),
  namesTokio({
    name: "e_inherited",
    code: "missing-tokio-feature",
    body: sleeps,
    manifest: `[dependencies]\n@\n${ready}\ntokio = { workspace = true }\n`,
    underlined: `tokio = { workspace = true }`,
    removed: [`tokio = { workspace = true }`],
    added: [`tokio = { workspace = true, features = ["time"] }`],
  }),
  namesTokio({
    name: "e_renamed",
    code: "missing-tokio-feature",
    body: sleeps.replace("tokio", "runtime"),
    manifest: `[dependencies]\n@\n${ready}\nruntime = { package = "tokio", version = "1" }\n`,
    underlined: `runtime = { package = "tokio", version = "1" }`,
    removed: [`runtime = { package = "tokio", version = "1" }`],
    added: [`runtime = { package = "tokio", version = "1", features = ["time"] }`],
  }),
  namesTokio({
    name: "e_imported",
    code: "missing-tokio-feature",
    errors: ["E0432"],
    imports: "use plain_interface::*;\nuse tokio::time::{self, Duration};",
    body: `time::sleep(Duration::from_millis(1)).await;\n        name`,
    manifest: `[dependencies]\n@\n${ready}\n\n[dependencies.tokio]\nversion = "1"\n`,
    underlined: `tokio`,
    removed: [],
    added: [`features = ["time"]`],
  }),
  namesTokio({
    name: "e_helper",
    code: "missing-tokio-feature",
    imports: `use plain_interface::*;

async fn pause() {
    tokio::time::sleep(std::time::Duration::from_millis(1)).await;
}`,
    body: `pause().await;\n        name`,
    manifest: `[dependencies]\n@\n${ready}\ntokio = "1"\n`,
    underlined: `tokio = "1"`,
    removed: [`tokio = "1"`],
    added: [`tokio = { version = "1", features = ["time"] }`],
  }),
];

/** Both the feature of Fidius and tokio are missing: two findings, two fixes. */
const combined: Variant = {
  plugin: pluginPackage({
    name: "be_both",
    body: sleeps,
    manifest: `[dependencies]\n@\nfidius = "0.5"\ntokio = "1"\n`,
  }),
  errors: ["E0433"],
  diagnostics: [
    {
      code: "missing-async-feature",
      inSource: ["slow"],
      inManifest: { file: manifestOf("be_both"), text: `fidius = "0.5"` },
    },
    {
      code: "missing-tokio-feature",
      inSource: ["slow"],
      inManifest: { file: manifestOf("be_both"), text: `tokio = "1"` },
    },
  ],
  changes: [
    {
      file: manifestOf("be_both"),
      removed: [`fidius = "0.5"`, `tokio = "1"`],
      added: [ready, `tokio = { version = "1", features = ["time"] }`],
    },
  ],
};

/** (f): the trait is imported, its companion module is not. */
function lacksCompanion(
  parts: Omit<PluginParts, "manifest"> & {
    readonly trait?: string;
    readonly underlined: string;
    readonly removed: readonly string[];
    readonly added: readonly string[];
  },
): Variant {
  const plugin = pluginPackage({ ...parts, manifest: `[dependencies]\n@\n${ready}\n` });
  const trait = parts.trait;
  return {
    plugin:
      trait === undefined
        ? plugin
        : {
            ...plugin,
            source: plugin.source
              .replace("plugin_impl(Greeter", `plugin_impl(${trait}`)
              .replace("impl Greeter for", `impl ${trait} for`),
          },
    errors: ["E0433"],
    diagnostics: [{ code: "companion-not-in-scope", inSource: ["slow", parts.underlined] }],
    changes: [{ file: sourceOf(parts.name), removed: parts.removed, added: parts.added }],
  };
}

const companions: readonly Variant[] = [
  lacksCompanion({
    name: "f_single",
    imports: "use plain_interface::plugin_impl;\nuse plain_interface::Greeter; // the trait",
    underlined: "Greeter",
    removed: ["use plain_interface::Greeter; // the trait"],
    added: ["use plain_interface::{Greeter, __fidius_Greeter}; // the trait"],
  }),
  lacksCompanion({
    name: "f_braces",
    imports: "use plain_interface::{plugin_impl, Greeter};",
    underlined: "Greeter",
    removed: ["use plain_interface::{plugin_impl, Greeter};"],
    added: ["use plain_interface::{plugin_impl, Greeter, __fidius_Greeter};"],
  }),
  lacksCompanion({
    name: "f_lines",
    imports: "use plain_interface::{\n    Greeter,\n    plugin_impl,\n};",
    underlined: "Greeter",
    removed: [],
    added: ["    __fidius_Greeter,"],
  }),
  lacksCompanion({
    name: "f_nested",
    trait: "Inner",
    imports: "use plain_interface::{nested::Inner, plugin_impl};",
    underlined: "Inner",
    removed: ["use plain_interface::{nested::Inner, plugin_impl};"],
    added: ["use plain_interface::{nested::{Inner, __fidius_Inner}, plugin_impl};"],
  }),
];

/** The trait came through a module that does not have the companion itself, or under another name. */
const farCompanions: readonly Variant[] = [
  {
    ...lacksCompanion({
      name: "f_through_module",
      underlined: "Greeter",
      removed: [],
      added: ["    use plain_interface::__fidius_Greeter;", ""],
    }),
    plugin: {
      ...pluginPackage({
        name: "f_through_module",
        manifest: `[dependencies]\n@\n${ready}\n`,
      }),
      source: `use plain_interface::{plugin_impl, Greeter};

mod inner {
    use super::{plugin_impl, Greeter};

    pub struct Plugin;

    /// Greets.
    #[plugin_impl(Greeter)]
    impl Greeter for Plugin {
        async fn slow(&self, name: String) -> String {
            name
        }

        fn quick(&self) -> u8 {
            1
        }
    }
}
`,
    },
  },
  {
    ...lacksCompanion({
      name: "f_renamed",
      underlined: "Greeter as Polite",
      removed: ["use plain_interface::{plugin_impl, Greeter as Polite};"],
      added: ["use plain_interface::{plugin_impl, Greeter as Polite, __fidius_Greeter};"],
    }),
    plugin: {
      ...pluginPackage({ name: "f_renamed", manifest: `[dependencies]\n@\n${ready}\n` }),
      source: `use plain_interface::{plugin_impl, Greeter as Polite};

pub struct Plugin;

#[plugin_impl(Greeter)]
impl Polite for Plugin {
    async fn slow(&self, name: String) -> String {
        name
    }

    fn quick(&self) -> u8 {
        1
    }
}
`,
    },
  },
];

/** What compiles as it is, so nothing may be said about it. */
function compiles(parts: PluginParts): Variant {
  return { plugin: pluginPackage(parts), errors: [], diagnostics: [], changes: [] };
}

/** A variant whose plugin has no async method, with the set-up that an async one would trip over. */
const withoutAsync: Variant = {
  plugin: {
    ...pluginPackage({ name: "ok_sync_only", manifest: `[dependencies]\nfidius = "0.5"\n` }),
    source: `use fidius::{plugin_impl, plugin_interface};

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Plain: Send + Sync {
    fn quick(&self) -> u8;
}

pub struct Plugin;

#[plugin_impl(Plain)]
impl Plain for Plugin {
    fn quick(&self) -> u8 {
        1
    }
}
`,
  },
  errors: [],
  diagnostics: [],
  changes: [],
};

/** An interface that hands tokio on, as white-label interfaces do. */
const runtimeInterface: GeneratedPackage = (() => {
  const plain = plainInterface(
    "runtime_interface",
    `fidius = "0.5"\ntokio = { version = "1", features = ["time"] }`,
  );
  return { ...plain, source: `pub use tokio;\n${plain.source}` };
})();

const clean: readonly Variant[] = [
  {
    ...compiles({
      name: "ok_tokio_of_interface",
      interface: "runtime_interface",
      body: sleeps.replace("tokio", "runtime_interface::tokio"),
      manifest: `[dependencies]\n@\n${ready}\n`,
    }),
    interface: runtimeInterface,
  },
  compiles({
    name: "ok_tokio_in_tests",
    imports: `use plain_interface::*;

#[cfg(test)]
mod tests {
    use tokio::time::sleep;

    #[tokio::test]
    async fn sleeps() {
        sleep(std::time::Duration::from_millis(1)).await;
    }
}`,
    manifest: `[dependencies]\n@\n${ready}\n\n[dev-dependencies]\ntokio = { version = "1", features = ["time", "macros"] }\n`,
  }),
  compiles({ name: "ok_facade", manifest: `[dependencies]\n@\n${ready}\n` }),
  compiles({
    name: "ok_core_for_plain",
    attribute: `, crate = "fidius_core"`,
    manifest: `[dependencies]\n@\nfidius-core = { version = "0.5", features = ["async"] }\n`,
  }),
  compiles({
    name: "ok_core",
    interface: "core_interface",
    attribute: `, crate = "fidius_core"`,
    manifest: `[dependencies]\n@\nfidius-core = { version = "0.5", features = ["async"] }\n`,
  }),
  compiles({
    name: "ok_core_by_unification",
    interface: "core_interface",
    attribute: `, crate = "fidius_core"`,
    manifest: `[dependencies]\n@\nfidius-core = "0.5"\n${ready}\n`,
  }),
  compiles({
    name: "ok_through_interface",
    interface: "facade_async_interface",
    attribute: `, crate = "facade_async_interface::fidius"`,
    manifest: `[dependencies]\n@\n`,
  }),
  compiles({
    name: "ok_interface_and_direct",
    interface: "facade_interface",
    attribute: `, crate = "facade_interface::fidius"`,
    manifest: `[dependencies]\n@\n${ready}\n`,
  }),
  compiles({
    name: "ok_glob",
    interface: "facade_async_interface",
    manifest: `[dependencies]\n@\n`,
  }),
  compiles({
    name: "ok_extern_crate",
    imports: "extern crate fidius_core as fidius;\nuse plain_interface::*;",
    manifest: `[dependencies]\n@\nfidius-core = { version = "0.5", features = ["async"] }\n`,
  }),
  compiles({
    name: "ok_renamed_core",
    manifest: `[dependencies]\n@\nfidius = { package = "fidius-core", version = "0.5", features = ["async"] }\n`,
  }),
  compiles({
    name: "ok_renamed",
    attribute: `, crate = "fid"`,
    manifest: `[dependencies]\n@\nfid = { package = "fidius", version = "0.5", features = ["async"] }\n`,
  }),
  compiles({
    name: "ok_inherited",
    attribute: `, crate = "fidius_ready"`,
    manifest: `[dependencies]\n@\nfidius_ready.workspace = true\n`,
  }),
  compiles({
    name: "ok_feature_by_default",
    manifest: `[dependencies]\n@\nfidius = "0.5"\n\n[features]\ndefault = ["asynchronous"]\nasynchronous = ["fidius/async"]\n`,
  }),
  compiles({
    name: "ok_tokio",
    body: sleeps,
    manifest: `[dependencies]\n@\n${ready}\ntokio = { version = "1", features = ["time"] }\n`,
  }),
  compiles({
    name: "ok_tokio_by_unification",
    body: `tokio::spawn(async {}).await.ok();\n        name`,
    manifest: `[dependencies]\n@\n${ready}\ntokio = "1"\n`,
  }),
  compiles({
    name: "ok_companion_by_name",
    imports: "use plain_interface::{plugin_impl, Greeter, __fidius_Greeter};",
    manifest: `[dependencies]\n@\n${ready}\n`,
  }),
  withoutAsync,
];

export const variants: readonly Variant[] = [
  ...facadeShapes,
  ...throughInterface,
  ...withoutDependency,
  ...tokioShapes,
  combined,
  ...companions,
  ...farCompanions,
  ...clean,
];
