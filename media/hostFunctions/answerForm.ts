// The answer of one host function while it is edited: its kind, and what was written for each kind, so that going back and forth
// loses nothing.

import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";
import { pluginErrorType, pluginErrorTypes } from "../../src/codec/bincode/builtIn.ts";
import type {
  HostFunctionAnswer,
  HostFunctionEdit,
  HostFunctionError,
} from "../../src/model/hostFunctions.ts";
import type {
  HostInterfaceSchema,
  MethodSchema,
  PluginMethod,
  PluginSchema,
} from "../../src/model/plugin.ts";
import { isJsonObject } from "../../src/model/value/jsonObject.ts";
import type { TypeSchema } from "../../src/model/schema/schema.ts";
import type { JsonValue } from "../../src/model/value/value.ts";
import { RequestStore } from "../request/requestStore.ts";
import { canonicalArguments, formArguments } from "../values/conform.ts";
import { childPointer } from "../values/pointer.ts";
import { FileFollower } from "./fileFollower.ts";

export type AnswerKind = HostFunctionAnswer["kind"] | "none";

const emptyDraft = { arguments: null, jsonText: null, tab: "form", timeoutSeconds: null } as const;

export class AnswerForm {
  readonly interfaceName: string;
  readonly method: MethodSchema;
  /** Of the value: of a `Result` its `Ok` type. */
  readonly type: TypeSchema;
  readonly kind = signal<AnswerKind>("none");
  readonly module = signal("");
  /** The file's value does not fit its type; it is not shown as something that it is not. */
  readonly isUnfit = signal(false);
  /** The form of the value: a request whose only argument it is. */
  readonly value: RequestStore;
  /** The form of the `PluginError`, likewise. */
  readonly error: RequestStore;
  readonly follower: FileFollower<HostFunctionAnswer | null>;
  /** Something stands in the way of writing what is shown. */
  readonly isIncomplete: ReadonlySignal<boolean>;
  /** `Interface.function`: the argument of both forms, which no argument of a method can be called like. */
  readonly place: string;
  #before: JsonValue | undefined;

  constructor(
    plugin: PluginSchema,
    schema: HostInterfaceSchema,
    method: MethodSchema,
    send: (edit: HostFunctionEdit) => Promise<string | null>,
  ) {
    this.interfaceName = schema.name;
    this.method = method;
    this.type = method.returns.kind === "result" ? method.returns.success : method.returns.type;
    this.place = `${schema.name}.${method.name}`;
    const own = { ...method, slot: -1 };
    const { types } = schema;
    this.value = requestOf({ ...plugin, types }, own, this.place, this.type);
    const failing = { ...plugin, types: pluginErrorTypes };
    this.error = requestOf(failing, own, this.place, pluginErrorType);
    this.error.setAt(this.pointer, { code: "ERROR", message: "", details: null });
    this.isIncomplete = computed(() => !this.isUnfit.value && this.#wanted() === undefined);
    this.follower = new FileFollower<HostFunctionAnswer | null>(null, {
      wanted: () => (this.isUnfit.value ? undefined : this.#wanted()),
      send: (answer) => {
        const before = this.#before;
        this.#before = answer?.kind === "value" ? answer.value : undefined;
        return send({
          kind: "answer",
          interfaceName: schema.name,
          functionName: method.name,
          answer,
          ...(before === undefined ? {} : { before }),
        });
      },
      take: (answer) => {
        this.#take(answer);
      },
    });
  }

  /** Pointer of the value in its request. */
  get pointer(): string {
    return childPointer("", this.place);
  }

  get canFail(): boolean {
    return this.method.returns.kind === "result";
  }

  /** The form that is shown; undefined where there is none. */
  get request(): RequestStore | undefined {
    const kind = this.kind.value;
    return kind === "value" ? this.value : kind === "error" ? this.error : undefined;
  }

  /** The file has this answer now. */
  follow(answer: HostFunctionAnswer | null, isUnfit: boolean): void {
    if (!isUnfit) {
      this.isUnfit.value = false;
      this.follower.follow(answer?.kind === "value" ? this.#canonical(answer.value) : answer);
    } else if (this.follower.note(answer)) {
      batch(() => {
        this.isUnfit.value = true;
        this.kind.value = answer?.kind ?? "none";
      });
    }
  }

  choose(kind: AnswerKind): void {
    batch(() => {
      this.isUnfit.value = false;
      this.kind.value = kind;
    });
    this.follower.flush();
  }

  /** The default value in place of what does not fit. */
  replace(): void {
    const wasValue = this.kind.value === "value";
    batch(() => {
      this.isUnfit.value = false;
      this.kind.value = wasValue ? "value" : "none";
      this.#before = undefined;
      this.value.edit(({ side }) => ({ value: this.value.defaults, side }));
    });
    this.follower.overwrite();
  }

  dispose(): void {
    this.value.settle();
    this.follower.dispose();
    this.value.dispose();
    this.error.dispose();
  }

  #wanted(): HostFunctionAnswer | null | undefined {
    switch (this.kind.value) {
      case "none":
        return null;
      case "value":
        return this.value.problems.value.size > 0
          ? undefined
          : { kind: "value", value: this.#valueOf(this.value) };
      case "error":
        return { kind: "error", error: errorOf(this.#valueOf(this.error)) };
      case "module":
        return this.module.value.trim() === ""
          ? undefined
          : { kind: "module", module: this.module.value };
    }
  }

  #valueOf(request: RequestStore): JsonValue {
    return request.draft.value.arguments?.[this.place] ?? null;
  }

  #canonical(value: JsonValue): HostFunctionAnswer {
    const { method, types } = this.value;
    const whole = formArguments(method, types, { [this.place]: value });
    return { kind: "value", value: canonicalArguments(method, types, whole)[this.place] ?? null };
  }

  #take(answer: HostFunctionAnswer | null): void {
    batch(() => {
      this.kind.value = answer?.kind ?? "none";
      this.#before = answer?.kind === "value" ? answer.value : undefined;
      if (answer?.kind === "value") {
        setWhole(this.value, this.place, answer.value);
      } else if (answer?.kind === "error") {
        setWhole(this.error, this.place, { ...answer.error });
      } else if (answer?.kind === "module") {
        this.module.value = answer.module;
      }
    });
  }
}

function requestOf(
  plugin: PluginSchema,
  method: PluginMethod,
  name: string,
  type: TypeSchema,
): RequestStore {
  return new RequestStore(plugin, { ...method, arguments: [{ name, type }] }, emptyDraft);
}

/** One step that Undo takes back. */
function setWhole(request: RequestStore, name: string, value: JsonValue): void {
  const { method, types } = request;
  const whole = formArguments(method, types, { [name]: value });
  request.edit(({ side }) => ({ value: whole, side }));
}

function errorOf(value: JsonValue): HostFunctionError {
  const { code, message, details } = isJsonObject(value) ? value : {};
  return {
    code: typeof code === "string" ? code : "",
    message: typeof message === "string" ? message : "",
    details: typeof details === "string" ? details : null,
  };
}

/** The module that answers all functions of an interface that have no answer of their own. */
export class ModuleForm {
  readonly interfaceName: string;
  readonly module = signal("");
  readonly follower: FileFollower<string | null>;

  constructor(interfaceName: string, send: (edit: HostFunctionEdit) => Promise<string | null>) {
    this.interfaceName = interfaceName;
    this.follower = new FileFollower<string | null>(null, {
      wanted: () => (this.module.value.trim() === "" ? null : this.module.value),
      send: (module) => send({ kind: "module", interfaceName, module }),
      take: (module) => {
        this.module.value = module ?? "";
      },
    });
  }
}
