// Rules (a)-(d): the crate that the generated code names is missing, or built without its feature.

import { facadeInterface, type GeneratedPackage } from "./interfaces.ts";
import { manifestOf, type PluginParts, pluginPackage, ready, type Variant } from "./variant.ts";

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

export const featureVariants: readonly Variant[] = [
  ...facadeShapes,
  ...throughInterface,
  ...withoutDependency,
];
