// Sources that would keep an analyzer busy for ever, each beside a plugin that has nothing to do with them: the server answers
// within its limits, has the plugin, and names what it did not read.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { LspClient, messageOf } from "./lspClient.ts";
import { greeterSource, manifest, TestFolder } from "./workspace.ts";

const plain = { cpuMs: 2_000, megabytes: 300 };
/** Of sources of some megabytes. */
const ofLarge = { cpuMs: 4_000, megabytes: 450 };

/** What the server used so far, where the system tells. */
function usageOf(pid: number): { readonly cpuMs: number; readonly peakMegabytes: number } {
  const folder = `/proc/${String(pid)}`;
  if (!existsSync(folder)) {
    return { cpuMs: 0, peakMegabytes: 0 };
  }
  const stat = readFileSync(`${folder}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const status = readFileSync(`${folder}/status`, "utf8");
  const peak = Number(/^VmHWM:\s+(\d+)/mu.exec(status)?.[1]) / 1024;
  // A tick is ten milliseconds.
  return { cpuMs: (Number(fields[11]) + Number(fields[12])) * 10, peakMegabytes: peak };
}

function times(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join("\n");
}

/** A plugin whose method takes the type in question. */
function plugin(type: string, before = ""): string {
  return `use fidius::{plugin_impl, plugin_interface};
use serde::{Deserialize, Serialize};
${before}
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Subject: Send + Sync { fn large(&self, value: ${type}); }
pub struct Hostile;
#[plugin_impl(Subject)]
impl Subject for Hostile { fn large(&self, value: ${type}) {} }
`;
}

/** A plugin whose async method has a long body. */
function asyncPlugin(body: string): string {
  return plugin("u8").replaceAll("fn large", "async fn large").replace("{}", `{ ${body} }`);
}

function doubling(name: string, count: number): string {
  return times(count, (at) => {
    const next = `${name}${String(at + 1)}!();`;
    return `macro_rules! ${name}${String(at)} { () => { ${next} ${next} } }`;
  });
}

function tripling(count: number): string {
  const aliases = times(count, (at) => {
    const before = `A${String(at)}`;
    return `type A${String(at + 1)} = (${before}, ${before}, ${before});`;
  });
  return `type A0 = (u8, u8, u8);\n${aliases}`;
}

const derive = "#[derive(Serialize, Deserialize)]";

const sources: Readonly<Record<string, readonly [source: string, diagnostic: RegExp]>> = {
  "macros that double at each of 60 steps": [
    plugin("u8", `${doubling("k", 60)}\nk0!();`),
    /`k0!` makes here is too large to analyse/u,
  ],
  "a macro that calls itself twice": [
    plugin("u8", "macro_rules! k { () => { k!(); k!(); } }\nk!();"),
    /`k!` makes here is too large to analyse/u,
  ],
  "a macro whose argument doubles": [
    plugin("u8", "macro_rules! k { ($($t:tt)*) => { k!($($t)* $($t)*); } }\nk!(a);"),
    /`k!` makes here is too large to analyse/u,
  ],
  "100,000 types in one another": [
    plugin(`${"Vec<".repeat(100_000)}u8${">".repeat(100_000)}`),
    /too large to analyse/u,
  ],
  "a tuple of 6,561 leaves by way of aliases": [plugin("A7", tripling(7)), /too large to analyse/u],
  "a generic type in ever larger versions of itself": [
    plugin("G<u8>", `${derive} pub struct G<T> { a: T, b: Option<Box<G<(T, T)>>> }`),
    /ever larger versions of itself/u,
  ],
  "5 MB of functions": [
    `${plugin("u8")}${"fn f(){}".repeat(625_000)}`,
    /file is too large to analyse: nothing from here on is known/u,
  ],
  "7.5 MB of glob imports": [
    `${plugin("u8")}${"use a::*;".repeat(830_000)}`,
    /file is too large to analyse: nothing from here on is known/u,
  ],
  "100,000 modules in files": [
    `${plugin("u8")}${times(100_000, (at) => `mod a${String(at)};`)}`,
    /file is too large to analyse: nothing from here on is known/u,
  ],
  "300,000 fields": [
    plugin(
      "Wide",
      `${derive} pub struct Wide { ${times(300_000, (at) => `a${String(at)}: u8,`)} }`,
    ),
    /This is too large to analyse, so it is not known in full/u,
  ],
  "5,000 tasks and 5,000 locks in an async method": [
    asyncPlugin(
      `${"tokio::spawn(async { tokio::time::sleep(d).await; });\n".repeat(5_000)}${"let held = shared.lock().unwrap();\n".repeat(5_000)}task.await;`,
    ),
    /The code names `tokio::spawn`/u,
  ],
  "3,000 async blocks in one another": [
    asyncPlugin(`${"x(async move { ".repeat(3_000)}${"}).await;".repeat(3_000)}`),
    /An async method needs/u,
  ],
  "20,000 modules in one file": [
    `${plugin("u8")}${times(20_000, (at) => `pub mod m${String(at)} { pub use crate::m${String(at + 1)}::X; }`)}`,
    /file is too large to analyse: nothing from here on is known/u,
  ],
  "1,500 interfaces of one name": [
    `${plugin("u8")}${times(1_500, () => `#[plugin_interface(version = 1, buffer = PluginAllocated)]\npub trait Twice: Send + Sync { fn run(&self); }`)}`,
    /more diagnostics of this file are not shown/u,
  ],
  "generic types that double forty times": [
    plugin(
      "G0<u8>",
      `${times(40, (at) => `${derive} pub struct G${String(at)}<T> { a: G${String(at + 1)}<Vec<T>>, b: G${String(at + 1)}<Option<T>> }`)}\n${derive} pub struct G40<T> { a: T }`,
    ),
    /too many versions to analyse/u,
  ],
  "a file that includes itself": [
    plugin("u8", 'include!("lib.rs");\ninclude!("lib.rs");'),
    /includes the file that it stands in/u,
  ],
};

describe("a hostile crate beside a plugin", function () {
  this.timeout(120_000);

  for (const [title, [source, diagnostic]] of Object.entries(sources)) {
    const most = source.length < 500_000 ? plain : ofLarge;
    it(`${title}: answered within ${String(most.cpuMs / 1000)} s and ${String(most.megabytes)} MB, named, and both plugins are there`, async () => {
      using files = new TestFolder({
        "Cargo.toml": `[workspace]\nresolver = "2"\nmembers = ["hostile", "neighbour"]\n`,
        "hostile/Cargo.toml": manifest("hostile", `fidius = "0.5"`, `serde = "1"`),
        "hostile/src/lib.rs": source,
        "neighbour/Cargo.toml": manifest("neighbour", `fidius = "0.5"`),
        "neighbour/src/lib.rs": greeterSource,
      });
      await using client = await LspClient.start({
        folders: [files.folder],
        options: { isTrusted: false },
      });
      const { plugins } = await client.project();
      const { cpuMs, peakMegabytes } = usageOf(client.pid);
      assert.deepEqual(plugins.map(({ name }) => name).sort(), ["Hostile", "Polite"]);
      const neighbour = plugins.find(({ name }) => name === "Polite");
      assert.deepEqual(
        neighbour?.methods.map(({ name }) => name),
        ["quick", "slow"],
      );
      const told = client.diagnostics(files.path("hostile/src/lib.rs")).map(messageOf);
      assert.ok(
        told.some((message) => diagnostic.test(message)),
        told.join("\n"),
      );
      assert.ok(cpuMs <= most.cpuMs, `${String(cpuMs)} ms of processor time`);
      assert.ok(peakMegabytes <= most.megabytes, `${String(peakMegabytes)} MB`);
    });
  }
});
