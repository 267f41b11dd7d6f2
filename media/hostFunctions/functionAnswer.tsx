// One host function: its signature, what kind of answer it has, and the answer's form.

import { h, type JSX } from "preact";
import type { MethodSchema } from "../../src/model/plugin.ts";
import type { PanelHostProblem } from "../../src/protocol/panelHostFunctions.ts";
import { Control } from "../form/control.tsx";
import { Field } from "../form/field.tsx";
import { fieldId } from "../form/fieldState.ts";
import { FormPartsContext, type FormParts } from "../form/formParts.ts";
import { Message } from "../form/message.tsx";
import { usePanel } from "../panelStore.ts";
import { RequestContext, type RequestStore } from "../request/requestStore.ts";
import { Doc } from "../widgets/doc.tsx";
import { Segments } from "../widgets/segments.tsx";
import type { AnswerForm, AnswerKind } from "./answerForm.ts";
import { ModuleField } from "./moduleField.tsx";
import { ProblemLink } from "./problemLink.tsx";

const formParts: FormParts = { Field, Control };

interface FunctionAnswerProps {
  readonly form: AnswerForm;
  readonly problems: readonly PanelHostProblem[];
  readonly coverage: Coverage;
}

/** What of the interface is answered: all by its module, some of its functions, nothing. */
export type Coverage = "module" | "some" | "none";

export function FunctionAnswer({ form, problems, coverage }: FunctionAnswerProps): JSX.Element {
  const { method, place, kind } = form;
  const nameId = fieldId(form.pointer, "signature");
  const failure = form.follower.problem.value;
  return (
    <div
      class="host-function"
      role="group"
      aria-labelledby={nameId}
      data-testid="host-function"
      data-host-function={place}
    >
      <code class="host-function-signature" id={nameId}>
        {signatureText(method)}
      </code>
      {method.doc === undefined ? null : <Doc class="field-doc" text={method.doc} />}
      <Segments
        name={fieldId(form.pointer, "kind")}
        label={`Answer of ${place}`}
        segments={[
          { value: "none", label: "No answer" },
          { value: "value", label: "Value" },
          ...(form.canFail ? [{ value: "error", label: "Error" }] : []),
          { value: "module", label: "Module" },
        ]}
        value={kind.value}
        testId="answer-kind"
        onChange={(chosen) => {
          form.choose(chosen as AnswerKind);
        }}
      />
      {form.isUnfit.value ? (
        <UnfitAnswer form={form} problems={problems} />
      ) : (
        <AnswerBody form={form} problems={problems} coverage={coverage} />
      )}
      {failure === null ? null : <Message id={fieldId(form.pointer, "failure")} text={failure} />}
    </div>
  );
}

function AnswerBody({ form, problems, coverage }: FunctionAnswerProps): JSX.Element {
  switch (form.kind.value) {
    case "none":
      return <p class="hint">{silenceText(form, coverage)}</p>;
    case "value":
      return <AnswerField form={form} request={form.value} name="value" />;
    case "error":
      return <AnswerField form={form} request={form.error} name="error" />;
    case "module":
      return (
        <ModuleField
          id={fieldId(form.pointer, "module")}
          label={`Module that answers ${form.place}`}
          text={form.module}
          problems={problems}
          missing="Choose a module; until then the file stays as it is."
          onDone={() => {
            form.follower.flush();
          }}
        />
      );
  }
}

interface AnswerFieldProps {
  readonly form: AnswerForm;
  readonly request: RequestStore;
  readonly name: string;
}

function AnswerField({ form, request, name }: AnswerFieldProps): JSX.Element | null {
  const type = request.method.arguments[0]?.type;
  return type === undefined
    ? null
    : h(
        RequestContext.Provider,
        { value: request },
        h(
          FormPartsContext.Provider,
          { value: formParts },
          <Field key={name} type={type} pointer={form.pointer} name={name} depth={0} />,
        ),
      );
}

/** What a plugin gets that calls a function without an answer. */
function silenceText({ interfaceName }: AnswerForm, coverage: Coverage): string {
  switch (coverage) {
    case "module":
      return "The interface's module answers.";
    case "some":
      return "A call of it gives the plugin HostPanic.";
    case "none":
      return `Nothing of ${interfaceName} is answered, so it is not bound: a call gives the plugin NotBound.`;
  }
}

/** What does not fit is told and left as it is, until the user decides. */
function UnfitAnswer({ form, problems }: Omit<FunctionAnswerProps, "coverage">): JSX.Element {
  const { hostFunctions } = usePanel();
  const isValue = form.kind.value === "value";
  return (
    <div class="host-function-unfit" data-testid="unfit-answer">
      {problems.map((problem) => (
        <ProblemLink key={`${problem.pointer} ${problem.message}`} problem={problem} />
      ))}
      <button
        type="button"
        class="text-button host-functions-action"
        data-testid="replace-answer"
        aria-label={`${isValue ? "Replace with default" : "Remove"}: answer of ${form.place}`}
        disabled={hostFunctions.update.value?.readOnly !== null}
        onClick={() => {
          form.replace();
        }}
      >
        {isValue ? "Replace With Default" : "Remove Answer"}
      </button>
    </div>
  );
}

/** As it is written in Rust, without `&self`. */
function signatureText({ name, arguments: args, returns }: MethodSchema): string {
  const taken = args.map((argument) => `${argument.name}: ${argument.type.rustType}`).join(", ");
  const given =
    returns.kind === "result"
      ? `Result<${returns.success.rustType}, ${returns.failure.rustType}>`
      : returns.type.rustType;
  return `${name}(${taken})${given === "()" ? "" : ` -> ${given}`}`;
}
