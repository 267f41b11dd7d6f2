// What does not fit in an instance's configuration: nothing was sent.

import type { JSX } from "preact";
import type { CallResult } from "../../src/model/outcome.ts";
import { pointerLabel } from "../values/pointer.ts";

export function ConfigurationCard({
  result,
}: {
  result: Extract<CallResult, { kind: "invalidConfiguration" }>;
}): JSX.Element {
  return (
    <div class="card">
      <ul class="problem-list" data-testid="failure-message">
        {result.problems.map((problem) => (
          <li key={problem.pointer}>
            <span class="mono">{pointerLabel(problem.pointer) || "configuration"}</span>{" "}
            {problem.message}
          </li>
        ))}
      </ul>
    </div>
  );
}
