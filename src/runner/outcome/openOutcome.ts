// Outcomes on their way out of the runner: what is known before the total time is.

import type {
  CallMeasurements,
  CallOutcome,
  CallResult,
  CapturedOutput,
} from "../../model/outcome.ts";

const noOutput: CapturedOutput = { stdout: "", stderr: "", droppedBytes: 0 };

/** An outcome whose total time is not known yet. */
export type OpenOutcome = Omit<CallOutcome, "measurements"> & {
  readonly measurements: Partial<CallMeasurements>;
};

/** An outcome that came without anything running in a host. */
export function withoutHost(result: CallResult): OpenOutcome {
  return { result, output: noOutput, measurements: {}, notes: [] };
}
