// A doc comment: its Markdown as text with code.

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { docBlocks, type DocBlock, type DocSpan } from "./docText.ts";

interface DocProps {
  readonly text: string;
  readonly class: string;
  readonly id?: string | undefined;
  readonly testId?: string;
}

export function Doc({ text, id, testId, ...props }: DocProps): JSX.Element {
  const blocks = useMemo(() => docBlocks(text), [text]);
  return (
    <div class={`doc ${props.class}`} id={id} data-testid={testId}>
      {blocks.map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </div>
  );
}

function Block({ block }: { block: DocBlock }): JSX.Element {
  switch (block.kind) {
    case "code":
      return <pre class="mono">{block.text}</pre>;
    case "heading":
      return (
        <p>
          <strong>
            <Spans spans={block.spans} />
          </strong>
        </p>
      );
    case "item":
      return (
        <p class="doc-item">
          <Spans spans={block.spans} />
        </p>
      );
    case "paragraph":
      return (
        <p>
          <Spans spans={block.spans} />
        </p>
      );
  }
}

function Spans({ spans }: { spans: readonly DocSpan[] }): JSX.Element {
  return (
    <>
      {spans.map(({ kind, text }, index) =>
        kind === "code" ? (
          <code key={index}>{text}</code>
        ) : kind === "strong" ? (
          <strong key={index}>{text}</strong>
        ) : (
          text
        ),
      )}
    </>
  );
}
