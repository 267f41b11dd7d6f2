// An impl block in another order than its trait: what the server says, what its fix makes of it, and what cargo, its formatter and a
// call by the trait's order think of that.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { TextDocument } from "vscode-languageserver-textdocument";
import { libraryPlugins } from "../../src/model/libraryPlugins.ts";
import { TestRunner, valueOf } from "../host/harness.ts";
import { fixturesFolder, testTargetFolder } from "../support/fixtureLibraries.ts";
import { LspClient, messageOf, textAt } from "./lspClient.ts";
import { manifest, TestFolder } from "./workspace.ts";

const source = `use fidius::{plugin_impl, plugin_interface};

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Steps: Send + Sync {
    fn first(&self) -> String;
    fn second(&self, text: String) -> String;
    #[optional(since = 1)]
    fn third(&self) -> String;
}

pub struct Ordered;

#[plugin_impl(Steps)]
impl Steps for Ordered {
    /// The last of them.
    fn third(&self) -> String {
        "third".to_owned()
    }

    // Answers at once.
    #[inline]
    fn first(&self) -> String {
        "first".to_owned() // no argument
    }
    fn second(&self, text: String) -> String {
        format!("second {text}")
    } // of three
}

fidius::fidius_plugin_registry!();
`;

/** Builds the package and gives its library. */
function build(folder: string): string {
  const output = execFileSync(
    "cargo",
    ["build", "--lib", "--message-format=json-render-diagnostics"],
    {
      cwd: folder,
      env: { ...process.env, CARGO_TARGET_DIR: testTargetFolder() },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const found = /"([^"]+ordered_steps\.(?:so|dylib|dll))"/u.exec(output)?.[1];
  return found ?? assert.fail("no library was built");
}

describe("methods in another order than the trait's", function () {
  this.timeout(600_000);

  it("are named, put into order by the fix, and then each slot runs the trait's method", async () => {
    using files = new TestFolder({
      "Cargo.toml": manifest("ordered-steps", `fidius = "0.5"`),
      "src/lib.rs": source,
    });
    copyFileSync(path.join(fixturesFolder, "Cargo.lock"), files.path("Cargo.lock"));
    const file = files.path("src/lib.rs");
    const runner = await TestRunner.create();
    try {
      await using client = await LspClient.start({
        folders: [files.folder],
        options: { isTrusted: false },
      });
      const [found, ...others] = client.diagnostics(file);
      assert.ok(found !== undefined && others.length === 0);
      assert.equal(found.code, "impl-order");
      assert.equal(textAt(source, found.range), "third");
      assert.match(
        messageOf(found),
        /^`third` stands where the trait has `first`\. .* Put the methods in the trait's order: first, second, third\.$/u,
      );
      const byTraitOrder = (await client.project()).interfaces[0] ?? assert.fail();

      /** What a host that goes by the trait's order gets from each method. */
      const answers = async (): Promise<readonly unknown[]> => {
        const library = build(files.folder);
        const report = await runner.runner.inspect(library);
        assert.ok(report.ok);
        const reports = report.value.plugins.map(({ methodNames: _, ...rest }) => rest);
        const [plugin] = libraryPlugins({
          report: { ...report.value, plugins: reports },
          interfaces: [byTraitOrder],
          visible: [],
          owner: null,
          acceptsOutdated: false,
        }).plugins;
        assert.ok(plugin);
        const byName = report.value.plugins[0]?.methodNames;
        return [byName, plugin.methods.map(({ name, slot }) => `${name}=${byName?.[slot] ?? ""}`)];
      };
      assert.deepEqual(await answers(), [
        ["third", "first", "second"],
        ["first=third", "second=first", "third=second"],
      ]);

      const [fix] = await client.codeActions(file, found.range);
      assert.equal(fix?.title, "Reorder the methods to the trait's order");
      assert.ok(fix.isPreferred);
      const [change] = fix.edit?.documentChanges ?? [];
      assert.ok(change !== undefined && "edits" in change);
      const document = TextDocument.create("", "", 0, source);
      const edits = change.edits.map((edit) => ({
        range: edit.range,
        newText: "newText" in edit ? edit.newText : assert.fail(),
      }));
      const after = TextDocument.applyEdits(document, edits);
      assert.deepEqual(after.split("\n").sort(), source.split("\n").sort());
      assert.match(after, /\/\/ Answers at once\.\n {4}#\[inline\]\n {4}fn first/u);
      assert.match(after, /\/\/\/ The last of them\.\n {4}fn third/u);
      await client.open(file, source, false);
      await client.change(file, edits);
      assert.deepEqual(client.diagnostics(file), []);

      writeFileSync(file, after);
      execFileSync("cargo", ["fmt", "--check"], { cwd: files.folder });
      assert.deepEqual(await answers(), [
        ["first", "second", "third"],
        ["first=first", "second=second", "third=third"],
      ]);
      const { plugins } = await client.project();
      const plugin = plugins[0] ?? assert.fail();
      const outcome = await runner.call(build(files.folder), plugin, "second", { text: "it" });
      assert.equal(valueOf(outcome), "second it");
      assert.equal(readFileSync(file, "utf8"), after);
    } finally {
      await runner.dispose();
    }
  });
});
