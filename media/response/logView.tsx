// Printed text with links to sources. Long output is drawn in blocks that the browser skips while out of view.

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { CapturedOutput } from "../../src/model/outcome.ts";
import type { SourceLocation } from "../../src/protocol/panel.ts";
import { usePanel } from "../panelStore.ts";
import { sizeText } from "../../src/codec/text/measures.ts";
import { logPieces } from "./logText.ts";

const linesPerBlock = 200;
/** The end of a longer output is shown; the whole is in the plugin's output channel. */
const maxLines = 20_000;

/** A link that opens a source file at its place. */
export function SourceLink({ location }: { location: SourceLocation }): JSX.Element {
  const { extension } = usePanel();
  return (
    <button
      type="button"
      class="link-button source-link"
      data-testid="source-link"
      onClick={() => {
        extension.openLocation(location);
      }}
    >
      {location.file}:{location.line}:{location.column}
    </button>
  );
}

interface LogTextProps {
  readonly text: string;
  readonly testId: string;
  /** False for text whose columns mean something, such as rustc's pictures. */
  readonly isWrapped?: boolean;
}

export function LogText({ text, testId, isWrapped = true }: LogTextProps): JSX.Element {
  const { extension } = usePanel();
  const blocks = useMemo(() => {
    const lines = text.split("\n").slice(-maxLines);
    return Array.from({ length: Math.ceil(lines.length / linesPerBlock) }, (_, at) =>
      logPieces(lines.slice(at * linesPerBlock, (at + 1) * linesPerBlock).join("\n")),
    );
  }, [text]);
  return (
    <div
      class={`log mono ${isWrapped ? "" : "log-unwrapped"}`}
      data-testid={testId}
      tabIndex={isWrapped ? undefined : 0}
      role={isWrapped ? undefined : "group"}
      aria-label={isWrapped ? undefined : "Message of the compiler"}
    >
      {blocks.map((pieces, at) => (
        <pre key={at} class="log-block">
          {pieces.map(({ text: piece, tone, location }, index) =>
            location === undefined ? (
              <span key={index} class={tone}>
                {piece}
              </span>
            ) : (
              <button
                key={index}
                type="button"
                class="link-button source-link"
                data-testid="source-link"
                onClick={() => {
                  extension.openLocation(location);
                }}
              >
                {piece}
              </button>
            ),
          )}
        </pre>
      ))}
    </div>
  );
}

export function LogsTab({ output }: { output: CapturedOutput }): JSX.Element {
  const { extension } = usePanel();
  const streams = [
    { name: "stdout", text: output.stdout },
    { name: "stderr", text: output.stderr },
  ].filter((stream) => stream.text !== "");
  return (
    <div class="logs">
      {streams.length === 0 ? (
        <p class="empty-note">The plugin printed nothing during this call.</p>
      ) : null}
      {output.droppedBytes > 0 ? (
        <p class="hint">
          {sizeText(output.droppedBytes)} from the beginning are dropped; the last 1 MB of each
          stream is kept.
        </p>
      ) : null}
      {streams.map((stream) => (
        <section key={stream.name} aria-label={stream.name}>
          <h3 class="log-name">{stream.name}</h3>
          <LogText text={stream.text.replace(/\n$/, "")} testId={`log-${stream.name}`} />
        </section>
      ))}
      <div class="actions">
        <button
          type="button"
          class="text-button"
          data-testid="show-plugin-output"
          onClick={() => {
            extension.action("showPluginOutput");
          }}
        >
          Show Plugin Output
        </button>
      </div>
    </div>
  );
}

/** How many lines were printed, for the tab's badge. */
export function lineCount(output: CapturedOutput): number {
  return [output.stdout, output.stderr]
    .map((text) => (text === "" ? 0 : text.replace(/\n$/, "").split("\n").length))
    .reduce((sum, count) => sum + count, 0);
}
