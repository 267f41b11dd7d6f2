// A value in canonical form (as decode.ts gives it) → the JSON that serde_json reads (reference 4.1): debug builds of Fidius
// 0.0.x. What JSON cannot carry is a problem with its place, so that nothing is sent changed.

import { isJsonArray, isJsonObject, memberOf } from "../../model/value/jsonObject.ts";
import { pointerOf } from "../../model/value/jsonPointer.ts";
import type { PathStep } from "../../model/value/jsonPointer.ts";
import { nestsDeeper } from "../../model/text/nesting.ts";
import type { ValueProblem } from "../../model/outcome.ts";
import type { Result } from "../../model/result.ts";
import { assertNever, err, ok } from "../../model/result.ts";
import type {
  FieldSchema,
  TypeBody,
  TypeSchema,
  TypeTable,
  VariantSchema,
} from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import { decodeHexInto } from "../text/hex.ts";
import { exactForm, isBitsField, jsonForm } from "./jsonWireForms.ts";
import { isSomeWrapper } from "../kinds/options.ts";
import { namedType } from "../kinds/structs.ts";
import { decodeUtf8 } from "../text/utf8.ts";

/** Deeper values are refused. */
const mostLevels = 200;

/** JSON text of a canonical value of `type`; `at` is its place for problems. */
export function writeJsonWire(
  type: TypeSchema,
  types: TypeTable,
  value: JsonValue,
  at: readonly PathStep[] = [],
): Result<string, readonly ValueProblem[]> {
  if (nestsDeeper(value, mostLevels)) {
    const message = `The value is nested deeper than ${mostLevels} levels: a debug build of Fidius 0.0 takes JSON, of which serde_json reads no more than 128 levels. Build with --release to send it.`;
    return err([{ pointer: pointerOf(at), message }]);
  }
  const writer = new Writer(types, at);
  writer.write(type, value);
  return writer.problems.length === 0 ? ok(writer.parts.join("")) : err(writer.problems);
}

class Writer {
  readonly parts: string[] = [];
  readonly problems: ValueProblem[] = [];
  readonly #types: TypeTable;
  readonly #path: PathStep[];

  constructor(types: TypeTable, at: readonly PathStep[]) {
    this.#types = types;
    this.#path = [...at];
  }

  write(type: TypeSchema, value: JsonValue): void {
    if (jsonForm(type) === "text" && typeof value === "string") {
      this.#scalar(JSON.stringify(value));
    } else {
      this.#writeShape(type, exactForm(type, value));
    }
  }

