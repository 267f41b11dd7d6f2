// `workspace/executeCommand`: a method of a plugin, for editors whose client has no panel.

import { type Connection, MessageType, ShowMessageNotification } from "vscode-languageserver";
import * as z from "zod";
import type { Project } from "../../project/project.ts";
import type { CallAnswer, CallTarget } from "../../protocol/lsp.ts";
import { callTexts, driftTexts } from "../messages.ts";
import type { ServerSettings } from "../settings.ts";
import { callMethod, type CallSubject } from "./callMethod.ts";

const target = z.object({
  pluginId: z.string(),
  method: z.string(),
  arguments: z.string().optional(),
  isShown: z.boolean().optional(),
});

export interface CallPorts {
  readonly connection: Connection;
  readonly project: Project;
  readonly settings: ServerSettings;
  readonly canShowProgress: boolean;
  readonly isTrusted: () => boolean;
  /** Ends with the server. */
  readonly signal: AbortSignal;
}

/** Calls the method that the argument names; with `isShown` the answer comes as a message, too. */
export async function callCommand(argument: unknown, ports: CallPorts): Promise<CallAnswer> {
  const asked = target.safeParse(argument);
  if (!asked.success) {
    const reason = z.prettifyError(asked.error).replaceAll("\n", " ");
    return { kind: "failed", message: driftTexts.badArgument(reason) };
  }
  const answer = await answerTo(asked.data, ports);
  if (asked.data.isShown === true) {
    await showAnswer(answer, ports.connection);
  }
  return answer;
}

async function answerTo(asked: CallTarget, ports: CallPorts): Promise<CallAnswer> {
  const subject = subjectOf(asked, ports);
  if (!ports.isTrusted()) {
    return { kind: "failed", message: callTexts.untrusted };
  }
  if (subject === undefined) {
    return { kind: "failed", message: callTexts.noMethod };
  }
  if (!ports.canShowProgress) {
    return callMethod(subject, asked, ports.signal);
  }
  const progress = await ports.connection.window.createWorkDoneProgress();
  const cancelled = new AbortController();
  const listener = progress.token.onCancellationRequested(() => {
    cancelled.abort();
  });
  progress.begin(callTexts.progress(`${subject.plugin.name}.${asked.method}`), undefined, "", true);
  try {
    const signal = AbortSignal.any([ports.signal, cancelled.signal]);
    return await callMethod(subject, asked, signal);
  } finally {
    listener.dispose();
    progress.done();
  }
}

function subjectOf(
  { pluginId, method: name }: CallTarget,
  { project, settings }: CallPorts,
): CallSubject | undefined {
  const plugin = project.model().plugins.find(({ id }) => id === pluginId);
  const method = plugin?.methods.find((each) => each.name === name);
  return plugin && method
    ? { plugin, method, choice: settings.choices(plugin.crate.manifestPath) }
    : undefined;
}

async function showAnswer(answer: CallAnswer, connection: Connection): Promise<void> {
  const isFine = answer.kind === "called" && ["ok", "streamEnded"].includes(answer.outcome);
  await connection.sendNotification(ShowMessageNotification.type, {
    type: isFine ? MessageType.Info : MessageType.Warning,
    message: answer.kind === "called" ? answer.text : answer.message,
  });
}
