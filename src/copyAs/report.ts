// A call as Markdown, for a bug report: what was called with what, its outcome, and the versions of everything.

import { manyLines, oneLine } from "../model/text/foreignText.ts";
import type { CapturedOutput } from "../model/outcome.ts";

export interface ReportedCall {
  readonly title: string;
  readonly pluginName: string;
  /** The signature line of the method. */
  readonly signature: string;
  readonly arguments: string;
  /** JSON; null without an instance. */
  readonly configuration: string | null;
  readonly outcome: string;
  /** The value, or what else came; undefined when it is not kept. */
  readonly result: string | undefined;
  readonly output: CapturedOutput;
  readonly timing: string | null;
  readonly when: string;
  /** Names with their versions: Fidius, profile, commit, platform, this extension. */
  readonly versions: readonly (readonly [name: string, version: string])[];
  readonly commandLine: string;
}

export function markdownReport(call: ReportedCall): string {
  const { output } = call;
  return [
    `# ${inText(call.title)}: ${inText(call.outcome)}`,
    `\`${inText(call.signature).replaceAll("`", "'")}\` of ${inText(call.pluginName)}, called ${call.when}.`,
    "## Arguments",
    fenced("json", call.arguments),
    ...(call.configuration === null
      ? []
      : ["## Configuration", fenced("json", call.configuration)]),
    "## Result",
    `${inText(call.outcome)}${call.timing === null ? "" : ` after ${call.timing}`}`,
    ...(call.result === undefined ? ["It is not kept any more."] : [fenced("json", call.result)]),
    ...(output.stdout === ""
      ? []
      : ["## Standard output", fenced("text", manyLines(output.stdout))]),
    ...(output.stderr === ""
      ? []
      : ["## Standard error", fenced("text", manyLines(output.stderr))]),
    "## Versions",
    call.versions.map(([name, version]) => `- ${name}: ${inText(version)}`).join("\n"),
    "## To call it again",
    fenced("sh", call.commandLine),
    "",
  ].join("\n\n");
}

/** Text of others in a line of Markdown. */
function inText(text: string): string {
  return oneLine(text).replaceAll(/[<&*_[\]\\#|]/gu, String.raw`\$&`);
}

/** A block that its text cannot end. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n$/u, "")}\n${fence}`;
}
