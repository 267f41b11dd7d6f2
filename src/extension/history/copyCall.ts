// "Copy As…": a remembered call on the clipboard, as a test, a command line, values, a report or a launch configuration.

import * as vscode from "vscode";
import { parseArguments } from "../../codec/json/parseArguments.ts";
import { isUnread } from "../../codec/long/longResult.ts";
import { durationText } from "../../codec/text/measures.ts";
import { launchConfiguration } from "../../copyAs/launchConfiguration.ts";
import { markdownReport } from "../../copyAs/report.ts";
import { rustLiteral } from "../../copyAs/rustLiteral.ts";
import { rustTest } from "../../copyAs/rustTest.ts";
import { commandLine, type CommandCall, type Shell } from "../../copyAs/shell.ts";
import type { CallDetail, CallSummary } from "../../history/callEntry.ts";
import { callText, comparableText, successOf } from "../../history/valueText.ts";
import type { CallResult } from "../../model/outcome.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { findMethod, type FoundMethod } from "../panel/panelState.ts";
import { showInStatusBar, showWarningMessage } from "../platform/notify.ts";
import type { ProjectClient } from "../projectClient.ts";
import { historyMessages } from "./historyMessages.ts";
import type { WorkspaceHistory } from "./workspaceHistory.ts";

/** All that is known of a call. */
interface WholeCall {
  readonly entry: CallSummary;
  readonly detail: CallDetail;
  readonly result: CallResult | undefined;
  /** Undefined when the method is gone. */
  readonly found: FoundMethod | undefined;
  /** The types are those that the call was made with. */
  readonly isToday: boolean;
}

type Write = (call: WholeCall) => Result<string, string>;

/** What a call is copied as, by the names that other commands may use. */
const forms: Readonly<Record<string, { readonly label: string; readonly write: Write }>> = {
  bash: { label: "Command Line for bash", write: lineFor("bash") },
  powershell: { label: "Command Line for PowerShell", write: lineFor("powershell") },
  rustTest: { label: "Rust Test", write: asRustTest },
  rustLiteral: { label: "Rust Literals", write: asRustLiterals },
  json: {
    label: "JSON",
    write: (call) =>
      ok(callText(call.detail.arguments, call.result, typesOf(call), call.detail.items)),
  },
  report: { label: "Markdown Report", write: asReport },
  launch: { label: "Launch Configuration", write: asLaunchConfiguration },
};

/** Copies the call; `form` is one of {@link forms}, else it is asked for. */
export async function copyCall(
  entry: CallSummary,
  form: string | undefined,
  history: WorkspaceHistory,
  project: ProjectClient,
): Promise<void> {
  const chosen = forms[form ?? ""] ?? (await pickForm());
  if (chosen === undefined) {
    return;
  }
  const detail = await history.calls.detail(entry.id);
  if (detail === undefined) {
    void showWarningMessage(historyMessages.notCopied);
    return;
  }
  const result = await history.calls.result(entry.id);
  const found = findMethod(project.model, entry);
  const isToday =
    found !== undefined && (found.plugin.interfaceHash ?? null) === entry.interfaceHash;
  const text = chosen.write({ entry, detail, result, found, isToday });
  if (text.ok) {
    await vscode.env.clipboard.writeText(text.value);
    showInStatusBar(historyMessages.copied(chosen.label), 4000);
  } else {
    void showWarningMessage(text.error);
  }
}

async function pickForm(): Promise<(typeof forms)[string] | undefined> {
  const order = process.platform === "win32" ? ["powershell", "bash"] : ["bash", "powershell"];
  const names = [...order, ...Object.keys(forms).filter((name) => !order.includes(name))];
  return vscode.window.showQuickPick(
    names.flatMap((name) => forms[name] ?? []),
    { placeHolder: historyMessages.pickForm },
  );
}

function typesOf({ found, isToday }: WholeCall): {
  readonly method: FoundMethod["method"];
  readonly types: FoundMethod["plugin"]["types"];
} | null {
  if (found === undefined || !isToday) {
    return null;
  }
  return { method: found.method, types: found.plugin.types };
}

