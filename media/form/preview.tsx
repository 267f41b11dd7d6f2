// A few words on a block's value in its heading: how many items, which variant, and when closed the value in short.

import type { JSX } from "preact";
import { isJsonArray } from "../../src/model/jsonObject.ts";
import type { JsonValue } from "../../src/model/value.ts";
import { variantOf, type Shape } from "../values/shape.ts";
import { useAspect } from "./fieldState.ts";

const maxLength = 60;

/** The value on one line, cut where it gets long; never walks more than it shows. */
export function shortValue(value: JsonValue | undefined, room = maxLength): string {
  if (isJsonArray(value)) {
    return wrap(
      value.map((item) => () => shortValue(item, 24)),
      "[",
      "]",
      room,
    );
  }
  if (typeof value === "object" && value !== null) {
    const parts = Object.entries(value).map(
      ([key, item]) =>
        () =>
          `${key}: ${shortValue(item, 24)}`,
    );
    return wrap(parts, "{ ", " }", room);
  }
  const text = typeof value === "string" ? `"${value}"` : String(value ?? null);
  return text.length > room ? `${text.slice(0, room)}…` : text;
}

function wrap(parts: readonly (() => string)[], open: string, close: string, room: number): string {
  let text = "";
  for (const [index, part] of parts.entries()) {
    if (text.length > room) {
      return `${open}${text}, …${close}`;
    }
    text += `${index === 0 ? "" : ", "}${part()}`;
  }
  return parts.length === 0 ? (open + close).replaceAll(" ", "") : open + text + close;
}

function summary(shape: Shape, value: JsonValue | undefined): string {
  switch (shape.kind) {
    case "sequence":
      return items(isJsonArray(value) ? value.length : 0, "item");
    case "map":
      return items(isJsonArray(value) ? value.length : 0, "entry");
    case "enum":
      return variantOf(shape.named, value ?? null)?.name ?? "";
    case "option":
      return value === null ? "None" : "Some";
    default:
      return "";
  }
}

function items(count: number, noun: "item" | "entry"): string {
  const word = count === 1 ? noun : noun === "item" ? "items" : "entries";
  return `${count.toLocaleString("en")} ${word}`;
}

interface PreviewProps {
  readonly pointer: string;
  readonly shape: Shape;
  readonly isOpen: boolean;
}

export function Preview({ pointer, shape, isOpen }: PreviewProps): JSX.Element {
  const words = useAspect(pointer, (value) => summary(shape, value));
  const short = useAspect(pointer, (value) => shortValue(value));
  const isCounted = shape.kind === "sequence" || shape.kind === "map";
  return (
    <span class="preview">
      {isOpen || isCounted ? <span data-testid="summary">{words}</span> : null}
      {isOpen ? null : <span class="preview-value mono">{short}</span>}
    </span>
  );
}
