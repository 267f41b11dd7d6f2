// What the command line says of streams, against what the method is.

import { givesItems, takesItems } from "../../codec/method/streamItems.ts";
import { stat } from "node:fs/promises";
import type { CallOptions } from "../commands/callCommand.ts";
import { usageFailure, type CliFailure } from "../output/failure.ts";
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

/** An input that cannot be read is told before anything is built or called. */
export async function unreadableInput(file: string | undefined): Promise<CliFailure | undefined> {
  if (file === undefined) {
    return undefined;
  }
  try {
    return (await stat(file)).isDirectory()
      ? usageFailure(`${file} is a folder; --input takes a file with one JSON value a line.`)
      : undefined;
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    const reason = error instanceof Error ? error.message : String(error);
    return usageFailure(
      isMissing
        ? `There is no file ${file}. --input takes a file with one JSON value a line.`
        : `The input ${file} cannot be read: ${reason}.`,
    );
  }
}
