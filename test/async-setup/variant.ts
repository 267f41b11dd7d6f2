// What a variant of the async set-up is, and how its plugin crate is written: a manifest and a source.

import type { GeneratedPackage } from "./interfaces.ts";

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

export const ready = `fidius = { version = "0.5", features = ["async"] }`;

export const sleeps = `tokio::time::sleep(std::time::Duration::from_millis(1)).await;\n        name`;

const comment = "# The interface this plugin implements.";

export interface PluginParts {
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

export function pluginPackage(parts: PluginParts): GeneratedPackage {
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

export const manifestOf = (name: string): string => `packages/${name}/Cargo.toml`;
export const sourceOf = (name: string): string => `packages/${name}/src/lib.rs`;
