import assert from "node:assert/strict";
import type { CodeLens } from "vscode-languageserver";
import { LspClient, textAt } from "./lspClient.ts";
import { greeterSource, manifest, TestFolder } from "./workspace.ts";

const options = {
  isTrusted: false,
  commands: { invoke: "editor.invoke", build: "editor.build" },
} as const;

/** Lenses as `text under the range: title command arguments`. */
function shown(text: string, lenses: readonly CodeLens[]): readonly string[] {
  return lenses.map(({ range, command }) => {
    const place = textAt(text, range);
    const call =
      command?.command === "" ? "" : ` ${command?.command} ${JSON.stringify(command?.arguments)}`;
    return `${place}: ${command?.title}${call}`;
  });
}

const id = "demo::Polite as Greeter";
const expected = [
  `Polite: Build editor.build [{"pluginId":"${id}"}]`,
  `quick: $(play) Invoke editor.invoke [{"pluginId":"${id}","method":"quick"}]`,
  `slow: $(play) Invoke editor.invoke [{"pluginId":"${id}","method":"slow"}]`,
];

describe("code lenses", () => {
  it("stand on the impl and on every method, sync and async", async () => {
    using files = new TestFolder({
      "Cargo.toml": manifest("demo", `fidius = "0.5"`),
      "src/lib.rs": greeterSource,
    });
    await using client = await LspClient.start({ folders: [files.folder], options });
    const lenses = await client.codeLenses(files.path("src/lib.rs"));
    assert.deepEqual(shown(greeterSource, lenses), expected);
  });

  it("follow unsaved text, and stay while it does not parse", async () => {
    using files = new TestFolder({
      "Cargo.toml": manifest("demo", `fidius = "0.5"`),
      "src/lib.rs": greeterSource,
    });
    const file = files.path("src/lib.rs");
    await using client = await LspClient.start({ folders: [files.folder], options });
    await client.open(file, greeterSource, false);
    await client.edit(
      file,
      "fn quick(&self) -> u8 {\n        1",
      "fn renamed(&self) -> u8 {\n        1",
    );
    const renamed = client.document(file).getText();
    assert.deepEqual(
      shown(renamed, await client.codeLenses(file)),
      expected.map((lens) => lens.replaceAll("quick", "renamed")),
    );
    for (const [from, to] of [
      ["        name\n", "        name.(\n"],
      ["impl Greeter for Polite {", "impl Greeter for Polite"],
    ] as const) {
      await client.edit(file, from, to);
      const broken = client.document(file).getText();
      const methods = shown(broken, await client.codeLenses(file)).map(
        (lens) => lens.split(":")[0],
      );
      assert.ok(methods.includes("renamed") && methods.includes("slow"), methods.join());
    }
    await client.close(file, true);
    assert.deepEqual(shown(greeterSource, await client.codeLenses(file)), expected);
  });

  it("stand on methods that stream as on any", async () => {
    const source = greeterSource.replaceAll(
      "fn quick(&self) -> u8",
      "fn quick(&self) -> fidius::Stream<u8>",
    );
    using files = new TestFolder({
      "Cargo.toml": manifest("demo", `fidius = "0.5"`),
      "src/lib.rs": source,
    });
    await using client = await LspClient.start({ folders: [files.folder], options });
    assert.match(
      shown(source, await client.codeLenses(files.path("src/lib.rs")))[1] ?? "",
      /^quick: \$\(play\) Invoke editor\.invoke/u,
    );
  });

  it("run the server's own command for a client that has none, and build nothing by themselves", async () => {
    using files = new TestFolder({
      "Cargo.toml": manifest("demo", `fidius = "0.5"`),
      "src/lib.rs": greeterSource,
    });
    await using client = await LspClient.start({ folders: [files.folder] });
    const lenses = await client.codeLenses(files.path("src/lib.rs"));
    assert.deepEqual(
      lenses.map(({ command }) => `${command?.title ?? ""}: ${command?.command ?? ""}`),
      ["Invoke: fidius.call.method", "Invoke with example arguments: fidius.call.method"],
    );
  });
});
