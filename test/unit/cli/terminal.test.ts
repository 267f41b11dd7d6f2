// What goes where: results to stdout, the rest to stderr, a progress line only on a terminal, and whole lines always.

import assert from "node:assert/strict";
import fc from "fast-check";
import { cacheFolder } from "../../../src/files/cacheFolder.ts";
import { exitCodeOf, exitCodes } from "../../../src/cli/output/exitCodes.ts";
import { failureLine, usageFailure } from "../../../src/cli/output/failure.ts";
import { jsonText, rawJson } from "../../../src/cli/output/jsonText.ts";
import { Terminal } from "../../../src/cli/output/terminal.ts";

const progress = { done: 3, total: 8, crateName: "serde", isWaitingForLock: false };
const waiting = { done: null, total: null, crateName: null, isWaitingForLock: true };

function capture(isTTY: boolean) {
  let [stdout, stderr] = ["", ""];
  const decode = (text: string | Uint8Array) =>
    typeof text === "string" ? text : Buffer.from(text).toString();
  const terminal = new Terminal(
    { write: (text) => (stdout += decode(text)) },
    { isTTY, write: (text) => (stderr += decode(text)) },
  );
  return { terminal, stdout: () => stdout, stderr: () => stderr };
}

describe("Terminal", () => {
  it("keeps results and notes apart", () => {
    const { terminal, stdout, stderr } = capture(false);
    terminal.note("note");
    terminal.result("42");
    assert.equal(stdout(), "42\n");
    assert.equal(stderr(), "note\n");
  });

  it("closes a line that the plugin left open", () => {
    const { terminal, stderr } = capture(false);
    terminal.pluginOutput(Buffer.from("half a li"));
    terminal.pluginOutput(Buffer.from("ne"));
    terminal.pluginOutput(Buffer.from(""));
    terminal.note("error");
    terminal.pluginOutput(Buffer.from("whole\n"));
    terminal.note("{}");
    assert.equal(stderr(), "half a line\nerror\nwhole\n{}\n");
  });

  it("shows no progress where nobody watches", () => {
    const { terminal, stderr } = capture(false);
    terminal.progress("demo", progress, 10);
    terminal.endProgress();
    assert.equal(stderr(), "");
  });

  it("draws progress over itself and takes it away before anything else", () => {
    const { terminal, stderr } = capture(true);
    terminal.progress("demo", progress, 2100);
    terminal.progress("demo", waiting, 100);
    terminal.note("done");
    const [, first, second, rest] = stderr().split("\r\u001B[2K");
    assert.equal(first, "Building demo · 3/8 · serde · 2 s");
    assert.match(second ?? "", /^Waiting for another cargo process/);
    assert.equal(rest, "done\n");
  });
});

describe("jsonText", () => {
  it("says what JSON.stringify says", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.deepEqual(JSON.parse(jsonText(value as string)), JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("carries finished text with digits that a number would lose, on one line", () => {
    const digits = "340282366920938463463374607431768211455";
    assert.equal(
      jsonText({ value: rawJson(digits), list: [rawJson("1e400")], gone: undefined }),
      `{"value":${digits},"list":[1e400]}`,
    );
  });
});

describe("failures", () => {
  it("are one line of JSON whatever the message", () => {
    const line = failureLine(usageFailure('two\nlines "quoted"', { candidates: ["a"] }));
    assert.equal(line.includes("\n"), false);
    assert.deepEqual(JSON.parse(line), {
      error: { kind: "usage", message: 'two\nlines "quoted"', candidates: ["a"] },
    });
  });

  it("have the exit codes that are promised", () => {
    assert.deepEqual(
      (
        [
          ["ok", 0],
          ["invalidArguments", 1],
          ["unsupported", 1],
          ["busy", 1],
          ["buildFailed", 2],
          ["loadFailed", 3],
          ["interfaceChanged", 3],
          ["wireError", 3],
          ["notImplemented", 3],
          ["pluginError", 4],
          ["panic", 5],
          ["crashed", 6],
          ["timedOut", 7],
          ["cancelled", 130],
        ] as const
      ).filter(([kind, code]) => exitCodeOf(kind) !== code),
      [],
    );
    assert.equal(exitCodes.expectation, 8);
  });
});

describe("cacheFolder", () => {
  it("is the user's own, and what the environment says when that is absolute", () => {
    assert.equal(cacheFolder({ XDG_CACHE_HOME: "/cache" }, "linux").folder, "/cache/fidius-call");
    assert.match(cacheFolder({ XDG_CACHE_HOME: "cache" }, "linux").folder, /\.cache.fidius-call$/);
    assert.match(cacheFolder({}, "darwin").folder, /Library.Caches.fidius-call$/);
    assert.match(cacheFolder({}, "win32").folder, /AppData.Local.fidius-call$/);
  });

  it("says how another one is named, and that a relative one does not count", () => {
    const { alternative } = cacheFolder({ XDG_CACHE_HOME: "/cache" }, "linux");
    assert.equal(alternative, "Or name another folder in XDG_CACHE_HOME.");
    assert.match(
      cacheFolder({ XDG_CACHE_HOME: "cache" }, "linux").alternative ?? "",
      /XDG_CACHE_HOME\. cache, which it names now, does not count, since it is no absolute path\.$/,
    );
    assert.match(cacheFolder({}, "win32").alternative ?? "", /in LOCALAPPDATA\.$/);
  });
});
