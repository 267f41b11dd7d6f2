// The runs of streams that go on while the panel shows another method: calls on the same instance take turns with them. Any
// other run ends when the panel turns away. Knows nothing of VS Code.

import type { MethodTarget } from "../../protocol/lsp.ts";
import type { OpenStream } from "../../protocol/panelStream.ts";
import { methodKey } from "../methodKey.ts";
import type { CallSession } from "../invoke/callSession.ts";

/** Most that go on; the panel keeps the items of one more. */
const mostStreams = 3;

interface KeptRun {
  readonly target: MethodTarget;
  readonly session: CallSession;
}

export class OpenStreams {
  readonly #runs = new Map<string, KeptRun>();

  /** The panel turns away from a method: its run goes on when it is an open stream. */
  leave(target: MethodTarget, session: CallSession): void {
    if (!isStreaming(session)) {
      session.dispose();
      return;
    }
    this.#runs.set(methodKey(target), { target, session });
    const oldest = [...this.#runs.values()].slice(0, -mostStreams);
    for (const run of oldest) {
      run.session.cancel();
    }
  }

  /** The panel turns to a method: its run, when it goes on. */
  take(target: MethodTarget): CallSession | undefined {
    const run = this.#runs.get(methodKey(target));
    this.#runs.delete(methodKey(target));
    return run?.session;
  }

  /** A run is over. */
  ended(target: MethodTarget, session: CallSession): void {
    if (this.#runs.get(methodKey(target))?.session === session) {
      this.#runs.delete(methodKey(target));
    }
  }

  /** Those that go on, the oldest first, with the title that people know each method by. */
  list(titleOf: (target: MethodTarget) => string): readonly OpenStream[] {
    return [...this.#runs.values()].map(({ target, session }) => ({
      target,
      title: titleOf(target),
      instance: session.lastRequest?.instance?.name ?? null,
    }));
  }

  dispose(): void {
    for (const { session } of this.#runs.values()) {
      session.dispose();
    }
    this.#runs.clear();
  }
}

function isStreaming(session: CallSession): boolean {
  return session.isRunning && session.lastRequest?.stream !== undefined;
}
