// The turns of one stream in its host process. Between them the process answers other calls and streams; during them what
// is printed, what is recorded of host functions, and every item belongs to this stream.

import { DebuggerWatch } from "../process/debugger/debuggerWatch.ts";
import { FunctionCalls } from "../process/functionRecords.ts";
import type { StreamPeer } from "../process/hostProcess.ts";
import type { HostSession } from "../session/hostSession.ts";
import type { OutputCapture } from "../process/outputCapture.ts";

export class StreamTurns {
  readonly session: HostSession;
  readonly capture: OutputCapture;
  readonly functionCalls = new FunctionCalls();
  /** As this stream's time limits meet them. */
  readonly debuggers: DebuggerWatch;
  /** What people know the stream by. */
  readonly holder: string;

  constructor(session: HostSession, capture: OutputCapture, holder: string) {
    this.session = session;
    this.capture = capture;
    this.holder = holder;
    this.debuggers = new DebuggerWatch(session.process.debuggers);
  }

  /** What is printed by now. */
  readonly stderr = (): string => this.capture.stderr.text();

  /** Does `task` when nothing else runs in the process; null when `signal` aborted before that, or the process has ended. */
  async take<T>(
    peer: StreamPeer | null,
    signal: AbortSignal,
    task: () => Promise<T>,
  ): Promise<T | null> {
    const { session } = this;
    const passage = await session.turns.take(this.holder, signal, () =>
      session.isUsable ? this.inTurn(peer, task) : Promise.resolve(null),
    );
    return passage.kind === "passed" ? passage.value : null;
  }

  /** Does `task` in a turn that is there already. */
  async inTurn<T>(peer: StreamPeer | null, task: () => Promise<T>): Promise<T> {
    const { process } = this.session;
    process.attachStream(peer);
    process.capture(this.capture);
    const others = process.recordInto(this.functionCalls);
    try {
      const value = await task();
      if (this.session.isUsable) {
        await this.session.drainOutput();
      }
      return value;
    } finally {
      process.attachStream(null);
      process.recordInto(others);
    }
  }
}
