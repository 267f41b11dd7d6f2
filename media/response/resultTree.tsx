// The tree of a value, with the bytes of its selected part below.

import type { JSX } from "preact";
import { usePanel } from "../panelStore.ts";
import { bytesToHex } from "../values/bytesText.ts";
import { pointerLabel } from "../values/pointer.ts";
import type { OutcomeBody } from "./outcomeBody.ts";
import { copiedText } from "./copiedText.ts";
import { ValueTree } from "./valueTree.tsx";

export function TreeResult({
  body,
  label,
}: {
  body: OutcomeBody;
  label: string;
}): JSX.Element | null {
  const { selectedPointer, extension } = usePanel();
  if (body.tree === undefined) {
    return null;
  }
  return (
    <>
      <ValueTree
        root={body.tree}
        label={label}
        testId="tree"
        selectedPointer={selectedPointer.value}
        onSelect={(node) => {
          selectedPointer.value = node.pointer;
        }}
        onCopy={(node) => {
          extension.copyText(copiedText(node));
        }}
      />
      <ByteStrip body={body} />
    </>
  );
}

const stripBytes = 16;

/** The bytes of the selected part, under the tree. */
function ByteStrip({ body }: { body: OutcomeBody }): JSX.Element | null {
  const { selectedPointer, responseTab } = usePanel();
  const range = body.ranges.find((each) => each.pointer === selectedPointer.value);
  if (range === undefined || body.bytes === undefined) {
    return null;
  }
  const size = range.end - range.start;
  const shown = body.bytes.subarray(range.start, Math.min(range.end, range.start + stripBytes));
  return (
    <div class="byte-strip" data-testid="byte-strip">
      <span class="byte-strip-name">{pointerLabel(range.pointer) || "whole value"}</span>
      <span class="hint">
        {size.toLocaleString("en")} {size === 1 ? "byte" : "bytes"} at {range.start}
      </span>
      <code class="mono">
        {bytesToHex(shown)}
        {size > stripBytes ? " …" : ""}
      </code>
      <button
        type="button"
        class="link-button"
        data-testid="show-in-hex"
        onClick={() => {
          responseTab.value = "hex";
        }}
      >
        Show in Hex
      </button>
    </div>
  );
}
