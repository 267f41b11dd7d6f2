// Rule (e): code that names tokio, without the dependency or without the features of what it names.

import {
  manifestOf,
  type PluginParts,
  pluginPackage,
  ready,
  sleeps,
  type Variant,
} from "./variant.ts";

/** (e): the code names tokio. */
function namesTokio(
  parts: PluginParts & {
    readonly code: string;
    readonly errors?: readonly string[];
    readonly underlined: string;
    /** The paths in the source that the diagnostic marks. */
    readonly uses?: readonly string[];
    readonly removed: readonly string[];
    readonly added: readonly string[];
  },
): Variant {
  const file = manifestOf(parts.name);
  const inSource = parts.uses ?? ["tokio::time::sleep"];
  return {
    plugin: pluginPackage(parts),
    errors: parts.errors ?? ["E0433"],
    diagnostics: [{ code: parts.code, inSource, inManifest: { file, text: parts.underlined } }],
    changes: [{ file, removed: parts.removed, added: parts.added }],
  };
}

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
    uses: ["runtime::time::sleep"],
    manifest: `[dependencies]\n@\n${ready}\nruntime = { package = "tokio", version = "1" }\n`,
    underlined: `runtime = { package = "tokio", version = "1" }`,
    removed: [`runtime = { package = "tokio", version = "1" }`],
    added: [`runtime = { package = "tokio", version = "1", features = ["time"] }`],
  }),
  namesTokio({
    name: "e_imported",
    uses: ["time::sleep", "Duration::from_millis"],
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
      inSource: ["tokio::time::sleep"],
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

export const tokioVariants: readonly Variant[] = [...tokioShapes, combined];
