// Turns in a host process, and the streams that are open in it.

import assert from "node:assert/strict";
import { SessionStreams } from "../../../src/runner/session/sessionStreams.ts";
import type { SessionStream } from "../../../src/runner/session/sessionStreams.ts";
import { SessionTurns } from "../../../src/runner/session/sessionTurns.ts";

const never = new AbortController().signal;

/** A task that lasts until it is told to end. */
function lasting(): { readonly task: () => Promise<string>; readonly end: () => void } {
  let end: () => void = () => undefined;
  const ended = new Promise<string>((resolve) => {
    end = () => {
      resolve("done");
    };
  });
  return { task: () => ended, end };
}

const oneTurn = (): Promise<unknown> => new Promise((resolve) => setImmediate(resolve));

const at = <T>(value: T): (() => Promise<T>) => {
  return () => Promise.resolve(value);
};

describe("turns in a session", () => {
  it("are had one after the other, and say whose it is", async () => {
    const turns = new SessionTurns();
    const first = lasting();
    const running = turns.take("a", never, first.task);
    const waiting = turns.take("b", never, () => Promise.resolve(turns.holder));
    await oneTurn();
    assert.deepEqual([turns.holder, turns.isFree], ["a", false]);
    first.end();
    assert.deepEqual(await running, { kind: "passed", value: "done" });
    assert.deepEqual(await waiting, { kind: "passed", value: "b" });
    assert.deepEqual([turns.holder, turns.isFree], [null, true]);
  });

  it("turn away who would wait for another's input, when that lasts", async () => {
    const turns = new SessionTurns();
    const stream = lasting();
    const running = turns.take("the stream", never, stream.task);
    await oneTurn();
    turns.inputWaits();
    const waiting = turns.takeUnlessBusy("a call", never, at(1));
    const patient = turns.take("another stream", never, at(2));
    assert.deepEqual(await waiting, { kind: "busy", holder: "the stream" });
    // At once, now that it has lasted.
    const later = await turns.takeUnlessBusy("a call", never, at(3));
    assert.deepEqual(later, { kind: "busy", holder: "the stream" });
    turns.inputAnswered();
    const next = turns.takeUnlessBusy("a call", never, at(4));
    stream.end();
    await running;
    assert.deepEqual(await patient, { kind: "passed", value: 2 });
    assert.deepEqual(await next, { kind: "passed", value: 4 });
  });

  it("an input that is given soon turns nobody away", async () => {
    const turns = new SessionTurns();
    const stream = lasting();
    const running = turns.take("the stream", never, stream.task);
    const waiting = turns.takeUnlessBusy("a call", never, at(1));
    for (let item = 0; item < 10; item += 1) {
      turns.inputWaits();
      await new Promise((resolve) => setTimeout(resolve, 60));
      turns.inputAnswered();
    }
    stream.end();
    await running;
    assert.deepEqual(await waiting, { kind: "passed", value: 1 });
  });

  it("a turn that ended waits for no input any more", async () => {
    const turns = new SessionTurns();
    await turns.take("the stream", never, () => {
      turns.inputWaits();
      return Promise.resolve();
    });
    await new Promise((resolve) => setTimeout(resolve, 600));
    const turn = await turns.takeUnlessBusy("a call", never, at(1));
    assert.deepEqual(turn, { kind: "passed", value: 1 });
  });

  it("are called back by their own signal", async () => {
    const turns = new SessionTurns();
    const stream = lasting();
    const running = turns.take("the stream", never, stream.task);
    await oneTurn();
    turns.inputWaits();
    const abort = new AbortController();
    const waiting = turns.takeUnlessBusy("a call", abort.signal, at(1));
    abort.abort();
    assert.deepEqual(await waiting, { kind: "calledBack" });
    stream.end();
    await running;
  });
});

describe("open streams of a session", () => {
  const stream = (instance: number): SessionStream => ({
    instance,
    method: "values",
    end: () => undefined,
    ended: Promise.resolve(),
  });

  it("keep an instance that nobody else has, until the last of them is over", () => {
    const streams = new SessionStreams();
    const [one, two, other] = [stream(1), stream(1), stream(2)];
    for (const each of [one, two, other]) {
      streams.add(each);
    }
    assert.equal(streams.leaveTo(3), false, "it has no streams");
    assert.equal(streams.leaveTo(1), true);
    assert.equal(streams.remove(one), false);
    assert.equal(streams.remove(other), false, "nobody left that instance to it");
    assert.equal(streams.remove(two), true);
    assert.equal(streams.remove(two), false);
    assert.equal(streams.count, 0);
  });
});
