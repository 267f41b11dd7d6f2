// Invoke for editors without a panel: the lens runs the server's own command, and the answer comes as a message.

import assert from "node:assert/strict";
import path from "node:path";
import { type CallAnswer, serverCommands } from "../../src/protocol/lsp.ts";
import { fixturesFolder, testTargetFolder } from "../support/fixtureLibraries.ts";
import { LspClient } from "./lspClient.ts";
import type { ClientOptions } from "./serverProcess.ts";

const folder = path.join(fixturesFolder, "streams");
const source = path.join(folder, "src/lib.rs");

describe("calling a method by the server's command", function () {
  this.timeout(300_000);

  const start = (options: ClientOptions["options"]): Promise<LspClient> =>
    LspClient.start({
      folders: [folder],
      environment: { CARGO_TARGET_DIR: testTargetFolder() },
      ...(options === undefined ? {} : { options }),
    });
  const call = async (client: LspClient, method: string, text?: string): Promise<CallAnswer> => {
    const plugin = (await client.project()).plugins.find(({ name }) => name === "AllStreams");
    return (await client.execute(serverCommands.call, {
      pluginId: plugin?.id,
      method,
      arguments: text,
    })) as CallAnswer;
  };

  it("is what lenses do where the client names no command of its own, with the answer as a message", async () => {
    await using client = await start(undefined);
    await client.settled();
    const lenses = await client.codeLenses(source);
    const titles = new Set(lenses.map(({ command }) => command?.title));
    assert.deepEqual([...titles].sort(), ["Invoke", "Invoke with example arguments"]);
    const live = lenses.find(({ command }) =>
      JSON.stringify(command?.arguments).includes('"method":"live"'),
    )?.command;
    assert.ok(live);
    await client.execute(live.command, live.arguments?.[0]);
    assert.match(client.messages.at(-1) ?? "", /^AllStreams\.live: ok · [\d.]+ ms\n0$/u);
  });

  it("takes arguments, gives the items of a stream, and says where items have to be given", async () => {
    await using client = await start(undefined);
    await client.settled();
    const items = await call(client, "count", '{"limit": "3"}');
    assert.ok(items.kind === "called", JSON.stringify(items));
    assert.equal(items.outcome, "streamEnded");
    assert.match(items.text, /^AllStreams\.count: 3 items\n0\n1\n2\nstream dropped/u);
    const example = await call(client, "count");
    assert.ok(example.kind === "called", JSON.stringify(example));
    assert.match(example.text, /The arguments are an example: \{"limit":0\}/u);
    const sum = await call(client, "sum", '{"start": 1}');
    assert.match(sum.kind === "failed" ? sum.message : "", /^`sum` takes a stream of items\./u);
    const wrong = await call(client, "count", '{"limit": -1}');
    assert.match(wrong.kind === "failed" ? wrong.message : "", /\n\/limit: u64 takes 0 to/u);
  });

  it("starts nothing in a workspace that is not trusted", async () => {
    await using client = await start({ isTrusted: false });
    assert.deepEqual(await call(client, "live"), {
      kind: "failed",
      message: "Plugins are not built or called in Restricted Mode. Trust the workspace first.",
    });
  });
});
