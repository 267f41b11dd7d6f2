// A stream in the response column: its controls, where it stands, its timeline, and the item that is open.

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { usePanel } from "../panelStore.ts";
import type { StreamStatus } from "../../src/protocol/panelStream.ts";
import { useNow } from "../response/clock.ts";
import { Icon } from "../widgets/icon.tsx";
import { StreamChart } from "./chart/streamChart.tsx";
import { Composer } from "./composer.tsx";
import { ItemDetail } from "./itemDetail.tsx";
import { statusText } from "./streamText.ts";
import { Timeline } from "./timeline.tsx";

const summaryEveryMs = 2000;

export function StreamView(): JSX.Element | null {
  const { stream } = usePanel();
  const status = stream.status.value;
  if (status === null) {
    return null;
  }
  const isOpen = status.wait !== "ended";
  return (
    <section class="stream" aria-label="Stream" data-testid="stream" data-wait={status.wait}>
      {isOpen ? <Toolbar status={status} /> : null}
      <StatusLine status={status} />
      {status.panic === null || !isOpen ? null : (
        <p class="stream-panic" role="alert" data-testid="stream-panic">
          <Icon name="warning" />
          <span>
            Panicked: {status.panic} The stream may have later items: Next asks for one, Drop ends
            it.
          </span>
        </p>
      )}
      {isOpen && status.hasInput ? <Composer isFinished={status.isInputFinished} /> : null}
      <TimelineTools />
      <StreamChart />
      <Timeline />
      <ItemDetail />
      <Summary status={status} />
    </section>
  );
}

function Toolbar({ status }: { status: StreamStatus }): JSX.Element {
  const { extension } = usePanel();
  const isOpening = status.wait === "opening";
  return (
    <div class="stream-tools" role="toolbar" aria-label="Stream">
      {status.hasOutput ? (
        <>
          <Tool
            name="next"
            label="Next"
            isOff={isOpening || status.isRunning}
            onClick={() => {
              extension.streamCommand({ kind: "next", count: 1 });
            }}
          />
          <Tool
            name="next-10"
            label="Next 10"
            isOff={isOpening || status.isRunning}
            onClick={() => {
              extension.streamCommand({ kind: "next", count: 10 });
            }}
          />
          {status.isRunning ? (
            <Tool
              name="pause"
              label="Pause"
              isOff={false}
              onClick={() => {
                extension.streamCommand({ kind: "pause" });
              }}
            />
          ) : (
            <Tool
              name="run"
              label="Run"
              isOff={isOpening}
              onClick={() => {
                extension.streamCommand({ kind: "run" });
              }}
            />
          )}
          <Tool
            name="drop"
            label="Drop"
            isOff={status.wait !== "user"}
            title="Ends the stream here, without an error: the plugin drops it half-read"
            onClick={() => {
              extension.streamCommand({ kind: "drop" });
            }}
          />
        </>
      ) : null}
      <Tool
        name="cancel"
        label="Cancel"
        isOff={false}
        title="Ends the plugin's process if it is busy"
        onClick={() => {
          extension.cancel();
        }}
      />
    </div>
  );
}

interface ToolProps {
  readonly name: string;
  readonly label: string;
  readonly isOff: boolean;
  readonly title?: string;
  readonly onClick: () => void;
}

function Tool({ name, label, isOff, title, onClick }: ToolProps): JSX.Element {
  return (
    <button
      type="button"
      class="text-button"
      title={title}
      disabled={isOff}
      data-testid={`stream-${name}`}
      onClick={onClick}
    >
      {label}
    </button>
  );
}

function StatusLine({ status }: { status: StreamStatus }): JSX.Element {
  const { stream } = usePanel();
  const isOpen = status.wait !== "ended";
  const now = useNow(isOpen);
  const waitedMs = status.waitMs + Math.max(0, now - stream.statusAtMs.value);
  return (
    <p class="stream-status" data-testid="stream-status">
      {statusText(status, waitedMs)}
    </p>
  );
}

function TimelineTools(): JSX.Element {
  const { stream, extension } = usePanel();
  const { length } = stream.rows.value;
  const shown = stream.shown.value.length;
  const { waiting } = stream.texts;
  return (
    <div class="stream-filter">
      <input
        type="text"
        class="input"
        aria-label="Filter items by text"
        placeholder="Filter"
        data-testid="stream-filter"
        value={stream.filter.value}
        onInput={(event) => {
          stream.filter.value = event.currentTarget.value;
        }}
      />
      {shown === length ? null : (
        <span class="hint" data-testid="stream-matches">
          {shown.toLocaleString("en")} of {length.toLocaleString("en")} shown
          {waiting === 0 ? "" : `, ${waiting.toLocaleString("en")} still to be read`}
        </span>
      )}
      <span class="spacer" />
      <button
        type="button"
        class="text-button"
        data-testid="stream-export"
        disabled={length === 0}
        onClick={() => {
          extension.streamExport();
        }}
      >
        Export NDJSON…
      </button>
    </div>
  );
}

/** For screen readers: where the stream stands, every two seconds at most. */
function Summary({ status }: { status: StreamStatus }): JSX.Element {
  const text = statusText(status, 0);
  const [told, setTold] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => {
      setTold(text);
    }, summaryEveryMs);
    return () => {
      clearTimeout(timer);
    };
    // A new text does not put off the old one's turn for ever.
  }, [told === text, Math.floor(Date.now() / summaryEveryMs)]);
  return (
    <div class="visually-hidden" role="status" aria-live="polite" data-testid="stream-summary">
      {told}
    </div>
  );
}
