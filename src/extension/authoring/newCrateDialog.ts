// What is to be known before a crate is made: its interface, its methods, whether it is configured, and its folder.

import { dirname, join, relative, sep } from "node:path";
import * as vscode from "vscode";
import { labelText } from "../../model/text/foreignText.ts";
import type { InterfaceSchema, ProjectModel } from "../../model/plugin.ts";
import type { NewCratePlan, NewCrateTarget } from "../../protocol/lsp.ts";
import { messages } from "../platform/messages.ts";
import type { ProjectClient } from "../projectClient.ts";
import { inputStep, pickStep, type StepAnswer, type StepPlace } from "./dialogSteps.ts";

export type CrateKind = NewCrateTarget["kind"];

export interface PlannedCrate {
  readonly plan: NewCratePlan;
  readonly isPreviewed: boolean;
}

type Choices = Pick<NewCrateTarget, "interfaceName" | "methods" | "isConfigured">;

/** A question: what was chosen, with its answer added. */
type Question = (place: StepPlace, chosen: Choices) => Promise<StepAnswer<Choices>>;

/** Asks for what a crate of `kind` below `folder` is to be, until there is a plan for it; undefined when the user ends it. */
export async function askForCrate(
  kind: CrateKind,
  folder: string,
  project: ProjectClient,
): Promise<PlannedCrate | undefined> {
  const chosen: Choices[] = [{}];
  for (;;) {
    const choices = chosen.at(-1) ?? {};
    const questions = questionsFor(kind, choices, interfacesNear(project.model, folder));
    const step = chosen.length;
    const place = {
      title: messages.newCrateTitle[kind],
      step,
      totalSteps: questions.length + 1,
    };
    const question = questions[step - 1];
    const answer =
      question === undefined
        ? await askForFolder(place, { kind, folder, ...choices }, project)
        : await question(place, choices);
    if (answer === undefined) {
      return undefined;
    }
    if (answer === "back") {
      chosen.pop();
    } else if ("plan" in answer.value) {
      return answer.value;
    } else {
      chosen.push(answer.value);
    }
  }
}

function questionsFor(
  kind: CrateKind,
  { interfaceName }: Choices,
  interfaces: readonly InterfaceSchema[],
): readonly Question[] {
  const which: Question = (place) => pickInterface(place, kind, interfaces);
  switch (kind) {
    case "interface":
      return [pickMethods];
    case "plugin":
      return [
        ...(interfaces.length === 0 ? [] : [which]),
        ...(interfaceName === undefined ? [pickMethods] : []),
        pickConfigured,
      ];
    case "host":
      return interfaces.length === 0 ? [] : [which];
  }
}

/** Interfaces of the cargo workspace around the folder that other crates can link; the server has the last word. */
function interfacesNear({ interfaces }: ProjectModel, folder: string): readonly InterfaceSchema[] {
  return interfaces.filter(
    ({ crate: { workspaceRoot, target, crateTypes } }) =>
      `${folder}${sep}`.startsWith(`${workspaceRoot}${sep}`) &&
      target === undefined &&
      crateTypes.some((type) => type === "lib" || type === "rlib" || type === "dylib"),
  );
}

function pickInterface(
  place: StepPlace,
  kind: CrateKind,
  interfaces: readonly InterfaceSchema[],
): Promise<StepAnswer<Choices>> {
  const items = interfaces.map(({ name, crate }) => ({
    label: `$(symbol-interface) ${labelText(name)}`,
    description: labelText(crate.name),
    value: { interfaceName: `${crate.name}::${name}` },
  }));
  const own = { label: `$(add) ${messages.ownInterface}`, value: {} };
  return pickStep<Choices>(place, messages.pickNewInterface[kind], [
    ...items,
    ...(kind === "plugin" ? [own] : []),
  ]);
}

const pickMethods: Question = (place, chosen) =>
  pickStep(
    place,
    messages.pickMethods,
    (["sync", "async", "streaming"] as const).map((methods) => ({
      ...messages.methodKinds[methods],
      value: { ...chosen, methods },
    })),
  );

const pickConfigured: Question = (place, chosen) =>
  pickStep(
    place,
    messages.pickConfigured,
    ([false, true] as const).map((isConfigured) => ({
      ...(isConfigured ? messages.configuredPlugin : messages.plainPlugin),
      value: { ...chosen, isConfigured },
    })),
  );

/** The last question. What the server has against the crate is said in the box, and the user types on. */
function askForFolder(
  place: StepPlace,
  asked: NewCrateTarget,
  project: ProjectClient,
): Promise<StepAnswer<PlannedCrate>> {
  const base = workspaceFolderOf(asked.folder);
  const before = relative(base, asked.folder).split(sep).join("/");
  return inputStep(place, {
    prompt: messages.newCrateFolder,
    value: `${before === "" ? "" : `${before}/`}${suggestedName(asked)}`,
    accept: async (text, isPreviewed) => {
      const plan = await project.newCrate({ ...asked, folder: join(base, text.trim()) });
      return plan.kind === "failed" ? plan.message : { plan, isPreviewed };
    },
  });
}

/** The open folder around a path, which paths are typed below of. */
function workspaceFolderOf(folder: string): string {
  return (
    vscode.workspace.getWorkspaceFolder(vscode.Uri.file(folder))?.uri.fsPath ?? dirname(folder)
  );
}

/** `GreeterTools` → `greeter-tools-plugin`. */
function suggestedName({ kind, interfaceName }: NewCrateTarget): string {
  const name = interfaceName?.split("::").at(-1) ?? "my";
  return `${name.replace(/(?<=[a-z0-9])(?=[A-Z])/gu, "-").toLowerCase()}-${kind}`;
}
