// The response column: headline first, then the value as tree, JSON and bytes, and what the plugin printed.

import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { CallOutcome } from "../../src/model/outcome.ts";
import { JsonEditor } from "../json/jsonEditor.tsx";
import { LongJson } from "../long/longJson.tsx";
import { LongProgress } from "../long/longProgress.tsx";
import { usePanel, type ShownOutcome } from "../panelStore.ts";
import { StreamView } from "../stream/streamView.tsx";
import { Icon } from "../widgets/icon.tsx";
import { useKeptScroll } from "../widgets/keptScroll.ts";
import { TabList, TabPanel, type Tab } from "../widgets/tabs.tsx";
import type { ResponseTab } from "../panelStore.ts";
import { HostCalls, UnboundBanner } from "../hostFunctions/hostCalls.tsx";
import { CallStrip } from "../history/callStrip.tsx";
import { CompilerOffer } from "./compilerOffer.tsx";
import { FailureCard } from "./failure/failure.tsx";
import { headlineOf, measuredText, timingParts } from "./headline.ts";
import { HexView } from "./hexView.tsx";
import { lineCount, LogsTab, SourceLink } from "./logView.tsx";
import { bodyOf, type OutcomeBody } from "./outcomeBody.ts";
import { PluginErrorBody } from "./failure/pluginError.tsx";
import { Progress } from "./progress.tsx";
import { RepeatView } from "./repeatView.tsx";
import { SeriesTable } from "./seriesTable.tsx";
import { TreeResult } from "./tree/resultTree.tsx";

export function ResponseView(): JSX.Element {
  const { isRunning, outcome, phase, stream } = usePanel();
  const shown = outcome.value;
  const isStreaming =
    ["calling", "debugging"].includes(phase.value.kind) && stream.status.value !== null;
  return (
    <section
      class="pane response"
      id="narrow-panel-response"
      aria-labelledby="response-heading"
      data-testid="response"
    >
      {isRunning.value ? (
        <>
          <div class="pane-head">
            <h2 id="response-heading">Response</h2>
          </div>
          <div class="pane-body">{isStreaming ? <StreamView /> : <Progress />}</div>
        </>
      ) : shown === null ? (
        <BeforeFirstCall />
      ) : (
        <OutcomeView key={shown.serial} shown={shown} />
      )}
    </section>
  );
}

function BeforeFirstCall(): JSX.Element {
  return (
    <>
      <div class="pane-head">
        <h2 id="response-heading">Response</h2>
      </div>
      <div class="pane-body">
        <div class="empty" data-testid="empty-response">
          <Icon name="play-circle" />
          <p>Invoke calls the method in a process of its own and shows what it returns.</p>
          <p>It builds the plugin first when the sources are newer than the binary.</p>
          <p>What you enter is kept per method, also when you close the panel.</p>
        </div>
      </div>
    </>
  );
}

function OutcomeView({ shown }: { shown: ShownOutcome }): JSX.Element {
  const { responseTab, state, long } = usePanel();
  const { outcome } = shown;
  const hostInterfaces = state.value?.hostInterfaces ?? [];
  const unread = long.state.value;
  const value = unread.kind === "ready" ? unread.value : undefined;
  const body = useMemo(() => bodyOf(shown, value), [shown, value]);
  const logs = lineCount(outcome.output);
  const tabs = tabsOf(body, logs);
  const selected = tabs.some((tab) => tab.id === responseTab.value) ? responseTab.value : "value";
  const scrolled = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    scrolled.current?.scrollTo({ top: 0 });
  }, [selected]);
  useKeptScroll("response", scrolled, unread.kind === "none" || unread.kind === "ready");
  return (
    <>
      <div class="pane-head">
        <h2 id="response-heading">Response</h2>
        <TabList
          name="response"
          label="Response as"
          tabs={tabs}
          selected={selected}
          onSelect={(id) => {
            responseTab.value = id;
          }}
        />
      </div>
      <CallStrip />
      <div class="pane-body" ref={scrolled}>
        <HeadlineRow shown={shown} />
        <Notes outcome={outcome} />
        <UnboundBanner log={outcome.hostFunctions} />
        <LongProgress />
        <TabPanel name="response" tab="value" isSelected={selected === "value"}>
          <CompilerOffer shown={shown} />
          {outcome.repeat === undefined ? null : <RepeatView repeat={outcome.repeat} />}
          <SeriesTable />
          <ResultBody shown={shown} body={body} />
          <StreamView />
        </TabPanel>
        <TabPanel name="response" tab="json" isSelected={selected === "json"}>
          {body.long === undefined ? (
            <JsonResult format={body.json ?? (() => "")} isLong={unread.kind !== "none"} />
          ) : (
            <LongJson value={body.long} />
          )}
        </TabPanel>
        <TabPanel name="response" tab="hex" isSelected={selected === "hex"}>
          <HexTab outcome={outcome} body={body} />
        </TabPanel>
        <TabPanel name="response" tab="logs" isSelected={selected === "logs"}>
          {outcome.hostFunctions === undefined ? null : (
            <HostCalls log={outcome.hostFunctions} interfaces={hostInterfaces} />
          )}
          <LogsTab output={outcome.output} />
        </TabPanel>
      </div>
      <Timing shown={shown} />
    </>
  );
}