  #writeShape(type: TypeSchema, value: JsonValue): void {
    switch (type.kind) {
      case "bool":
      case "char":
      case "string":
        this.#scalar(JSON.stringify(value));
        return;
      case "integer":
        this.#scalar(isBitsField(type) ? `{"bits":${digitsOf(value)}}` : digitsOf(value));
        return;
      case "float":
        this.#float(type.rustType, value);
        return;
      case "bytes":
        this.#scalar(`[${bytesOf(value).join(",")}]`);
        return;
      case "unit":
        this.#scalar("null");
        return;
      case "option":
        this.#option(type, value);
        return;
      case "sequence":
      case "array":
        this.#list(elementsOf(value).map((element) => [type.element, element]));
        return;
      case "tuple":
        this.#tuple(type.elements, value);
        return;
      case "map":
        this.#map(type, value);
        return;
      case "result":
        this.#variant(value, (name) => ({
          body: { kind: "newtype", inner: name === "Ok" ? type.success : type.failure },
        }));
        return;
      case "named":
        this.#named(type, value);
        return;
      case "unknown":
        this.#raw(type.rustType, value);
        return;
      default:
        assertNever(type);
    }
  }

  #scalar(text: string): void {
    this.parts.push(text);
  }

  #report(message: string): void {
    this.problems.push({ pointer: pointerOf(this.#path), message });
  }

  #within(step: PathStep, write: () => void): void {
    this.#path.push(step);
    write();
    this.#path.pop();
  }

  #float(rustType: string, value: JsonValue): void {
    if (value === "-0") {
      this.#scalar("-0.0");
    } else if (typeof value === "number") {
      this.#scalar(String(value));
    } else {
      this.#report(
        `${rustType} cannot be ${typeof value === "string" ? value : "that"} here: a debug build of Fidius 0.0 takes JSON, which has no such number. Build with --release to send it.`,
      );
    }
  }

  #option(type: TypeSchema & { readonly kind: "option" }, value: JsonValue): void {
    if (value === null) {
      this.#scalar("null");
      return;
    }
    const inner = isSomeWrapper(value) ? value.$some : value;
    const before = this.parts.length;
    this.write(type.inner, inner);
    if (this.parts.length === before + 1 && this.parts[before] === "null") {
      this.#report(
        `${type.rustType} cannot be Some of nothing here: a debug build of Fidius 0.0 takes JSON, where it reads as None. Build with --release to send it.`,
      );
    }
  }

  #list(elements: readonly (readonly [TypeSchema, JsonValue])[]): void {
    this.#scalar("[");
    elements.forEach(([type, value], index) => {
      this.#scalar(index === 0 ? "" : ",");
      this.#within(index, () => {
        this.write(type, value);
      });
    });
    this.#scalar("]");
  }

  #tuple(types: readonly TypeSchema[], value: JsonValue): void {
    const values = elementsOf(value);
    this.#list(types.map((type, index) => [type, values[index] ?? null]));
  }

  #map(type: TypeSchema & { readonly kind: "map" }, value: JsonValue): void {
    const entries = isJsonObject(value)
      ? Object.keys(value).map((key): [JsonValue, JsonValue, PathStep] => [
          key,
          memberOrNull(value, key),
          key,
        ])
      : elementsOf(value).map((pair, index): [JsonValue, JsonValue, PathStep] => {
          const [key = null, item = null] = elementsOf(pair);
          return [key, item, index];
        });
    this.#scalar("{");
    entries.forEach(([key, item, step], index) => {
      this.#scalar(index === 0 ? "" : ",");
      this.#within(step, () => {
        this.#scalar(`${this.#key(type.key, key)}:`);
        this.write(type.value, item);
      });
    });
    this.#scalar("}");
  }

  /** serde_json takes keys that are text, numbers, bools, and names of variants. */
  #key(type: TypeSchema, value: JsonValue): string {
    const writer = new Writer(this.#types, this.#path);
    writer.write(type, value);
    const text = writer.parts.join("");
    if (/^(?:"|-?\d|true$|false$)/.test(text) && writer.problems.length === 0) {
      return text.startsWith('"') ? text : JSON.stringify(text);
    }
    this.#report(
      `${type.rustType} cannot be a key here: a debug build of Fidius 0.0 takes JSON, whose keys are text. Build with --release to send it.`,
    );
    return '""';
  }

  #named(type: TypeSchema & { readonly kind: "named" }, value: JsonValue): void {
    const named = namedType(this.#types, type.id);
    if (named?.kind === "struct") {
      this.#body(named.body, value);
    } else if (named !== undefined) {
      this.#variant(value, (name) => named.variants.find((candidate) => candidate.name === name));
    }
  }

  #variant(
    value: JsonValue,
    variantOf: (name: string) => Pick<VariantSchema, "body" | "jsonName"> | undefined,
  ): void {
    if (typeof value === "string") {
      this.#scalar(JSON.stringify(variantOf(value)?.jsonName ?? value));
      return;
    }
    const [name = ""] = isJsonObject(value) ? Object.keys(value) : [];
    const variant = variantOf(name);
    this.#scalar(`{${JSON.stringify(variant?.jsonName ?? name)}:`);
    this.#within(name, () => {
      this.#body(variant?.body ?? { kind: "unit" }, memberOrNull(value, name));
    });
    this.#scalar("}");
  }

  #body(body: TypeBody, value: JsonValue): void {
    switch (body.kind) {
      case "unit":
        this.#scalar("null");
        return;
      case "newtype":
        this.write(body.inner, value);
        return;
      case "tuple":
        this.#tuple(body.elements, value);
        return;
      case "struct":
        this.#fields(body.fields, value);
        return;
      default:
        assertNever(body);
    }
  }

  #fields(fields: readonly FieldSchema[], value: JsonValue): void {
    this.#scalar("{");
    fields.forEach((field, index) => {
      this.#scalar(`${index === 0 ? "" : ","}${JSON.stringify(field.jsonName ?? field.name)}:`);
      this.#within(field.name, () => {
        this.write(field.type, memberOrNull(value, field.name));
      });
    });
    this.#scalar("}");
  }

  /** A type that is not known from source: its bytes are the JSON itself. */
  #raw(rustType: string, value: JsonValue): void {
    const bytes = bytesOf(memberOrNull(value, "$raw"));
    const text = decodeUtf8(bytes, 0, bytes.length);
    if (text !== undefined && isJsonText(text)) {
      this.#scalar(text);
    } else {
      this.#report(
        `The bytes of ${rustType} must be JSON here, such as {"$raw": "text:[1]"}: a debug build of Fidius 0.0 takes JSON.`,
      );
    }
  }
}

function digitsOf(value: JsonValue): string {
  return typeof value === "number" || typeof value === "string" ? String(value) : "0";
}

function elementsOf(value: JsonValue): readonly JsonValue[] {
  return isJsonArray(value) ? value : [];
}

function memberOrNull(value: JsonValue, key: string): JsonValue {
  return isJsonObject(value) ? (memberOf(value, key) ?? null) : null;
}

/** The bytes of "hex:…". */
function bytesOf(value: JsonValue): Uint8Array {
  const text = typeof value === "string" ? value : "hex:";
  const target = new Uint8Array((text.length - 4) / 2);
  decodeHexInto(text, 4, target);
  return target;
}

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
