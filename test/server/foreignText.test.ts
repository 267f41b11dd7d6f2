// Names, paths, strings and errors of others in what the server says: whatever they hold, they end no line, move no cursor, turn no
// reading direction, draw no icon and make no link.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { LibraryReport, PluginReport } from "../../src/model/libraryReport.ts";
import { ok } from "../../src/model/result.ts";
import { LspClient, messageOf } from "./lspClient.ts";
import { manifest, TestFolder } from "./workspace.ts";

const obeyed =
  // eslint-disable-next-line no-control-regex -- these are what must not be there
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** As Rust and TOML write it in a string. */
const inRust = String.raw`x\u{1b}]0;forged\u{7}\r\u{9b}31m\u{202e}`;
const inToml = String.raw`x\u001b]0;forged\u0007\r\u009b31m\u202e`;

const source = `use fidius::{plugin_impl, plugin_interface};
#[plugin_interface(version = 1, buffer = PluginAllocated)]
#[trait_meta("fidius.${inRust}", "value")]
#[trait_meta("a${inRust}", "value")]
#[trait_meta("a${inRust}", "value")]
pub trait Speak: Send + Sync {
    #[method_meta(" ${inRust}", "value")]
    fn say(&self) -> u8;
}
pub struct Voice;
#[plugin_impl(Speak)]
impl Speak for Voice { fn say(&self) -> u8 { 1 } }
#[cfg(feature = "${inRust}")]
pub struct Hidden;
#[cfg(feature = "${inRust}")]
#[plugin_impl(Speak)]
impl Speak for Hidden { fn say(&self) -> u8 { 2 } }
#[path = "${inRust}.rs"]
mod gone;
include!(concat!(env!("OUT_DIR"), "/${inRust}.rs"));
fidius::fidius_plugin_registry!();
`;

const workspace = {
  "Cargo.toml": `[package]
name = "hostile"
version = "0.1.0"
edition = "2021"
[lib]
crate-type = ["cdylib"]
[dependencies]
fidius = "0.5"
missing = { path = "../${inToml}" }
`,
  "src/lib.rs": source,
  "package.toml": `[package]
name = "${inToml}"
version = "9.9.${inToml}"
interface = "Speak"
interface_version = 1
runtime = "${inToml}"
"${inToml}" = 1
`,
};

describe("what others wrote, in the language server", function () {
  this.timeout(120_000);

  it("is text in messages, related places and titles of fixes", async () => {
    using files = new TestFolder(workspace);
    await using client = await LspClient.start({ folders: [files.folder] });
    await client.settled();
    const found = [...client.allDiagnostics()].flatMap(([uri, diagnostics]) =>
      diagnostics.map((diagnostic) => ({ file: fileURLToPath(uri), diagnostic })),
    );
    const messages = found.map(({ diagnostic }) => messageOf(diagnostic));
    const related = found.flatMap(({ diagnostic }) => diagnostic.relatedInformation ?? []);
    const titles: string[] = [];
    for (const { file, diagnostic } of found) {
      const actions = await client.codeActions(file, diagnostic.range);
      titles.push(...actions.map(({ title }) => title));
    }
    for (const text of [...messages, ...related.map(({ message }) => message), ...titles]) {
      assert.doesNotMatch(text, obeyed, JSON.stringify(text));
    }
    // They do quote it: as escapes.
    assert.ok(
      messages.filter((message) => message.includes("]0;forged")).length >= 4,
      messages.join("\n"),
    );
    assert.ok(
      titles.some((title) => title.includes("forged")),
      titles.join("\n"),
    );
  });

  it("is text in lenses, which draw icons: a plugin's name is its name", async () => {
    using files = new TestFolder({
      "interface/Cargo.toml": manifest("speaking", `fidius = "0.5"`),
      "interface/src/lib.rs": `pub use fidius;
#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Speak: Send + Sync { fn say(&self); fn sing(&self); fn shout(&self); }
#[macro_export]
macro_rules! make_plugins { () => {
    pub struct Voice;
    #[$crate::fidius::plugin_impl(Speak)]
    impl $crate::Speak for Voice { fn say(&self) {} fn sing(&self) {} fn shout(&self) {} }
    $crate::fidius::fidius_plugin_registry!();
} }
`,
      "plugin/Cargo.toml": manifest("voice", `speaking = { path = "../interface" }`),
      "plugin/src/lib.rs": "speaking::make_plugins!();\n",
    });
    await using client = await LspClient.start({
      folders: [files.folder],
      options: { isTrusted: false, commands: { invoke: "invoke", build: "build" } },
    });
    const { candidates = [], interfaces } = await client.project();
    const [candidate] = candidates;
    assert.ok(candidate);
    const name = "$(verified) trusted\u001b]0;forged\u0007\n\u202e";
    const told = async (interfaceName: string, interfaceHash: string): Promise<string> => {
      const report = reportOf({ name, interfaceName, interfaceHash });
      await client.librariesSaid([
        { candidateId: candidate.id, report: ok(report), isOutdated: false },
      ]);
      const lenses = await client.codeLenses(files.path("plugin/src/lib.rs"));
      return lenses[0]?.command?.title ?? "";
    };
    const escaped = String.raw`\$(verified) trusted\u001b]0;forged\u0007\n\u202e`;
    assert.equal(
      await told("Speak", interfaces[0]?.hash ?? ""),
      `$(play) Invoke… (${escaped}: 3 methods)`,
    );
    assert.equal(
      await told(name, name),
      `$(warning) No source has the library's ${escaped} (hash ${escaped})`,
    );
  });
});

function reportOf(
  plugin: Pick<PluginReport, "name" | "interfaceName" | "interfaceHash">,
): LibraryReport {
  return {
    registryVersion: 1,
    abi: 500,
    releases: "0.5",
    descriptorBytes: 128,
    hostImports: [],
    plugins: [
      {
        ...plugin,
        index: 0,
        interfaceVersion: 1,
        capabilities: "0",
        buffer: "PluginAllocated",
        methodCount: 3,
        methodNames: ["say", "sing", "shout"],
        wire: "bincode",
        methodMetadata: [],
        traitMetadata: [],
      },
    ],
  };
}
