// Structs and enums: fields in order without names; enums begin with the variant's index as u32 (reference 6.1).

import { isJsonObject, memberOf, setMember } from "../../model/value/jsonObject.ts";
import type { MutableJsonObject } from "../../model/value/jsonObject.ts";
import { assertNever } from "../../model/result.ts";
import type {
  EnumType,
  FieldSchema,
  NamedType,
  TypeBody,
  TypeId,
  TypeSchema,
  TypeTable,
  VariantSchema,
} from "../../model/schema/schema.ts";
import type { JsonObject, JsonValue } from "../../model/value/value.ts";
import type { DecodeContext, DecodedPart } from "./decodeContext.ts";
import { decodeChild, enter, fail, hasFailed, take } from "./decodeContext.ts";
import { describeValue, listNames, quote } from "../text/describe.ts";
import type { EncodeContext, EncodedPart } from "./encodeContext.ts";
import { encodeChild, enter as enterValue, report, reportAt } from "./encodeContext.ts";
import { PutOff } from "./depth.ts";
import { decodeString, encodeString } from "./text.ts";
import { decodeTuple, encodeTuple, lastWithBytes } from "./sequences.ts";

const tagType = { rustType: "String", kind: "string" } as const;

type NamedReference = Extract<TypeSchema, { kind: "named" }>;

/** The struct or enum of that id; undefined when the table lacks it (a schema that does not fit its table). */
export function namedType(types: TypeTable, id: TypeId): NamedType | undefined {
  return Object.hasOwn(types, id) ? types[id] : undefined;
}

export function encodeNamed(
  context: EncodeContext,
  type: NamedReference,
  value: JsonValue,
): EncodedPart {
  const named = namedType(context.types, type.id);
  if (named === undefined) {
    report(context, missingDescription(type));
    return undefined;
  }
  return named.kind === "struct"
    ? encodeBody(context, type.rustType, named.body, value)
    : encodeEnum(context, type, named, value);
}

function missingDescription(type: NamedReference): string {
  return `${type.rustType} is not described: the source may have changed. Open the method again.`;
}

function encodeBody(
  context: EncodeContext,
  rustType: string,
  body: TypeBody,
  value: JsonValue,
): EncodedPart {
  switch (body.kind) {
    case "unit":
      encodeUnit(context, rustType, value);
      return undefined;
    case "newtype":
      return context.encode(context, body.inner, value);
    case "tuple":
      return encodeTuple(context, rustType, body.elements, value);
    case "struct":
      return encodeFields(context, rustType, body.fields, value);
    default:
      return assertNever(body);
  }
}

/** Unit types: nothing on the wire, null in JSON. */
export function encodeUnit(context: EncodeContext, rustType: string, value: JsonValue): void {
  if (value !== null) {
    report(
      context,
      `${rustType} has no value: it takes null. ${describeValue(value)} is not null.`,
    );
  }
}

function encodeFields(
  context: EncodeContext,
  rustType: string,
  fields: readonly FieldSchema[],
  value: JsonValue,
): EncodedPart {
  if (!isJsonObject(value)) {
    report(context, `${rustType} takes an object. ${describeValue(value)} is no object.`);
    return undefined;
  }
  return encodeFieldsFrom(context, { rustType, fields, value }, 0, 0);
}

/** The fields from `first` on, of which `foundBefore` were there; those that the type lacks are told last. */
function encodeFieldsFrom(
  context: EncodeContext,
  struct: {
    readonly rustType: string;
    readonly fields: readonly FieldSchema[];
    readonly value: JsonObject;
  },
  first: number,
  foundBefore: number,
): EncodedPart {
  const { rustType, fields, value } = struct;
  let found = foundBefore;
  for (let index = first; index < fields.length; index++) {
    const field = fields[index];
    const member = field && memberOf(value, field.name);
    if (field !== undefined && member === undefined) {
      const what = `${rustType} needs the field ${quote(field.name)} (${field.type.rustType}).`;
      reportAt(context, field.name, `${what} It is missing.`);
    } else if (field !== undefined && member !== undefined) {
      found++;
      const foundNow = found;
      const part = encodeChild(context, field.name, field.type, member);
      if (part !== undefined) {
        return part.andThen(() => encodeFieldsFrom(context, struct, index + 1, foundNow));
      }
    }
  }
  const keys = Object.keys(value);
  if (keys.length > found) {
    reportUnknownFields(context, rustType, fields, keys);
  }
  return undefined;
}

