// What the command line says of streams, against what the method is.

import { givesItems, takesItems } from "../../codec/method/streamItems.ts";
import type { CallOptions } from "./callOptions.ts";
import { usageFailure, type CliFailure } from "../output/failure.ts";
import { checkInput, describeInputProblem } from "./input.ts";
import type { SelectedMethod } from "../output/selectedMethod.ts";

/** An option that this method has no use for: refused, because it would be ignored in silence. */
export function misplacedStreamOption(
  { method }: SelectedMethod,
  options: Pick<CallOptions, "take" | "inputFile" | "expectText">,
): CliFailure | undefined {
  if (options.take !== undefined && !givesItems(method)) {
    return usageFailure(`--take is for methods that return a Stream; ${method.name} does not.`);
  }
  if (options.inputFile !== undefined && !takesItems(method)) {
    return usageFailure(`--input is for methods that take a Stream; ${method.name} does not.`);
  }
  if (options.expectText !== undefined && givesItems(method)) {
    return usageFailure(
      `--expect compares one result, and ${method.name} gives a stream of items. Compare its lines with another program.`,
    );
  }
  return undefined;
}

/** An input that cannot be read is told before anything is built or called. */
export async function unreadableInput(file: string | undefined): Promise<CliFailure | undefined> {
  const problem = file === undefined ? undefined : await checkInput(file);
  return file === undefined || problem === undefined
    ? undefined
    : usageFailure(describeInputProblem("--input", file, problem));
}
