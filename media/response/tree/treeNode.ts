// The nodes of the result tree, made on demand from value and type: only what is open is ever visited.

import { formatJson } from "../../../src/codec/json/formatJson.ts";
import { formatOf } from "../../../src/codec/formats/index.ts";
import { isSomeWrapper } from "../../../src/codec/kinds/options.ts";
import { isJsonArray, isJsonObject, memberOf } from "../../../src/model/value/jsonObject.ts";
import type { ParsedJson } from "../../../src/model/value/losslessJson.ts";
import type {
  EnumType,
  TypeBody,
  TypeSchema,
  TypeTable,
} from "../../../src/model/schema/schema.ts";
import type { JsonValue } from "../../../src/model/value/value.ts";
import { partOf, type WrittenJson } from "../../values/writtenJson.ts";
import { lazyChildren, type TreeChildren, type TreeNode, type ValueTone } from "./treeTypes.ts";
import { childPointer } from "../../values/pointer.ts";
import {
  isHuman,
  isScalar,
  resolveType,
  variantOf,
  type CompositeShape,
  type FormattedShape,
  type ScalarShape,
  type Shape,
} from "../../values/shape.ts";

/** The tree of a typed value. */
export function typedNode(
  type: TypeSchema,
  types: TypeTable,
  value: JsonValue,
  name = "",
  pointer = "",
): TreeNode {
  const { shape } = resolveType(type, types);
  const place: Place = { type, types, value, name, pointer };
  if (shape.kind === "formatted") {
    return formattedNode(place, shape);
  }
  return isScalar(shape) ? leafNode(place, shape) : compositeNode(place, shape);
}

function compositeNode(place: Place, shape: CompositeShape): TreeNode {
  const { value, name, pointer } = place;
  switch (shape.kind) {
    case "option":
      return optionNode(place, shape.inner);
    case "sequence":
    case "array":
      return isJsonArray(value)
        ? listNode(place, value.length, "item", () =>
            lazyChildren(value.length, (index) =>
              part(place, shape.element, value[index] ?? null, String(index), index),
            ),
          )
        : plainNode(value, name, pointer);
    case "tuple":
      return bodyNode(place, { kind: "tuple", elements: shape.elements }, "", pointer, value);
    case "map":
      return mapNode(place, shape);
    case "result":
      return resultNode(place, shape);
    case "struct": {
      const { name: title, body } = shape.named;
      return bodyNode(place, body, title, pointer, value);
    }
    case "enum":
      return variantNode(place, shape.named);
  }
}

interface Place {
  readonly type: TypeSchema;
  readonly types: TypeTable;
  readonly value: JsonValue;
  readonly name: string;
  readonly pointer: string;
}

function part(
  place: Place,
  type: TypeSchema,
  value: JsonValue,
  name: string,
  key: string | number,
): TreeNode {
  return typedNode(type, place.types, value, name, childPointer(place.pointer, key));
}

function baseOf({
  type,
  types,
  value,
  name,
  pointer,
}: Place): Omit<TreeNode, "text" | "tone" | "children"> {
  const json = () => formatJson(type, types, value, 2);
  return { pointer, name, rustType: type.rustType, value, json, note: "" };
}

function optionNode(place: Place, inner: TypeSchema): TreeNode {
  const { types, value, name, pointer, type } = place;
  if (value === null) {
    return { ...baseOf(place), text: () => "None", tone: "none", children: undefined };
  }
  const some = isSomeWrapper(value)
    ? typedNode(inner, types, value.$some, name, childPointer(pointer, "$some"))
    : typedNode(inner, types, value, name, pointer);
  const note = ["Some", some.note].filter(Boolean).join(" · ");
  return { ...some, rustType: type.rustType, note };
}

function resultNode(place: Place, shape: Extract<Shape, { kind: "result" }>): TreeNode {
  const { value, name, pointer } = place;
  const [key, inner] = (isJsonObject(value) ? Object.entries(value)[0] : undefined) ?? [];
  if (key === undefined || inner === undefined) {
    return plainNode(value, name, pointer);
  }
  const child = () => part(place, key === "Err" ? shape.failure : shape.success, inner, key, key);
  return {
    ...baseOf(place),
    text: (room) => `${key}(${room < 1 ? "…" : child().text(room - key.length - 2)})`,
    head: key,
    tone: "variant",
    children: () => [child()],
  };
}

