import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { parseBuildMessage } from "../../../src/cargo/build/buildMessages.ts";
import { idleProgress, readStderrLine } from "../../../src/cargo/build/buildProgress.ts";
import { parseDepInfo } from "../../../src/cargo/build/depInfo.ts";
import { createLineSplitter } from "../../../src/cargo/process/splitLines.ts";

describe("cargo's output", () => {
  it("is cut into the same lines however it arrives", () => {
    const text = "a\r    Building [=>  ] 1/3: x\rb\r\n\r\nc\n  d";
    const whole = ["a", "    Building [=>  ] 1/3: x", "b", "", "c", "  d"];
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (cuts) => {
        const lines: string[] = [];
        const splitter = createLineSplitter((line) => lines.push(line));
        let from = 0;
        for (const to of [...cuts.sort((a, b) => a - b), text.length]) {
          splitter.push(text.slice(from, to));
          from = to;
        }
        splitter.end();
        assert.deepEqual(lines, whole);
      }),
    );
  });

  it("gives the counts of the progress bar, also with colours", () => {
    const cases: readonly (readonly [
      string,
      readonly [number | null, number | null, string | null],
    ])[] = [
      [
        "    Building [======>                      ] 1/4: plug(build.rs)          ",
        [1, 4, "plug"],
      ],
      ["    Building [=============>] 34/120: serde_derive, syn...", [34, 120, "serde_derive"]],
      ["\u001B[1m\u001B[36m    Building\u001B[0m [=> ] 2/3: a\u001B[K", [2, 3, "a"]],
      ["    Building [                             ] 0/4", [0, 4, null]],
    ];
    for (const [line, [done, total, crateName]] of cases) {
      const { progress, text } = readStderrLine(line, idleProgress);
      assert.deepEqual(progress, { done, total, crateName, isWaitingForLock: false }, line);
      assert.equal(text, undefined);
    }
  });

  it("keeps what is no progress, and knows the wait for a lock", () => {
    const line = "   Compiling dep v0.1.0 (/x)";
    assert.deepEqual(readStderrLine(line, idleProgress), { progress: undefined, text: line });
    const waiting = readStderrLine(
      "    Blocking waiting for file lock on build directory",
      idleProgress,
    );
    assert.equal(waiting.progress?.isWaitingForLock, true);
    assert.equal(readStderrLine(line, waiting.progress).progress?.isWaitingForLock, false);
    assert.equal(readStderrLine("    Updating [====> ] 12.00%", idleProgress).text, undefined);
    assert.equal(readStderrLine("   ", idleProgress).text, undefined);
  });

  it("ignores lines that are no messages of cargo", () => {
    for (const line of [
      "",
      "text",
      "{",
      "{}",
      '{"reason":"new-kind"}',
      '{"reason":"build-finished"}',
    ]) {
      assert.equal(parseBuildMessage(line), undefined, line);
    }
    assert.deepEqual(parseBuildMessage('{"reason":"build-finished","success":true,"more":1}'), {
      reason: "build-finished",
      success: true,
    });
  });

  it("lists the files of a dep-info text, with blanks in their names", () => {
    assert.deepEqual(
      parseDepInfo(
        "/t/libp.so: /w/my\\ plug/src/lib.rs /w/dep/src/lib.rs\n\n/w/x:\n# env-dep:A=b: c\n",
      ),
      ["/w/my plug/src/lib.rs", "/w/dep/src/lib.rs"],
    );
    assert.deepEqual(parseDepInfo("C:\\t\\p.dll: C:\\w\\src\\lib.rs\r\n"), ["C:\\w\\src\\lib.rs"]);
  });
});
