// Types the vscode-* elements in JSX from their own classes: a misspelt element or property does not compile.

import type { HTMLAttributes } from "preact";

type ElementProps<E extends HTMLElement> = HTMLAttributes<E> & Partial<Omit<E, keyof HTMLElement>>;

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "vscode-badge": ElementProps<HTMLElementTagNameMap["vscode-badge"]>;
      "vscode-button": ElementProps<HTMLElementTagNameMap["vscode-button"]>;
      "vscode-progress-bar": ElementProps<HTMLElementTagNameMap["vscode-progress-bar"]>;
    }
  }
}