function mapNode(place: Place, shape: Extract<Shape, { kind: "map" }>): TreeNode {
  const { types, value, pointer, name } = place;
  if (isJsonArray(value)) {
    return listNode(place, value.length, "entry", () =>
      lazyChildren(value.length, (index) => {
        const pair = value[index] ?? null;
        const [key = null, item = null] = isJsonArray(pair) ? pair : [];
        const at = childPointer(childPointer(pointer, index), 1);
        const label = typedNode(shape.key, types, key).text(40);
        return typedNode(shape.value, types, item, label, at);
      }),
    );
  }
  if (isJsonObject(value)) {
    const entries = Object.entries(value);
    return listNode(place, entries.length, "entry", () =>
      lazyChildren(entries.length, (index) => {
        const [key, item] = entries[index] ?? ["", null];
        return part(place, shape.value, item, JSON.stringify(key), key);
      }),
    );
  }
  return plainNode(value, name, pointer);
}

function variantNode(place: Place, named: EnumType): TreeNode {
  const { value, name, pointer } = place;
  const variant = variantOf(named, value);
  if (variant === undefined) {
    return plainNode(value, name, pointer);
  }
  const inner = isJsonObject(value) ? (memberOf(value, variant.name) ?? null) : null;
  const at = childPointer(pointer, variant.name);
  const node = bodyNode(place, variant.body, variant.name, at, inner);
  return { ...node, head: variant.name, tone: "variant" };
}

/** A struct, tuple or variant: its name and its fields. */
function bodyNode(
  place: Place,
  body: TypeBody,
  title: string,
  pointer: string,
  value: JsonValue,
): TreeNode {
  const children = bodyChildren(body, place.types, pointer, value);
  if (children === undefined) {
    const text = title === "" ? "()" : title;
    return { ...baseOf(place), text: () => text, tone: "variant", children };
  }
  const brackets = body.kind === "struct" ? (["{ ", " }"] as const) : (["(", ")"] as const);
  const isNamed = body.kind === "struct";
  const isTitled = title !== "" && !place.type.rustType.split("<")[0]?.endsWith(title);
  const prefix = isTitled ? `${title}${isNamed ? " " : ""}` : "";
  return {
    ...baseOf(place),
    text: (room) => prefix + shortList(children(), brackets, isNamed, room),
    tone: "plain",
    children,
  };
}

function bodyChildren(
  body: TypeBody,
  types: TypeTable,
  pointer: string,
  value: JsonValue,
): (() => readonly TreeNode[]) | undefined {
  switch (body.kind) {
    case "unit":
      return undefined;
    case "newtype":
      return () => [typedNode(body.inner, types, value, "0", pointer)];
    case "tuple":
      return body.elements.length === 0 || !isJsonArray(value)
        ? undefined
        : () =>
            body.elements.map((element, index) =>
              typedNode(
                element,
                types,
                value[index] ?? null,
                String(index),
                childPointer(pointer, index),
              ),
            );
    case "struct":
      return body.fields.length === 0 || !isJsonObject(value)
        ? undefined
        : () =>
            body.fields.map((field) =>
              typedNode(
                field.type,
                types,
                memberOf(value, field.name) ?? null,
                field.name,
                childPointer(pointer, field.name),
              ),
            );
  }
}

function listNode(
  place: Place,
  length: number,
  noun: "item" | "entry",
  children: () => TreeChildren,
): TreeNode {
  const isMap = noun === "entry";
  return {
    ...baseOf(place),
    note: countText(length, noun),
    size: length,
    text: (room) =>
      length > previewItems
        ? ""
        : shortList(children(), isMap ? ["{ ", " }"] : ["[", "]"], isMap, room),
    tone: "plain",
    children: length === 0 ? undefined : children,
  };
}

/** Lists longer than this are not previewed: their length says enough. */
const previewItems = 20;

/** Children in one line, cut where it gets long; each level has half of the room of the one around it, until none is left. */
function shortList(
  nodes: TreeChildren,
  [open, close]: readonly [string, string],
  hasNames: boolean,
  room: number,
): string {
  if (nodes.length > 0 && room < 1) {
    return `${open}…${close}`;
  }
  let text = "";
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes.at(index);
    if (node === undefined || text.length > room) {
      return `${open}${text}, …${close}`;
    }
    const value = node.text(Math.min(24, room / 2)) || node.note;
    text += `${index === 0 ? "" : ", "}${hasNames ? `${node.name}: ` : ""}${value}`;
  }
  return nodes.length === 0 ? (open + close).replaceAll(" ", "") : open + text + close;
}

