// A PluginError: its message, its details as a tree when they are JSON, and the way to the method.

import { manyLines } from "../../../src/model/text/foreignText.ts";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { parseJson } from "../../../src/model/value/losslessJson.ts";
import type { CallResult } from "../../../src/model/outcome.ts";
import { usePanel } from "../../panelStore.ts";
import type { OutcomeBody } from "../outcomeBody.ts";
import { TreeResult } from "../tree/resultTree.tsx";
import { copiedText } from "../tree/copiedText.ts";
import { textNode } from "../tree/treeNode.ts";
import { ValueTree } from "../tree/valueTree.tsx";

export function PluginErrorBody({
  result,
  body,
}: {
  result: Extract<CallResult, { kind: "pluginError" }>;
  body: OutcomeBody;
}): JSX.Element {
  const { extension } = usePanel();
  const { error } = result;
  return (
    <div class="failure" data-testid="failure">
      {error === undefined ? (
        <TreeResult body={body} label="Error value" />
      ) : (
        <>
          <p class="failure-text" data-testid="failure-message">
            {manyLines(error.message)}
          </p>
          {error.details === null ? null : <Details text={error.details} />}
        </>
      )}
      <div class="actions">
        <vscode-button
          secondary
          data-testid="action-goToImpl"
          onClick={() => {
            extension.action("goToImpl");
          }}
        >
          Go to Implementation
        </vscode-button>
      </div>
    </div>
  );
}

/** A PluginError's details: a tree when they are JSON, else the text. */
function Details({ text }: { text: string }): JSX.Element {
  const { extension, selectedPointer } = usePanel();
  const parsed = useMemo(() => parseJson(text), [text]);
  const isTree = parsed.ok && typeof parsed.value.value === "object" && parsed.value.value !== null;
  return (
    <section aria-label="Details">
      <h3 class="log-name">Details</h3>
      {isTree ? (
        <ValueTree
          root={textNode(text, parsed.value, "details")}
          label="Details"
          testId="details-tree"
          selectedPointer={selectedPointer.value}
          onSelect={(node) => {
            selectedPointer.value = node.pointer;
          }}
          onCopy={(node) => {
            extension.copyText(copiedText(node));
          }}
        />
      ) : (
        <pre class="failure-text mono" data-testid="details-text">
          {text}
        </pre>
      )}
    </section>
  );
}
