// The store of remembered calls on a real folder: what a kill in the middle leaves, damaged files, limits, and how little is read.

import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { CallHistory } from "../../../src/history/callHistory.ts";
import type { FinishedCall } from "../../../src/history/callEntry.ts";
import { indexLine } from "../../../src/history/entryText.ts";
import { historyFolder, type HistoryFiles } from "../../../src/history/historyFiles.ts";
import type { HistoryLimits } from "../../../src/history/limits.ts";
import { searchCalls } from "../../../src/history/searchCalls.ts";
import type { CallResult } from "../../../src/model/outcome.ts";

const roomy: HistoryLimits = { entries: 500, bytes: 50 * 1024 * 1024 };

function okResult(value: string): CallResult {
  return { kind: "ok", value, bytes: Uint8Array.from([1, 2, 255]), ranges: [] };
}

function call(
  atMs: number,
  result: CallResult = okResult("42"),
  text = `{"a":${atMs}}`,
): FinishedCall {
  return {
    summary: {
      atMs,
      pluginId: "basic::Basic as Calculator",
      pluginName: "Basic",
      interfaceName: "Calculator",
      method: "add",
      interfaceHash: "0123456789abcdef",
      profile: "dev",
      kind: result.kind,
      outcome: result.kind,
      callMs: 0.14,
      inputBytes: 8,
      outputBytes: 3,
      argumentsPreview: text,
    },
    detail: {
      arguments: text,
      instance: null,
      signature: "add:i64,i64->i64",
      timeoutMs: 30_000,
      commit: null,
      seed: null,
      fidiusVersion: "0.5.7",
      about: {
        output: { stdout: "hello", stderr: "", droppedBytes: 0 },
        measurements: { totalMs: 1 },
        notes: [],
      },
    },
    result,
    valueText: "42",
  };
}

