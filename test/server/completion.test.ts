// Completions as an editor gets them while somebody types: `|` in a source is where the cursor stands.

import assert from "node:assert/strict";
import type { CompletionItem, Position } from "vscode-languageserver";
import { LspClient } from "./lspClient.ts";
import { manifest, TestFolder } from "./workspace.ts";

const api = `pub use fidius;

#[fidius::plugin_interface(version = 3, buffer = PluginAllocated)]
#[trait_meta("owner", "us")]
pub trait Finder: Send + Sync {
    #[method_meta("cost", "low")]
    fn find(&self) -> u8;
}
`;

function cursor(source: string): { readonly text: string; readonly position: Position } {
  const at = source.indexOf("|");
  const before = source.slice(0, at).split("\n");
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  return { text: source.slice(0, at) + source.slice(at + 1), position };
}

function newText({ textEdit }: CompletionItem): string {
  return textEdit?.newText ?? assert.fail("no edit");
}

describe("completions", () => {
  let files: TestFolder;
  let client: LspClient;
  let file: string;

  before(async () => {
    files = new TestFolder({
      "Cargo.toml": `[workspace]\nmembers = ["api", "quick", "apart"]\nresolver = "2"\n`,
      "api/Cargo.toml": manifest("api", `fidius = "=0.5.9"`).replace("cdylib", "rlib"),
      "api/src/lib.rs": api,
      "quick/Cargo.toml": manifest("quick", `api = { path = "../api" }`, `fidius = "=0.5.9"`),
      "quick/src/lib.rs": "",
      "apart/Cargo.toml": manifest("apart"),
      "apart/src/lib.rs": "",
    });
    file = files.path("quick/src/lib.rs");
    client = await LspClient.start({ folders: [files.folder], options: { isTrusted: false } });
    await client.open(file, " ", true);
  });

  after(async () => {
    await client[Symbol.asyncDispose]();
    files[Symbol.dispose]();
  });

  /** Types a source and asks at its cursor. */
  async function at(source: string, trigger?: string): Promise<CompletionItem[]> {
    const { text, position } = cursor(source);
    const document = client.document(file);
    if (document.getText() !== text) {
      const range = { start: document.positionAt(0), end: document.positionAt(Infinity) };
      await client.change(file, [{ range, newText: text }]);
    }
    return client.completions(file, position, trigger);
  }

  const labels = async (source: string, trigger?: string): Promise<readonly string[]> =>
    (await at(source, trigger)).map(({ label }) => label);

  it("name the arguments of the macros that are not there yet", async () => {
    assert.deepEqual(await labels("#[fidius::plugin_interface(|)]\npub trait T {}\n", "("), [
      "version",
      "buffer",
      "crate",
    ]);
    assert.deepEqual(
      await labels('#[fidius::plugin_interface(version = 1, b|, crate = "fidius")]\ntrait T {}'),
      ["buffer"],
    );
    assert.deepEqual(await labels("#[fidius::plugin_impl(Finder, |)]\nimpl Finder for P {}"), [
      "crate",
      "buffer",
      "config",
    ]);
    assert.deepEqual(await labels("#[fidius::host_interface(|"), ["version", "crate"]);
  });

  it("give the values of arguments", async () => {
    const values = await at("#[fidius::plugin_interface(version = 1, buffer = Ar|)]\ntrait T {}");
    assert.deepEqual(
      values.map(({ label }) => label),
      ["PluginAllocated", "Arena"],
    );
    assert.deepEqual(values[1]?.textEdit, {
      range: { start: { line: 0, character: 49 }, end: { line: 0, character: 51 } },
      newText: "Arena",
    });
    assert.deepEqual(
      (await at('#[fidius::plugin_impl(Finder, crate = "a|")]\nimpl Finder for P {}')).map(newText),
      ["fidius", "api::fidius"],
    );
    assert.deepEqual(
      (await at("#[fidius::plugin_impl(Finder, crate = |)]\nimpl Finder for P {}", "=")).map(
        newText,
      ),
      ['"fidius"', '"api::fidius"'],
    );
    assert.deepEqual(
      await labels(
        "struct C;\nstruct P;\nimpl P { fn configure(cfg: C) -> Self { P } }\n#[fidius::plugin_impl(Finder, config = |)]\nimpl Finder for P {}",
      ),
      ["C"],
    );
  });

  it("name the interface of a plugin: its block's trait, then those in reach", async () => {
    assert.deepEqual(await labels("#[fidius::plugin_impl(|)]\nimpl Other for P {}", "("), [
      "Other",
      "Finder",
    ]);
    assert.deepEqual(await labels("use fidius::plugin_impl as provides;\n#[provides(F|)]\n"), [
      "Finder",
    ]);
  });

  const trait = (lines: string): string =>
    `#[fidius::plugin_interface(version = 3, buffer = Arena)]\npub trait T: Send + Sync {\n    fn first(&self);\n${lines}\n}\n`;

  it("name helper attributes where they may stand, with the interface's next version", async () => {
    const onMethod = await at(trait("    #[|"), "[");
    assert.deepEqual(onMethod.map(newText), [
      "optional(since = ${1:4})",
      'method_meta("${1:key}", "${2:value}")',
      "wire(raw)",
    ]);
    assert.deepEqual(await labels("#[fidius::plugin_impl(T)]\nimpl T for P {\n    #[w|]\n}"), [
      "wire",
    ]);
    const onTrait = "#[fidius::plugin_interface(version = 3, buffer = Arena)]\n#[tr|]\ntrait T {}";
    assert.deepEqual(await labels(onTrait), ["trait_meta"]);
    assert.deepEqual(await labels("trait Plain {\n    #[|]\n    fn a(&self);\n}", "["), []);
  });

  it("complete in the arguments of helper attributes", async () => {
    assert.deepEqual((await at(trait("    #[optional(|)]"), "(")).map(newText), ["since = ${1:4}"]);
    assert.deepEqual(await labels(trait("    #[optional(since = |)]"), "="), ["4"]);
    assert.deepEqual(await labels(trait("    #[wire(|)]"), "("), ["raw"]);
    assert.deepEqual(await labels(trait('    #[method_meta("|")]'), '"'), ["cost"]);
  });

  it("name the macros where an item begins, by the path that the crate has for them", async () => {
    assert.deepEqual((await at("#[plugin_i|]\ntrait T {}")).map(newText), [
      "fidius::plugin_interface(version = ${1:1}, buffer = ${2|PluginAllocated,Arena|})",
      "fidius::plugin_impl(${1:Interface})",
      "fidius::host_interface(version = ${1:1})",
    ]);
    assert.equal(
      newText((await at("use fidius::plugin_impl;\n#[|]\nimpl T for P {}"))[1] ?? assert.fail()),
      "plugin_impl(${1:Interface})",
    );
    assert.equal(
      newText((await at("#[fidius::p|]\nimpl T for P {}"))[1] ?? assert.fail()),
      "plugin_impl(${1:Interface})",
    );
  });

  it("offer snippets where an item or a method may begin, and nowhere else", async () => {
    assert.deepEqual(await labels("fid|"), [
      "fidius interface",
      "fidius plugin",
      "fidius configured plugin",
      "fidius registry",
    ]);
    assert.deepEqual(await labels(trait("    fid|")), [
      "fidius async method",
      "fidius stream method",
      "fidius input stream method",
      "fidius raw method",
      "fidius optional method",
    ]);
    const optional = (await at(trait("    fid|")))[4] ?? assert.fail();
    assert.match(newText(optional), /^#\[optional\(since = \$\{1:4\}\)\]\nfn /u);
    // The interface comes along to the version that has the method.
    assert.deepEqual(optional.additionalTextEdits, [
      {
        range: { start: { line: 0, character: 37 }, end: { line: 0, character: 38 } },
        newText: "4",
      },
    ]);
    assert.equal((await labels("#[fidius::plugin_impl(T)]\nimpl T for P {\n    |\n}")).length, 5);
    for (const source of [
      "fn main() {\n    fid|\n}",
      "// fid|",
      'const A: &str = "fid|";',
      "pub struct S {\n    fid|\n}",
      "trait Plain {\n    fid|\n}",
      "use fid|;",
      "#[derive(fid|)]\nstruct S;",
      "/// #[plugin_interface(|)]\nstruct S;",
    ]) {
      assert.deepEqual(await labels(source), [], source);
    }
    assert.deepEqual(await labels("|", "("), []);
  });

  it("offer nothing in a crate that Fidius has nothing to do with", async () => {
    const other = files.path("apart/src/lib.rs");
    await client.open(other, "fid", false);
    assert.deepEqual(await client.completions(other, { line: 0, character: 3 }), []);
  });

  it("have no places to fill in for editors without snippets", async () => {
    await using plain = await LspClient.start({
      folders: [files.folder],
      options: { isTrusted: false },
      canFillSnippets: false,
    });
    await plain.open(file, "fid", true);
    const [first] = await plain.completions(file, { line: 0, character: 3 });
    assert.equal(
      newText(first ?? assert.fail()),
      `#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Greeter: Send + Sync {
    fn greet(&self, name: String) -> String;
}`,
    );
  });
});
