// Dropping a stream, which runs code of the plugin and may go wrong in its own ways: it may end the process, or not return.
// It is a turn like any other; nobody waits long for one.

import type { CallResult } from "../../model/outcome.ts";
import { hostRequests } from "../../protocol/host.ts";
import type { Step } from "../session/hostSession.ts";
import type { StreamTurns } from "./streamTurns.ts";

/** How long dropping a stream may take, and how long a turn for it is waited for. */
const closeMs = 1000;

export interface StreamDrop {
  /** The stream's own, or the crash that dropping it was. */
  readonly result: CallResult;
  readonly notes: readonly string[];
  /** Null when it is dropped; else settles when it is, because something else runs in the process. */
  readonly dropped: Promise<void> | null;
}

export async function dropStream(
  turns: StreamTurns,
  stream: number,
  result: CallResult,
): Promise<StreamDrop> {
  const { session } = turns;
  const done = (notes: readonly string[], other = result): StreamDrop => ({
    result: other,
    notes,
    dropped: null,
  });
  if (!session.isUsable) {
    return done([]);
  }
  const patience = new AbortController();
  const timer = setTimeout(() => {
    patience.abort();
  }, closeMs);
  const step = await close(turns, stream, patience.signal);
  clearTimeout(timer);
  const { isAlive } = session.process;
  if (step === null && isAlive) {
    const holder = session.turns.holder ?? "another call";
    const note = `The stream is dropped as soon as ${holder}, which runs in the same process, has ended.`;
    const dropped = close(turns, stream, never).then(() => undefined);
    return { result, notes: [note], dropped };
  }
  if (step?.kind === "died") {
    return done(["The process ended while the stream was dropped."], {
      kind: "crashed",
      death: step.death,
    });
  }
  const isStopped = step?.kind === "stopped";
  return done(
    isStopped
      ? [
          `Dropping the stream had not returned after ${String(closeMs / 1000)} s; its process was ended.`,
        ]
      : [],
  );
}

const never = new AbortController().signal;

/** Drops it in a turn; null when there was none. */
function close(
  turns: StreamTurns,
  stream: number,
  signal: AbortSignal,
): Promise<Step<null> | null> {
  const isNull = (value: unknown): value is null => value === null;
  const limit = { timeoutMs: closeMs, signal: never };
  return turns.take(null, signal, () =>
    turns.session.request(hostRequests.closeStream, { stream }, isNull, limit),
  );
}
