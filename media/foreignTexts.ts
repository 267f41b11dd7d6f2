// What others wrote is text on this page, wherever it is drawn: every text and every label that Preact makes a node of passes the
// function for foreign text, so that no place can forget to ask for it.

import { options, type VNode } from "preact";
import { manyLines } from "../src/model/text/foreignText.ts";

/** Attributes that are read by people. */
const labels = ["title", "aria-label", "aria-description", "placeholder", "alt"] as const;

/** Of all nodes that are made from now on. What is typed or copied is not touched: values are properties, no texts. */
export function showForeignTexts(): void {
  const before = options.vnode?.bind(options);
  options.vnode = (node) => {
    before?.(node);
    // A text is a node without a type, whose properties are the text itself.
    const parts = node as unknown as { type: unknown; props: unknown };
    if (typeof parts.props === "string") {
      parts.props = manyLines(parts.props);
    } else if (typeof parts.type === "string") {
      escapeLabels(node);
    }
  };
}

function escapeLabels({ props }: VNode): void {
  const attributes = props as Record<string, unknown>;
  for (const label of labels) {
    const text = attributes[label];
    if (typeof text === "string") {
      attributes[label] = manyLines(text);
    }
  }
}
