// "Fidius: Compare Interface…": how an interface changed since a revision, or since a library was built, as a document to read.

import { basename } from "node:path";
import * as vscode from "vscode";
import { labelText } from "../../model/text/foreignText.ts";
import type { CompareTarget } from "../../protocol/lsp.ts";
import { commandIds } from "../commandIds.ts";
import { messages } from "../platform/messages.ts";
import { showErrorMessage, showInformationMessage, withProgress } from "../platform/notify.ts";
import { asCompareTarget } from "../targets.ts";
import type { Command, CommandServices } from "./command.ts";
import { choosePath } from "./openLibrary.ts";

export const compareInterfaceCommand: Command = {
  id: commandIds.compareInterface,
  title: "Compare Interface…",
  needsTrust: true,
  run: async (services, argument) => {
    await services.project.whenReady();
    const given = asCompareTarget(argument);
    const interfaceId = given?.interfaceId ?? (await pickInterface(services));
    if (interfaceId === undefined) {
      return;
    }
    const isComplete = given?.base !== undefined || given?.revision !== undefined;
    const target = isComplete ? given : await pickOther(services, interfaceId);
    if (target !== undefined) {
      await compare(services, { ...target, interfaceId });
    }
  },
};

async function compare(services: CommandServices, target: CompareTarget): Promise<void> {
  const name = nameOf(services, target.interfaceId ?? "");
  const answer = await withProgress(
    { location: vscode.ProgressLocation.Window, title: messages.comparing(name) },
    () => services.project.compare(target),
  );
  if (answer.kind === "compared") {
    await services.comparisons.show(messages.comparisonOf(name), answer.markdown);
  } else {
    void showErrorMessage(answer.message);
  }
}

function nameOf({ project }: CommandServices, id: string): string {
  const { interfaces, hostInterfaces } = project.model;
  return [...interfaces, ...hostInterfaces].find((each) => each.id === id)?.name ?? id;
}

/** Not asked where there is only one. */
async function pickInterface({ project }: CommandServices): Promise<string | undefined> {
  const { interfaces, hostInterfaces } = project.model;
  const all = [...interfaces, ...hostInterfaces];
  const [only] = all;
  if (only === undefined) {
    void showInformationMessage(messages.nothingToCompare);
  }
  if (all.length < 2) {
    return only?.id;
  }
  const items = all.map(({ id, name, crate }) => ({
    label: `$(symbol-interface) ${labelText(name)}`,
    description: labelText(crate.name),
    id,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: messages.pickComparedInterface,
  });
  return picked?.id;
}

interface OtherItem extends vscode.QuickPickItem {
  readonly choose: () => Promise<CompareTarget | undefined>;
}

/** What it is compared with. */
async function pickOther(
  services: CommandServices,
  interfaceId: string,
): Promise<CompareTarget | undefined> {
  const { lastTag, mergeBase } = await services.project.compareBases({ interfaceId });
  const items: readonly OtherItem[] = [
    ...(lastTag === null
      ? []
      : [base("$(tag)", messages.lastTag, lastTag, { base: "lastTag" } as const)]),
    ...(mergeBase === null
      ? []
      : [base("$(git-branch)", messages.mergeBase, mergeBase, { base: "mergeBase" } as const)]),
    { label: `$(git-commit) ${messages.otherRevision}`, choose: askForRevision },
    { label: `$(file-binary) ${messages.aLibrary}`, choose: () => chooseLibrary(services) },
  ];
  const picked = await vscode.window.showQuickPick(items, { placeHolder: messages.pickOtherSide });
  return picked?.choose();
}

function base(icon: string, label: string, name: string, target: CompareTarget): OtherItem {
  return {
    label: `${icon} ${label}`,
    description: labelText(name),
    choose: () => Promise.resolve(target),
  };
}

async function askForRevision(): Promise<CompareTarget | undefined> {
  const revision = await vscode.window.showInputBox({
    prompt: messages.revisionPrompt,
    placeHolder: "HEAD~1",
  });
  return revision === undefined || revision.trim() === ""
    ? undefined
    : { revision: revision.trim() };
}

/** The library is looked at here: the language server loads none. */
async function chooseLibrary(services: CommandServices): Promise<CompareTarget | undefined> {
  const path = await choosePath();
  if (path === undefined) {
    return undefined;
  }
  const report = await services.inspections.report(path);
  if (!report.ok) {
    void showErrorMessage(report.error);
    return undefined;
  }
  return { report: { name: basename(path), library: report.value } };
}
