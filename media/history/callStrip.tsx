// The strip above an outcome: which of the method's remembered calls it is, the way to the others, and what can be done with it.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { HistoryPlace } from "../../src/protocol/panelHistory.ts";
import { callKeys } from "../keys.ts";
import { usePanel } from "../panelStore.ts";
import { Icon } from "../widgets/icon.tsx";
import { IconButton } from "../widgets/iconButton.tsx";
import { MenuButton } from "../widgets/menu.tsx";

export function CallStrip(): JSX.Element | null {
  const { call, outcome, extension, request } = usePanel();
  const place = call.value;
  if (place === null) {
    return null;
  }
  const isOther = place.arguments !== null && place.arguments !== request.value?.jsonText.value;
  const { position, count } = place;
  return (
    <div class="call-strip" data-testid="call-strip">
      <nav class="call-steps" aria-label="Calls of this method">
        <IconButton
          icon="arrow-left"
          label={`Older call (${callKeys.older})`}
          testId="call-older"
          isDisabled={position <= 1}
          onClick={() => {
            extension.history({ kind: "step", direction: "older" });
          }}
        />
        <span class="call-place" data-testid="call-place">
          {position} of {count}
        </span>
        <IconButton
          icon="arrow-right"
          label={`Newer call (${callKeys.newer})`}
          testId="call-newer"
          isDisabled={position >= count}
          onClick={() => {
            extension.history({ kind: "step", direction: "newer" });
          }}
        />
      </nav>
      <span class="call-name" data-testid="call-name">
        {place.name ?? timeText(outcome.value?.atMs ?? null)}
        {place.isPinned ? " · pinned" : ""}
      </span>
      <CallActions place={place} />
      {isOther ? <OtherArguments place={place} /> : null}
      {place.isOtherInterface ? (
        <p class="hint" data-testid="other-interface">
          The interface has changed since, so the value is shown without its types.
        </p>
      ) : null}
    </div>
  );
}

function CallActions({ place }: { place: HistoryPlace }): JSX.Element {
  const { extension } = usePanel();
  const act = (kind: "runAgain" | "comparePrevious" | "copyAs" | "pin" | "rename") => () => {
    extension.history({ kind, id: place.id });
  };
  return (
    <MenuButton
      label="Call"
      testId="call-actions"
      items={[
        {
          id: "run-again",
          label: "Run Again",
          detail: "these arguments",
          onSelect: act("runAgain"),
        },
        {
          id: "compare",
          label: "Compare With Previous",
          detail: "as text",
          onSelect: act("comparePrevious"),
        },
        {
          id: "copy",
          label: "Copy As…",
          detail: "test, command line, report",
          onSelect: act("copyAs"),
        },
        { id: "pin", label: place.isPinned ? "Unpin" : "Pin", onSelect: act("pin") },
        { id: "rename", label: "Name…", onSelect: act("rename") },
      ]}
    />
  );
}

/** What the call was made with, where the form has something else. */
function OtherArguments({ place }: { place: HistoryPlace }): JSX.Element {
  const { extension } = usePanel();
  const isOpen = useSignal(false);
  return (
    <div class="call-arguments" data-testid="call-arguments">
      <button
        type="button"
        class="text-button"
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <Icon name={isOpen.value ? "chevron-down" : "chevron-right"} />
        <span>Called with other arguments</span>
      </button>
      <button
        type="button"
        class="text-button"
        data-testid="use-arguments"
        title="Puts them into the form; Ctrl+Z takes them out again"
        onClick={() => {
          extension.history({ kind: "use", id: place.id });
        }}
      >
        Use in Form
      </button>
      {isOpen.value ? (
        <pre class="mono" data-testid="call-arguments-text" tabIndex={0}>
          {shownText(place.arguments ?? "")}
        </pre>
      ) : null}
    </div>
  );
}

const mostShown = 20_000;

function shownText(text: string): string {
  return text.length <= mostShown ? text : `${text.slice(0, mostShown)}…`;
}

function timeText(atMs: number | null): string {
  if (atMs === null) {
    return "";
  }
  const at = new Date(atMs);
  const isToday = at.toDateString() === new Date().toDateString();
  return isToday ? at.toLocaleTimeString() : at.toLocaleString();
}
