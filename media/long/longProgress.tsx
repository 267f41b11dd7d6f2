// How far a long result has come on its way to the page.

import type { JSX } from "preact";
import { usePanel } from "../panelStore.ts";
import { progressText } from "./progressText.ts";

export function LongProgress(): JSX.Element | null {
  const { long } = usePanel();
  const state = long.state.value;
  if (state.kind === "none" || state.kind === "ready") {
    return null;
  }
  if (state.kind === "gone") {
    return (
      <p class="empty-note">This result is not kept any more. Invoke the method again to see it.</p>
    );
  }
  return (
    <div class="progress" data-testid="long-progress">
      <p class="progress-line">
        <span>{progressText(state)}</span>
      </p>
      <vscode-progress-bar
        max={state.total}
        value={state.done}
        aria-label={state.kind === "receiving" ? "Receiving the result" : "Reading the result"}
      />
    </div>
  );
}
