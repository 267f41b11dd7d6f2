// The nodes of the result tree, made on demand from value and type: only what is open is ever visited.

import { isSomeWrapper } from "../../src/codec/options.ts";
import { isJsonArray, isJsonObject } from "../../src/model/jsonObject.ts";
import type { TypeBody, TypeSchema, TypeTable } from "../../src/model/schema.ts";
import type { JsonValue } from "../../src/model/value.ts";
import { childPointer } from "../values/pointer.ts";
import { resolveType, variantOf, type Shape } from "../values/shape.ts";
import { shortValue } from "../form/preview.tsx";

/** How a value is coloured, like in VS Code's debugger. */
export type ValueTone = "string" | "number" | "boolean" | "variant" | "plain" | "none";

export interface TreeNode {
  readonly pointer: string;
  /** Field name, index or map key; empty at the root. */
  readonly name: string;
  readonly rustType: string;
  /** The value in one line. */
  readonly text: string;
  /** What of it an open node still shows: the variant's or struct's name. */
  readonly head?: string;
  readonly tone: ValueTone;
  /** Length of a list or map, in words. */
  readonly note: string;
  readonly value: JsonValue;
  /** Undefined for a leaf. */
  readonly children: (() => readonly TreeNode[]) | undefined;
}

/** The tree of a typed value. */
export function typedNode(
  type: TypeSchema,
  types: TypeTable,
  value: JsonValue,
  name = "",
  pointer = "",
): TreeNode {
  const { shape } = resolveType(type, types);
  return typedShape({ type, types, shape, value, name, pointer });
}

interface Place {
  readonly type: TypeSchema;
  readonly types: TypeTable;
  readonly shape: Shape;
  readonly value: JsonValue;
  readonly name: string;
  readonly pointer: string;
}

function typedShape(place: Place): TreeNode {
  const { type, types, shape, value, name, pointer } = place;
  const base = { pointer, name, rustType: type.rustType, value, note: "" };
  const child = (part: TypeSchema, item: JsonValue, label: string, key: string | number) =>
    typedNode(part, types, item, label, childPointer(pointer, key));
  switch (shape.kind) {
    case "option":
      return optionNode(place, shape.inner);
    case "sequence":
    case "array":
      return isJsonArray(value)
        ? list(base, value.length, "item", () =>
            value.map((item, index) => child(shape.element, item, String(index), index)),
          )
        : plainNode(value, name, pointer);
    case "tuple":
      return bodyNode(place, { kind: "tuple", elements: shape.elements }, "", pointer, value);
    case "map":
      return mapNode(place, shape);
    case "result": {
      const key = isJsonObject(value) ? (Object.keys(value)[0] ?? "") : "";
      const inner = isJsonObject(value) ? (value[key] ?? null) : null;
      const part = key === "Err" ? shape.failure : shape.success;
      return {
        ...base,
        text: `${key}(${shortValue(inner)})`,
        head: key,
        tone: "variant",
        children: () => [child(part, inner, key, key)],
      };
    }
    case "struct":
      return bodyNode(place, shape.named.body, shape.named.name, pointer, value);
    case "enum": {
      const variant = variantOf(shape.named, value);
      const inner =
        isJsonObject(value) && variant !== undefined ? (value[variant.name] ?? null) : null;
      return variant === undefined
        ? plainNode(value, name, pointer)
        : bodyNode(place, variant.body, variant.name, childPointer(pointer, variant.name), inner);
    }
    default:
      return { ...base, ...leaf(shape, value), children: undefined };
  }
}

function optionNode(place: Place, inner: TypeSchema): TreeNode {
  const { types, value, name, pointer, type } = place;
  if (value === null) {
    return {
      pointer,
      name,
      rustType: type.rustType,
      value,
      note: "",
      text: "None",
      tone: "none",
      children: undefined,
    };
  }
  const some = isSomeWrapper(value)
    ? typedNode(inner, types, value.$some, name, childPointer(pointer, "$some"))
    : typedNode(inner, types, value, name, pointer);
  return {
    ...some,
    rustType: type.rustType,
    note: ["Some", some.note].filter(Boolean).join(" · "),
  };
}

