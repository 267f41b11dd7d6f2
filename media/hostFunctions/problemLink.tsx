// Something wrong in the file of host functions, with the way to its place.

import type { JSX } from "preact";
import type { PanelHostProblem } from "../../src/protocol/panelHostFunctions.ts";
import { usePanel } from "../panelStore.ts";
import { Icon } from "../widgets/icon.tsx";

export function ProblemLink({ problem }: { problem: PanelHostProblem }): JSX.Element {
  const { extension } = usePanel();
  const { line, column, message } = problem;
  const place = line === undefined ? "" : `${line}:${column ?? 1}`;
  return (
    <p class="field-message host-problem" data-testid="host-problem">
      <Icon name="error" />
      <span>
        {place === "" ? null : <span class="mono">{place} </span>}
        {message}{" "}
        <button
          type="button"
          class="link-button"
          data-testid="open-host-file-at"
          aria-label={place === "" ? "Open File" : `Open File at ${place}`}
          onClick={() => {
            void extension.hostFunctions({
              kind: "openFile",
              ...(line === undefined ? {} : { line, column: column ?? 1 }),
            });
          }}
        >
          Open File
        </button>
      </span>
    </p>
  );
}
