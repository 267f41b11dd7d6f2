// CodeMirror set up as VS Code's editor looks: JSON colours, brackets, folding, search by the webview's own find widget,
// problems as squiggles. A chunk of its own, loaded on demand.

import {
  defaultKeymap,
  history,
  historyKeymap,
  indentLess,
  indentMore,
  isolateHistory,
  undo,
} from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { Annotation, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

export interface EditorProblem {
  readonly offset: number;
  readonly end: number;
  readonly message: string;
}

/** Puts `insert` in the place of the text from `from` to `to`. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

export interface EditorOptions {
  readonly label: string;
  readonly text: string;
  readonly isReadOnly: boolean;
  readonly onChange: (text: string) => void;
  readonly onBlur: () => void;
}

export interface EditorHandle {
  /** Shows `text`; what stays the same keeps its place, selection and undo. */
  setText(text: string): void;
  setProblems(problems: readonly EditorProblem[]): void;
  /** A change as if it was typed: the user can undo it. */
  applyEdit(edit: TextEdit): void;
  undo(): void;
  focus(): void;
  focusProblem(): void;
  dispose(): void;
}

/** Marks changes that the form wrote: they are not the user's typing here. */
const fromOutside = Annotation.define<boolean>();

const colours = HighlightStyle.define([
  { tag: tags.propertyName, class: "token-property" },
  { tag: tags.string, class: "token-string" },
  { tag: tags.number, class: "token-number" },
  { tag: [tags.bool, tags.null], class: "token-keyword" },
  { tag: tags.invalid, class: "token-invalid" },
]);

const theme = EditorView.theme({
  "&": {
    color: "var(--vscode-editor-foreground)",
    backgroundColor: "var(--vscode-editor-background)",
    height: "100%",
    fontSize: "var(--vscode-editor-font-size, 13px)",
  },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "var(--vscode-editor-font-family, monospace)",
    lineHeight: "1.5",
    overflow: "auto",
  },
  ".cm-content": { caretColor: "var(--vscode-editorCursor-foreground)", padding: "6px 0" },
  ".cm-cursor": {
    borderLeftColor: "var(--vscode-editorCursor-foreground)",
    borderLeftWidth: "2px",
  },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: "var(--vscode-editor-selectionBackground)",
  },
  ".cm-selectionBackground": {
    backgroundColor: "var(--vscode-editor-inactiveSelectionBackground)",
  },
  ".cm-activeLine": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": {
    backgroundColor: "var(--vscode-editor-lineHighlightBackground, transparent)",
  },
  ".cm-gutters": {
    color: "var(--vscode-descriptionForeground)",
    backgroundColor: "var(--vscode-editor-background)",
    border: "none",
  },
  ".cm-foldPlaceholder": {
    color: "var(--vscode-descriptionForeground)",
    background: "none",
    border: "none",
  },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--vscode-editorBracketMatch-background)",
    outline: "1px solid var(--vscode-editorBracketMatch-border, transparent)",
  },
  ".cm-tooltip": {
    color: "var(--vscode-editorHoverWidget-foreground)",
    backgroundColor: "var(--vscode-editorHoverWidget-background)",
    border: "1px solid var(--vscode-editorHoverWidget-border)",
  },
  ".cm-diagnostic": { borderLeft: "none", padding: "4px 8px" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--vscode-editorError-foreground)",
    textDecorationSkipInk: "none",
    textUnderlineOffset: "3px",
  },
  ".cm-lint-marker-error": { content: "none" },
  ".cm-gutter-lint": { display: "none" },
});

/** All keys of an editor but those that are the panel's own. */
const keys = keymap.of([
  ...defaultKeymap.filter((binding) => binding.key !== "Mod-Enter" && !isAltArrow(binding.key)),
  ...historyKeymap,
  ...foldKeymap,
  // Tab leaves the editor (no key trap); Ctrl+] and Ctrl+[ indent.
  { key: "Mod-]", run: indentMore },
  { key: "Mod-[", run: indentLess },
]);

function isAltArrow(key: string | undefined): boolean {
  return key === "Alt-ArrowLeft" || key === "Alt-ArrowRight";
}

function extensionsOf(options: EditorOptions): Extension[] {
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
  return [
    EditorView.cspNonce.of(nonce),
    EditorView.contentAttributes.of({ "aria-label": options.label }),
    EditorView.lineWrapping,
    EditorState.readOnly.of(options.isReadOnly),
    indentUnit.of("  "),
    lineNumbers(),
    // What would turn the reading direction, or cannot be seen, is drawn as a mark; the text stays as it is.
    highlightSpecialChars({ addSpecialChars: /[\u202a-\u202c\u2068]/gu }),
    history(),
    json(),
    syntaxHighlighting(colours),
    bracketMatching(),
    codeFolding(),
    foldGutter(),
    lintGutter(),
    drawSelection(),
    highlightActiveLine(),
    keys,
    theme,
    EditorView.updateListener.of((update) => {
      const isOurs = update.transactions.every((each) => each.annotation(fromOutside) === true);
      if (update.docChanged && !isOurs) {
        options.onChange(update.state.doc.toString());
      }
    }),
    EditorView.domEventHandlers({ blur: options.onBlur }),
  ];
}

export function createEditor(parent: HTMLElement, options: EditorOptions): EditorHandle {
  const view = new EditorView({
    parent,
    state: EditorState.create({ doc: options.text, extensions: extensionsOf(options) }),
  });
  let problems: readonly EditorProblem[] = [];

  const showProblems = () => {
    const { length } = view.state.doc;
    const diagnostics = problems.map((problem) => {
      const from = Math.min(problem.offset, length);
      return {
        from,
        to: Math.min(Math.max(problem.end, from), length),
        severity: "error" as const,
        message: problem.message,
      };
    });
    view.dispatch(setDiagnostics(view.state, diagnostics));
  };

  return {
    setText: (text) => {
      const change = smallestChange(view.state.doc.toString(), text);
      if (change !== undefined) {
        view.dispatch({ changes: change, annotations: fromOutside.of(true) });
      }
    },
    setProblems: (next) => {
      problems = next;
      showProblems();
    },
    applyEdit: (edit) => {
      const end = edit.from + edit.insert.length;
      view.dispatch({
        changes: edit,
        selection: { anchor: end },
        annotations: isolateHistory.of("full"),
        scrollIntoView: true,
      });
    },
    undo: () => {
      undo(view);
    },
    focus: () => {
      view.focus();
    },
    focusProblem: () => {
      view.focus();
      const at = Math.min(problems[0]?.offset ?? 0, view.state.doc.length);
      view.dispatch({ selection: { anchor: at }, scrollIntoView: true });
    },
    dispose: () => {
      view.destroy();
    },
  };
}

function smallestChange(before: string, after: string): TextEdit | undefined {
  if (before === after) {
    return undefined;
  }
  const limit = Math.min(before.length, after.length);
  let start = 0;
  while (start < limit && before[start] === after[start]) {
    start++;
  }
  let end = 0;
  while (end < limit - start && before[before.length - 1 - end] === after[after.length - 1 - end]) {
    end++;
  }
  return {
    from: start,
    to: before.length - end,
    insert: after.slice(start, after.length - end),
  };
}
