// What the editor says of packages whose plugins come to be in unusual ways: nothing that is not so.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { repositoryRoot, testTargetFolder } from "../support/fixtureLibraries.ts";
import { LspClient } from "./lspClient.ts";
import { packageDiagnostics } from "./packageDiagnostics.ts";
import { greeterSource, manifest, TestFolder } from "./workspace.ts";

const folder = path.join(repositoryRoot, "test/fixtures-found");

/** Interface crate whose module `narrow` leaves the companion out, and two plugins without async methods. */
const narrowWorkspace = {
  "Cargo.toml": `[workspace]\nresolver = "2"\nmembers = ["api", "mute", "alone", "fine"]\n`,
  "api/Cargo.toml": manifest("api", `fidius = "0.5"`),
  "api/src/lib.rs": `pub use fidius;
#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Speak: Send + Sync { fn say(&self, what: String) -> String; }
pub mod narrow { pub use crate::Speak; pub use fidius::plugin_impl; }
`,
  "mute/Cargo.toml": manifest("mute", `api = { path = "../api" }`, `fidius = "0.5"`),
  "mute/src/lib.rs": pluginUsing("api::narrow::{plugin_impl, Speak}"),
  "alone/Cargo.toml": manifest("alone", `api = { path = "../api" }`),
  "alone/src/lib.rs": pluginUsing("api::{fidius::plugin_impl, Speak, __fidius_Speak}"),
  "fine/Cargo.toml": manifest("fine", `api = { path = "../api" }`, `fidius = "0.5"`),
  "fine/src/lib.rs": pluginUsing("api::{fidius::plugin_impl, Speak, __fidius_Speak}"),
};

function pluginUsing(names: string): string {
  return `use ${names};
pub struct Voice;
#[plugin_impl(Speak)]
impl Speak for Voice { fn say(&self, what: String) -> String { what } }
api::fidius::fidius_plugin_registry!();
`;
}

