// The text of arguments and configuration: given on the command line, in a file, or on stdin. The call's time limit holds for the
// reading too, unless somebody is typing.

import { formatDuration } from "../../calls/options/duration.ts";
import { fileLimits } from "../../files/fileLimits.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { exitCodes } from "../output/exitCodes.ts";
import { usageFailure, type CliFailure } from "../output/failure.ts";
import type { CallArguments } from "./commandLine.ts";
import { describeInputProblem, readInputText } from "./input.ts";

export async function readArgumentsText({
  args,
  argsFile,
  timeout,
}: CallArguments): Promise<Result<string | undefined, CliFailure>> {
  return argsFile === undefined ? ok(args) : readText("--args-file", argsFile, timeout);
}

export async function readConfigurationText({
  config,
  configFile,
  argsFile,
  timeout,
}: CallArguments): Promise<Result<string | undefined, CliFailure>> {
  if (configFile === "-" && argsFile === "-") {
    return err(usageFailure("Only one of --args-file and --config-file can be read from stdin."));
  }
  return configFile === undefined ? ok(config) : readText("--config-file", configFile, timeout);
}

async function readText(
  option: string,
  file: string,
  timeoutMs: number,
): Promise<Result<string, CliFailure>> {
  const isTyped = file === "-" && process.stdin.isTTY;
  const signal =
    isTyped || !Number.isFinite(timeoutMs) ? undefined : AbortSignal.timeout(timeoutMs);
  const text = await readInputText(file, { limit: fileLimits.argument, signal });
  if (text.ok) {
    return text;
  }
  if (signal?.aborted === true) {
    const name = file === "-" ? "stdin" : file;
    return err({
      exitCode: exitCodes.timeout,
      kind: "timedOut",
      message: `${option} was not read to its end within ${formatDuration(timeoutMs)}: ${name} is still open. End it, or raise --timeout.`,
    });
  }
  return err(usageFailure(describeInputProblem(option, file, text.error)));
}
