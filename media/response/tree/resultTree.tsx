// The tree of a value, with the bytes of its selected part below.

import type { JSX } from "preact";
import type { ResultDocument } from "../../../src/protocol/panel.ts";
import { longestCopied } from "../../long/longNode.ts";
import { usePanel } from "../../panelStore.ts";
import { bytesToHex } from "../../values/bytesText.ts";
import { pointerLabel } from "../../values/pointer.ts";
import type { OutcomeBody } from "../outcomeBody.ts";
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
          const text = copiedText(node);
          if (text.length > longestCopied) {
            extension.keepResult("file");
          } else {
            extension.copyText(text);
          }
        }}
        bytesOf={({ pointer }) => hexOf(body, pointer)}
        tools={<KeepTools />}
      />
      <ByteStrip body={body} />
    </>
  );
}

/** More bytes are saved, not copied. */
const longestHex = 512 * 1024;

function hexOf({ places, bytes }: OutcomeBody, pointer: string): string | undefined {
  const range = places.of(pointer);
  return range === undefined || bytes === undefined || range.end - range.start > longestHex
    ? undefined
    : bytesToHex(bytes.subarray(range.start, range.end));
}

/** Where else the result can go. */
function KeepTools(): JSX.Element {
  const { extension } = usePanel();
  const tools: readonly (readonly [ResultDocument, string, string])[] = [
    ["file", "Save As…", "Save the result as JSON or as its bytes"],
    ["editor", "Open in Editor", "Open the result as a JSON document"],
    ["hexEditor", "Open in Hex Editor…", "Save the result's bytes and open them in Hex Editor"],
  ];
  return (
    <>
      {tools.map(([as, label, title]) => (
        <button
          key={as}
          type="button"
          class="text-button"
          title={title}
          data-testid={`keep-${as}`}
          onClick={() => {
            extension.keepResult(as);
          }}
        >
          {label}
        </button>
      ))}
    </>
  );
}

const stripBytes = 16;

/** The bytes of the selected part, under the tree. */
function ByteStrip({ body }: { body: OutcomeBody }): JSX.Element | null {
  const { selectedPointer, responseTab } = usePanel();
  const range = body.places.of(selectedPointer.value);
  if (range === undefined || body.bytes === undefined) {
    return null;
  }
  const size = range.end - range.start;
  const shown = body.bytes.subarray(range.start, Math.min(range.end, range.start + stripBytes));
  return (
    <div class="byte-strip" data-testid="byte-strip">
      <span class="byte-strip-name">{pointerLabel(range.pointer) || "whole value"}</span>
      <span class="hint">
        {size.toLocaleString("en")} {size === 1 ? "byte" : "bytes"} at{" "}
        {range.start.toLocaleString("en")}
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
