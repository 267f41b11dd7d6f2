// A JSON text in CodeMirror, which is loaded when the first one is shown; until then the text stands in a plain box.

import { effect, useSignal, type ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { EditorHandle, EditorProblem } from "./codeMirror.ts";

interface JsonEditorProps {
  readonly label: string;
  readonly testId: string;
  /**
   * What it shows. A signal, because a text that took the way through drawing could arrive late and undo what was typed
   * in the meantime.
   */
  readonly text: ReadonlySignal<string>;
  readonly problems?: readonly EditorProblem[];
  /** Each new number brings the focus to the first problem. */
  readonly focusRequest?: number;
  /** Absent for a text that is only shown. */
  readonly onChange?: (text: string) => void;
  readonly onBlur?: () => void;
  /** Receives the editor while there is one. */
  readonly handle?: { current: EditorHandle | null };
}

export function JsonEditor(props: JsonEditorProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorHandle | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const isLoaded = useSignal(false);

  useEffect(() => {
    let isGone = false;
    void import("./codeMirror.ts").then(({ createEditor }) => {
      if (!isGone && host.current !== null) {
        const { label, text, onChange, handle } = latest.current;
        editor.current = createEditor(host.current, {
          label,
          text: text.peek(),
          isReadOnly: onChange === undefined,
          onChange: (changed) => latest.current.onChange?.(changed),
          onBlur: () => latest.current.onBlur?.(),
        });
        if (handle !== undefined) {
          handle.current = editor.current;
        }
        editor.current.setProblems(latest.current.problems ?? []);
        isLoaded.value = true;
      }
    });
    return () => {
      isGone = true;
      if (latest.current.handle !== undefined) {
        latest.current.handle.current = null;
      }
      editor.current?.dispose();
      editor.current = null;
    };
  }, []);

  useLayoutEffect(
    () =>
      effect(() => {
        editor.current?.setText(props.text.value);
      }),
    [props.text, isLoaded.value],
  );
  useEffect(() => {
    editor.current?.setProblems(props.problems ?? []);
  }, [props.problems]);
  useEffect(() => {
    if ((props.focusRequest ?? 0) > 0) {
      editor.current?.focusProblem();
    }
  }, [props.focusRequest, isLoaded.value]);

  return (
    <div class="json-editor" data-testid={props.testId} data-loaded={isLoaded.value}>
      <div class="json-editor-host" ref={host} />
      {isLoaded.value ? null : (
        <pre class="json-editor-wait mono">{props.text.value.slice(0, 4000)}</pre>
      )}
    </div>
  );
}
