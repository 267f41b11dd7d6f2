// The whole panel: header, request and response, the live region, and the keys that work everywhere in it.

import { h, type JSX } from "preact";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { oneLine } from "../src/model/text/foreignText.ts";
import { Header } from "./header.tsx";
import { InstancePane } from "./instances/instancePane.tsx";
import { usePanel, type PanelStore } from "./panelStore.ts";
import { RequestContext } from "./request/requestStore.ts";
import { RequestView } from "./request/requestView.tsx";
import { headlineOf, measuredText, type PanelDataState } from "./response/headline.ts";
import { ResponseView } from "./response/responseView.tsx";
import { bindKeys } from "./keys.ts";
import { useKeptScroll } from "./widgets/keptScroll.ts";
import { TabList } from "./widgets/tabs.tsx";

export function App(): JSX.Element {
  const panel = usePanel();
  const state = panel.state.value;
  const request = panel.request.value;
  const shown = panel.outcome.value;

  // With the first drawing, not some time after it: keys pressed at once count.
  useLayoutEffect(() => bindKeys(panel), [panel]);
  useEffect(() => {
    if (state !== null) {
      document.title = oneLine(`Invoke: ${state.title}`);
    }
  }, [state?.title]);

  const { kind } = panel.long.state.value;
  const isThere = state !== null && (kind === "none" || kind === "ready");
  useKeptScroll("page", { current: document.scrollingElement }, isThere);

  if (state === null) {
    return (
      <main class="loading" data-state="idle" data-testid="panel" aria-busy="true">
        {panel.channelError.value === null ? (
          <p class="hint">Reading the method…</p>
        ) : (
          <p role="alert">The extension did not answer: {panel.channelError.value}</p>
        )}
      </main>
    );
  }
  return h(
    RequestContext.Provider,
    { value: request },
    <div class="panel" data-narrow-tab={panel.narrowTab.value}>
      <Header state={state} />
      <div class="narrow-tabs">
        <TabList
          name="narrow"
          label="Panel"
          tabs={[
            { id: "request", label: "Request" },
            { id: "response", label: "Response" },
          ]}
          selected={panel.narrowTab.value}
          onSelect={(id) => {
            panel.narrowTab.value = id;
          }}
        />
      </div>
      <main
        data-testid="panel"
        data-state={dataState(panel)}
        data-outcome={panel.isRunning.value ? undefined : shown?.outcome.result.kind}
        data-serial={shown?.serial ?? 0}
      >
        {panel.instanceEditor.value !== null ? (
          <InstancePane editor={panel.instanceEditor.value} />
        ) : request === null ? (
          <section class="pane request" id="narrow-panel-request">
            <p class="empty-note">There is nothing to show of this method.</p>
          </section>
        ) : (
          <RequestView key={`${request.plugin.id} ${request.method.name}`} />
        )}
        <ResponseView />
      </main>
      <LiveRegion />
    </div>,
  );
}

function dataState(panel: PanelStore): PanelDataState {
  if (panel.isRunning.value) {
    return panel.phase.value.kind === "building" ? "building" : "running";
  }
  const shown = panel.outcome.value;
  return shown === null ? "idle" : headlineOf(shown.outcome.result, "").state;
}

/** Tells screen readers each outcome once. */
function LiveRegion(): JSX.Element {
  const { outcome, isRunning, call } = usePanel();
  const shown = outcome.value;
  const place = call.value;
  let text = "";
  // A remembered call that was there from the beginning is not told.
  if (shown !== null && (shown.isNews || shown.serial > 1) && !isRunning.value) {
    const headline = headlineOf(shown.outcome.result, shown.plugin?.name ?? "the plugin");
    const at = headline.location;
    text = [
      shown.isNews || place === null ? "" : `call ${place.position} of ${place.count}`,
      `${headline.text}${at === undefined ? "" : ` ${at.file}:${at.line}:${at.column}`}${headline.code === undefined ? "" : ` ${headline.code}`}`,
      measuredText(shown.outcome),
    ]
      .filter(Boolean)
      .join(", ");
  }
  return (
    <div class="visually-hidden" role="status" aria-live="polite" data-testid="live">
      {text}
    </div>
  );
}
