// The parts that decide what runs when: the turnstile, limits of time, the crash rule, staged copies, checked answers.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { duplexPair } from "node:stream";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { splitMessage } from "../../../src/protocol/binaryParts.ts";
import { defaultFrameLimits, encodeFrameHeader } from "../../../src/protocol/frames.ts";
import type { FrameType } from "../../../src/protocol/frames.ts";
import { hostRequests } from "../../../src/protocol/host.ts";
import {
  isCallReply,
  isHello,
  isLoadReply,
  isOpenReply,
} from "../../../src/runner/process/checkReply.ts";
import { CrashRule } from "../../../src/runner/process/crashRule.ts";
import { withinLimit } from "../../../src/runner/process/deadline.ts";
import { connectFrames } from "../../../src/runner/process/frameConnection.ts";
import { LibraryStaging } from "../../../src/runner/process/stagedDylib.ts";
import { Turnstile } from "../../../src/runner/process/turnstile.ts";

const never = new AbortController().signal;

describe("the turnstile", () => {
  it("lets one through at a time, in order, also past those called back", async () => {
    const turnstile = new Turnstile();
    const log: string[] = [];
    const task = (name: string) => async (): Promise<void> => {
      log.push(`${name} in`);
      await setImmediate();
      log.push(`${name} out`);
    };
    const abort = new AbortController();
    const first = turnstile.pass(never, task("a"));
    const second = turnstile.pass(abort.signal, task("b"));
    const third = turnstile.pass(never, task("c"));
    assert.equal(turnstile.isFree, false);
    abort.abort();
    assert.equal((await second).kind, "calledBack");
    await Promise.all([first, third]);
    assert.deepEqual(log, ["a in", "a out", "c in", "c out"]);
    assert.equal(turnstile.isFree, true);
  });

  it("opens again after a task that failed", async () => {
    const turnstile = new Turnstile();
    await assert.rejects(
      turnstile.pass(never, () => Promise.reject(new Error("task"))),
      /task/,
    );
    assert.deepEqual(await turnstile.pass(never, () => Promise.resolve(1)), {
      kind: "passed",
      value: 1,
    });
  });
});

describe("limits of time", () => {
  it("stop work that takes too long, or that is cancelled, once", async () => {
    const reasons: string[] = [];
    const run = (timeoutMs: number | null, signal: AbortSignal): Promise<string> => {
      let end: (value: string) => void = () => undefined;
      const stop = (reason: string): void => {
        reasons.push(reason);
        end(reason);
      };
      return withinLimit(
        { timeoutMs, signal },
        null,
        stop,
        () => new Promise((resolve) => (end = resolve)),
      );
    };
    assert.equal(await run(1, never), "timedOut");
    const abort = new AbortController();
    const running = run(null, abort.signal);
    abort.abort();
    assert.equal(await running, "cancelled");
    assert.deepEqual(reasons, ["timedOut", "cancelled"]);
  });

  it("do nothing to work that ends in time, however long the limit", async () => {
    const stop = (): void => {
      assert.fail("stopped");
    };
    const limit = { timeoutMs: Number.MAX_SAFE_INTEGER, signal: never };
    assert.equal(await withinLimit(limit, null, stop, () => setImmediate(7)), 7);
  });
});

describe("the crash rule", () => {
  it("refuses after three crashes within five minutes", () => {
    let now = 0;
    const rule = new CrashRule(() => now);
    rule.recordCrash();
    now = 200_000;
    rule.recordCrash();
    assert.equal(rule.isRefusing, false);
    now = 299_999;
    rule.recordCrash();
    assert.equal(rule.isRefusing, true);
    now = 300_001;
    assert.equal(rule.isRefusing, false);
    rule.recordCrash();
    assert.equal(rule.isRefusing, true);
    rule.reset();
    assert.equal(rule.isRefusing, false);
  });
});

