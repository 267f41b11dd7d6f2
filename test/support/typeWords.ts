// A type in words: the control that the form has for it, its JSON, what crosses.

import type { NamedType, TypeBody, TypeSchema, TypeTable } from "../../src/model/schema/schema.ts";
import { formatOf } from "../../src/codec/formats/index.ts";
import { maxRadioVariants, resolveType } from "../../media/values/shape.ts";
import { formatActionOf } from "../../media/values/formatAction.ts";

/** The control of a type, after media/form/control.tsx. */
export function controlText(type: TypeSchema, types: TypeTable): string {
  if (isPlaceholder(type, types)) {
    return "as the type inside";
  }
  const { shape } = resolveType(type, types);
  switch (shape.kind) {
    case "bool":
      return "check box";
    case "integer":
      return shape.bits < 64 ? "number" : "number, buttons for its limits";
    case "float":
      return "number, menu of NaN, ±Infinity, -0";
    case "char":
      return "one character";
    case "string":
      return "text";
    case "bytes":
      return shape.length === undefined
        ? "bytes as hex, base64, text, or from a file"
        : `${String(shape.length)} bytes as hex, base64, text, or from a file`;
    case "unit":
      return "nothing to enter";
    case "unknown":
      return "bytes, or JSON for the bridge";
    case "option":
      return "None or Some";
    case "sequence":
      return shape.isSet === true ? "list, equal items told" : "list";
    case "array":
      return `${String(shape.length)} fields`;
    case "tuple":
      return "a field each";
    case "map":
      return "rows of key and value";
    case "result":
      return "Ok or Err";
    case "struct":
      return "a field each";
    case "enum":
      return shape.named.variants.length <= maxRadioVariants &&
        shape.named.variants.every(({ body }) => body.kind === "unit")
        ? "radio buttons"
        : "variant, and its fields";
    case "formatted": {
      if (shape.format === "flags") {
        return "a check box for each flag, and text";
      }
      const choices = formatOf(shape.format, shape.exact).choices;
      const text = choices === undefined ? "text" : `choice of ${String(choices.length)}`;
      const action = formatActionOf(shape.format);
      const help = action === undefined ? "" : ` with _${action}_`;
      return `${text}${help}${shape.exact.kind === "string" ? "" : ", or its exact form"}`;
    }
  }
}

/** JSON of a value of the type; other types inside stand as their names. */
export function jsonText(type: TypeSchema, types: TypeTable): string {
  const inner = (part: TypeSchema): string => jsonText(part, types);
  switch (type.kind) {
    case "bool":
      return "true";
    case "integer":
      return type.bits > 32 ? '"7"' : "7";
    case "float":
      return "1.5";
    case "char":
      return '"x"';
    case "string":
      return '"text"';
    case "bytes":
      return `"hex:${"01020304".slice(0, 2 * (type.length ?? 2))}${(type.length ?? 0) > 4 ? "…" : ""}"`;
    case "unit":
      return "null";
    case "unknown":
      return '{"$raw": "hex:…"}';
    case "option":
      return `null or ${inner(type.inner)}`;
    case "sequence":
      return `[${inner(type.element)}, …]`;
    case "array":
      return `[${Array.from({ length: type.length }, () => inner(type.element)).join(", ")}]`;
    case "tuple":
      return `[${type.elements.map(inner).join(", ")}]`;
    case "map":
      return `{"key": ${inner(type.value)}} or [[${inner(type.key)}, ${inner(type.value)}], …]`;
    case "result":
      return `{"Ok": ${inner(type.success)}} or {"Err": ${inner(type.failure)}}`;
    case "named":
      return isPlaceholder(type, types) ? type.id : namedJson(types[type.id], inner);
  }
}

function namedJson(named: NamedType | undefined, inner: (part: TypeSchema) => string): string {
  if (named?.kind === "struct") {
    return bodyJson(named.body, inner);
  }
  return (named?.variants ?? [])
    .map(({ name, body }) =>
      body.kind === "unit" ? `"${name}"` : `{"${name}": ${bodyJson(body, inner)}}`,
    )
    .join(" or ");
}

function bodyJson(body: TypeBody, inner: (part: TypeSchema) => string): string {
  switch (body.kind) {
    case "unit":
      return "null";
    case "newtype":
      return inner(body.inner);
    case "tuple":
      return `[${body.elements.map(inner).join(", ")}]`;
    case "struct":
      return `{${body.fields.map(({ name, type }) => `"${name}": ${inner(type)}`).join(", ")}}`;
  }
}

/** What crosses. */
export function wireText(type: TypeSchema, types: TypeTable): string {
  const inner = (part: TypeSchema): string => wireText(part, types);
  switch (type.kind) {
    case "bool":
      return "1 byte, 0 or 1";
    case "integer":
      return `${type.signed ? "i" : "u"}${String(type.bits)}${type.nonZero === true ? ", not 0" : ""}`;
    case "float":
      return `f${String(type.bits)}`;
    case "char":
      return "its UTF-8 alone, 1 to 4 bytes";
    case "string":
      return "length, UTF-8";
    case "bytes":
      return type.length === undefined ? "length, bytes" : `${String(type.length)} bytes`;
    case "unit":
      return "nothing";
    case "unknown":
      return "not known";
    case "option":
      return `byte 0, or byte 1 and ${inner(type.inner)}`;
    case "sequence":
      return `count, each ${inner(type.element)}`;
    case "array":
      return `${String(type.length)} × ${inner(type.element)}`;
    case "tuple":
      return type.elements.map(inner).join(", ");
    case "map":
      return `count, each ${inner(type.key)}, ${inner(type.value)}`;
    case "result":
      return `variant 0 and ${inner(type.success)}, or 1 and ${inner(type.failure)}`;
    case "named":
      return isPlaceholder(type, types) ? type.id : namedWire(types[type.id], inner);
  }
}

function namedWire(named: NamedType | undefined, inner: (part: TypeSchema) => string): string {
  if (named?.kind === "struct") {
    return bodyWire(named.body, inner);
  }
  return (named?.variants ?? [])
    .map(({ index, name, body }) =>
      body.kind === "unit"
        ? `variant ${String(index)} ${name}`
        : `variant ${String(index)} ${name} and ${bodyWire(body, inner)}`,
    )
    .join("; ");
}

function bodyWire(body: TypeBody, inner: (part: TypeSchema) => string): string {
  switch (body.kind) {
    case "unit":
      return "nothing";
    case "newtype":
      return inner(body.inner);
    case "tuple":
      return body.elements.map(inner).join(", ");
    case "struct":
      return body.fields.map(({ type }) => inner(type)).join(", ");
  }
}

/** A type argument, which stands for itself. */
function isPlaceholder(type: TypeSchema, types: TypeTable): boolean {
  return type.kind === "named" && types[type.id] === undefined;
}
