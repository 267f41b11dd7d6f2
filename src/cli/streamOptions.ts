// What the command line says of streams, against what the method is.

import { givesItems, takesItems } from "../codec/streamItems.ts";
import type { CallOptions } from "./callCommand.ts";
import { usageFailure, type CliFailure } from "./failure.ts";
import type { SelectedMethod } from "./selectMethod.ts";

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
