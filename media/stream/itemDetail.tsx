// The active row's item as a tree, asked of the extension when the row becomes active.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { inputItemType, outputItemType } from "../../src/codec/method/streamItems.ts";
import type { StreamItemValue } from "../../src/protocol/panelStream.ts";
import { usePanel } from "../panelStore.ts";
import { noPlaces } from "../response/bytePlaces.ts";
import { HexView } from "../response/hexView.tsx";
import { copiedText } from "../response/tree/copiedText.ts";
import { typedNode } from "../response/tree/treeNode.ts";
import { ValueTree } from "../response/tree/valueTree.tsx";

export function ItemDetail(): JSX.Element | null {
  const { stream, extension, request } = usePanel();
  const sequence = stream.active.value;
  const item = useSignal<{ sequence: number; value: StreamItemValue | null } | null>(null);
  const selected = useSignal("");
  useEffect(() => {
    if (sequence === null) {
      return;
    }
    let isLate = false;
    void extension.streamValue(sequence).then((value) => {
      if (!isLate) {
        item.value = { sequence, value };
        selected.value = "";
      }
    });
    return () => {
      isLate = true;
    };
  }, [sequence]);
  const row = stream.rows.value.find((each) => each.sequence === sequence);
  const shown = item.value;
  const method = request.value?.method;
  const tree = useMemo(() => {
    if (shown?.value?.value === undefined || shown.value.problem !== null || method === undefined) {
      return undefined;
    }
    const type = row?.direction === "in" ? inputItemType(method) : outputItemType(method);
    return typedNode(type, request.value?.types ?? {}, shown.value.value);
  }, [shown, method]);
  if (sequence === null || shown?.sequence !== sequence) {
    return null;
  }
  return (
    <div class="stream-detail" data-testid="stream-detail">
      {shown.value === null ? (
        <p class="hint">This item is not kept any more: newer ones took its place.</p>
      ) : tree === undefined ? (
        <>
          <p class="hint">{shown.value.problem}</p>
          <HexView
            bytes={new Uint8Array(shown.value.bytes)}
            places={noPlaces}
            totalBytes={shown.value.bytes.length}
            markedOffset={undefined}
          />
        </>
      ) : (
        <>
          {shown.value.note === undefined ? null : <p class="hint">{shown.value.note}</p>}
          <ValueTree
            key={sequence}
            root={tree}
            label="Item"
            testId="stream-tree"
            selectedPointer={selected.value}
            onSelect={(node) => {
              selected.value = node.pointer;
            }}
            onCopy={(node) => {
              extension.copyText(copiedText(node));
            }}
          />
        </>
      )}
    </div>
  );
}
