// Set-ups that compile, among them everything that looks wrong and is not: nothing may be said about any of them.

import { type GeneratedPackage, plainInterface } from "./interfaces.ts";
import { type PluginParts, pluginPackage, ready, sleeps, type Variant } from "./variant.ts";

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

export const cleanVariants: readonly Variant[] = [
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
