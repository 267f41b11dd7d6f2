// Calls a method for editors that have no panel: `fidius-call`, which lies beside the server, builds the plugin and calls it in
// processes of its own.

import * as z from "zod";
import type { BuildChoice } from "../../cargo/graph/buildChoice.ts";
import { manyLines, oneLine } from "../../model/text/foreignText.ts";
import { parseJson } from "../../model/value/losslessJson.ts";
import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";
import type { CallAnswer, CallTarget } from "../../protocol/lsp.ts";
import { parseLine, runFidiusCall } from "../fidiusCall.ts";
import { callTexts } from "../messages.ts";

/** Items of a stream that are asked for. */
const mostItems = 100;

export interface CallSubject {
  readonly plugin: PluginSchema;
  readonly method: PluginMethod;
  readonly choice: BuildChoice;
}

/** The last line of `fidius-call call --json`: how the call ended. */
const answerLine = z.object({
  outcome: z.string(),
  error: z.object({ message: z.string() }).optional(),
  timings: z.object({ callMs: z.number().optional() }).optional(),
  output: z.object({ stdout: z.string(), stderr: z.string() }).optional(),
  notes: z.array(z.string()).optional(),
});

type AnswerLine = z.infer<typeof answerLine>;

/** Builds, calls, and gives the answer as people read it; `signal` ends everything that was started for it. */
export async function callMethod(
  subject: CallSubject,
  target: CallTarget,
  signal: AbortSignal,
): Promise<CallAnswer> {
  const { plugin, method } = subject;
  if (method.stream === "client" || method.stream === "bidirectional") {
    return { kind: "failed", message: callTexts.itemsNeeded(method.name) };
  }
  const { stdout, reason } = await runFidiusCall(commandLine(subject, target), signal);
  if (signal.aborted) {
    return { kind: "failed", message: callTexts.stopped };
  }
  const lines = stdout.split("\n").filter((line) => line !== "");
  const end = answerLine.safeParse(parseLine(lines.at(-1) ?? ""));
  if (!end.success) {
    return { kind: "failed", message: manyLines(reason ?? callTexts.noAnswer) };
  }
  const values = lines.map(valueIn).filter((value) => value !== undefined);
  const text = answerText(`${plugin.name}.${method.name}`, end.data, values);
  return { kind: "called", outcome: end.data.outcome, text: manyLines(text) };
}

function commandLine(
  { plugin, method, choice }: CallSubject,
  { arguments: text }: CallTarget,
): readonly string[] {
  return [
    "call",
    "--json",
    "--manifest-path",
    plugin.crate.manifestPath,
    "--profile",
    choice.profile,
    ...(choice.features.length === 0 ? [] : ["--features", choice.features.join(",")]),
    ...(method.stream === "none" ? [] : ["--take", String(mostItems)]),
    ...(text === undefined ? ["--example"] : ["--args", text]),
    "--",
    `${plugin.id}.${method.name}`,
  ];
}

/** The value of a line with the very digits that the CLI printed: JavaScript's numbers would lose some. */
function valueIn(line: string): string | undefined {
  const parsed = parseJson(line);
  const place = parsed.ok ? parsed.value.locate("/value") : undefined;
  return place && line.slice(place.start, place.end);
}

function answerText(name: string, end: AnswerLine, values: readonly string[]): string {
  const { outcome, error, timings, output, notes = [] } = end;
  const time = timings?.callMs === undefined ? "" : ` · ${timings.callMs.toFixed(2)} ms`;
  return [
    `${name}: ${outcome === "streamEnded" ? callTexts.items(values.length) : outcome}${time}`,
    // What a plugin says of itself stays on its line, as in a terminal, so that it cannot speak in our place.
    ...(error === undefined ? values : [oneLine(error.message)]),
    output?.stdout.trimEnd() ?? "",
    output?.stderr.trimEnd() ?? "",
    ...notes.map(oneLine),
  ]
    .filter((line) => line !== "")
    .join("\n");
}
