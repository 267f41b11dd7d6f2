// Below the request: what needs attention, the button that invokes, or cancels what runs, and the same call as a command line.

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { KeptNote } from "../draft/keptCard.tsx";
import { usePanel } from "../panelStore.ts";
import { pointerLabel } from "../values/pointer.ts";
import { Icon } from "../widgets/icon.tsx";
import { durationText, sizeText } from "../../src/codec/text/measures.ts";
import { elapsedText, startedAt, useNow } from "../response/clock.ts";
import { headlineOf } from "../response/headline.ts";
import { goToResponse } from "../response/intoView.ts";
import { CommandLine } from "./commandLine.tsx";
import { focusProblem } from "./focusProblem.ts";
import { invokeOrCancel } from "./invoke.ts";
import { MoreMenu } from "./moreMenu.tsx";
import { useRequest } from "./requestStore.ts";

const maxListed = 6;

export function InvokeBar(): JSX.Element {
  return (
    <div class="invoke-bar">
      <ProblemSummary />
      <KeptNote />
      <InvokeButton />
      <CommandLine />
    </div>
  );
}

function InvokeButton(): JSX.Element {
  const panel = usePanel();
  const request = useRequest();
  const { state, phase, isRunning } = panel;
  const now = useNow(isRunning.value);
  const isBlocked =
    (state.value?.obstacle ?? null) !== null ||
    state.value?.plugin === null ||
    request.textProblems.value.length > 0;
  const isOff = isBlocked && !isRunning.value;
  return (
    <div class="invoke-row">
      <vscode-button
        class="invoke"
        secondary={isRunning.value}
        data-testid="invoke"
        data-running={isRunning.value}
        aria-disabled={isOff ? "true" : "false"}
        aria-describedby="invoke-reason"
        title={isRunning.value ? "Cancel (Esc)" : "Invoke (Ctrl+Enter)"}
        onClick={() => {
          invokeOrCancel(panel, "run");
        }}
      >
        {isRunning.value ? (
          <span class="invoke-label">
            <Icon name="debug-stop" />
            <span>Cancel</span>
            <span class="invoke-time">{elapsedText(now - startedAt(phase.value, now))}</span>
          </span>
        ) : (
          <span class="invoke-label">
            <Icon name="play" />
            <span>Invoke</span>
          </span>
        )}
      </vscode-button>
      {isRunning.value ? null : (
        <vscode-button
          secondary
          data-testid="debug"
          aria-disabled={isOff ? "true" : "false"}
          aria-describedby="invoke-reason"
          title="Debug: invoke with a debugger attached (Ctrl+Shift+Enter)"
          onClick={() => {
            invokeOrCancel(panel, "debug");
          }}
        >
          <span class="invoke-label">
            <Icon name="debug-alt" />
            <span>Debug</span>
          </span>
        </vscode-button>
      )}
      {isRunning.value ? null : <MoreMenu />}
      {isRunning.value ? null : <LastOutcome />}
      <span class="hint" id="invoke-reason" data-testid="invoke-reason">
        <InvokeReason />
      </span>
    </div>
  );
}

/** What the last call gave, beside the button that made it; leads to the response. */
function LastOutcome(): JSX.Element | null {
  const panel = usePanel();
  const shown = panel.outcome.value;
  if (shown === null) {
    return null;
  }
  const headline = headlineOf(shown.outcome.result, shown.plugin?.name ?? "the plugin");
  const { callMs, outputBytes } = shown.outcome.measurements;
  const hasAnswer = shown.outcome.result.kind === "ok";
  const text = [
    headline.text,
    headline.code ?? "",
    headline.location === undefined ? "" : `line ${String(headline.location.line)}`,
    callMs === undefined ? "" : durationText(callMs),
    hasAnswer && outputBytes !== undefined ? sizeText(outputBytes) : "",
  ]
    .filter(Boolean)
    .join(" · ");
  return (
    <button
      type="button"
      class={`last-outcome last-outcome-${headline.state}`}
      data-testid="last-outcome"
      data-serial={shown.serial}
      title="Go to the response (F7)"
      onClick={() => {
        panel.narrowTab.value = "response";
        requestAnimationFrame(goToResponse);
      }}
    >
      <Icon name={headline.icon} />
      <span>{text}</span>
      {shown.change === "changed" ? <span class="change-mark">changed</span> : null}
    </button>
  );
}

function InvokeReason(): JSX.Element | null {
  const panel = usePanel();
  const request = useRequest();
  const state = panel.state.value;
  const [problem] = request.textProblems.value;
  if (panel.isRunning.value) {
    return <kbd>Esc</kbd>;
  }
  if (state?.plugin === null) {
    return <>The method is gone from the source.</>;
  }
  const obstacle = state?.obstacle ?? null;
  if (obstacle !== null) {
    return <>{obstacle.message}</>;
  }
  if (problem !== undefined) {
    return (
      <>
        JSON has an error at {problem.line}:{problem.column}.
      </>
    );
  }
  return <kbd>{navigator.userAgent.includes("Mac") ? "⌘ Enter" : "Ctrl+Enter"}</kbd>;
}

function ProblemSummary(): JSX.Element | null {
  const panel = usePanel();
  const request = useRequest();
  const isDue = request.hasTriedInvoke.value;
  const problems = [...request.problems.value].filter(
    ([pointer]) => isDue || request.touched.value.has(pointer),
  );
  useEffect(() => {
    if (request.problems.value.size === 0) {
      request.hasTriedInvoke.value = false;
    }
  }, [request, request.problems.value]);
  if (problems.length === 0 || request.textProblems.value.length > 0) {
    return null;
  }
  const count = problems.length;
  return (
    <div class="problem-summary" role="status" data-testid="problem-summary">
      <p>
        <Icon name="error" />
        <strong>
          {count === 1 ? "1 field needs attention" : `${count} fields need attention`}
        </strong>
        <span class="hint">F8 goes from one to the next</span>
      </p>
      <ul>
        {problems.slice(0, maxListed).map(([pointer, message]) => (
          <li key={pointer}>
            <button
              type="button"
              class="link-button"
              data-testid="problem-link"
              onClick={() => {
                focusProblem(panel, request, pointer);
              }}
            >
              {pointerLabel(pointer) === "" ? "request" : pointerLabel(pointer)}
            </button>{" "}
            <span>{message}</span>
          </li>
        ))}
        {count > maxListed ? <li class="hint">and {count - maxListed} more</li> : null}
      </ul>
    </div>
  );
}
