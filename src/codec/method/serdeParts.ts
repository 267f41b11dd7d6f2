// JSON of a type that the source tells in parts only. Its unknown parts are serde's own JSON; its known parts are written and
// shown as everywhere else (`"hex:00ff"`, `"1m30s"`, Rust's names of fields), and are serde's JSON between the two.

import { isJsonArray, isJsonObject } from "../../model/value/jsonObject.ts";
import { pointerOf, type PathStep } from "../../model/value/jsonPointer.ts";
import { parseJson, type ParsedJson } from "../../model/value/losslessJson.ts";
import { nestsDeeper } from "../../model/text/nesting.ts";
import type { TypeBody, TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import { decodeValue } from "../bincode/decode.ts";
import { encodeValue } from "../bincode/encode.ts";
import { readJsonText } from "../debugJson/jsonWireRead.ts";
import { writeJsonWire } from "../debugJson/jsonWireWrite.ts";
import { formatJson } from "../json/formatJson.ts";
import { parseOnlyArgument } from "../json/parseOnlyArgument.ts";
import { isSomeWrapper } from "../kinds/options.ts";
import { namedType } from "../kinds/structs.ts";
import { unknownReason } from "../values/unknownParts.ts";

/** Longer texts pass as they are: both forms of their known parts would be held beside each other. */
const longestText = 4 * 1024 * 1024;

/** So do deeper ones, which serde_json does not read: it stops at 128 levels and says so. */
const mostLevels = 200;

/** The text that serde reads for a text in which known parts may be written in either form. */
export function toSerdeJson(type: TypeSchema, types: TypeTable, text: string): string {
  return translate(type, types, text, "serde");
}

/** The text that is shown for a text that serde wrote. */
export function fromSerdeJson(type: TypeSchema, types: TypeTable, text: string): string {
  return translate(type, types, text, "own");
}

type Form = "serde" | "own";

function translate(type: TypeSchema, types: TypeTable, text: string, to: Form): string {
  const parsed = text.length > longestText ? undefined : parseJson(text);
  return parsed?.ok === true && !nestsDeeper(parsed.value.value, mostLevels)
    ? new Translation(types, text, parsed.value, to).translate(type, parsed.value.value, [])
    : text;
}

type Path = readonly PathStep[];

/** A member of an object in the other form. */
interface Member {
  readonly key: string;
  readonly text: string;
}

/** An element or a member, key included, in both forms. */
interface Part {
  readonly written: string;
  readonly text: string;
}

class Translation {
  readonly #types: TypeTable;
  readonly #text: string;
  readonly #parsed: ParsedJson;
  readonly #to: Form;

  constructor(types: TypeTable, text: string, parsed: ParsedJson, to: Form) {
    this.#types = types;
    this.#text = text;
    this.#parsed = parsed;
    this.#to = to;
  }

  /** The text of the value at `path`; as it stands where nothing has another form, so that serde's columns fit it. */
  translate(type: TypeSchema, value: JsonValue, path: Path): string {
    if (type.kind !== "unknown" && unknownReason(type, this.#types) === undefined) {
      return this.#known(type, path);
    }
    switch (type.kind) {
      case "option":
        return this.#option(type.inner, value, path);
      case "sequence":
      case "array":
        return this.#list(() => type.element, value, path);
      case "tuple":
        return this.#list((index) => type.elements[index], value, path);
      case "map":
        return this.#members(value, path, (key, member, at) => ({
          key,
          text: this.translate(type.value, member, at),
        }));
      case "result":
        return this.#members(value, path, (key, member, at) => ({
          key,
          text: this.translate(key === "Ok" ? type.success : type.failure, member, at),
        }));
      case "named":
        return this.#named(type.id, value, path);
      case "bool":
      case "integer":
      case "float":
      case "char":
      case "string":
      case "bytes":
      case "unit":
      case "unknown":
        return this.#written(path);
    }
  }

  #known(type: TypeSchema, path: Path): string {
    const written = this.#written(path);
    return this.#to === "own"
      ? ownText(type, this.#types, written)
      : serdeText(type, this.#types, written);
  }

  #option(inner: TypeSchema, value: JsonValue, path: Path): string {
    if (value === null) {
      return this.#written(path);
    }
    return this.#to === "serde" && isSomeWrapper(value)
      ? this.translate(inner, value.$some, [...path, "$some"])
      : this.translate(inner, value, path);
  }

  #named(id: string, value: JsonValue, path: Path): string {
    const named = namedType(this.#types, id);
    if (named?.kind === "struct") {
      return this.#body(named.body, value, path);
    }
    if (named === undefined || named.tagged !== undefined || named.jsonTag !== undefined) {
      return this.#written(path);
    }
    if (typeof value === "string") {
      const variant = this.#find(named.variants, value);
      return variant === undefined ? this.#written(path) : JSON.stringify(this.#nameOf(variant));
    }
    return this.#members(value, path, (key, member, at) => {
      const variant = this.#find(named.variants, key);
      return variant === undefined
        ? undefined
        : { key: this.#nameOf(variant), text: this.#body(variant.body, member, at) };
    });
  }

  #body(body: TypeBody, value: JsonValue, path: Path): string {
    switch (body.kind) {
      case "unit":
        return this.#written(path);
      case "newtype":
        return this.translate(body.inner, value, path);
      case "tuple":
        return this.#list((index) => body.elements[index], value, path);
      case "struct":
        return this.#members(value, path, (key, member, at) => {
          const field = this.#find(body.fields, key);
          return field === undefined
            ? undefined
            : { key: this.#nameOf(field), text: this.translate(field.type, member, at) };
        });
    }
  }

  #list(typeOf: (index: number) => TypeSchema | undefined, value: JsonValue, path: Path): string {
    if (!isJsonArray(value)) {
      return this.#written(path);
    }
    const parts = value.map((element, index): Part => {
      const at = [...path, index];
      const type = typeOf(index);
      const written = this.#written(at);
      return { written, text: type === undefined ? written : this.translate(type, element, at) };
    });
    return parts.some(isChanged)
      ? `[${parts.map(({ text }) => text).join(",")}]`
      : this.#written(path);
  }

  /** `memberOf` gives undefined for members that the type does not have: they stay, and serde has its say. */
  #members(
    value: JsonValue,
    path: Path,
    memberOf: (key: string, member: JsonValue, at: Path) => Member | undefined,
  ): string {
    if (!isJsonObject(value)) {
      return this.#written(path);
    }
    const parts = Object.entries(value).map(([key, member]): Part => {
      const at = [...path, key];
      const written = this.#written(at);
      const other = memberOf(key, member, at) ?? { key, text: written };
      return {
        written: `${JSON.stringify(key)}:${written}`,
        text: `${JSON.stringify(other.key)}:${other.text}`,
      };
    });
    return parts.some(isChanged)
      ? `{${parts.map(({ text }) => text).join(",")}}`
      : this.#written(path);
  }

  /** A field or variant under either of its names; the names of the form that the text is in come first. */
  #find<Named extends { readonly name: string; readonly jsonName?: string }>(
    all: readonly Named[],
    key: string,
  ): Named | undefined {
    const own = all.find(({ name }) => name === key);
    const serde = all.find(({ name, jsonName = name }) => jsonName === key);
    return this.#to === "serde" ? (own ?? serde) : (serde ?? own);
  }

  #nameOf({
    name,
    jsonName = name,
  }: {
    readonly name: string;
    readonly jsonName?: string;
  }): string {
    return this.#to === "serde" ? jsonName : name;
  }

  #written(path: Path): string {
    const range = this.#parsed.locate(pointerOf(path));
    return range === undefined ? "null" : this.#text.slice(range.start, range.end);
  }
}

