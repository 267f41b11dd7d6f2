// New crates over stdio, as any editor asks for them: the plan, the edit, and what is refused.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import type { WorkspaceEdit } from "vscode-languageserver";
import {
  serverCommands,
  type NewCrateAnswer,
  type NewCrateTarget,
} from "../../src/protocol/lsp.ts";
import { LspClient } from "./lspClient.ts";
import { uriOf } from "./serverProcess.ts";
import { TestFolder } from "./workspace.ts";

const workspaceManifest = '[workspace]\nresolver = "2"\nmembers = ["greeter"]\n';

const interfaceSource = `use fidius::plugin_interface;

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Greeter: Send + Sync {
    fn greet(&self, name: String) -> String;
}
`;

describe("new crates by the server's command", () => {
  let files: TestFolder;

  beforeEach(() => {
    files = new TestFolder({
      "Cargo.toml": workspaceManifest,
      "greeter/Cargo.toml":
        '[package]\nname = "greeter"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nfidius = "0.5"\n',
      "greeter/src/lib.rs": interfaceSource,
    });
  });

  afterEach(() => {
    files[Symbol.dispose]();
  });

  /** In Restricted Mode: nothing of this needs cargo. */
  const start = (canCreateFiles = false): Promise<LspClient> =>
    LspClient.start({ folders: [files.folder], options: { isTrusted: false }, canCreateFiles });

  const ask = async (
    client: LspClient,
    target: Partial<NewCrateTarget> | Readonly<Record<string, unknown>>,
  ): Promise<NewCrateAnswer> =>
    (await client.execute(serverCommands.newCrate, target)) as NewCrateAnswer;

  it("are planned from open documents, and nothing is written", async () => {
    await using client = await start();
    await client.open(files.path("greeter/src/lib.rs"), interfaceSource, false);
    await client.open(files.path("Cargo.toml"), workspaceManifest, false);
    await client.edit(files.path("greeter/src/lib.rs"), "fn greet(", "fn welcome(");
    await client.edit(files.path("Cargo.toml"), "[workspace]", "# Unsaved.\n[workspace]");
    const plan = await ask(client, { kind: "plugin", folder: files.path("polite-greeter") });
    assert.ok(plan.kind === "planned", JSON.stringify(plan));
    assert.equal(plan.packageName, "polite-greeter");
    assert.equal(plan.mainFile, files.path("polite-greeter/src/lib.rs"));
    assert.deepEqual(
      plan.newFiles.map(({ file }) => file),
      [files.path("polite-greeter/Cargo.toml"), plan.mainFile],
    );
    assert.match(plan.newFiles[1]?.text ?? "", /fn welcome\(&self, name: String\) -> String/u);
    assert.deepEqual(plan.changedFiles, [
      {
        file: files.path("Cargo.toml"),
        edit: {
          range: { start: { line: 3, character: 20 }, end: { line: 3, character: 20 } },
          newText: ', "polite-greeter"',
        },
      },
    ]);
    assert.ok(!existsSync(files.path("polite-greeter")));
  });

  it("are made by the editor where it is asked to, with a message", async () => {
    await using client = await start(true);
    const edits: WorkspaceEdit[] = [];
    client.onEdit = (edit) => {
      edits.push(edit);
    };
    const target = { kind: "host", folder: files.path("greeter-host"), isApplied: true } as const;
    const answer = await ask(client, target);
    assert.equal(answer.kind, "planned");
    const changes = edits[0]?.documentChanges ?? [];
    assert.deepEqual(
      changes.map((change) =>
        "kind" in change ? [change.kind, "uri" in change && change.uri] : change.textDocument.uri,
      ),
      [
        ["create", uriOf(files.path("greeter-host/Cargo.toml"))],
        uriOf(files.path("greeter-host/Cargo.toml")),
        ["create", uriOf(files.path("greeter-host/src/main.rs"))],
        uriOf(files.path("greeter-host/src/main.rs")),
        uriOf(files.path("Cargo.toml")),
      ],
    );
    assert.match(client.messages.at(-1) ?? "", /^The package greeter-host is made\. cargo run -p/u);
  });

  it("are refused in a sentence: by the editor that makes no files, by the plan, by the argument", async () => {
    await using client = await start();
    const folder = files.path("greeter-host");
    const rows: readonly (readonly [Readonly<Record<string, unknown>>, RegExp])[] = [
      [{ kind: "host", folder, isApplied: true }, /This editor makes no files/u],
      [{ kind: "plugin", folder: files.path("greeter") }, /has files already/u],
      [{ kind: "plugin", folder, interfaceName: "Nothing" }, /no interface "Nothing"/u],
      [{ kind: "plugin", folder: "relative" }, /it is no absolute path/u],
      [{ kind: "thing", folder }, /The argument of the command is not what it takes/u],
    ];
    for (const [target, reason] of rows) {
      const answer = await ask(client, target);
      assert.ok(answer.kind === "failed", JSON.stringify(answer));
      assert.match(answer.message, reason);
    }
    assert.match(client.messages.at(-1) ?? "", /This editor makes no files/u);
  });
});
