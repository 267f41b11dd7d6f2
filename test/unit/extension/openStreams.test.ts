// Which runs go on when the panel turns away: open streams, a few of them; anything else is cancelled.

import assert from "node:assert/strict";
import { CallSession } from "../../../src/extension/invoke/callSession.ts";
import { OpenStreams } from "../../../src/extension/panel/openStreams.ts";
import type { StreamUser } from "../../../src/model/stream.ts";
import type { MethodTarget } from "../../../src/protocol/lsp.ts";

const stream: StreamUser = {
  opened: () => undefined,
  item: () => undefined,
  waits: () => undefined,
  panicked: () => undefined,
};

function target(method: string): MethodTarget {
  return { pluginId: "p::P as T", method };
}

/** A session whose run lasts until it is cancelled, which `log` hears. */
function running(name: string, log: string[], user: StreamUser | undefined): CallSession {
  const session = new CallSession(
    (_newest, signal) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => {
          log.push(name);
          resolve(undefined);
        });
      }),
    { onPhase: () => undefined, onOutcome: () => undefined, onError: assert.ifError },
  );
  const instance = { id: "i", name: "quiet", configuration: null };
  void session.invoke({ arguments: {}, timeoutMs: null, instance, stream: user });
  return session;
}

const titleOf = ({ method }: MethodTarget): string => `T::${method}`;

describe("open streams of a panel", () => {
  it("go on when it turns away, and come back with it", () => {
    const log: string[] = [];
    const streams = new OpenStreams();
    const session = running("a", log, stream);
    streams.leave(target("a"), session);
    assert.deepEqual(streams.list(titleOf), [
      { target: target("a"), title: "T::a", instance: "quiet" },
    ]);
    assert.equal(streams.take(target("b")), undefined);
    assert.equal(streams.take(target("a")), session);
    assert.deepEqual([streams.list(titleOf), log], [[], []]);
  });

  it("any other run is cancelled, and one that is over is not kept", () => {
    const log: string[] = [];
    const streams = new OpenStreams();
    streams.leave(target("call"), running("call", log, undefined));
    assert.deepEqual(log, ["call"]);
    const session = running("a", log, stream);
    streams.leave(target("a"), session);
    streams.ended(target("a"), running("another", log, stream));
    assert.equal(streams.list(titleOf).length, 1);
    streams.ended(target("a"), session);
    assert.deepEqual(streams.list(titleOf), []);
  });

  it("beyond three the oldest is cancelled; all of them are when the panel goes", () => {
    const log: string[] = [];
    const streams = new OpenStreams();
    for (const name of ["a", "b", "c", "d"]) {
      streams.leave(target(name), running(name, log, stream));
    }
    assert.deepEqual(log, ["a"]);
    streams.dispose();
    assert.deepEqual(log, ["a", "b", "c", "d"]);
    assert.deepEqual(streams.list(titleOf), []);
  });
});
