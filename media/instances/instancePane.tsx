// In the place of the request while a configuration is written: its name, its form and JSON, and the button that builds it.

import { h, type JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { usePanel } from "../panelStore.ts";
import { RequestBody } from "../request/requestView.tsx";
import { RequestContext } from "../request/requestStore.ts";
import type { InstanceEditor } from "./editorState.ts";
import { closeInstanceEditor, submitInstance } from "./instanceEditor.ts";

export function InstancePane({ editor }: { editor: InstanceEditor }): JSX.Element {
  const panel = usePanel();
  const name = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    name.current?.focus();
  }, [editor]);
  return h(
    RequestContext.Provider,
    { value: editor.request },
    <section
      class="pane request"
      id="narrow-panel-request"
      aria-labelledby="request-heading"
      data-testid="instance-editor"
    >
      <RequestBody
        heading={editor.id === null ? "New Instance" : `Configuration of ${editor.name.value}`}
      >
        {editor.id === null ? (
          <label class="instance-name-row">
            <span>Name</span>
            <input
              ref={name}
              class="input"
              type="text"
              data-testid="instance-name"
              placeholder="made from the configuration"
              value={editor.name.value}
              onInput={(event) => {
                editor.name.value = event.currentTarget.value;
              }}
            />
          </label>
        ) : null}
      </RequestBody>
      <div class="invoke-bar">
        <div class="invoke-row">
          <vscode-button
            data-testid="build-instance"
            onClick={() => {
              submitInstance(panel, editor);
            }}
          >
            Build Instance
          </vscode-button>
          <vscode-button
            secondary
            data-testid="cancel-instance"
            onClick={() => {
              closeInstanceEditor(panel);
            }}
          >
            Close
          </vscode-button>
          <span class="hint">The configuration is kept in this workspace.</span>
        </div>
      </div>
    </section>,
  );
}
