// What runs now, in the place of the response: cargo's own count while building, then loading and calling.

import type { JSX } from "preact";
import type { RunPhase } from "../../src/protocol/panel.ts";
import { usePanel } from "../panelStore.ts";
import { elapsedText, startedAt, useNow } from "./clock.ts";

export function Progress(): JSX.Element {
  const { phase, extension } = usePanel();
  const current = phase.value;
  const now = useNow(true);
  const elapsed = elapsedText(now - startedAt(current, now));
  const isBuilding = current.kind === "building";
  const isCounted = isBuilding || current.kind === "repeating";
  const hasCount = isCounted && current.total !== null && current.total > 0;
  return (
    <div class="progress" data-testid="progress" data-phase={current.kind}>
      <p class="progress-line">
        <span role="status" data-testid="progress-text">
          {phaseText(current)}
        </span>
        <span class="progress-time mono" aria-hidden="true">
          {elapsed}
        </span>
      </p>
      <vscode-progress-bar
        indeterminate={!hasCount}
        max={hasCount ? current.total : 100}
        value={hasCount ? (current.done ?? 0) : 0}
        aria-label={isBuilding ? "Build progress" : "Call in progress"}
      />
      {current.kind === "debugging" ? (
        <div class="actions">
          <button
            type="button"
            class="text-button"
            data-testid="focus-debugger"
            onClick={() => {
              extension.action("focusDebugger");
            }}
          >
            Show Run and Debug
          </button>
        </div>
      ) : null}
      {isBuilding ? (
        <>
          {current.isWaitingForLock ? (
            <p class="hint">It continues by itself when the other cargo is done.</p>
          ) : null}
          <div class="actions">
            <button
              type="button"
              class="text-button"
              data-testid="progress-log"
              onClick={() => {
                extension.action("showLog");
              }}
            >
              Show Log
            </button>
          </div>
        </>
      ) : null}
    </div>
  );
}

function phaseText(phase: RunPhase): string {
  switch (phase.kind) {
    case "idle":
      return "Starting…";
    case "building":
      return phase.isWaitingForLock
        ? "Waiting for another cargo process (rust-analyzer check?)"
        : [
            `Building ${phase.packageName}`,
            phase.total === null ? "" : `${phase.done ?? 0}/${phase.total}`,
            phase.crateName ?? "",
          ]
            .filter(Boolean)
            .join(" · ");
    case "loading":
      return "Loading the plugin…";
    case "attaching":
      return "Waiting for the debugger…";
    case "calling":
      return "Calling…";
    case "repeating": {
      const number = (phase.done + 1).toLocaleString("en");
      return phase.total === null
        ? `Call ${number}`
        : `Call ${number} of ${phase.total.toLocaleString("en")}`;
    }
    case "debugging":
      return phase.isPaused
        ? "Paused in the debugger. The time limit is off"
        : "Time limit off: a debugger is attached";
  }
}