/** What serde reads for a known part; the text itself where it means the same to serde, or is no value of the type. */
function serdeText(type: TypeSchema, types: TypeTable, text: string): string {
  const own = ownBytes(type, types, text);
  if (own === undefined || isEqual(own, serdeBytes(type, types, text))) {
    return text;
  }
  const decoded = decodeValue(type, types, own);
  const written = decoded.ok ? writeJsonWire(type, types, decoded.value.value) : decoded;
  return written.ok ? written.value : text;
}

function ownText(type: TypeSchema, types: TypeTable, text: string): string {
  const read = readJsonText(type, types, text);
  return read.ok ? formatJson(type, types, read.value, 0) : text;
}

function ownBytes(type: TypeSchema, types: TypeTable, text: string): Uint8Array | undefined {
  const parsed = parseOnlyArgument(
    { name: "value", wire: "bincode", arguments: [{ name: "value", type }] },
    types,
    text,
  );
  const encoded = parsed.ok ? encodeValue(type, types, parsed.value) : parsed;
  return encoded.ok ? encoded.value : undefined;
}

function serdeBytes(type: TypeSchema, types: TypeTable, text: string): Uint8Array | undefined {
  const read = readJsonText(type, types, text);
  const encoded = read.ok ? encodeValue(type, types, read.value) : read;
  return encoded.ok ? encoded.value : undefined;
}

function isChanged({ written, text }: Part): boolean {
  return written !== text;
}

function isEqual(left: Uint8Array, right: Uint8Array | undefined): boolean {
  return left.length === right?.length && left.every((byte, index) => byte === right[index]);
}
