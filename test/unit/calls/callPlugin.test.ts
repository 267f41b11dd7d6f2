// The path from arguments to an outcome: nothing is built or sent that does not fit, the newest arguments are called, cancel
// stops between the steps, and build's share of time and notes reach the outcome.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callPlugin, type CallPorts, type CallRequest } from "../../../src/calls/callPlugin.ts";
import type { BuildStep } from "../../../src/calls/pluginBuilder.ts";
import type { CallOutcome } from "../../../src/model/outcome.ts";
import type { JsonObject } from "../../../src/model/value/value.ts";
import { bytesType, sampleMethod, samplePlugin } from "../../support/schemaSamples.ts";

const okOutcome: CallOutcome = {
  result: { kind: "ok", value: "1", bytes: new Uint8Array(8), ranges: [] },
  output: { stdout: "", stderr: "", droppedBytes: 0 },
  measurements: { totalMs: 2, callMs: 1 },
  notes: ["from the call"],
};

const readyStep: BuildStep = { kind: "ready", library: "lib.so", buildMs: 700, notes: ["built"] };

/** Ports that write down what happens; `build` may do something before it hands over its step. */
function recordingPorts(step: BuildStep, duringBuild: () => void = () => undefined) {
  const events: string[] = [];
  const calls: JsonObject[] = [];
  const ports: CallPorts = {
    build: (listener) => {
      listener.onStart?.();
      listener.onProgress?.({ done: 1, total: 2, crateName: "demo", isWaitingForLock: false });
      duringBuild();
      return Promise.resolve(step);
    },
    runner: {
      call: (request, _signal, onPhase) => {
        onPhase?.("calling");
        calls.push(request.arguments);
        return Promise.resolve(okOutcome);
      },
      warmUp: () => events.push("warm"),
    },
    onPhase: (phase) =>
      events.push(
        phase.kind === "building" ? `building ${phase.progress.done ?? "-"}` : phase.kind,
      ),
    onBuildOutput: () => undefined,
  };
  return { ports, events, calls };
}

function requestOf(input: () => JsonObject, type = sampleMethod("add")): CallRequest {
  return {
    plugin: samplePlugin("demo", "Basic"),
    method: type,
    input: () => ({ arguments: input(), timeoutMs: null }),
    packageFolder: "/workspace/demo",
    environment: {},
  };
}

const { signal } = new AbortController();

describe("callPlugin", () => {
  it("builds with the host warming up, calls, and adds the build's time and notes", async () => {
    const { ports, events, calls } = recordingPorts(readyStep);
    const outcome = await callPlugin(
      requestOf(() => ({ a: 1 })),
      ports,
      signal,
    );
    assert.deepEqual(events, ["building -", "warm", "building 1", "calling"]);
    assert.deepEqual(calls, [{ a: 1 }]);
    assert.equal(outcome.measurements.buildMs, 700);
    assert.equal(outcome.measurements.callMs, 1);
    assert.deepEqual(outcome.notes, ["built", "from the call"]);
  });

  it("says the verdict on a signature, which the build brings, before what is said of types", async () => {
    const verdict = "Trusted signature: demo is signed by the trusted key team.";
    const { ports } = recordingPorts({ ...readyStep, notes: [verdict] });
    const request = requestOf(() => ({ a: 1 }));
    const outcome = await callPlugin(
      { ...request, notes: ["`signed by the trusted key` has gained a field."] },
      ports,
      signal,
    );
    assert.equal(outcome.notes[0], verdict);
    assert.equal(outcome.notes.length, 3);
  });

  it("builds and sends nothing when the arguments do not fit", async () => {
    const { ports, events, calls } = recordingPorts(readyStep);
    const outcome = await callPlugin(
      requestOf(() => ({ a: "x", b: 1 })),
      ports,
      signal,
    );
    assert.equal(outcome.result.kind, "invalidArguments");
    assert.deepEqual(
      outcome.result.problems.map(({ pointer }) => pointer),
      ["/a", "/b"],
    );
    assert.deepEqual([...events, ...calls], []);
  });

  it("names a file that cannot be read before anything is built", async () => {
    const { ports, events } = recordingPorts(readyStep);
    const method = sampleMethod("send", { arguments: [{ name: "data", type: bytesType }] });
    const outcome = await callPlugin(
      requestOf(() => ({ data: { $file: "gone.bin" } }), method),
      ports,
      signal,
    );
    assert.equal(outcome.result.kind, "invalidArguments");
    assert.match(outcome.result.problems[0]!.message, /gone\.bin cannot be read/);
    assert.deepEqual(events, []);
  });

  it("reads a file only if its user chose it or lets it be read, and asks before anything is built", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fidius-consent-"));
    const file = join(folder, "secret.bin");
    await writeFile(file, "secret");
    const method = sampleMethod("send", { arguments: [{ name: "data", type: bytesType }] });
    const asked: string[] = [];
    for (const isAllowed of [false, true]) {
      const { ports, events, calls } = recordingPorts(readyStep);
      const mayRead = (path: string): Promise<boolean> => {
        if (!isAllowed) {
          assert.deepEqual(events, []);
        }
        asked.push(path);
        return Promise.resolve(isAllowed);
      };
      const { result } = await callPlugin(
        requestOf(() => ({ data: { $file: file } }), method),
        { ...ports, mayRead },
        signal,
      );
      if (isAllowed) {
        assert.deepEqual(calls, [{ data: `base64:${btoa("secret")}` }]);
      } else {
        assert.ok(result.kind === "invalidArguments");
        const [problem] = result.problems;
        assert.equal(problem?.pointer, "/data");
        assert.match(problem.message, /secret\.bin was not read, since you did not allow it/);
        assert.deepEqual([...events, ...calls], []);
      }
    }
    // Once before the build, and once for what is entered when it is over.
    assert.deepEqual(asked, [file, file, file]);
    await rm(folder, { recursive: true });
  });

  it("calls with what was entered last while it built", async () => {
    let newest: JsonObject = { a: 1 };
    const { ports, calls } = recordingPorts(readyStep, () => {
      newest = { a: 2 };
    });
    await callPlugin(
      requestOf(() => newest),
      ports,
      signal,
    );
    assert.deepEqual(calls, [{ a: 2 }]);
  });

  it("calls nothing after a failed build", async () => {
    const failure = { kind: "noLibrary", message: "none" } as const;
    const { ports, calls } = recordingPorts({ kind: "failed", failure });
    const outcome = await callPlugin(
      requestOf(() => ({ a: 1 })),
      ports,
      signal,
    );
    assert.deepEqual(outcome.result, { kind: "buildFailed", failure });
    assert.deepEqual(calls, []);
  });

  it("calls nothing when it was cancelled while building, even if the build had just ended", async () => {
    const controller = new AbortController();
    const { ports, calls } = recordingPorts(readyStep, () => {
      controller.abort();
    });
    const outcome = await callPlugin(
      requestOf(() => ({ a: 1 })),
      ports,
      controller.signal,
    );
    assert.equal(outcome.result.kind, "cancelled");
    assert.deepEqual(calls, []);
  });
});
