// What answers the plugin when it calls its host: below the request, for plugins that may do so. The file beside the package's
// Cargo.toml is what counts; the forms show it and write it.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type {
  PanelHostFunctions,
  PanelHostInterface,
  PanelHostProblem,
} from "../../src/protocol/panelHostFunctions.ts";
import { Message } from "../form/message.tsx";
import { usePanel } from "../panelStore.ts";
import { Banner } from "../widgets/banner.tsx";
import { Doc } from "../widgets/doc.tsx";
import { Icon } from "../widgets/icon.tsx";
import { FunctionAnswer } from "./functionAnswer.tsx";
import { problemsAt, type InterfaceForms } from "./hostFunctionStore.ts";
import { ModuleField } from "./moduleField.tsx";
import { ProblemLink } from "./problemLink.tsx";

const bodyId = "host-functions-body";
const headingId = "host-functions-heading";

export function HostFunctionsSection(): JSX.Element | null {
  const { extension, hostFunctions } = usePanel();
  const toggle = useRef<HTMLButtonElement>(null);
  const update = hostFunctions.update.value;
  const wish = hostFunctions.focusRequest.value;
  useEffect(() => {
    if (wish > 0) {
      const section = toggle.current?.closest("section");
      section?.scrollIntoView({ block: "start" });
      const choice = section?.querySelector<HTMLElement>(
        '[data-testid="host-interface"][data-bound="false"] input:checked',
      );
      (choice ?? toggle.current)?.focus();
    }
  }, [wish]);
  if (update === null) {
    return null;
  }
  const isOpen = hostFunctions.isOpen.value;
  const fileName = /[^/\\]*$/.exec(update.file)?.[0] ?? update.file;
  return (
    <section class="host-functions" aria-labelledby={headingId} data-testid="host-functions">
      <div class="host-functions-head">
        <h3 id={headingId}>
          <button
            ref={toggle}
            type="button"
            class="disclosure"
            aria-expanded={isOpen}
            aria-controls={isOpen ? bodyId : undefined}
            data-testid="host-functions-toggle"
            onClick={() => {
              hostFunctions.isOpen.value = !isOpen;
            }}
          >
            <Icon name={isOpen ? "chevron-down" : "chevron-right"} />
            Host Functions
          </button>
        </h3>
        <span class="hint" data-testid="host-functions-summary">
          {summaryOf(update)}
        </span>
        {update.isThere ? (
          <button
            type="button"
            class="text-button"
            data-testid="open-host-file"
            title={update.file}
            aria-label={`Open File ${fileName}`}
            onClick={() => {
              void extension.hostFunctions({ kind: "openFile" });
            }}
          >
            Open File
          </button>
        ) : null}
      </div>
      {isOpen ? (
        <div class="host-functions-body" id={bodyId}>
          <p class="hint">
            {update.isThere
              ? `These answers are kept in ${fileName}.`
              : `The first answer makes ${fileName} beside Cargo.toml.`}
          </p>
          {update.readOnly === null ? null : (
            <Banner severity="warning" testId="host-functions-read-only">
              {update.readOnly}
            </Banner>
          )}
          {otherProblems(update).map((problem) => (
            <ProblemLink key={`${problem.pointer} ${problem.message}`} problem={problem} />
          ))}
          <div
            class={update.readOnly === null ? "form" : "form form-stale"}
            inert={update.readOnly !== null}
          >
            {update.interfaces.map((shown) => (
              <HostInterface key={shown.name} shown={shown} problems={update.problems} />
            ))}
          </div>
        </div>
      ) : null}
    </section>
  );
}

/** "2 of 6 answered", and what is wrong. */
function summaryOf({ interfaces, problems, isBroken }: PanelHostFunctions): string {
  if (isBroken) {
    return "the file has an error";
  }
  const names = interfaces.map(({ name }) => name).join(", ");
  const count = problems.length;
  const trouble = count === 0 ? "" : `, ${count} ${count === 1 ? "problem" : "problems"}`;
  return `${names}${trouble}`;
}