describe("staged libraries", () => {
  let folder = "";
  let staging: LibraryStaging;
  let source = "";

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "fidius-staging-"));
    staging = new LibraryStaging({ folder: join(folder, "staged") });
    source = join(folder, "plugin.so");
    await writeFile(source, "one");
  });
  afterEach(async () => {
    staging.dispose();
    assert.deepEqual(await readdir(join(folder, "staged")).catch(() => []), []);
    await rm(folder, { recursive: true });
  });

  const stage = async () => {
    const staged = await staging.stage(source);
    assert.ok(staged.ok);
    return staged.value;
  };

  it("pass only with the content that was checked, whatever becomes of their source; another check lets another content pass", async () => {
    const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
    staging.expectContent(source, sha256("one"));
    const first = await staging.stage(source);
    assert.ok(first.ok);
    await writeFile(source, "two");
    const changed = await staging.stage(source);
    assert.ok(!changed.ok);
    assert.equal(changed.error.kind, "cannotLoad");
    assert.match(changed.error.message, /was changed after its signature was checked/);
    // What is loaded is the copy, which the check was of.
    assert.equal(await readFile(first.value.path, "utf8"), "one");
    staging.expectContent(source, sha256("two"));
    assert.ok((await staging.stage(source)).ok);
    staging.expectContent(source, sha256("one"));
    assert.ok(!(await staging.stage(source)).ok, "a check after that counts");
    staging.expectContent(source, undefined);
    assert.ok((await staging.stage(source)).ok);
  });

  it("are new for new content and the same for the same, whatever the file's times", async () => {
    const first = await stage();
    assert.equal(await stage(), first);
    await utimes(source, 1, 1);
    assert.equal(await stage(), first);
    const replacement = join(folder, "new");
    await writeFile(replacement, "one");
    await rename(replacement, source);
    assert.equal(await stage(), first);
    await writeFile(source, "two");
    const second = await stage();
    assert.notEqual(second.path, first.path);
    assert.equal(await readFile(first.path, "utf8"), "one");
    assert.equal(await readFile(second.path, "utf8"), "two");
    await staging.release(second);
    assert.equal(await readFile(second.path, "utf8"), "two", "in use as the current one");
    await staging.release(first);
    await assert.rejects(readFile(first.path), /ENOENT/);
  });

  it("are made once for calls at the same time", async () => {
    const [one, other] = await Promise.all([stage(), stage()]);
    assert.equal(one, other);
  });

  it("of a file that is missing or none are a sentence", async () => {
    const missing = await staging.stage(join(folder, "none.so"));
    assert.equal(missing.ok ? "" : missing.error.kind, "notFound");
    const none = await staging.stage(folder);
    assert.equal(none.ok ? "" : none.error.kind, "notALibrary");
  });
});