describe("history of calls", () => {
  let folder: string;
  let problems: unknown[];

  const open = async (limits = roomy, files: HistoryFiles = historyFolder(folder)) => {
    const history = new CallHistory(files, {
      limits: () => limits,
      onProblem: (problem) => problems.push(problem),
      onChange: () => undefined,
    });
    await history.settled();
    return history;
  };
  const filled = async (count: number, limits = roomy) => {
    const history = await open(limits);
    for (let at = 1; at <= count; at++) {
      history.record(call(at));
    }
    await history.settled();
    return history;
  };
  const times = (history: CallHistory) => history.list.map(({ atMs }) => atMs);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "fidius-history-"));
    problems = [];
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
    assert.deepEqual(problems, []);
  });

  it("gives back what was recorded, after a restart too", async () => {
    const result = okResult("\u0000 text with \n every \ud800 thing");
    const { id } = (await open()).record(
      call(7, result, '{"n": 170141183460469231731687303715884105727}'),
    );
    const first = await open();
    // The first store writes behind; a second one in the same folder reads once it is done.
    assert.equal(first.list.length, 0);
    const again = await waitFor(
      () => open(),
      (history) => history.list.length === 1,
    );
    assert.deepEqual(await again.result(id), result);
    const detail = await again.detail(id);
    assert.equal(detail?.arguments, '{"n": 170141183460469231731687303715884105727}');
    assert.equal(detail.about.output.stdout, "hello");
    assert.equal(again.list[0]?.callMs, 0.14);
  });

  it("loses no more than the last call when it is killed at any byte of the index", async () => {
    await filled(5);
    const index = await readFile(join(folder, "index.jsonl"));
    const lineEnds = [...index.keys()].filter((at) => index[at] === 10);
    for (let length = 0; length <= index.length; length += 23) {
      await writeFile(join(folder, "index.jsonl"), index.subarray(0, length));
      const history = await open();
      const whole = lineEnds.filter((end) => end < length).length;
      assert.equal(history.list.length, whole, `${length} bytes`);
    }
    await writeFile(join(folder, "index.jsonl"), index.subarray(0, index.length - 9));
    const history = await open();
    history.record(call(6));
    await history.settled();
    assert.deepEqual(times(await open()), [6, 4, 3, 2, 1]);
  });

  it("sweeps away what a kill left before the index had its line", async () => {
    await filled(1);
    await writeFile(join(folder, "000000zzz-deadbeef.json"), '{"arguments":');
    await writeFile(join(folder, "000000zzz-deadbeef.result.json"), "");
    const history = await open();
    assert.equal(history.list.length, 1);
    history.record(call(2));
    await history.settled();
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.includes("deadbeef")),
      [],
    );
    assert.deepEqual(times(await open()), [2, 1]);
  });

  it("leaves out damaged lines and files, and nothing beside them", async () => {
    const [last, middle] = (await filled(3)).list;
    assert.ok(last !== undefined && middle !== undefined);
    const index = join(folder, "index.jsonl");
    await writeFile(
      index,
      `\u0000\u0001\n[]\n{"call":{"id":"../../x"}}\n{"gone":[7]}\n${await readFile(index, "utf8")}`,
    );
    await truncate(join(folder, `${middle.id}.json`), 20);
    await writeFile(join(folder, `${last.id}.result.json`), "\u0000".repeat(40));
    const history = await open();
    assert.deepEqual(times(history), [3, 2, 1]);
    assert.equal(await history.detail(middle.id), undefined);
    assert.equal((await history.result(middle.id))?.kind, "ok");
    assert.equal(await history.result(last.id), undefined);
    assert.equal((await history.detail(last.id))?.arguments, '{"a":3}');
  });

  it("keeps the newest of too many calls, and what is pinned", async () => {
    const history = await open({ ...roomy, entries: 3 });
    const pinned = history.record(call(1));
    history.change(pinned.id, { isPinned: true, name: "the first" });
    for (let at = 2; at <= 6; at++) {
      history.record(call(at));
    }
    await history.settled();
    assert.deepEqual(times(history), [6, 5, 1]);
    assert.deepEqual(times(await open()), [6, 5, 1]);
    assert.equal((await open()).get(pinned.id)?.name, "the first");
    assert.equal((await readdir(folder)).length, 1 + 3 * 2);
  });

  it("drops the oldest results before any arguments", async () => {
    const large = okResult("x".repeat(2_000));
    const history = await open({ entries: 500, bytes: 10_000 });
    for (let at = 1; at <= 8; at++) {
      history.record(call(at, large));
    }
    await history.settled();
    const kept = (await open()).list;
    assert.equal(kept.length, 8);
    assert.ok(kept.reduce((sum, each) => sum + each.detailBytes + each.resultBytes, 0) <= 10_000);
    const hasResult = kept.map(({ resultBytes }) => resultBytes > 0);
    assert.deepEqual(hasResult, [...hasResult].sort().reverse(), "newest first");
    assert.ok(hasResult[0] === true && hasResult.at(-1) === false);
    for (const { id } of kept) {
      assert.notEqual(await history.detail(id), undefined);
    }
    assert.equal(await history.result(kept.at(-1)?.id ?? ""), undefined);
  });

  it("does not keep one result that would take the room of all others", async () => {
    const history = await open({ entries: 500, bytes: 40_000 });
    const { id } = history.record(call(1, okResult("x".repeat(20_000))));
    assert.equal(await history.result(id), undefined);
    assert.equal((await history.detail(id))?.arguments, '{"a":1}');
  });

  it("opens ten thousand calls with one read, and reads two files to open one", async () => {
    const history = await filled(1);
    const [entry] = history.list;
    assert.ok(entry !== undefined);
    const lines = Array.from({ length: 10_000 }, (_, at) =>
      indexLine({ call: { ...entry, id: `${String(at).padStart(9, "0")}-00000000`, atMs: at } }),
    );
    await writeFile(join(folder, "index.jsonl"), lines.join("") + indexLine({ call: entry }));
    const read: string[] = [];
    const files = historyFolder(folder);
    const counted: HistoryFiles = {
      ...files,
      read: (name) => {
        read.push(name);
        return files.read(name);
      },
      list: () => assert.fail("the folder is not listed to open it"),
    };
    const opened = await open({ ...roomy, entries: 20_000 }, counted);
    assert.equal(opened.list.length, 10_001);
    assert.deepEqual(read, ["index.jsonl"]);
    await opened.detail(entry.id);
    await opened.result(entry.id);
    assert.equal(read.length, 3);
  });

  it("keeps its index short, however often calls change", async () => {
    const history = await filled(2);
    const id = history.list[0]?.id ?? "";
    for (let at = 0; at < 500; at++) {
      history.change(id, { name: `name ${at}` });
    }
    await history.settled();
    const lines = (await readFile(join(folder, "index.jsonl"), "utf8")).split("\n").length;
    assert.ok(lines < 300, `${lines} lines`);
    assert.equal((await open()).get(id)?.name, "name 499");
  });

  it("finds by method, outcome, name, arguments, result and output", async () => {
    const history = await open();
    const long = "y".repeat(5_000);
    const plain = history.record(call(1));
    const failed = history.record(call(2, { kind: "timedOut", afterMs: 3 }));
    const deep = history.record(call(3, okResult(`${long} needle`), `{"a":"${long} haystack"}`));
    history.change(plain.id, { name: "Smoke" });
    const find = async (query: string) => [...(await searchCalls(history, query))];
    assert.deepEqual(await find("calculator::ADD"), [deep.id, failed.id, plain.id]);
    assert.deepEqual(await find("timedout"), [failed.id]);
    assert.deepEqual(await find("smoke"), [plain.id]);
    assert.deepEqual(await find("needle add"), [deep.id]);
    assert.deepEqual(await find("haystack"), [deep.id]);
    assert.equal((await find("hello")).length, 3);
    assert.deepEqual(await find("nowhere"), []);
  });

  it("is the same in memory and on disk after any changes", async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant("record" as const) }),
      fc.record({ kind: fc.constantFrom("pin" as const, "remove" as const), at: fc.nat(9) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 25 }), async (steps) => {
        await rm(folder, { recursive: true, force: true });
        const history = await open({ entries: 5, bytes: 4_000 });
        let time = 0;
        for (const next of steps) {
          const { id = "" } = next.kind === "record" ? {} : (history.list[next.at] ?? {});
          if (next.kind === "record") {
            history.record(call(++time));
          } else if (next.kind === "pin") {
            history.change(id, { isPinned: true });
          } else {
            history.remove([id]);
          }
        }
        await history.settled();
        const again = await open();
        assert.deepEqual(again.list, history.list);
        for (const { id, resultBytes } of again.list) {
          assert.notEqual(await again.detail(id), undefined);
          assert.equal((await again.result(id)) !== undefined, resultBytes > 0);
        }
      }),
      { numRuns: 20 },
    );
  });
});

async function waitFor<T>(make: () => Promise<T>, isDone: (made: T) => boolean): Promise<T> {
  for (;;) {
    const made = await make();
    if (isDone(made)) {
      return made;
    }
  }
}
