import assert from "node:assert/strict";
import packageJson from "../../package.json" with { type: "json" };
import { LspClient } from "./lspClient.ts";
import { greeterSource, manifest, TestFolder } from "./workspace.ts";

describe("the server process", () => {
  for (const isNodeIpc of [false, true]) {
    it(`answers over ${isNodeIpc ? "Node's IPC" : "stdio"} and ends when it is told`, async () => {
      using files = new TestFolder({
        "Cargo.toml": manifest("demo", `fidius = "0.5"`),
        "src/lib.rs": greeterSource,
      });
      const client = await LspClient.start({
        folders: [files.folder],
        options: { isTrusted: false },
        isNodeIpc,
      });
      assert.deepEqual(client.initializeResult?.serverInfo, {
        name: "fidius",
        version: packageJson.version,
      });
      const { interfaces, plugins } = await client.project();
      assert.deepEqual(
        interfaces.map(({ id }) => id),
        ["demo::Greeter"],
      );
      assert.deepEqual(
        plugins.map(({ id }) => id),
        ["demo::Polite as Greeter"],
      );
      await client[Symbol.asyncDispose]();
      await assert.rejects(client.nextChange(), /the server ended with 0/u);
    });
  }

  it("names a file that does not parse for as long as somebody types in it", async () => {
    using files = new TestFolder({
      "Cargo.toml": manifest("demo", `fidius = "0.5"`),
      "src/lib.rs": greeterSource,
    });
    await using client = await LspClient.start({
      folders: [files.folder],
      options: { isTrusted: false },
    });
    const file = files.path("src/lib.rs");
    await client.open(file, greeterSource, false);
    assert.equal((await client.project()).unparsedFiles, undefined);
    await client.edit(file, "pub struct Polite;", "pub struct Polite { lat: f6 {");
    assert.deepEqual((await client.project()).unparsedFiles, [file]);
    await client.edit(file, "pub struct Polite { lat: f6 {", "pub struct Polite;");
    assert.equal((await client.project()).unparsedFiles, undefined);
  });

  it("starts without folders and without options", async () => {
    await using client = await LspClient.start({ folders: [] });
    assert.deepEqual(await client.project(), {
      interfaces: [],
      dependencyInterfaces: [],
      hostInterfaces: [],
      plugins: [],
      candidates: [],
      leftOut: [],
      notices: [],
    });
  });
});
