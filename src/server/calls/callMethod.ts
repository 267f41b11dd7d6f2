// Calls a method for editors that have no panel: `fidius-call`, which lies beside the server, builds the plugin and calls it in
// processes of its own.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import type { BuildChoice } from "../../cargo/buildChoice.ts";
import { parseJson } from "../../model/losslessJson.ts";
import type { PluginMethod, PluginSchema } from "../../model/plugin.ts";
import type { CallAnswer, CallTarget } from "../../protocol/lsp.ts";
import { callTexts } from "../messages.ts";

/** Items of a stream that are asked for, and the bytes that the CLI may print. */
const mostItems = 100;
const mostBytes = 16 * 1024 * 1024;

export interface CallSubject {
  readonly plugin: PluginSchema;
  readonly method: PluginMethod;
  readonly choice: BuildChoice;
}

/** A line of `fidius-call call --json`: an item of a stream, or how the call ended. */
const answerLine = z.object({
  outcome: z.string().optional(),
  error: z
    .object({
      message: z.string(),
      problems: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    })
    .optional(),
  timings: z.object({ callMs: z.number().optional() }).optional(),
  output: z.object({ stdout: z.string(), stderr: z.string() }).optional(),
  notes: z.array(z.string()).optional(),
});

type AnswerLine = z.infer<typeof answerLine>;

/** Builds, calls, and gives the answer as people read it; `signal` ends everything that was started for it. */
export function callMethod(
  subject: CallSubject,
  target: CallTarget,
  signal: AbortSignal,
): Promise<CallAnswer> {
  const { plugin, method } = subject;
  if (method.stream === "client" || method.stream === "bidirectional") {
    return Promise.resolve({ kind: "failed", message: callTexts.itemsNeeded(method.name) });
  }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(__dirname, "cli.cjs"), ...commandLine(subject, target)],
      { maxBuffer: mostBytes, signal, windowsHide: true },
      (_, stdout, stderr) => {
        const lines = stdout.split("\n").filter((line) => line !== "");
        const end = readLine(lines.at(-1) ?? "");
        if (signal.aborted) {
          resolve({ kind: "failed", message: callTexts.stopped });
        } else if (end?.outcome === undefined) {
          resolve({ kind: "failed", message: failureIn(stderr) ?? callTexts.noAnswer });
        } else {
          const values = lines.map(valueIn).filter((value) => value !== undefined);
          const text = answerText(`${plugin.name}.${method.name}`, end, values);
          resolve({ kind: "called", outcome: end.outcome, text });
        }
      },
    );
  });
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

/** What the last line of stderr says, with each place where the arguments do not fit. */
function failureIn(stderr: string): string | undefined {
  const error = readLine(stderr.trim().split("\n").at(-1) ?? "")?.error;
  const problems = error?.problems?.map(({ path, message }) => `${path}: ${message}`) ?? [];
  return error && [error.message, ...problems].join("\n");
}

function readLine(line: string): AnswerLine | undefined {
  try {
    const parsed = answerLine.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
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
    `${name}: ${outcome === "streamEnded" ? callTexts.items(values.length) : (outcome ?? "")}${time}`,
    ...(error === undefined ? values : [error.message]),
    output?.stdout.trimEnd() ?? "",
    output?.stderr.trimEnd() ?? "",
    ...notes,
  ]
    .filter((line) => line !== "")
    .join("\n");
}