function reportUnknownFields(
  context: EncodeContext,
  rustType: string,
  fields: readonly FieldSchema[],
  keys: readonly string[],
): void {
  const names = fields.map((field) => field.name);
  const known = new Set(names);
  const has = names.length === 0 ? "It has no fields." : `Its fields are ${listNames(names)}.`;
  for (const key of keys) {
    if (!known.has(key)) {
      reportAt(context, key, `${rustType} has no field ${quote(key)}. ${has}`);
    }
  }
}

function encodeEnum(
  context: EncodeContext,
  type: NamedReference,
  named: EnumType,
  value: JsonValue,
): EncodedPart {
  const chosen = chosenVariant(value);
  if (chosen === undefined) {
    const example = `"Variant" or {"Variant": …}`;
    report(context, `${type.rustType} takes ${example}. ${describeValue(value)} is neither.`);
    return undefined;
  }
  const variant = named.variants.find((candidate) => candidate.name === chosen.name);
  if (variant === undefined) {
    const names = named.variants.map((candidate) => candidate.name);
    const has = names.length === 0 ? "no variants" : listNames(names);
    report(context, `${type.rustType} has no variant ${quote(chosen.name)}. It has ${has}.`);
    return undefined;
  }
  encodeTag(context, named, variant);
  if (chosen.body !== undefined) {
    enterValue(context, variant.name);
    const part = encodeBody(context, variantName(type, variant), variant.body, chosen.body);
    if (part !== undefined) {
      return part.andThen(() => {
        context.path.pop();
        return undefined;
      });
    }
    context.path.pop();
  } else if (variant.body.kind !== "unit") {
    const name = variantName(type, variant);
    report(context, `${name} carries a value. Write it as {${quote(variant.name)}: …}.`);
  }
  return undefined;
}

/** What tells the variants apart: the index, or the serialized name of an internally tagged enum (reference 6.4). */
function encodeTag(context: EncodeContext, named: EnumType, variant: VariantSchema): void {
  if (named.tagged === undefined) {
    context.writer.writeU32(variant.index);
  } else {
    encodeString(context, tagType, variant.serializedName ?? variant.name);
  }
}

function variantName(type: NamedReference, variant: VariantSchema): string {
  return `${type.rustType}::${variant.name}`;
}

/** The variant that a JSON value names: `"Variant"`, or the only key of an object with the variant's body. */
export function chosenVariant(
  value: JsonValue,
): { readonly name: string; readonly body: JsonValue | undefined } | undefined {
  if (typeof value === "string") {
    return { name: value, body: undefined };
  }
  if (!isJsonObject(value)) {
    return undefined;
  }
  const [name, ...others] = Object.keys(value);
  return name === undefined || others.length > 0
    ? undefined
    : { name, body: memberOf(value, name) };
}

export function decodeNamed(
  context: DecodeContext,
  type: NamedReference,
  isLast: boolean,
): DecodedPart {
  const named = namedType(context.types, type.id);
  if (named === undefined) {
    fail(context, missingDescription(type));
    return null;
  }
  return named.kind === "struct"
    ? decodeBody(context, named.body, isLast)
    : decodeEnum(context, type, named, isLast);
}

