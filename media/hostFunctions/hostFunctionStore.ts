// The host functions of the shown plugin: what the extension said of the file, and one form for each function.

import { batch, signal } from "@preact/signals";
import type { HostFunctionEdit } from "../../src/model/hostFunctions.ts";
import { pointerOf } from "../../src/model/value/jsonPointer.ts";
import type { HostInterfaceSchema, PluginSchema } from "../../src/model/plugin.ts";
import type {
  HostFunctionCommand,
  PanelHostFunctions,
  PanelHostInterface,
  PanelHostProblem,
} from "../../src/protocol/panelHostFunctions.ts";
import { AnswerForm, ModuleForm } from "./answerForm.ts";

/** A host interface with its forms. */
export interface InterfaceForms {
  readonly key: string;
  readonly schema: HostInterfaceSchema;
  readonly module: ModuleForm;
  readonly functions: readonly AnswerForm[];
}

export class HostFunctionStore {
  readonly update = signal<PanelHostFunctions | null>(null);
  readonly forms = signal<ReadonlyMap<string, InterfaceForms>>(new Map());
  readonly isOpen = signal(false);
  /** Counts wishes to bring the focus to the section. */
  readonly focusRequest = signal(0);
  #update: PanelHostFunctions | null = null;
  #plugin: PluginSchema | null = null;
  #hostInterfaces: readonly HostInterfaceSchema[] = [];
  readonly #command: (command: HostFunctionCommand) => Promise<string | null>;

  constructor(command: (command: HostFunctionCommand) => Promise<string | null>) {
    this.#command = command;
  }

  /** The extension told what the file says. */
  apply(update: PanelHostFunctions | null): void {
    this.#update = update;
    this.#sync();
  }

  /** The plugin that is shown, with the types that the sources have now. */
  show(plugin: PluginSchema | null, hostInterfaces: readonly HostInterfaceSchema[]): void {
    this.#plugin = plugin;
    this.#hostInterfaces = hostInterfaces;
    this.#sync();
  }

  /** The form that an element belongs to, for undo. */
  formOf(element: Element | null): AnswerForm | undefined {
    const place = element?.closest<HTMLElement>("[data-host-function]")?.dataset["hostFunction"];
    return this.#all().find((form) => form.place === place);
  }

  /** The first answer that cannot be written as it is; what is to be called would not have it. */
  get incomplete(): AnswerForm | undefined {
    return this.update.value?.readOnly === null
      ? this.#all().find((form) => form.isIncomplete.value)
      : undefined;
  }

  /** Writes what was typed last. */
  flush(): void {
    for (const { module, functions } of this.forms.value.values()) {
      module.follower.flush();
      for (const form of functions) {
        form.value.settle();
        form.follower.flush();
      }
    }
  }

  /** Opens the section and leads to it. */
  reveal(): void {
    this.isOpen.value = true;
    this.focusRequest.value++;
  }

  /** Default values for all functions of an interface that have no answer. */
  async answerAll(interfaceName: string): Promise<string | null> {
    this.flush();
    const file = this.update.value?.file ?? "";
    return this.#command({ kind: "edit", file, edit: { kind: "defaults", interfaceName } });
  }

  #sync(): void {
    const update = this.#update;
    const plugin = this.#plugin;
    batch(() => {
      this.update.value = update;
      const before = this.forms.peek();
      const next = new Map<string, InterfaceForms>();
      for (const shown of update?.interfaces ?? []) {
        const schema = this.#hostInterfaces.find(({ id }) => id === shown.schemaId);
        if (plugin !== null && schema !== undefined && update !== null) {
          const key = JSON.stringify([update.file, schema]);
          const own = before.get(shown.name);
          const forms = own?.key === key ? own : this.#create(key, plugin, schema, update.file);
          next.set(shown.name, forms);
          if (!update.isBroken) {
            followFile(forms, shown, update.problems);
          }
        }
      }
      for (const forms of before.values()) {
        if (next.get(forms.schema.name) !== forms) {
          disposeForms(forms);
        }
      }
      if (before.size !== next.size || [...next].some(([name, own]) => before.get(name) !== own)) {
        this.forms.value = next;
      }
    });
  }

  #all(): readonly AnswerForm[] {
    return [...this.forms.value.values()].flatMap(({ functions }) => functions);
  }

  #create(
    key: string,
    plugin: PluginSchema,
    schema: HostInterfaceSchema,
    file: string,
  ): InterfaceForms {
    const send = (edit: HostFunctionEdit): Promise<string | null> =>
      this.#command({ kind: "edit", file, edit });
    return {
      key,
      schema,
      module: new ModuleForm(schema.name, send),
      functions: schema.methods.map((method) => new AnswerForm(plugin, schema, method, send)),
    };
  }
}

/** The problems of one place of the file and of what lies below it. */
export function problemsAt(
  problems: readonly PanelHostProblem[],
  path: readonly string[],
): readonly PanelHostProblem[] {
  const start = pointerOf(path);
  return problems.filter(({ pointer }) => pointer === start || pointer.startsWith(`${start}/`));
}

function followFile(
  { module, functions }: InterfaceForms,
  { name, setup }: PanelHostInterface,
  problems: readonly PanelHostProblem[],
): void {
  module.follower.follow(setup.module ?? null);
  for (const form of functions) {
    const { name: functionName } = form.method;
    const answer = Object.hasOwn(setup.functions, functionName)
      ? setup.functions[functionName]
      : undefined;
    const own = problemsAt(problems, ["interfaces", name, "functions", functionName]);
    // A module that is not there can still be shown, and corrected, as what it is.
    form.follow(answer ?? null, own.length > 0 && answer?.kind !== "module");
  }
}

function disposeForms({ module, functions }: InterfaceForms): void {
  module.follower.dispose();
  for (const form of functions) {
    form.dispose();
  }
}
