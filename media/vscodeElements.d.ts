// Types the vscode-* elements in JSX from their own classes: a misspelt element or property does not compile.

import type { JSX as PreactJSX } from "preact";

type VscodeElementName = Extract<keyof HTMLElementTagNameMap, `vscode-${string}`>;

type VscodeElementProps<E extends HTMLElement> = PreactJSX.HTMLAttributes<E> &
  Partial<Omit<E, keyof HTMLElement>>;

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements extends Record<never, never> {
      "vscode-button": VscodeElementProps<HTMLElementTagNameMap["vscode-button"]>;
      "vscode-badge": VscodeElementProps<HTMLElementTagNameMap["vscode-badge"]>;
      "vscode-progress-bar": VscodeElementProps<HTMLElementTagNameMap["vscode-progress-bar"]>;
      "vscode-single-select": VscodeElementProps<HTMLElementTagNameMap["vscode-single-select"]>;
      "vscode-option": VscodeElementProps<HTMLElementTagNameMap["vscode-option"]>;
    }
  }
}

export type { VscodeElementName };