function mapNode(place: Place, shape: Extract<Shape, { kind: "map" }>): TreeNode {
  const { types, value, pointer, name, type } = place;
  const base = { pointer, name, rustType: type.rustType, value, note: "" };
  if (isJsonArray(value)) {
    return list(base, value.length, "entry", () =>
      value.map((pair, index) => {
        const [key = null, item = null] = isJsonArray(pair) ? pair : [];
        const at = childPointer(childPointer(pointer, index), 1);
        return typedNode(shape.value, types, item, keyText(key), at);
      }),
    );
  }
  if (isJsonObject(value)) {
    const entries = Object.entries(value);
    return list(base, entries.length, "entry", () =>
      entries.map(([key, item]) =>
        typedNode(shape.value, types, item, keyText(key), childPointer(pointer, key)),
      ),
    );
  }
  return plainNode(value, name, pointer);
}

function keyText(key: JsonValue): string {
  return typeof key === "string" ? JSON.stringify(key) : shortValue(key);
}

/** A struct, tuple or variant: its name and its fields. */
function bodyNode(
  place: Place,
  body: TypeBody,
  title: string,
  pointer: string,
  value: JsonValue,
): TreeNode {
  const { types, type, name } = place;
  const children = bodyChildren(body, types, pointer, value);
  const isLeaf = children === undefined;
  return {
    pointer: place.pointer,
    name,
    rustType: type.rustType,
    value: place.value,
    note: "",
    text: isLeaf ? title || "()" : `${title}${title === "" ? "" : " "}${bodyPreview(body, value)}`,
    head: title,
    tone: isLeaf || title !== "" ? "variant" : "plain",
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
                value[field.name] ?? null,
                field.name,
                childPointer(pointer, field.name),
              ),
            );
  }
}

function bodyPreview(body: TypeBody, value: JsonValue): string {
  return body.kind === "newtype" ? `(${shortValue(value)})` : shortValue(value);
}

type Base = Pick<TreeNode, "pointer" | "name" | "rustType" | "value" | "note">;

function list(
  base: Base,
  length: number,
  noun: "item" | "entry",
  children: () => readonly TreeNode[],
): TreeNode {
  const word = length === 1 ? noun : noun === "item" ? "items" : "entries";
  return {
    ...base,
    note: `${length.toLocaleString("en")} ${word}`,
    text: shortValue(base.value),
    tone: "plain",
    children: length === 0 ? undefined : children,
  };
}

function leaf(shape: Shape, value: JsonValue): Pick<TreeNode, "text" | "tone" | "note"> {
  switch (shape.kind) {
    case "integer":
    case "float":
      return { text: String(value), tone: "number", note: "" };
    case "bool":
      return { text: String(value), tone: "boolean", note: "" };
    case "string":
    case "char":
      return { text: JSON.stringify(value), tone: "string", note: "" };
    case "unit":
      return { text: "()", tone: "none", note: "" };
    case "bytes": {
      const hex = typeof value === "string" ? value.replace(/^hex:/, "") : "";
      const size = hex.replace(/\s/g, "").length / 2;
      const note = `${size.toLocaleString("en")} ${size === 1 ? "byte" : "bytes"}`;
      return { text: hex.length > 96 ? `${hex.slice(0, 96)}…` : hex, tone: "number", note };
    }
    case "unknown": {
      const raw = isJsonObject(value) ? value["$raw"] : undefined;
      return {
        text: typeof raw === "string" ? raw : shortValue(value),
        tone: "number",
        note: "not decoded",
      };
    }
    default:
      return { text: shortValue(value), tone: "plain", note: "" };
  }
}

/** The tree of a JSON value without types: the details of a PluginError. */
export function plainNode(value: JsonValue, name = "", pointer = ""): TreeNode {
  const base = { pointer, name, rustType: "", value, note: "" };
  if (isJsonArray(value)) {
    return list(base, value.length, "item", () =>
      value.map((item, index) => plainNode(item, String(index), childPointer(pointer, index))),
    );
  }
  if (isJsonObject(value)) {
    const entries = Object.entries(value);
    return {
      ...base,
      text: shortValue(value),
      tone: "plain",
      children:
        entries.length === 0
          ? undefined
          : () => entries.map(([key, item]) => plainNode(item, key, childPointer(pointer, key))),
    };
  }
  const tone: ValueTone =
    value === null
      ? "none"
      : typeof value === "string"
        ? "string"
        : typeof value === "number"
          ? "number"
          : "boolean";
  return { ...base, text: JSON.stringify(value), tone, children: undefined };
}