function lineFor(shell: Shell): Write {
  return (call) => {
    const line = commandOf(call);
    return line === undefined
      ? err(historyMessages.methodGone(call.entry.method))
      : ok(commandLine(line, shell));
  };
}

function commandOf({ entry, detail, found }: WholeCall): CommandCall | undefined {
  if (found === undefined) {
    return undefined;
  }
  const { plugin, method } = found;
  return {
    method: `${plugin.crate.name}/${plugin.name}.${method.name}`,
    manifestPath: plugin.crate.manifestPath,
    library: plugin.library?.file ?? null,
    profile: entry.profile,
    arguments: detail.arguments,
    configuration: detail.instance === null ? null : JSON.stringify(detail.instance.configuration),
    timeoutMs: detail.timeoutMs,
    options: detail.options,
  };
}

/** The arguments as today's method takes them. */
function valuesOf({
  detail,
  found,
  isToday,
}: WholeCall): ReturnType<typeof parseArguments> | undefined {
  return isToday && found !== undefined
    ? parseArguments(found.method, found.plugin.types, detail.arguments, { allowsSerdeText: true })
    : undefined;
}

function asRustTest(call: WholeCall): Result<string, string> {
  const { found, result, detail } = call;
  const values = valuesOf(call);
  if (found === undefined || values?.ok !== true || result === undefined) {
    return err(historyMessages.noRust);
  }
  return rustTest({
    ...found,
    arguments: values.value,
    configuration: detail.instance?.configuration ?? null,
    result,
    argumentsText: detail.arguments.replaceAll(/\s*\n\s*/gu, " "),
    resultText: call.entry.resultPreview === "" ? call.entry.outcome : call.entry.resultPreview,
  });
}

function asRustLiterals(call: WholeCall): Result<string, string> {
  const { found, result } = call;
  const values = valuesOf(call);
  if (found === undefined || values?.ok !== true) {
    return err(historyMessages.noRust);
  }
  const { method, plugin } = found;
  const typed = { method, types: plugin.types };
  const lines = method.arguments.map(({ name, type }) => {
    const literal = rustLiteral(type, plugin.types, values.value[name] ?? null);
    return `let ${name} = ${literal};`;
  });
  const type = successOf(typed);
  const value =
    result?.kind === "ok" && !isUnread(result.value) && type !== undefined
      ? [`let result = ${rustLiteral(type, plugin.types, result.value)};`]
      : [];
  return ok([...lines, ...value, ""].join("\n"));
}

function asReport(call: WholeCall): Result<string, string> {
  const { entry, detail, result } = call;
  const line = commandOf(call);
  const version = vscode.extensions.getExtension("fidius-tools.fidius")?.packageJSON as
    { readonly version?: string } | undefined;
  return ok(
    markdownReport({
      title: `${entry.interfaceName}::${entry.method}`,
      pluginName: entry.pluginName,
      signature: detail.signature,
      arguments: detail.arguments,
      configuration:
        detail.instance === null ? null : JSON.stringify(detail.instance.configuration, null, 2),
      outcome: entry.outcome,
      result: result && comparableText(result, typesOf(call)),
      output: detail.about.output,
      timing: entry.callMs === null ? null : durationText(entry.callMs),
      when: new Date(entry.atMs).toISOString(),
      versions: [
        ["Fidius", detail.fidiusVersion ?? "not known"],
        ["interface hash", entry.interfaceHash ?? "not known"],
        ["profile", entry.profile],
        ["commit", detail.commit ?? "none"],
        ["platform", `${process.platform} ${process.arch}`],
        ["Fidius for VS Code", version?.version ?? "not known"],
        ["VS Code", vscode.version],
      ],
      commandLine:
        line === undefined ? historyMessages.methodGone(entry.method) : commandLine(line, "bash"),
    }),
  );
}

function asLaunchConfiguration(call: WholeCall): Result<string, string> {
  const { entry, detail } = call;
  const line = commandOf(call);
  return line === undefined
    ? err(historyMessages.methodGone(entry.method))
    : ok(
        launchConfiguration(
          `${entry.interfaceName}::${entry.method}`,
          line.method,
          detail.arguments,
        ),
      );
}
