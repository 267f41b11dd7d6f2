// How the method runs beside its arguments: variables, folder, profile, features, limits. What is typed stays as it is typed; what is
// not right yet says so, and Invoke leads to it.

import type { ComponentChildren, JSX } from "preact";
import { useSignal } from "@preact/signals";
import {
  readRunOptions,
  withVariable,
  writtenVariable,
  type RunOptionTexts,
} from "../../src/model/runOptions.ts";
import { usePanel } from "../panelStore.ts";
import { Disclosure } from "../widgets/disclosure.tsx";
import { Icon } from "../widgets/icon.tsx";
import { SelectBox } from "../widgets/selectBox.tsx";
import { useRequest, type RequestStore } from "./requestStore.ts";

export function RunOptionsSection(): JSX.Element {
  const request = useRequest();
  const isOpen = request.showsOptions;
  return (
    <section class="run-options" aria-label="Run options">
      <Disclosure isOpen={isOpen} testId="run-options" controls="run-options">
        <span>Run options</span>
        <span class="hint" data-testid="run-options-summary">
          <Summary />
        </span>
      </Disclosure>
      {isOpen.value ? <Options /> : null}
    </section>
  );
}

/** What is set, in a few words. */
function Summary(): JSX.Element {
  const panel = usePanel();
  const request = useRequest();
  const seconds = request.timeoutSeconds.value ?? panel.state.value?.defaultTimeoutSeconds ?? 30;
  const { options, problems } = readRunOptions(request.options.value);
  const variables = Object.keys(options.environment).length;
  const words = [
    seconds === 0 ? "no time limit" : `timeout ${seconds.toLocaleString("en")} s`,
    options.profile === null ? "" : `profile ${options.profile}`,
    options.features.length === 0 ? "" : `features ${options.features.join(", ")}`,
    variables === 0 ? "" : variables === 1 ? "1 variable" : `${String(variables)} variables`,
    options.workingDirectory === null ? "" : `in ${options.workingDirectory}`,
    options.memoryLimit === undefined
      ? ""
      : options.memoryLimit === null
        ? "no memory limit"
        : `memory ${request.options.value.memory.trim()}`,
    problems.size === 0 ? "" : "not right yet",
  ];
  return <>{words.filter(Boolean).join(" · ")}</>;
}

function Options(): JSX.Element {
  const panel = usePanel();
  const request = useRequest();
  const state = panel.state.value;
  const isBuilt = (state?.plugin ?? request.plugin).library?.file === undefined;
  const { problems } = readRunOptions(request.options.value);
  return (
    <div class="run-options-body" id="run-options">
      <TimeoutOption fallback={state?.defaultTimeoutSeconds ?? 30} />
      {isBuilt ? (
        <>
          <TextOption
            name="profile"
            label="Profile"
            placeholder={state?.profile ?? "dev"}
            hint="dev, release, or one of Cargo.toml"
            problem={problems.get("profile")}
          />
          <TextOption
            name="features"
            label="Features"
            hint="of the plugin's package, commas between them"
            problem={problems.get("features")}
          />
        </>
      ) : null}
      <SwitchOption
        variable="RUST_LOG"
        label="RUST_LOG"
        values={["", "error", "warn", "info", "debug", "trace"]}
      />
      <SwitchOption variable="RUST_BACKTRACE" label="Backtrace" values={["", "0", "1", "full"]} />
      <EnvironmentOption problem={problems.get("environment")} />
      <TextOption
        name="workingDirectory"
        label="Working directory"
        placeholder="the package's folder"
        problem={problems.get("workingDirectory")}
      >
        <button
          type="button"
          class="text-button"
          data-testid="option-pick-folder"
          onClick={() => {
            void panel.extension.pickFolder().then((folder) => {
              if (folder !== null) {
                setOption(request, "workingDirectory", folder);
              }
            });
          }}
        >
          Choose…
        </button>
      </TextOption>
      <TextOption
        name="memory"
        label="Memory"
        placeholder="as the settings say"
        hint="512MiB, 2GiB, none; Linux keeps it"
        problem={problems.get("memory")}
      />
      {request.method.stream === "none" ? (
        <>
          <TextOption
            name="repeat"
            label="Repeat"
            placeholder="100"
            hint="calls, or a time: 5s"
            problem={problems.get("repeat")}
          />
          <TextOption
            name="warmUp"
            label="Warm-up"
            placeholder="10"
            hint="calls that do not count"
            problem={problems.get("warmUp")}
          />
        </>
      ) : null}
      <p class="hint run-option-note">
        Kept for this method. Variables, folder and memory of their own mean a process of its own:
        it has its own state, instances too.
      </p>
    </div>
  );
}

