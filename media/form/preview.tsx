// A few words on a block's value in its heading: how many items, which variant, and when closed the value in short.

import type { JSX } from "preact";
import { isJsonArray } from "../../src/model/value/jsonObject.ts";
import type { TypeSchema } from "../../src/model/schema/schema.ts";
import type { JsonValue } from "../../src/model/value/value.ts";
import { useRequest } from "../request/requestStore.ts";
import { typedNode } from "../response/tree/treeNode.ts";
import { variantOf, type Shape } from "../values/shape.ts";
import { useAspect } from "./fieldState.ts";

const previewRoom = 60;

function summary(shape: Shape, value: JsonValue | undefined): string {
  const length = isJsonArray(value) ? value.length : 0;
  if (shape.kind === "sequence" || shape.kind === "map") {
    return items(length, shape.kind === "map" ? "entry" : "item");
  }
  if (shape.kind === "option") {
    return value === null ? "None" : "Some";
  }
  return shape.kind === "enum" ? (variantOf(shape.named, value ?? null)?.name ?? "") : "";
}

function items(count: number, noun: "item" | "entry"): string {
  const word = count === 1 ? noun : noun === "item" ? "items" : "entries";
  return `${count.toLocaleString("en")} ${word}`;
}

interface PreviewProps {
  readonly pointer: string;
  readonly type: TypeSchema;
  readonly shape: Shape;
  readonly isOpen: boolean;
}

export function Preview({ pointer, type, shape, isOpen }: PreviewProps): JSX.Element {
  const { types } = useRequest();
  const words = useAspect(pointer, (value) => summary(shape, value), [shape]);
  const short = useAspect(
    pointer,
    (value) => (isOpen ? "" : typedNode(type, types, value ?? null).text(previewRoom)),
    [isOpen, type, types],
  );
  const isCounted = shape.kind === "sequence" || shape.kind === "map";
  const isEmpty = isCounted && words.startsWith("0 ");
  return (
    <span class="preview">
      {isOpen || isCounted ? <span data-testid="summary">{words}</span> : null}
      {isOpen || isEmpty ? null : <span class="preview-value mono">{short}</span>}
    </span>
  );
}
