// Calls that were asked for together: what each was called with and its outcome; a remembered one opens.

import type { JSX } from "preact";
import { durationText } from "../../src/codec/text/measures.ts";
import { oneLine } from "../../src/model/text/foreignText.ts";
import type { SeriesCall } from "../../src/model/outcome.ts";
import { usePanel } from "../panelStore.ts";
import { Icon } from "../widgets/icon.tsx";

export function SeriesTable(): JSX.Element | null {
  const { series } = usePanel();
  const calls = series.value;
  if (calls.length === 0) {
    return null;
  }
  const good = calls.filter(({ kind }) => kind === "ok").length;
  return (
    <section class="series" aria-label="Calls of this set" data-testid="series">
      <p role="status">
        {calls.length} calls, {good === calls.length ? "all" : good} ok.
      </p>
      <table class="plain-table">
        <thead>
          <tr>
            <th scope="col">Call</th>
            <th scope="col">Outcome</th>
            <th scope="col">Time</th>
            <th scope="col">Arguments</th>
            <th scope="col">Result</th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call, index) => (
            <SeriesRow key={index} call={call} number={index + 1} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function SeriesRow({
  call,
  number,
}: {
  readonly call: SeriesCall;
  readonly number: number;
}): JSX.Element {
  const { extension, call: shown } = usePanel();
  const { id, kind } = call;
  const isShown = id !== null && id === shown.value?.id;
  return (
    <tr data-testid="series-row" data-kind={kind} aria-current={isShown ? "true" : undefined}>
      <th scope="row">
        {id === null ? (
          number
        ) : (
          <button
            type="button"
            class="link-button"
            data-testid="series-open"
            aria-label={`Open call ${String(number)}`}
            onClick={() => {
              extension.history({ kind: "open", id });
            }}
          >
            {number}
          </button>
        )}
      </th>
      <td class={kind === "ok" ? "series-ok" : "series-bad"}>
        <Icon name={kind === "ok" ? "pass" : "error"} /> {oneLine(call.outcome)}
      </td>
      <td>{call.callMs === null ? "" : durationText(call.callMs)}</td>
      <td class="mono series-text" title={call.arguments}>
        {oneLine(call.arguments)}
      </td>
      <td class="mono series-text" title={call.result}>
        {oneLine(call.result)}
      </td>
    </tr>
  );
}