function setOption(request: RequestStore, name: keyof RunOptionTexts, text: string): void {
  request.options.value = { ...request.options.value, [name]: text };
}

interface OptionProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly children?: ComponentChildren;
}

/** Label, control, and what is wrong or what may be written. */
function Option({
  id,
  label,
  hint,
  problem,
  children,
}: OptionProps & { readonly id: string }): JSX.Element {
  return (
    <div class="run-option">
      <label for={id}>{label}</label>
      <div class="run-option-control">{children}</div>
      {problem !== undefined ? (
        <span class="field-message run-option-hint" id={`${id}-hint`} data-testid={`${id}-problem`}>
          <Icon name="error" />
          {problem}
        </span>
      ) : hint === undefined ? null : (
        <span class="hint run-option-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}

function TextOption({
  name,
  placeholder,
  children,
  ...shown
}: OptionProps & {
  readonly name: keyof RunOptionTexts;
  readonly placeholder?: string;
}): JSX.Element {
  const request = useRequest();
  const id = `option-${name}`;
  return (
    <Option id={id} {...shown}>
      <input
        type="text"
        id={id}
        class="input mono"
        data-testid={id}
        placeholder={placeholder}
        spellcheck={false}
        autocomplete="off"
        value={request.options.value[name]}
        title={request.options.value[name]}
        aria-describedby={
          shown.problem === undefined && shown.hint === undefined ? undefined : `${id}-hint`
        }
        aria-invalid={shown.problem === undefined ? undefined : "true"}
        onInput={(event) => {
          setOption(request, name, event.currentTarget.value);
        }}
      />
      {children}
    </Option>
  );
}

/** A variable of Rust's own, as a list of its usual values; another one that was written stays. */
function SwitchOption({
  variable,
  label,
  values,
}: {
  readonly variable: string;
  readonly label: string;
  readonly values: readonly string[];
}): JSX.Element {
  const request = useRequest();
  const { environment } = request.options.value;
  const value = writtenVariable(environment, variable) ?? "";
  const id = `option-${variable}`;
  const all = values.includes(value) ? values : [...values, value];
  return (
    <Option id={id} label={label}>
      <SelectBox
        id={id}
        label={label}
        options={all.map((each) => ({
          value: each,
          label: each === "" ? "as the settings say" : each,
        }))}
        value={value}
        describedBy={undefined}
        isInvalid={false}
        testId={id}
        onChange={(next) => {
          setOption(request, "environment", withVariable(environment, variable, next));
        }}
      />
    </Option>
  );
}

function EnvironmentOption({ problem }: { readonly problem: string | undefined }): JSX.Element {
  const request = useRequest();
  const id = "option-environment";
  const { environment } = request.options.value;
  const lines = environment.split("\n").length;
  return (
    <Option id={id} label="Environment" hint="NAME=value a line" problem={problem}>
      <textarea
        id={id}
        class="input mono textarea"
        data-testid={id}
        rows={Math.min(6, Math.max(2, lines))}
        spellcheck={false}
        value={environment}
        aria-describedby={`${id}-hint`}
        aria-invalid={problem === undefined ? undefined : "true"}
        onInput={(event) => {
          setOption(request, "environment", event.currentTarget.value);
        }}
      />
    </Option>
  );
}

function TimeoutOption({ fallback }: { readonly fallback: number }): JSX.Element {
  const request = useRequest();
  const chosen = request.timeoutSeconds.value;
  const typed = useSignal<string | null>(null);
  const text = typed.value ?? (chosen === null ? "" : String(chosen));
  const isInvalid = text.trim() !== "" && !/^\d{1,6}(\.\d+)?$/.test(text.trim());
  return (
    <Option
      id="timeout"
      label="Timeout in seconds"
      hint={`0 is no limit. Empty takes the setting, ${String(fallback)} s.`}
    >
      <input
        type="text"
        id="timeout"
        class="input mono input-short"
        inputMode="decimal"
        data-testid="timeout"
        placeholder={String(fallback)}
        value={text}
        aria-describedby="timeout-hint"
        aria-invalid={isInvalid ? "true" : undefined}
        onInput={(event) => {
          const next = event.currentTarget.value.trim();
          typed.value = event.currentTarget.value;
          if (next === "") {
            request.timeoutSeconds.value = null;
          } else if (/^\d{1,6}(\.\d+)?$/.test(next)) {
            request.timeoutSeconds.value = Number(next);
          }
        }}
        onBlur={() => {
          typed.value = null;
        }}
      />
    </Option>
  );
}
