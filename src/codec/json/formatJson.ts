// JsonValue → text for people: integers of any width as bare digits (ux: canonical JSON), everything else as JSON.stringify
// would lay it out. Needs the types to tell a long integer from a string. Keeps its own stack: no depth overflows it.

import { isJsonArray, isJsonObject } from "../../model/value/jsonObject.ts";
import type { MethodSchema } from "../../model/plugin.ts";
import type { TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import type { JsonObject, JsonValue } from "../../model/value/value.ts";
import { applyEdits, format as formatEdits } from "jsonc-parser";
import type { JsonPlace } from "../kinds/jsonPlace.ts";
import { elementPlace, memberPlace, visiblePlace } from "../kinds/jsonPlace.ts";
import { serdeText } from "../values/unknownParts.ts";

/** Text of a value of `type`; a value that does not fit the type is written as it is. `indent` 0 is one line. */
export function formatJson(
  type: TypeSchema,
  types: TypeTable,
  value: JsonValue,
  indent = 2,
): string {
  const serde = serdeText(value);
  return serde === undefined ? format(type, types, value, indent) : layOut(serde, indent);
}

/** Text of a method's arguments: an object by argument name. */
export function formatArguments(
  method: MethodSchema,
  types: TypeTable,
  args: JsonObject,
  indent = 2,
): string {
  return format({ kind: "fields", fields: method.arguments }, types, args, indent);
}

/** Levels that are indented: thousands of them would be megabytes of spaces. */
const maxIndented = 100;

/** An object or list that is being written. */
interface Frame {
  readonly value: JsonValue;
  readonly place: JsonPlace;
  readonly keys: readonly string[] | null;
  readonly length: number;
  index: number;
}

function format(place: JsonPlace, types: TypeTable, value: JsonValue, indent: number): string {
  const frames: Frame[] = [];
  let text = "";
  const write = (childPlaceOfValue: JsonPlace, child: JsonValue): void => {
    const visible = visiblePlace(childPlaceOfValue, types, child);
    if (!isJsonArray(child) && !isJsonObject(child)) {
      text += formatScalar(visible, child);
      return;
    }
    const keys = isJsonArray(child) ? null : Object.keys(child);
    const length = isJsonArray(child) ? child.length : (keys?.length ?? 0);
    if (length === 0) {
      text += keys === null ? "[]" : "{}";
    } else {
      text += keys === null ? "[" : "{";
      frames.push({ value: child, place: visible, keys, length, index: 0 });
    }
  };
  const breakLine = (depth: number): void => {
    if (indent > 0) {
      text += "\n" + " ".repeat(indent * Math.min(depth, maxIndented));
    }
  };
  write(place, value);
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    if (frame.index === frame.length) {
      frames.pop();
      breakLine(frames.length);
      text += frame.keys === null ? "]" : "}";
      continue;
    }
    text += frame.index === 0 ? "" : ",";
    breakLine(frames.length);
    const index = frame.index++;
    if (isJsonArray(frame.value)) {
      write(elementPlace(frame.place, index), frame.value[index] ?? null);
    } else if (isJsonObject(frame.value)) {
      const key = frame.keys?.[index] ?? "";
      text += JSON.stringify(key) + (indent > 0 ? ": " : ":");
      write(memberPlace(frame.place, types, key), frame.value[key] ?? null);
    }
  }
  return text;
}

/** JSON text of the bridge, laid out as other values are; its numbers stay as they are written. */
function layOut(text: string, indent: number): string {
  const edits = formatEdits(text, undefined, { insertSpaces: true, tabSize: indent, eol: "\n" });
  return indent === 0 ? text : applyEdits(text, edits);
}

function formatScalar(place: JsonPlace, value: JsonValue): string {
  if (typeof value === "string") {
    const isDigits = place?.kind === "integer" && /^(?:0|-?[1-9]\d*)$/.test(value);
    return isDigits ? value : JSON.stringify(value);
  }
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))) {
    return Object.is(value, -0) ? "-0" : JSON.stringify(String(value));
  }
  return JSON.stringify(value);
}
