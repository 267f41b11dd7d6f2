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
