// What a page sends is looked at before anything is done for it: own members, all of them and none beside them.

import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import fc from "fast-check";
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from "vscode-jsonrpc/node";
import { serveNotifications, serveRequests } from "../../../src/protocol/channel.ts";
import { members, isText, isCount } from "../../../src/protocol/checks.ts";
import { panelEvents, panelRequests } from "../../../src/protocol/panel.ts";
import { panelEventChecks, panelRequestChecks } from "../../../src/protocol/panelChecks.ts";

const requestChecks = panelRequestChecks as Readonly<Record<string, (value: unknown) => boolean>>;
const eventChecks = panelEventChecks as Readonly<Record<string, (value: unknown) => boolean>>;
const checks = { ...requestChecks, ...eventChecks };

const draft = { arguments: { a: [1, null] }, jsonText: null, tab: "form", timeoutSeconds: 3 };

/** Messages as the page sends them. */
const right: readonly (readonly [string, unknown])[] = [
  ["ready", undefined],
  ["invoke", { arguments: { name: { deep: [{ x: "1" }] } }, mode: "run" }],
  ["cancel", undefined],
  ["streamSend", { value: null }],
  ["streamValue", { sequence: 4 }],
  ["streamTexts", { serial: 1, sequences: [0, 3] }],
  ["resultBytes", { atMs: 1, from: 0, length: 3 }],
  ["checkSerde", { place: "argument 12", text: "{}" }],
  ["exampleSerde", { place: "configuration" }],
  ["instance", { kind: "add", name: "", configuration: { a: 1 } }],
  ["instance", { kind: "change", id: "1", configuration: null }],
  ["instance", { kind: "remove", id: "1" }],
  ["hostFunctions", { kind: "openFile" }],
  ["hostFunctions", { kind: "openFile", line: 3, column: 1 }],
  [
    "hostFunctions",
    {
      kind: "edit",
      file: "/f",
      edit: {
        kind: "answer",
        interfaceName: "I",
        functionName: "f",
        answer: { kind: "value", value: 1 },
        before: 2,
      },
    },
  ],
  ["hostFunctions", { kind: "edit", file: "/f", edit: { kind: "defaults", interfaceName: "I" } }],
  ["draftChanged", draft],
  ["draftChanged", { ...draft, key: "k", arguments: null, jsonText: "{", tab: "json" }],
  ["action", { id: "showLog" }],
  ["openLocation", { file: "src/lib.rs", line: 1, column: 1 }],
  ["streamCommand", { kind: "next", count: 10 }],
  ["streamCommand", { kind: "pause" }],
  ["showStream", { pluginId: "p", method: "m" }],
  ["streamExport", null],
  ["chooseInterface", { interfaceId: "i" }],
  ["keepResult", { as: "hexEditor" }],
  ["copyText", { text: "t" }],
];

/** Messages that no page of ours sends. */
const wrong: readonly (readonly [string, unknown])[] = [
  ["ready", {}],
  ["invoke", { arguments: [], mode: "run" }],
  ["invoke", { arguments: {}, mode: "constructor" }],
  ["invoke", { arguments: {} }],
  ["invoke", { arguments: {}, mode: "run", environment: { LD_PRELOAD: "/tmp/x.so" } }],
  ["invoke", Object.create({ arguments: {}, mode: "run" })],
  ["invoke", { arguments: { f: () => 1 }, mode: "run" }],
  ["streamValue", { sequence: -1 }],
  ["streamValue", { sequence: "0" }],
  ["checkSerde", { place: "argument -1", text: "" }],
  ["exampleSerde", { place: "__proto__" }],
  ["instance", { kind: "add", name: "n" }],
  ["instance", { kind: "toString", id: "1" }],
  ["hostFunctions", { kind: "edit", file: "/f", edit: { kind: "module", interfaceName: "I" } }],
  ["hostFunctions", { kind: "openFile", line: 1.5 }],
  ["draftChanged", { ...draft, tab: "other" }],
  ["action", { id: "constructor" }],
  ["action", { id: "__proto__" }],
  ["action", { id: "hasOwnProperty" }],
  ["action", "showLog"],
  ["openLocation", { file: 1, line: 1, column: 1 }],
  ["streamCommand", { kind: "next" }],
  ["streamCommand", { kind: "run", count: 1 }],
  ["showStream", { pluginId: "p" }],
  ["keepResult", { as: "printer" }],
  ["resultBytes", { atMs: 1, from: -1, length: 3 }],
  ["copyText", { text: ["t"] }],
];