/** Those that stand beside no function and no module. */
function otherProblems({ interfaces, problems }: PanelHostFunctions): readonly PanelHostProblem[] {
  const shown = new Set(
    interfaces.flatMap(({ name, setup }) => [
      ...problemsAt(problems, ["interfaces", name, "module"]),
      ...Object.keys(setup.functions).flatMap((functionName) =>
        problemsAt(problems, ["interfaces", name, "functions", functionName]),
      ),
    ]),
  );
  return problems.filter((problem) => !shown.has(problem));
}

interface HostInterfaceProps {
  readonly shown: PanelHostInterface;
  readonly problems: readonly PanelHostProblem[];
}

function HostInterface({ shown, problems }: HostInterfaceProps): JSX.Element {
  const { hostFunctions } = usePanel();
  const forms = hostFunctions.forms.value.get(shown.name);
  const nameId = `host-interface:${shown.name}`;
  return (
    <div
      class="host-interface"
      role="group"
      aria-labelledby={nameId}
      data-testid="host-interface"
      data-interface={shown.name}
      data-bound={shown.isBound}
    >
      <div class="host-interface-head">
        <h4 id={nameId}>{shown.name}</h4>
        <span class="hint">version {shown.version}</span>
        <span class="hint" data-testid="host-interface-state">
          {stateText(shown)}
        </span>
      </div>
      {shown.note === null ? null : (
        <Banner severity="warning" testId="host-interface-note">
          {shown.note}
        </Banner>
      )}
      {forms === undefined ? null : (
        <InterfaceAnswers forms={forms} shown={shown} problems={problems} />
      )}
    </div>
  );
}

function InterfaceAnswers({
  forms,
  shown,
  problems,
}: HostInterfaceProps & { readonly forms: InterfaceForms }): JSX.Element {
  const { hostFunctions } = usePanel();
  const failure = useSignal<string | null>(null);
  const { name, setup } = shown;
  const isOpenEnded = forms.functions.some(({ kind }) => kind.value === "none");
  const hasModule = setup.module !== undefined;
  const coverage = hasModule ? "module" : Object.keys(setup.functions).length > 0 ? "some" : "none";
  const moduleId = `host-module:${name}`;
  return (
    <>
      {forms.schema.doc === undefined ? null : <Doc class="field-doc" text={forms.schema.doc} />}
      <div class="field field-inline">
        <label class="field-head field-name" for={moduleId}>
          Module
        </label>
        <ModuleField
          id={moduleId}
          label={`Module that answers the functions of ${name} without an answer`}
          text={forms.module.module}
          problems={problemsAt(problems, ["interfaces", name, "module"])}
          onDone={() => {
            forms.module.follower.flush();
          }}
        />
      </div>
      {isOpenEnded && !hasModule ? (
        <div>
          <button
            type="button"
            class="text-button host-functions-action"
            data-testid="answer-all"
            aria-label={`Answer with defaults: functions of ${name} without an answer`}
            onClick={() => {
              void hostFunctions.answerAll(name).then((problem) => {
                failure.value = problem;
              });
            }}
          >
            Answer the Rest With Defaults
          </button>
        </div>
      ) : null}
      {failure.value === null ? null : <Message id={`${moduleId}:failure`} text={failure.value} />}
      {forms.functions.map((form) => {
        const path = ["interfaces", name, "functions", form.method.name];
        return (
          <FunctionAnswer
            key={form.place}
            form={form}
            problems={problemsAt(problems, path)}
            coverage={coverage}
          />
        );
      })}
    </>
  );
}

function stateText({ isImported, isBound }: PanelHostInterface): string {
  if (isImported === null) {
    return "not loaded yet";
  }
  if (!isImported) {
    return "not asked for by the library";
  }
  return isBound ? "asked for, bound" : "asked for, not bound";
}