describe("the runner's end of the pipe", () => {
  const close = { protocolVersion: 1 };

  function frame(type: FrameType, message: unknown): Buffer {
    const { json, parts } = splitMessage(message);
    const head = Buffer.from(json);
    const body = Buffer.concat(parts);
    return Buffer.concat([encodeFrameHeader(type, head.length, body.length), head, body]);
  }

  /** Expects nothing but answers. */
  const quietPeer = {
    onViolation: () => undefined,
    expectsRequest: () => false,
    onItems: () => false,
  };

  /** Sends a request, answers with `bytes`, and gives the violation. */
  async function violationOf(bytes: Uint8Array): Promise<string> {
    const [ours, theirs] = duplexPair();
    const violated = new Promise<string>((resolve) => {
      const connection = connectFrames(ours, defaultFrameLimits, {
        ...quietPeer,
        onViolation: (what) => {
          connection.dispose();
          resolve(what);
        },
      });
      connection.sendRequest(hostRequests.hello, close).catch(() => undefined);
    });
    await once(theirs, "data");
    theirs.write(bytes);
    return violated;
  }

  it("passes answers to what was asked, with their bytes", async () => {
    const [ours, theirs] = duplexPair();
    const connection = connectFrames(ours, defaultFrameLimits, {
      ...quietPeer,
      onViolation: (what) => {
        assert.fail(what);
      },
    });
    const answer = connection.sendRequest("any", { bytes: Uint8Array.of(1) });
    await once(theirs, "data");
    theirs.write(frame("response", { jsonrpc: "2.0", id: 0, result: { bytes: Uint8Array.of(2) } }));
    const { bytes } = await (answer as Promise<{ bytes: Uint8Array }>);
    assert.deepEqual([...bytes], [2]);
    connection.dispose();
  });

  it("refuses everything else", async () => {
    const result = { jsonrpc: "2.0", id: 0, result: null };
    const wrong = [
      Buffer.from("HTTP/1.1 200 OK\r\n\r\n"),
      frame("request", result),
      frame("notification", result),
      frame("response", { ...result, id: 99 }),
      frame("response", { ...result, id: "0" }),
      frame("response", { ...result, jsonrpc: "1.0" }),
      frame("response", { ...result, error: { code: 1, message: "both" } }),
      frame("response", { jsonrpc: "2.0", id: 0 }),
      frame("response", { jsonrpc: "2.0", id: 0, error: "text" }),
      frame("response", null),
    ];
    for (const bytes of wrong) {
      assert.match(await violationOf(bytes), /./);
    }
  });
});

describe("answers of the host", () => {
  const returned = {
    kind: "returned",
    status: 0,
    output: new Uint8Array(1),
    callMs: 0.1,
    runs: 1,
    arenaBytes: 0,
    changes: null,
  };
  const pluginReport = {
    index: 0,
    name: "P",
    interfaceName: "I",
    interfaceHash: "0123456789abcdef",
    interfaceVersion: 1,
    capabilities: "0",
    buffer: "Arena",
    methodCount: 1,
    wire: "bincode",
    methodMetadata: [[{ key: "k", value: "" }]],
    traitMetadata: [],
  };
  const loaded = {
    ok: true,
    value: {
      report: {
        registryVersion: 1,
        abi: 500,
        releases: "0.5",
        descriptorBytes: 120,
        plugins: [pluginReport],
        hostImports: null,
      },
      loadMs: 1,
    },
  };

  it("pass when every field is right", () => {
    assert.ok(isCallReply(returned));
    assert.ok(isCallReply({ ...returned, changes: { workingDirectory: "/", variables: ["A"] } }));
    assert.ok(isCallReply({ kind: "refused", reason: "noSlot", message: "m" }));
    assert.ok(isLoadReply(loaded));
    assert.ok(isLoadReply({ ok: false, error: { kind: "badMagic", message: "m" } }));
    assert.ok(isOpenReply({ ok: true, value: { instance: 0, openMs: 0 } }));
  });

  it("are refused when any field is missing or of another type", () => {
    for (const name of Object.keys(returned)) {
      for (const value of [undefined, "text", -1.5, {}, Number.NaN]) {
        assert.ok(!isCallReply({ ...returned, [name]: value }), name);
      }
    }
    for (const name of Object.keys(pluginReport)) {
      for (const value of [undefined, {}, -1, false]) {
        const plugins = [{ ...pluginReport, [name]: value }];
        const report = { ...loaded.value.report, plugins };
        assert.ok(!isLoadReply({ ok: true, value: { report, loadMs: 1 } }), name);
      }
    }
    assert.ok(!isCallReply({ kind: "refused", reason: "toString", message: "m" }));
    assert.ok(!isLoadReply({ ok: false, error: { kind: "constructor", message: "m" } }));
    assert.ok(!isLoadReply({ ok: 1, value: loaded.value }));
  });

  it("of any shape never make the checks throw", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const check of [isHello, isLoadReply, isOpenReply, isCallReply]) {
          assert.equal(typeof check(value), "boolean");
        }
      }),
      { numRuns: 1000 },
    );
  });
});
