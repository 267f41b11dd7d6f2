// The interface crates that the generated plugin crates implement: one a way of reaching Fidius.

/** A generated package: its files by path below its folder. */
export interface GeneratedPackage {
  readonly name: string;
  readonly manifest: string;
  readonly source: string;
}

const packageHead = (name: string): string =>
  `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n\n[features]\nhost = []\nwasm = []\n\n`;

const trait = (attribute: string): string => `#[${attribute}]
#[allow(async_fn_in_trait)]
pub trait Greeter: Send + Sync {
    async fn slow(&self, name: String) -> String;
    fn quick(&self) -> u8;
}
`;

/** Depends on \`fidius\` and hands the macros on: what most workspaces have. */
export function plainInterface(name: string, dependency = `fidius = "0.5"`): GeneratedPackage {
  return {
    name,
    manifest: `${packageHead(name)}[dependencies]\n${dependency}\n`,
    source: `pub use fidius::{fidius_plugin_registry, plugin_impl};

${trait("fidius::plugin_interface(version = 1, buffer = PluginAllocated)")}
pub mod nested {
    ${trait("fidius::plugin_interface(version = 1, buffer = PluginAllocated)").replace("Greeter", "Inner").replaceAll("\n", "\n    ").trimEnd()}
}
`,
  };
}

/** Re-exports all of Fidius under its own name. */
export function facadeInterface(name: string, dependency: string): GeneratedPackage {
  return {
    name,
    manifest: `${packageHead(name)}[dependencies]\n# The one Fidius of this product.\n${dependency}\n`,
    source: `pub use fidius;
pub use fidius::plugin_impl;

${trait('fidius::plugin_interface(version = 1, buffer = PluginAllocated, crate = "crate::fidius")')}`,
  };
}

/** Goes without the facade: macros from fidius-macro, everything else from fidius-core. */
export function coreInterface(name: string): GeneratedPackage {
  return {
    name,
    manifest: `${packageHead(name)}[dependencies]\nfidius-core = "0.5"\nfidius-macro = "0.5"\n`,
    source: `pub use fidius_macro::plugin_impl;

${trait('fidius_macro::plugin_interface(version = 1, buffer = PluginAllocated, crate = "fidius_core")')}`,
  };
}
