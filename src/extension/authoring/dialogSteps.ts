// Questions one after the other, each with a way back to the one before.

import * as vscode from "vscode";
import { messages } from "../platform/messages.ts";

/** Where a question stands among those of a dialog. */
export interface StepPlace {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** `back` asks the question before again; undefined ends the dialog. */
export type StepAnswer<T> = { readonly value: T } | "back" | undefined;

/** Takes one of several; the answer is what the item has as its value. */
export function pickStep<T>(
  place: StepPlace,
  placeholder: string,
  items: readonly (vscode.QuickPickItem & { readonly value: T })[],
): Promise<StepAnswer<T>> {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly value: T }>();
  Object.assign(pick, place);
  pick.placeholder = placeholder;
  pick.items = items;
  pick.ignoreFocusOut = true;
  pick.buttons = place.step > 1 ? [vscode.QuickInputButtons.Back] : [];
  return new Promise((resolve) => {
    let answer: StepAnswer<T>;
    pick.onDidTriggerButton(() => {
      answer = "back";
      pick.hide();
    });
    pick.onDidAccept(() => {
      const [picked] = pick.selectedItems;
      answer = picked === undefined ? undefined : { value: picked.value };
      pick.hide();
    });
    pick.onDidHide(() => {
      pick.dispose();
      resolve(answer);
    });
    pick.show();
  });
}

export interface InputStep<T> {
  readonly prompt: string;
  readonly value: string;
  /** Decides on what was typed; a string is the sentence that is shown, and the question stays. */
  readonly accept: (text: string, isPreviewed: boolean) => Promise<T | string>;
}

/** Takes a text. The button beside it asks to see the changes first. */
export function inputStep<T extends object>(
  place: StepPlace,
  { prompt, value, accept }: InputStep<T>,
): Promise<StepAnswer<T>> {
  const box = vscode.window.createInputBox();
  Object.assign(box, place);
  box.prompt = prompt;
  box.value = value;
  box.valueSelection = [value.lastIndexOf("/") + 1, value.length];
  box.ignoreFocusOut = true;
  const preview: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon("open-preview"),
    tooltip: messages.previewChanges,
  };
  box.buttons = [...(place.step > 1 ? [vscode.QuickInputButtons.Back] : []), preview];
  return new Promise((resolve, reject) => {
    let answer: StepAnswer<T>;
    let isAsking = false;
    const ask = async (isPreviewed: boolean): Promise<void> => {
      if (isAsking) {
        return;
      }
      isAsking = true;
      box.busy = true;
      const decided = await accept(box.value, isPreviewed);
      isAsking = false;
      box.busy = false;
      if (typeof decided === "string") {
        box.validationMessage = decided;
      } else {
        answer = { value: decided };
        box.hide();
      }
    };
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    });
    box.onDidTriggerButton((button) => {
      if (button === preview) {
        ask(true).catch(reject);
      } else {
        answer = "back";
        box.hide();
      }
    });
    box.onDidAccept(() => {
      ask(false).catch(reject);
    });
    box.onDidHide(() => {
      box.dispose();
      resolve(answer);
    });
    box.show();
  });
}
