// What does not fit in an instance's configuration, or in the answers of host functions: nothing was sent.

import type { JSX } from "preact";
import type { ValueProblem } from "../../src/model/outcome.ts";
import { pointerLabel } from "../values/pointer.ts";

interface UnfitValuesProps {
  /** What a problem without a place is a problem of. */
  readonly whole: string;
  readonly problems: readonly ValueProblem[];
}

export function UnfitValuesCard({ whole, problems }: UnfitValuesProps): JSX.Element {
  return (
    <div class="card">
      <ul class="problem-list" data-testid="failure-message">
        {problems.map((problem) => (
          <li key={problem.pointer}>
            <span class="mono">{pointerLabel(problem.pointer) || whole}</span> {problem.message}
          </li>
        ))}
      </ul>
    </div>
  );
}