function decodeBody(context: DecodeContext, body: TypeBody, isLast: boolean): DecodedPart {
  switch (body.kind) {
    case "unit":
      return null;
    case "newtype":
      return context.decode(context, body.inner, isLast);
    case "tuple":
      return decodeTuple(context, body.elements, isLast);
    case "struct":
      return decodeFields(context, body.fields, isLast);
    default:
      return assertNever(body);
  }
}

function decodeFields(
  context: DecodeContext,
  fields: readonly FieldSchema[],
  isLast: boolean,
): DecodedPart {
  const last = isLast ? lastWithBytes(fields.map((field) => field.type)) : -1;
  return decodeFieldsFrom(context, { fields, last, object: {} }, 0);
}

/** The fields from `first` on, into the object. */
function decodeFieldsFrom(
  context: DecodeContext,
  struct: {
    readonly fields: readonly FieldSchema[];
    readonly last: number;
    readonly object: MutableJsonObject;
  },
  first: number,
): DecodedPart {
  const { fields, last, object } = struct;
  for (let index = first; index < fields.length && !hasFailed(context); index++) {
    const field = fields[index];
    if (field !== undefined) {
      const part = decodeChild(context, field.name, field.type, index === last);
      if (part instanceof PutOff) {
        return part.andThen((value) => {
          setMember(object, field.name, value);
          return decodeFieldsFrom(context, struct, index + 1);
        });
      }
      setMember(object, field.name, part);
    }
  }
  return object;
}

function decodeEnum(
  context: DecodeContext,
  type: NamedReference,
  named: EnumType,
  isLast: boolean,
): DecodedPart {
  const variant =
    named.tagged === undefined
      ? decodeIndex(context, type, named)
      : decodeTagName(context, type, named);
  if (variant === undefined) {
    return null;
  }
  if (variant.body.kind === "unit") {
    return variant.name;
  }
  enter(context, variant.name);
  return leaveVariant(context, variant.name, decodeBody(context, variant.body, isLast));
}

/** Leaves the place of a variant's body, and gives the body under the variant's name. */
export function leaveVariant(context: DecodeContext, name: string, part: DecodedPart): DecodedPart {
  if (part instanceof PutOff) {
    return part.andThen((body) => leaveVariant(context, name, body));
  }
  context.path.pop();
  const object: MutableJsonObject = {};
  setMember(object, name, part);
  return object;
}

/** The variant of the index that comes next; undefined after a failure. */
function decodeIndex(
  context: DecodeContext,
  type: NamedReference,
  named: EnumType,
): VariantSchema | undefined {
  const offset = take(context, 4, type.rustType);
  if (offset < 0) {
    return undefined;
  }
  const index = context.view.getUint32(offset, true);
  const variant = variantAt(named, index);
  if (variant === undefined) {
    const indices = named.variants.map((candidate) => String(candidate.index));
    const has = indices.length === 0 ? "no variants" : `only ${listNames(indices)}`;
    fail(context, `${type.rustType} has no variant with index ${index}, ${has}.`, offset);
  }
  return variant;
}

/** The variant of the name that comes next; undefined after a failure. */
function decodeTagName(
  context: DecodeContext,
  type: NamedReference,
  named: EnumType,
): VariantSchema | undefined {
  const { offset } = context;
  const name = decodeString(context, tagType);
  if (hasFailed(context)) {
    return undefined;
  }
  const variant = named.variants.find((candidate) => candidate.serializedName === name);
  if (variant === undefined) {
    const names = named.variants.map((candidate) => candidate.serializedName ?? candidate.name);
    const has = names.length === 0 ? "no variants" : `only ${listNames(names)}`;
    fail(context, `${type.rustType} has no variant tagged ${describeValue(name)}, ${has}.`, offset);
  }
  return variant;
}

function variantAt(named: EnumType, index: number): VariantSchema | undefined {
  const direct = named.variants[index];
  return direct?.index === index
    ? direct
    : named.variants.find((candidate) => candidate.index === index);
}
