// Comparing interfaces over stdio, as any editor may: its commands, its lens, and what is refused.

import assert from "node:assert/strict";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { CodeLens } from "vscode-languageserver";
import { exampleInterface, runMethod } from "../../src/drift/example.ts";
import {
  serverCommands,
  type CompareAnswer,
  type CompareBases,
  type ServerOptions,
} from "../../src/protocol/lsp.ts";
import { GitFixture, packageManifest } from "../support/gitFixture.ts";
import { LspClient, textAt } from "./lspClient.ts";

const stop = "    fn stop(&self) -> bool;";
const before = exampleInterface({ methods: `${runMethod}\n${stop}` });
const swapped = exampleInterface({ methods: `${stop}\n${runMethod}` });
const interfaceId = "demo::Tool";

describe("comparing interfaces", () => {
  let fixture: GitFixture;
  let file: string;

  beforeEach(() => {
    fixture = new GitFixture();
    file = path.join(fixture.folder, "src/lib.rs");
    fixture.write({ "Cargo.toml": packageManifest, "src/lib.rs": before });
    fixture.commit("v0.3");
    fixture.write({ "src/lib.rs": swapped });
  });

  afterEach(() => {
    fixture.dispose();
  });

  /** No cargo, which nothing here needs; old sources go beside the repository. */
  const start = (options: ServerOptions = {}): Promise<LspClient> =>
    LspClient.start({
      folders: [fixture.folder],
      options: { cargoPath: path.join(fixture.folder, "no-cargo"), ...options },
      environment: { XDG_CACHE_HOME: fixture.cache, LOCALAPPDATA: fixture.cache },
    });

  const compare = async (client: LspClient, argument: object): Promise<CompareAnswer> =>
    (await client.execute(serverCommands.compare, argument)) as CompareAnswer;

  /** Asks again whenever the server wants to be asked. */
  const lensesOnce = async (
    client: LspClient,
    isDone: (lenses: readonly CodeLens[]) => boolean,
  ): Promise<readonly CodeLens[]> => {
    for (;;) {
      const count = client.lensRefreshes;
      const lenses = await client.codeLenses(file);
      if (isDone(lenses)) {
        return lenses;
      }
      await client.lensesRefreshed(count);
    }
  };

  it("against a revision gives a document with links to the places, from unsaved text", async () => {
    await using client = await start();
    await client.open(file, swapped.replace("stop(&self) -> bool", "halt(&self) -> bool"), true);
    const answer = await compare(client, { interfaceId, revision: "v0.3" });
    assert.ok(answer.kind === "compared", JSON.stringify(answer));
    assert.match(
      answer.summary,
      /^2 breaking changes since v0\.3 .* Raise `Tool` from version 1 to 2/u,
    );
    assert.equal(answer.breaking, 2);
    const uri = pathToFileURL(file).href;
    assert.ok(
      answer.markdown.includes(`- **method-inserted** [src/lib.rs:5](${uri}#L5,8): \`halt\` is a`),
    );
    assert.match(
      answer.markdown,
      /^# Tool since v0\.3\n\n.*\n\n## Breaks what is built already\n\n- \*\*method-/u,
    );
  });

  it("against the last tag and the merge base finds out what they are", async () => {
    fixture.git("checkout", "-q", "-b", "topic");
    await using client = await start();
    const bases = (await client.execute(serverCommands.bases, { interfaceId })) as CompareBases;
    assert.deepEqual(bases, { lastTag: "v0.3", mergeBase: "main" });
    for (const [base, label] of [
      ["lastTag", "v0.3"],
      ["mergeBase", "main"],
    ] as const) {
      const answer = await compare(client, { base });
      assert.ok(answer.kind === "compared");
      assert.ok(answer.markdown.startsWith(`# Tool since ${label}\n`), answer.markdown);
    }
  });

  it("leaves out what is accepted", async () => {
    fixture.write({
      "fidius-accepted.toml":
        '[[accepted]]\ninterface = "Tool"\nrule = "methods-reordered"\nmethod = "run"\n',
    });
    await using client = await start();
    const answer = await compare(client, {});
    assert.ok(answer.kind === "compared");
    assert.equal(answer.breaking, 0);
    assert.match(answer.markdown, /## Accepted\n\n- \*\*methods-reordered\*\*/u);
  });

  it("shows the answer as a message to editors that do nothing with it", async () => {
    await using client = await start();
    await compare(client, { isShown: true });
    assert.match(client.messages.join(), /^# Tool since v0\.3/u);
  });

  it("against what a library said needs no git", async () => {
    await using client = await start();
    const plugin = {
      index: 0,
      name: "Plugin",
      interfaceName: "Tool",
      interfaceHash: (await client.project()).interfaces[0]?.hash,
      interfaceVersion: 1,
      capabilities: "0",
      buffer: "Arena",
      methodCount: 2,
      wire: "bincode",
      methodMetadata: [],
      traitMetadata: [],
    };
    const library = {
      registryVersion: 1,
      abi: 500,
      releases: "0.5",
      descriptorBytes: 120,
      plugins: [plugin],
      hostImports: null,
    };
    const answer = await compare(client, { interfaceId, report: { name: "libtool.so", library } });
    assert.ok(answer.kind === "compared", JSON.stringify(answer));
    assert.match(
      answer.markdown,
      /^# Tool since libtool\.so was built\n[^]*\*\*buffer-changed\*\*/u,
    );
  });

  it("says why it cannot compare", async () => {
    await using client = await start();
    for (const [argument, message] of [
      [{ revision: "v9" }, /has no revision v9\./u],
      [{ revision: "--output=x" }, /no name of a revision/u],
      [{ interfaceId: "demo::Other" }, /^No such interface/u],
      [{ base: "yesterday" }, /^The argument of the command/u],
      [{ library: file }, /lib\.rs/u],
    ] as const) {
      const answer = await compare(client, argument);
      assert.ok(answer.kind === "failed");
      assert.match(answer.message, message);
    }
  });

  it("counts what breaks in a lens on the trait, anew after each edit", async () => {
    await using client = await start({ commands: { compare: "editor.compare" } });
    const [lens] = await lensesOnce(client, (lenses) => lenses.length > 0);
    assert.ok(lens?.command !== undefined);
    assert.equal(textAt(swapped, lens.range), "Tool");
    assert.equal(lens.command.title, "1 breaking change since v0.3");
    assert.equal(lens.command.command, "editor.compare");
    assert.deepEqual(lens.command.arguments, [{ interfaceId, base: "lastTag" }]);
    await client.open(file, before, true);
    await lensesOnce(client, (lenses) => lenses.length === 0);
  });

  it("has a lens that runs its own command where the client names none", async () => {
    await using client = await start();
    const [lens] = await lensesOnce(client, (lenses) => lenses.length > 0);
    assert.equal(lens?.command?.command, serverCommands.compare);
    await client.execute(lens.command.command, lens.command.arguments?.[0]);
    assert.match(client.messages.join(), /^# Tool since v0\.3/u);
  });

  it("starts nothing where the workspace is not trusted or the lens is off", async () => {
    for (const options of [{ isTrusted: false }, { compareWith: "off" }] as const) {
      await using client = await start(options);
      await client.codeLenses(file);
      // What is under way by then would be done with it.
      const answer = await compare(client, {});
      assert.equal(answer.kind, "isTrusted" in options ? "failed" : "compared");
      assert.deepEqual(await client.codeLenses(file), []);
    }
  });
});
