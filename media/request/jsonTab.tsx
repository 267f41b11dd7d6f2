// The request as JSON text, and below it what is wrong with it. A field too many or too few can be mended with a click; the
// change is one of the editor, so that Ctrl+Z takes it back.

import type { JSX } from "preact";
import { useMemo, useRef } from "preact/hooks";
import type { EditorHandle } from "../json/codeMirror.ts";
import { JsonEditor } from "../json/jsonEditor.tsx";
import { usePanel } from "../panelStore.ts";
import type { TextProblem } from "./argumentsText.ts";
import { focusProblem } from "./focusProblem.ts";
import { useRequest, type RequestStore } from "./requestStore.ts";
import { createFixFinder, editOfFix, type TextFix } from "./textFix.ts";

const maxListed = 20;

export function JsonTab(): JSX.Element {
  const request = useRequest();
  const editor = useRef<EditorHandle | null>(null);
  const problems = request.textProblems.value;
  return (
    <div class="json-tab">
      <JsonEditor
        label="Arguments as JSON"
        testId="json-editor"
        text={request.jsonText}
        problems={problems}
        focusRequest={request.focusText.value}
        handle={editor}
        onChange={(text) => {
          request.setJsonText(text);
        }}
        onBlur={() => {
          request.settle();
        }}
      />
      {problems.length > 0 ? (
        <TextProblems problems={problems} editor={editor} />
      ) : (
        <ValueProblems />
      )}
    </div>
  );
}

interface TextProblemsProps {
  readonly problems: readonly TextProblem[];
  readonly editor: { readonly current: EditorHandle | null };
}

function TextProblems({ problems, editor }: TextProblemsProps): JSX.Element {
  const request = useRequest();
  const list = useRef<HTMLUListElement>(null);
  const fixes = useMemo(() => {
    const find = createFixFinder(request.method, request.types, request.jsonText.peek());
    return problems.slice(0, maxListed).map((problem) => find(problem.pointer));
  }, [request, problems]);

  const mend = (pointer: string, index: number) => {
    if (editor.current !== null) {
      mendProblem(request, editor.current, pointer);
      focusNext(list, editor.current, index);
    }
  };
  return (
    <ul
      class="json-problems"
      aria-label="Problems of the JSON text"
      data-testid="json-problems"
      ref={list}
      onKeyDown={(event) => {
        const isUndo = event.key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
        if (isUndo && editor.current !== null) {
          event.preventDefault();
          editor.current.undo();
          editor.current.focus();
        }
      }}
    >
      {problems.slice(0, maxListed).map((problem, index) => (
        <li key={`${problem.pointer} ${problem.message}`}>
          <span class="mono">
            {problem.line}:{problem.column}
          </span>
          <span class="json-problem-text">{problem.message}</span>
          <FixButton
            fix={fixes[index]}
            onClick={() => {
              mend(problem.pointer, index);
            }}
          />
        </li>
      ))}
    </ul>
  );
}

function FixButton({
  fix,
  onClick,
}: {
  fix: TextFix | undefined;
  onClick: () => void;
}): JSX.Element | null {
  if (fix === undefined) {
    return null;
  }
  const label = fix.kind === "remove" ? "Remove" : "Add default";
  return (
    <button
      type="button"
      class="text-button fix-button"
      data-testid="fix-json"
      aria-label={`${label}: ${fix.name}`}
      onClick={onClick}
    >
      {label}
    </button>
  );
}

/** Does what mends the problem at `pointer` in the text as it is by now. */
function mendProblem(request: RequestStore, editor: EditorHandle, pointer: string): void {
  const { method, types } = request;
  const text = request.jsonText.value;
  const fix = createFixFinder(method, types, text)(pointer);
  const edit = fix === undefined ? undefined : editOfFix(fix, types, text);
  if (edit !== undefined) {
    editor.applyEdit(edit);
    request.settle();
  }
}

/** The problem is gone and its button with it: the next button takes the focus, or the editor after the last one. */
function focusNext(
  list: { readonly current: HTMLElement | null },
  editor: EditorHandle,
  index: number,
): void {
  requestAnimationFrame(() => {
    const rows = [...(list.current?.children ?? [])];
    const buttons = [...rows.slice(index), ...rows.slice(0, index)].flatMap((row) => [
      ...row.querySelectorAll("button"),
    ]);
    const [next] = buttons;
    if (next === undefined) {
      editor.focus();
    } else {
      next.focus();
    }
  });
}

/** What a vain Invoke found in a value that the form made. */
function ValueProblems(): JSX.Element | null {
  const request = useRequest();
  const panel = usePanel();
  const problems = request.hasTriedInvoke.value ? [...request.problems.value] : [];
  return problems.length === 0 ? null : (
    <ul class="json-problems" aria-label="Problems of the JSON text" data-testid="json-problems">
      {problems.slice(0, maxListed).map(([pointer, message]) => (
        <li key={pointer}>
          <span class="mono">{pointer}</span>
          <button
            type="button"
            class="link-button"
            onClick={() => {
              focusProblem(panel, request, pointer);
            }}
          >
            {message}
          </button>
        </li>
      ))}
    </ul>
  );
}
