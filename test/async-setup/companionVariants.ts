// Rule (f): the trait is in scope, its companion module is not.

import { type PluginParts, pluginPackage, ready, sourceOf, type Variant } from "./variant.ts";

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

export const companionVariants: readonly Variant[] = [...companions, ...farCompanions];