/** The human form in the row, the exact one below it. */
function formattedNode(place: Place, shape: FormattedShape): TreeNode {
  const { types, value, name, pointer } = place;
  if (!isHuman(shape, value)) {
    return { ...typedNode(shape.exact, types, value, name, pointer), rustType: shape.rustType };
  }
  const parsed = formatOf(shape.format, shape.exact).parse(value);
  const exact = parsed.ok ? typedNode(shape.exact, types, parsed.value, name, pointer) : undefined;
  return {
    ...baseOf(place),
    text: (room) => cut(value, Math.max(room, 16)),
    head: value,
    tone: "string",
    children: shape.exact.kind === "string" ? undefined : exact?.children,
  };
}

function leafNode(place: Place, shape: Exclude<ScalarShape, FormattedShape>): TreeNode {
  const { value } = place;
  const leaf = (text: string, tone: ValueTone, note = ""): TreeNode => ({
    ...baseOf(place),
    text: (room) => cut(text, Math.max(room, 16)),
    tone,
    note,
    children: undefined,
  });
  switch (shape.kind) {
    case "integer":
    case "float":
      return { ...leaf("", "number"), text: () => bareText(value) };
    case "bool":
      return leaf(bareText(value), "boolean");
    case "string":
    case "char":
      return leaf(JSON.stringify(value), "string");
    case "unit":
      return leaf("()", "none");
    case "bytes": {
      const hex = typeof value === "string" ? value.replace(/^hex:/, "").replace(/\s/g, "") : "";
      return {
        ...leaf(spaced(hex.slice(0, 400)), "number", countText(hex.length / 2, "byte")),
        search: hexSearch(hex),
      };
    }
    case "unknown": {
      const raw = isJsonObject(value) ? value["$raw"] : undefined;
      return leaf(typeof raw === "string" ? raw : JSON.stringify(value), "number", "not decoded");
    }
  }
}

/** Bytes are found by their digits, with and without spaces. */
function hexSearch(hex: string): NonNullable<TreeNode["search"]> {
  return function* (text) {
    yield null;
    return hex.includes(text.replaceAll(/\s/gu, ""));
  };
}

/** A number, or the text that stands for one, without quotes. */
function bareText(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function spaced(hex: string): string {
  return hex.replace(/(..)(?=.)/g, "$1 ");
}

function cut(text: string, room: number): string {
  return text.length > room ? `${text.slice(0, room)}…` : text;
}

export function countText(count: number, noun: "item" | "entry" | "byte"): string {
  const plural = noun === "entry" ? "entries" : `${noun}s`;
  return `${count.toLocaleString("en")} ${count === 1 ? noun : plural}`;
}

/** The tree of JSON text without types: the details of a PluginError, what a type's own serde wrote. Its numbers stay as written. */
export function textNode(text: string, parsed: ParsedJson, name = ""): TreeNode {
  return plainNode(parsed.value, name, "", { text, parsed });
}

/** The tree of a JSON value without types. */
export function plainNode(
  value: JsonValue,
  name = "",
  pointer = "",
  written?: WrittenJson,
): TreeNode {
  const place: Place = { type: untyped, types: {}, value, name, pointer };
  const base =
    written === undefined ? baseOf(place) : { ...baseOf(place), json: partOf(written, pointer) };
  const part = (item: JsonValue, key: string | number) =>
    plainNode(item, String(key), childPointer(pointer, key), written);
  if (isJsonArray(value)) {
    const items = () => lazyChildren(value.length, (index) => part(value[index] ?? null, index));
    return { ...listNode(place, value.length, "item", items), json: base.json };
  }
  if (isJsonObject(value)) {
    const children = () => Object.entries(value).map(([key, item]) => part(item, key));
    return {
      ...base,
      note: countText(Object.keys(value).length, "entry"),
      text: (room) => shortList(children(), ["{ ", " }"], true, room),
      tone: "plain",
      children: Object.keys(value).length === 0 ? undefined : children,
    };
  }
  const tones = { string: "string", number: "number", boolean: "boolean" } as const;
  const kind = typeof value as "string" | "number" | "boolean" | "object";
  // Digits beyond those of a number are text in a value.
  const isNumber = written?.parsed.bareNumbers.has(pointer) === true;
  const text = isNumber ? bareText(value) : JSON.stringify(value);
  return {
    ...base,
    text: (room) => cut(text, Math.max(room, 16)),
    tone: isNumber ? "number" : kind === "object" ? "none" : tones[kind],
    children: undefined,
  };
}

const untyped: TypeSchema = { rustType: "", kind: "unit" };
