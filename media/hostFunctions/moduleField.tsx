// The path of a module that answers host functions, with the file dialog and the way to its text.

import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import type { PanelHostProblem } from "../../src/protocol/panelHostFunctions.ts";
import { Message } from "../form/message.tsx";
import { usePanel } from "../panelStore.ts";

interface ModuleFieldProps {
  readonly id: string;
  readonly label: string;
  readonly text: Signal<string>;
  readonly problems: readonly PanelHostProblem[];
  /** Shown while there is no path. */
  readonly missing?: string;
  /** Writes what was typed at once. */
  readonly onDone: () => void;
}

export function ModuleField(props: ModuleFieldProps): JSX.Element {
  const { id, label, text, problems, missing, onDone } = props;
  const { extension } = usePanel();
  const message = text.value.trim() === "" ? missing : problems[0]?.message;
  const choose = async (): Promise<void> => {
    const file = await extension.pickModule();
    if (file !== null) {
      text.value = file;
      onDone();
    }
  };
  return (
    <div class="field-body">
      <div class="control-row">
        <input
          id={id}
          type="text"
          class="input mono input-grow"
          data-testid="host-module"
          value={text.value}
          placeholder="./answers.mjs"
          spellcheck={false}
          aria-label={label}
          aria-describedby={message === undefined ? undefined : `${id}:message`}
          aria-invalid={message === undefined ? undefined : "true"}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
          onBlur={onDone}
        />
        <button
          type="button"
          class="text-button"
          data-testid="choose-module"
          aria-label={`Choose a file: ${label}`}
          onClick={() => {
            void choose();
          }}
        >
          Choose…
        </button>
        <button
          type="button"
          class="text-button"
          data-testid="open-module"
          aria-label={`Open: ${label}`}
          disabled={text.value.trim() === ""}
          onClick={() => {
            void extension.hostFunctions({ kind: "openModule", module: text.value });
          }}
        >
          Open
        </button>
      </div>
      {message === undefined ? null : <Message id={`${id}:message`} text={message} />}
    </div>
  );
}
