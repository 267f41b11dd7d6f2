// What a click can do about a problem of the JSON text: take out a field that the type does not have, put in one that it
// needs. The edits are as small as they can be and keep to the layout of the text around them.

import { findNodeAtLocation, modify, parseTree, type JSONPath, type Node } from "jsonc-parser";
import { defaultValue } from "../../src/codec/values/defaults.ts";
import { formatJson } from "../../src/codec/json/formatJson.ts";
import {
  elementPlace,
  memberPlace,
  visiblePlace,
  type JsonPlace,
} from "../../src/codec/kinds/jsonPlace.ts";
import { givenKey } from "../../src/model/schema/argumentNames.ts";
import { isJsonArray, isJsonObject, memberOf } from "../../src/model/value/jsonObject.ts";
import { splitPointer } from "../../src/model/value/jsonPointer.ts";
import { parseJson } from "../../src/model/value/losslessJson.ts";
import type { MethodSchema } from "../../src/model/plugin.ts";
import type { TypeSchema, TypeTable } from "../../src/model/schema/schema.ts";
import type { JsonValue } from "../../src/model/value/value.ts";
import type { TextEdit } from "../json/codeMirror.ts";

interface FixPlace {
  readonly name: string;
  /** Of the member in the text: positional arguments go by index there. */
  readonly path: JSONPath;
}

export type TextFix =
  | (FixPlace & { readonly kind: "remove" })
  | (FixPlace & {
      readonly kind: "addDefault";
      readonly type: TypeSchema;
      readonly value: JsonValue;
      /** Names of the fields that come before it in its type. */
      readonly after: readonly string[];
    });

/** Finds the fix of a problem by its pointer; undefined where only the user knows what is right. */
export type FindTextFix = (pointer: string) => TextFix | undefined;

/** Reads the text once for all of its problems. */
export function createFixFinder(method: MethodSchema, types: TypeTable, text: string): FindTextFix {
  const parsed = parseJson(text);
  if (!parsed.ok) {
    return () => undefined;
  }
  const { value } = parsed.value;
  return (pointer) => findFix(method, types, value, pointer);
}

function findFix(
  method: MethodSchema,
  types: TypeTable,
  whole: JsonValue,
  pointer: string,
): TextFix | undefined {
  const steps = [...(splitPointer(pointer) ?? [])];
  const name = steps.pop();
  const place = placeAt(method, types, whole, steps);
  const fields = place?.place?.kind === "fields" ? place.place.fields : undefined;
  if (
    name === undefined ||
    place === undefined ||
    fields === undefined ||
    !isJsonObject(place.value)
  ) {
    return undefined;
  }
  const path = [...place.path, name];
  const order = fields.findIndex((field) => field.name === name);
  const field = fields[order];
  const isThere = memberOf(place.value, name) !== undefined;
  if (field === undefined) {
    return isThere ? { kind: "remove", name, path } : undefined;
  }
  const after = fields.slice(0, order).map((each) => each.name);
  if (isThere) {
    return undefined;
  }
  const isRaw = method.wire === "raw" && path.length === 1;
  const value = isRaw ? "hex:" : defaultValue(field.type, types);
  return { kind: "addDefault", name, path, type: field.type, value, after };
}

interface PlaceInText {
  readonly place: JsonPlace;
  readonly value: JsonValue;
  readonly path: JSONPath;
}

/** What stands in the text at the end of `steps`, and what its type makes of it. */
function placeAt(
  method: MethodSchema,
  types: TypeTable,
  whole: JsonValue,
  steps: readonly string[],
): PlaceInText | undefined {
  const root: JsonPlace = { kind: "fields", fields: method.arguments };
  let current: PlaceInText = { place: root, value: whole, path: [] };
  for (const [index, step] of steps.entries()) {
    const { value, path } = current;
    const place = visiblePlace(current.place, types, value);
    if (isJsonObject(value)) {
      const argument = index === 0 ? method.arguments.find(({ name }) => name === step) : undefined;
      const key = argument === undefined ? step : (givenKey(argument, value) ?? step);
      const member = memberOf(value, key);
      if (member === undefined) {
        return undefined;
      }
      current = { place: memberPlace(place, types, key), value: member, path: [...path, key] };
    } else if (isJsonArray(value)) {
      const isPositional = index === 0;
      const at = isPositional
        ? method.arguments.findIndex((argument) => argument.name === step)
        : Number(step);
      const item = value[at];
      if (item === undefined) {
        return undefined;
      }
      const itemPlace = isPositional ? method.arguments[at]?.type : elementPlace(place, at);
      current = { place: itemPlace, value: item, path: [...path, at] };
    } else {
      return undefined;
    }
  }
  return { ...current, place: visiblePlace(current.place, types, current.value) };
}

/** The change of `text` that is the fix; undefined when the text has changed and the place is gone. */
export function editOfFix(fix: TextFix, types: TypeTable, text: string): TextEdit | undefined {
  const root = parseTree(text);
  const object = root && findNodeAtLocation(root, fix.path.slice(0, -1));
  if (object?.type !== "object") {
    return undefined;
  }
  return fix.kind === "remove" ? removal(fix, object, text) : insertion(fix, types, object, text);
}

function removal(fix: TextFix, object: Node, text: string): TextEdit | undefined {
  const [edit] = modify(text, fix.path, undefined, {});
  if (edit === undefined) {
    return undefined;
  }
  // In front of the first member stands its indentation, which is the next one's from now on.
  const first = object.children?.[0];
  const isFirstOfMore =
    first !== undefined && nameOf(first) === fix.name && object.children?.[1] !== undefined;
  const from = isFirstOfMore ? first.offset : edit.offset;
  return { from, to: edit.offset + edit.length, insert: "" };
}

function insertion(
  fix: Extract<TextFix, { kind: "addDefault" }>,
  types: TypeTable,
  object: Node,
  text: string,
): TextEdit {
  const members = object.children ?? [];
  const index = members.findLastIndex((each) => fix.after.includes(nameOf(each))) + 1;
  const neighbour = members[Math.max(index - 1, 0)];
  const indent = neighbour === undefined ? undefined : indentBefore(text, neighbour.offset);
  const lines = formatJson(fix.type, types, fix.value, 2);
  const value = indent === undefined ? onOneLine(lines) : lines.replaceAll("\n", `\n${indent}`);
  const member = `${JSON.stringify(fix.name)}: ${value}`;
  const gap = indent === undefined ? " " : `\n${indent}`;
  if (neighbour === undefined) {
    return at(object.offset + 1, member);
  }
  return index > 0
    ? at(neighbour.offset + neighbour.length, `,${gap}${member}`)
    : at(neighbour.offset, `${member},${gap}`);
}

/** Line breaks in JSON text stand between its parts only. */
function onOneLine(lines: string): string {
  return lines.replace(/(?<=[{[])\n\s*|\n\s*(?=[}\]])/g, "").replace(/\n\s*/g, " ");
}

function at(offset: number, insert: string): TextEdit {
  return { from: offset, to: offset, insert };
}

function nameOf(member: Node): string {
  return String(member.children?.[0]?.value);
}

/** The white space between a line's begin and `offset`; undefined when something else stands there. */
function indentBefore(text: string, offset: number): string | undefined {
  const lineStart =
    Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  const lead = text.slice(lineStart, offset);
  return lineStart > 0 && /^[ \t]*$/.test(lead) ? lead : undefined;
}