describe("the language server and what is found", function () {
  this.timeout(600_000);

  it("gives no advice on the types of a WASM component", async () => {
    const found = await packageDiagnostics(folder);
    assert.deepEqual(
      found.filter(({ file }) => file.startsWith("component/src")),
      [],
    );
  });

  it("says of a WASM component's method that a host for WASM calls it", async () => {
    await using client = await LspClient.start({ folders: [path.join(folder, "component")] });
    const file = path.join(folder, "component/src/lib.rs");
    await client.open(file, readFileSync(file, "utf8"), false);
    const titles = (await client.codeLenses(file)).map(({ command }) => command?.title);
    assert.ok(titles.includes("$(info) A WASM component: a host for WASM calls it"), titles.join());
  });

  it("tells of sources that a build script has not written yet, and has them once it ran", async () => {
    const inGenerated = async (environment: Readonly<Record<string, string>>) =>
      (await packageDiagnostics(folder, environment)).filter(({ file }) =>
        file.startsWith("generated"),
      );
    const target = mkdtempSync(path.join(tmpdir(), "fidius-target-"));
    try {
      const before = await inGenerated({ CARGO_TARGET_DIR: target });
      assert.deepEqual(
        before.filter(({ code }) => code === "include-not-built").map(({ line }) => line),
        [4, 8],
      );
    } finally {
      rmSync(target, { recursive: true, force: true });
    }
    const environment = { CARGO_TARGET_DIR: testTargetFolder() };
    await promisify(execFile)("cargo", ["check", "--package", "generated"], {
      cwd: folder,
      env: { ...process.env, ...environment },
      timeout: 580_000,
    });
    assert.deepEqual(await inGenerated(environment), []);
    await using client = await LspClient.start({ folders: [folder], environment });
    await client.settled();
    const { plugins, interfaces } = await client.project();
    const inCrate = (all: readonly { readonly name: string; readonly crate: { name: string } }[]) =>
      all.filter(({ crate }) => crate.name === "generated").map(({ name }) => name);
    assert.deepEqual(inCrate(plugins).sort(), ["Mirrored", "Scaled"]);
    assert.deepEqual(inCrate(interfaces), ["Sensor"]);
  });

  it("reads what a build script wrote in the target folder that the settings name", async () => {
    using files = new TestFolder({
      "Cargo.toml": manifest("written", `fidius = "0.5"`),
      "build.rs": "fn main() {}\n",
      "src/lib.rs": `include!(concat!(env!("OUT_DIR"), "/voice.rs"));\n`,
      "elsewhere/debug/build/written-0123456789abcdef/output": "",
      "elsewhere/debug/build/written-0123456789abcdef/out/voice.rs": greeterSource,
    });
    const pluginsWith = async (targetDirectory?: string) => {
      const builds = [{ folder: files.folder, targetDirectory }];
      await using client = await LspClient.start({
        folders: [files.folder],
        options: { isTrusted: false, builds },
        environment: { CARGO_TARGET_DIR: files.path("target") },
      });
      return (await client.project()).plugins.map(({ name }) => name);
    };
    assert.deepEqual(await pluginsWith(), []);
    assert.deepEqual(await pluginsWith("elsewhere"), ["Polite"]);
    assert.deepEqual(await pluginsWith(files.path("elsewhere")), ["Polite"]);
  });

  it("keeps what the conditions let in that a build script printed, as soon as it ran", async () => {
    const run = "target/debug/build/scripted-0123456789abcdef/output";
    using files = new TestFolder({
      "Cargo.toml": manifest("scripted", `fidius = "0.5"`),
      "build.rs": "fn main() {}\n",
      "src/lib.rs": `#[cfg(fast)] include!("fast.rs");\n#[cfg(all(fast, kind = "slow"))] include!("slow.rs");\n`,
      "src/fast.rs": greeterSource,
      "src/slow.rs": greeterSource.replaceAll("Greeter", "Slow").replaceAll("Polite", "Patient"),
    });
    await using client = await LspClient.start({
      folders: [files.folder],
      options: { isTrusted: false },
      environment: { CARGO_TARGET_DIR: files.path("target") },
    });
    const plugins = async () => (await client.project()).plugins.map(({ name }) => name);
    const declared =
      'cargo::rustc-check-cfg=cfg(fast)\r\ncargo::rustc-check-cfg=cfg(kind, values("slow"))\r\n';
    const output = files.write(run, declared);
    await client.filesChanged([output], 1);
    assert.deepEqual(await plugins(), []);
    files.write(run, `${declared}cargo:rustc-cfg=fast\n`);
    await client.filesChanged([output]);
    assert.deepEqual(await plugins(), ["Polite"]);
    files.write(run, `${declared}cargo::rustc-cfg=fast\r\ncargo::rustc-cfg=kind="slow"\r\n`);
    await client.filesChanged([output]);
    assert.deepEqual(await plugins(), ["Polite", "Patient"]);
    files.write(run, `${declared}cargo::rustc-cfg=other\n`);
    await client.filesChanged([output]);
    assert.deepEqual(await plugins(), []);
  });

  it("tells the missing import and the missing dependency of plugins without async methods too", async () => {
    using files = new TestFolder(narrowWorkspace);
    await using client = await LspClient.start({
      folders: [files.folder],
      options: { isTrusted: false },
    });
    await client.settled();
    const found = [...client.allDiagnostics()].flatMap(([uri, diagnostics]) =>
      diagnostics.map(({ code, range }) => {
        const [name] = path.relative(files.folder, new URL(uri).pathname).split(path.sep);
        return `${name ?? ""} ${String(range.start.line + 1)} ${String(code)}`;
      }),
    );
    assert.deepEqual(found.filter((line) => !line.startsWith("api")).sort(), [
      "alone 12 missing-fidius-dependency",
      "alone 3 missing-fidius-dependency",
      "mute 1 companion-not-in-scope",
      "mute 3 companion-not-in-scope",
    ]);
  });

  it("lists an example as soon as its file is there", async () => {
    using files = new TestFolder({
      "Cargo.toml": manifest("late", `fidius = "0.5"`).replace(/\[lib\]\n.*\n/u, ""),
      "src/lib.rs": "",
    });
    await using client = await LspClient.start({
      folders: [files.folder],
      options: { isTrusted: false },
    });
    await client.settled();
    assert.deepEqual((await client.project()).plugins, []);
    const example = files.write(
      "examples/shown.rs",
      `use fidius::{plugin_impl, plugin_interface};
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Speak: Send + Sync { fn say(&self) -> u8; }
pub struct Voice;
#[plugin_impl(Speak)]
impl Speak for Voice { fn say(&self) -> u8 { 1 } }
fn main() {}
`,
    );
    await client.filesChanged([example], 1);
    const [plugin] = (await client.project()).plugins;
    assert.equal(plugin?.name, "Voice");
    assert.deepEqual(plugin.crate.target, { kind: "example", name: "shown" });
  });
});
