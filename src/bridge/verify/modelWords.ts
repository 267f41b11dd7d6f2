// What serde is asked for bytes of a type, by the model's word: the trace of src/bridge/runtime/trace.rs, with the place of
// each of its words.

import { namedType } from "../../codec/kinds/structs.ts";
import { scalarWidth } from "../../codec/text/utf8.ts";
import { pointerOf, type PathStep } from "../../model/value/jsonPointer.ts";
import { assertNever } from "../../model/result.ts";
import type { EnumType, TypeBody, TypeSchema, TypeTable } from "../../model/schema/schema.ts";

export interface ModelWord {
  readonly word: string;
  readonly pointer: string;
  readonly rustType: string;
}

/** The words of a value of `type`; `bytes` must be one, which the codec has checked. */
export function modelWords(
  type: TypeSchema,
  types: TypeTable,
  bytes: Uint8Array,
): readonly ModelWord[] {
  const walk = new Walk(types, bytes);
  walk.type(type);
  return walk.words;
}

class Walk {
  readonly words: ModelWord[] = [];
  readonly #types: TypeTable;
  readonly #view: DataView;
  readonly #path: PathStep[] = [];
  #offset = 0;

  constructor(types: TypeTable, bytes: Uint8Array) {
    this.#types = types;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  type(type: TypeSchema): void {
    const add = (word: string): void => {
      this.words.push({ word, pointer: pointerOf(this.#path), rustType: type.rustType });
    };
    switch (type.kind) {
      case "bool":
        this.#offset += 1;
        add("b");
        break;
      case "integer":
        this.#offset += type.bits / 8;
        add(`${type.signed ? "i" : "u"}${String(type.bits)}`);
        break;
      case "float":
        this.#offset += type.bits / 8;
        add(`f${String(type.bits)}`);
        break;
      case "char":
        this.#offset += scalarWidth(this.#view.getUint8(this.#offset));
        add("c");
        break;
      case "string":
        add(`s${String(this.#text())}`);
        break;
      case "bytes":
        this.#bytes(type.isCounted === true ? undefined : type.length, add);
        break;
      case "unit":
      case "unknown":
        break;
      case "option": {
        const tag = this.#view.getUint8(this.#offset);
        this.#offset += 1;
        add(`o${String(tag)}`);
        if (tag === 1) {
          this.type(type.inner);
        }
        break;
      }
      case "sequence": {
        const length = this.#count();
        add(`n${String(length)}`);
        this.#elements(Array.from({ length }, () => type.element));
        break;
      }
      case "array":
        this.#elements(Array.from({ length: type.length }, () => type.element));
        break;
      case "tuple":
        this.#elements(type.elements);
        break;
      case "map":
        this.#map(type.key, type.value, add);
        break;
      case "result":
        this.#result(type.success, type.failure, add);
        break;
      case "named":
        this.#named(type.id, add);
        break;
      default:
        assertNever(type);
    }
  }

  #map(key: TypeSchema, value: TypeSchema, add: (word: string) => void): void {
    const length = this.#count();
    add(`n${String(length)}`);
    for (let entry = 0; entry < length; entry++) {
      this.#step(entry, () => {
        this.#elements([key, value]);
      });
    }
  }

  #result(success: TypeSchema, failure: TypeSchema, add: (word: string) => void): void {
    const index = this.#index();
    add(`v${String(index)}`);
    this.#step(index === 0 ? "Ok" : "Err", () => {
      this.type(index === 0 ? success : failure);
    });
  }

  #named(id: string, add: (word: string) => void): void {
    const named = namedType(this.#types, id);
    if (named?.kind === "struct") {
      this.#body(named.body);
    } else if (named !== undefined) {
      this.#enum(named, add);
    }
  }

  #enum(named: EnumType, add: (word: string) => void): void {
    const start = this.#offset;
    let variant: EnumType["variants"][number] | undefined;
    if (named.tagged === "byName") {
      const length = this.#text();
      add(`s${String(length)}`);
      const text = new TextDecoder().decode(
        new Uint8Array(this.#view.buffer, this.#view.byteOffset + start + 8, length),
      );
      variant = named.variants.find(({ serializedName }) => serializedName === text);
    } else {
      const index = this.#index();
      add(`v${String(index)}`);
      variant = named.variants.find((each) => each.index === index);
    }
    if (variant !== undefined && variant.body.kind !== "unit") {
      const { name, body } = variant;
      this.#step(name, () => {
        this.#body(body);
      });
    }
  }

  #body(body: TypeBody): void {
    switch (body.kind) {
      case "unit":
        break;
      case "newtype":
        this.type(body.inner);
        break;
      case "tuple":
        this.#elements(body.elements);
        break;
      case "struct":
        for (const { name, type } of body.fields) {
          this.#step(name, () => {
            this.type(type);
          });
        }
        break;
      default:
        assertNever(body);
    }
  }

  #bytes(fixed: number | undefined, add: (word: string) => void): void {
    const length = fixed ?? this.#count();
    if (fixed === undefined) {
      add(`n${String(length)}`);
    }
    for (let index = 0; index < length; index++) {
      add("u8");
    }
    this.#offset += length;
  }

  #elements(types: readonly TypeSchema[]): void {
    types.forEach((type, index) => {
      this.#step(index, () => {
        this.type(type);
      });
    });
  }

  #step(step: PathStep, body: () => void): void {
    this.#path.push(step);
    body();
    this.#path.pop();
  }

  #index(): number {
    const index = this.#view.getUint32(this.#offset, true);
    this.#offset += 4;
    return index;
  }

  #count(): number {
    const count = Number(this.#view.getBigUint64(this.#offset, true));
    this.#offset += 8;
    return count;
  }

  /** Bytes of a text. */
  #text(): number {
    const length = this.#count();
    this.#offset += length;
    return length;
  }
}