describe("messages of the panel's page", () => {
  for (const [name, message] of right) {
    it(`${name} ${JSON.stringify(message)} is taken`, () => {
      assert.equal(checks[name]?.(message), true);
    });
  }

  for (const [name, message] of wrong) {
    it(`${name} ${JSON.stringify(message)} is refused`, () => {
      assert.equal(checks[name]?.(message), false);
    });
  }

  it("have a check each", () => {
    assert.deepEqual(Object.keys(requestChecks).sort(), Object.keys(panelRequests).sort());
    assert.deepEqual(Object.keys(eventChecks).sort(), Object.keys(panelEvents).sort());
  });

  it("of any form get an answer, however deep", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (message) => {
        for (const check of Object.values(checks)) {
          assert.equal(typeof check(message), "boolean");
        }
      }),
    );
    let deep: unknown = null;
    for (let level = 0; level < 200_000; level += 1) {
      deep = [deep];
    }
    assert.equal(checks["invoke"]?.({ arguments: { deep }, mode: "run" }), true);
  });

  it("have no member that an object inherits", () => {
    const isPlace = members<{ readonly file: string; readonly line: number }>({
      file: isText,
      line: isCount,
    });
    assert.equal(isPlace({ file: "f", line: 1 }), true);
    assert.equal(
      isPlace(Object.assign(Object.create({ line: 1 }) as object, { file: "f" })),
      false,
    );
    assert.equal(isPlace(JSON.parse('{"file":"f","line":1,"__proto__":{}}')), false);
  });
});

describe("a channel with checks", () => {
  function connections(): [MessageConnection, MessageConnection] {
    const [up, down] = [new PassThrough(), new PassThrough()];
    const page = createMessageConnection(
      new StreamMessageReader(down),
      new StreamMessageWriter(up),
    );
    const extension = createMessageConnection(
      new StreamMessageReader(up),
      new StreamMessageWriter(down),
    );
    return [page, extension];
  }

  it("answers what does not pass with an error, and no handler sees it", async () => {
    const [page, extension] = connections();
    const heard: unknown[] = [];
    const refused: string[] = [];
    const requests = { pickFile: panelRequests.pickFile, streamSend: panelRequests.streamSend };
    serveRequests(
      extension,
      requests,
      {
        pickFile: () => "/file",
        streamSend: ({ value }) => {
          heard.push(value);
          return null;
        },
      },
      { pickFile: panelRequestChecks.pickFile, streamSend: panelRequestChecks.streamSend },
    );
    serveNotifications(
      extension,
      { copyText: panelEvents.copyText },
      {
        copyText: ({ text }) => {
          heard.push(text);
        },
      },
      { copyText: panelEventChecks.copyText },
      (method) => refused.push(method),
    );
    extension.listen();
    page.listen();
    await page.sendNotification("panel/copyText", { text: 1 });
    await page.sendNotification("panel/copyText", { text: "t" });
    assert.equal(await page.sendRequest(panelRequests.pickFile), "/file");
    assert.equal(await page.sendRequest(panelRequests.streamSend, { value: [1] }), null);
    await assert.rejects(page.sendRequest("panel/streamSend", { wrong: 1 }), /does not come/u);
    await assert.rejects(page.sendRequest("panel/streamSend", ["a", "b"]), /does not come/u);
    await assert.rejects(page.sendRequest("panel/pickFile", { file: "/etc/passwd" }), /come/u);
    assert.deepEqual(heard, ["t", [1]]);
    assert.deepEqual(refused, ["panel/copyText"]);
    page.dispose();
    extension.dispose();
  });
});
