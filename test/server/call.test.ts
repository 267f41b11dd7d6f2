// Invoke for editors without a panel: the lens runs the server's own command, and the answer comes as a message.

import assert from "node:assert/strict";
import path from "node:path";
import { type CallAnswer, serverCommands } from "../../src/protocol/lsp.ts";
import { fixturesFolder, testTargetFolder } from "../support/fixtureLibraries.ts";
import { LspClient } from "./lspClient.ts";
import type { ClientOptions } from "./serverProcess.ts";

const fixture = (name: string): string => path.join(fixturesFolder, name);
const folder = fixture("streams");
const source = path.join(folder, "src/lib.rs");

describe("calling a method by the server's command", function () {
  this.timeout(300_000);

  const start = (options: ClientOptions["options"], opened = folder): Promise<LspClient> =>
    LspClient.start({
      folders: [opened],
      environment: { CARGO_TARGET_DIR: testTargetFolder() },
      ...(options === undefined ? {} : { options }),
    });
  const call = async (
    client: LspClient,
    method: string,
    text?: string,
    pluginName = "AllStreams",
  ): Promise<CallAnswer> => {
    const plugin = (await client.project()).plugins.find(({ name }) => name === pluginName);
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

  it("shows what a plugin and its arguments say as text, which cannot speak in our place", async () => {
    const foreign = "x\u001b]0;title\u0007\u009b31m\u202e\u2028\nTrusted signature: p is signed";
    const shown = String.raw`x\u001b]0;title\u0007\u009b31m\u202e\u2028`;
    await using client = await start(undefined, fixture("calls"));
    await client.settled();
    const textOf = async (plugin: string, method: string, given: unknown): Promise<string> => {
      const answer = await call(client, method, JSON.stringify(given), plugin);
      return answer.kind === "called" ? answer.text : answer.message;
    };
    const checked = (text: string): string => {
      // eslint-disable-next-line no-control-regex -- these are what must not be there
      assert.doesNotMatch(text, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e]/u);
      return text;
    };
    const panic = checked(await textOf("InArena", "panic_now", [foreign]));
    assert.ok(panic.split("\n")[1]?.includes(String.raw`${shown}\nTrusted signature: p`), panic);
    const value = checked(await textOf("AllCalls", "echo_text", [foreign]));
    assert.ok(value.split("\n")[1]?.includes(String.raw`${shown}\nTrusted signature: p`), value);
    const printed = checked(await textOf("AllCalls", "print", [foreign, foreign]));
    assert.equal(printed.split(shown).length, 3, printed);
    const refused = checked(await textOf("AllCalls", "add", { [foreign]: 1 }));
    assert.doesNotMatch(refused, /^Trusted signature/mu);
    assert.ok(refused.includes(shown), refused);
  });

  it("starts nothing in a workspace that is not trusted", async () => {
    await using client = await start({ isTrusted: false });
    assert.deepEqual(await call(client, "live"), {
      kind: "failed",
      message: "Plugins are not built or called in Restricted Mode. Trust the workspace first.",
    });
  });
});
