// A panic's backtrace: the user's own frames open and first, those of Rust, of crates and of the host folded behind them.

import type { JSX } from "preact";
import type { BacktraceFrame, PanicReport } from "../../../src/model/outcome.ts";
import { LogText, SourceLink } from "../logView.tsx";

/** Nothing when there is no backtrace; its text as it is when no frame was understood. */
export function Backtrace({ panic }: { panic: PanicReport }): JSX.Element | null {
  const { backtrace, frames = [] } = panic;
  if (backtrace === undefined) {
    return null;
  }
  const own = frames.filter(({ origin }) => origin === "own");
  const others = frames.filter(({ origin }) => origin !== "own");
  if (frames.length === 0) {
    return (
      <details class="backtrace" open>
        <summary>Backtrace</summary>
        <LogText text={backtrace} testId="backtrace" />
      </details>
    );
  }
  return (
    <section class="backtrace" aria-label="Backtrace" data-testid="backtrace">
      <h3 class="log-name">Backtrace</h3>
      {own.length === 0 ? (
        <p class="hint">No frame is in this workspace.</p>
      ) : (
        <FrameList frames={own} testId="frames-own" />
      )}
      {others.length === 0 ? null : (
        <details>
          <summary>
            {others.length === 1 ? "1 frame" : `${others.length} frames`} of Rust, crates and the
            host
          </summary>
          <FrameList frames={others} testId="frames-other" />
        </details>
      )}
    </section>
  );
}

interface FrameListProps {
  readonly frames: readonly BacktraceFrame[];
  readonly testId: string;
}

function FrameList({ frames, testId }: FrameListProps): JSX.Element {
  return (
    <ol class="frames mono" data-testid={testId}>
      {frames.map((frame, at) => (
        <li key={at}>
          <span class="frame-function">{frame.function}</span>
          <FramePlace frame={frame} />
        </li>
      ))}
    </ol>
  );
}

/** A link, but for the files of the standard library: they are on the machine that built Rust. */
function FramePlace({
  frame: { location, origin },
}: {
  frame: BacktraceFrame;
}): JSX.Element | null {
  if (location === undefined) {
    return null;
  }
  return origin === "toolchain" ? (
    <span class="frame-place hint">
      {location.file}:{location.line}:{location.column}
    </span>
  ) : (
    <span class="frame-place">
      <SourceLink location={location} />
    </span>
  );
}