function tabsOf(body: OutcomeBody, logs: number): readonly Tab<ResponseTab>[] {
  return [
    { id: "value", label: body.isValue ? "Tree" : "Result" },
    ...(body.json === undefined ? [] : [{ id: "json", label: "JSON" } as const]),
    ...(body.bytes === undefined ? [] : [{ id: "hex", label: "Hex" } as const]),
    {
      id: "logs",
      label: "Logs",
      badge: logs === 0 ? undefined : logs.toLocaleString("en"),
    },
  ];
}

function HexTab({ outcome, body }: { outcome: CallOutcome; body: OutcomeBody }): JSX.Element {
  return (
    <HexView
      bytes={body.bytes ?? new Uint8Array()}
      places={body.places}
      totalBytes={outcome.measurements.outputBytes ?? body.bytes?.length ?? 0}
      markedOffset={outcome.result.kind === "wireError" ? outcome.result.offset : undefined}
    />
  );
}

function HeadlineRow({ shown }: { shown: ShownOutcome }): JSX.Element {
  const { outcome } = shown;
  const headline = headlineOf(outcome.result, shown.plugin?.name ?? "the plugin");
  const measured = measuredText(outcome);
  const isCold = outcome.measurements.loadMs !== undefined && outcome.result.kind === "ok";
  const { call } = usePanel();
  if (call.value?.isResultKept === false) {
    return (
      <div class="headline" data-testid="headline">
        <Icon name="history" />
        <strong data-testid="headline-text">{call.value.outcome}</strong>
        <span class="hint">its result is not kept any more</span>
      </div>
    );
  }
  return (
    <div class={`headline headline-${headline.state}`} data-testid="headline">
      <Icon name={headline.icon} />
      <strong data-testid="headline-text">{headline.text}</strong>
      {headline.location === undefined ? null : <SourceLink location={headline.location} />}
      {headline.code === undefined ? null : (
        <span class="code-chip" data-testid="error-code">
          {headline.code}
        </span>
      )}
      {measured === "" ? null : (
        <span class="headline-measured" data-testid="measured">
          {measured}
        </span>
      )}
      {shown.change === null ? null : (
        <span
          class={shown.change === "changed" ? "change-mark" : "hint"}
          data-testid="change"
          title="Against the call before"
        >
          {shown.change === "changed" ? "changed" : "same as before"}
        </span>
      )}
      {isCold ? (
        <span class="hint" title="The first call after loading the library">
          cold
        </span>
      ) : null}
    </div>
  );
}

function Notes({ outcome }: { outcome: CallOutcome }): JSX.Element | null {
  return outcome.notes.length === 0 ? null : (
    <ul class="notes" data-testid="notes">
      {outcome.notes.map((note) => (
        <li key={note}>
          <Icon name="info" />
          <span>{note}</span>
        </li>
      ))}
    </ul>
  );
}

function ResultBody({ shown, body }: { shown: ShownOutcome; body: OutcomeBody }): JSX.Element {
  const { result } = shown.outcome;
  if (result.kind === "ok") {
    return <TreeResult body={body} label="Result" />;
  }
  if (result.kind === "pluginError") {
    return <PluginErrorBody result={result} body={body} />;
  }
  if (result.kind === "instanceBuilt") {
    return <p class="hint">Calls on it find it until it is dropped or its process ends.</p>;
  }
  if (result.kind === "streamEnded") {
    return <></>;
  }
  return <FailureCard outcome={shown.outcome} result={result} />;
}

function JsonResult({
  format,
  isLong,
}: {
  readonly format: () => string;
  /** It is not here yet. */
  readonly isLong: boolean;
}): JSX.Element | null {
  const json = useMemo(() => signal(format()), [format]);
  const { extension } = usePanel();
  if (isLong) {
    return null;
  }
  return (
    <div class="json-tab">
      <div class="tree-tools">
        <button
          type="button"
          class="text-button"
          data-testid="copy-json"
          onClick={() => {
            extension.copyText(json.value);
          }}
        >
          Copy JSON
        </button>
      </div>
      <JsonEditor label="Result as JSON" testId="result-json" text={json} />
    </div>
  );
}

function Timing({ shown }: { shown: ShownOutcome }): JSX.Element {
  return (
    <dl class="timing" aria-label="Timing" data-testid="timing">
      {timingParts(shown.outcome.measurements, shown.before).map((part) => (
        <div key={part.name} title={part.title}>
          <dt>{part.name}</dt>
          <dd class="mono">
            {part.text}
            {part.difference === undefined ? null : (
              <span class="hint" title="Against the call before" data-testid="timing-difference">
                {" "}
                {part.difference}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
