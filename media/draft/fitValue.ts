// Fits a value to the types that the source gives its places now. What fits stays the very same; what does not is kept beside
// it, with the plainest value of the new type standing in.

import { isSomeWrapper } from "../../src/codec/kinds/options.ts";
import { serdeText, unknownReason } from "../../src/codec/values/unknownParts.ts";
import {
  isJsonArray,
  isJsonObject,
  memberOf,
  setMember,
  type MutableJsonObject,
} from "../../src/model/value/jsonObject.ts";
import type { TypeBody, TypeSchema, TypeTable } from "../../src/model/schema/schema.ts";
import type { JsonValue } from "../../src/model/value/value.ts";
import { defaultBody, prepare, toFormValue } from "../values/conform.ts";
import { equalValues } from "../values/equalValues.ts";
import { PartTable } from "../values/inDepth.ts";
import { childPointer } from "../values/pointer.ts";
import {
  canBeNull,
  isHuman,
  isScalar,
  resolveType,
  variantOf,
  type CompositeShape,
  type Shape,
} from "../values/shape.ts";
import type { SideTable } from "../values/sideTable.ts";
import { same } from "../values/typedChildren.ts";
import { fitsScalar } from "./fitScalar.ts";
import {
  defaultBefore,
  elementOf,
  kindOf,
  shapeBefore,
  tupleOf,
  type Before,
  type Fields,
} from "./typeBefore.ts";
import { keptAt, noted, type KeptNote, type KeptPart, type ShapeKind } from "./keptParts.ts";

export interface FitInput {
  readonly types: TypeTable;
  /** The types that the value was of; undefined where they are not known any more. */
  readonly typesBefore: TypeTable | undefined;
  readonly side: SideTable;
  /** Parts that stand in the value again, by place: what was known of them. */
  readonly returned: ReadonlyMap<string, KeptPart>;
}

export class ValueFitter {
  readonly #input: FitInput;
  readonly #notes: KeptNote[] = [];
  /** Parts that were looked at, lest lists in lists are looked at twice for each level. */
  readonly #fitting = new PartTable<boolean>();

  constructor(input: FitInput) {
    this.#input = input;
  }

  /** The side table with what is kept now. */
  get side(): SideTable {
    return noted(this.#input.side, this.#notes);
  }

  /** The members of a struct, or the arguments of a method. */
  fields(before: Fields | undefined, fields: Fields, value: JsonValue, pointer: string): JsonValue {
    const given = isJsonObject(value) ? value : {};
    const typeBefore = (name: string) => before?.find((field) => field.name === name)?.type;
    const object: MutableJsonObject = {};
    for (const { name, type } of fields) {
      const place = childPointer(pointer, name);
      if (!Object.hasOwn(object, name)) {
        setMember(object, name, this.#part(typeBefore(name), type, memberOf(given, name), place));
      }
    }
    for (const [name, part] of Object.entries(given)) {
      if (!Object.hasOwn(object, name)) {
        this.#keep(typeBefore(name), part, childPointer(pointer, name));
      }
    }
    const names = Object.keys(object);
    const isOrdered = Object.keys(given).every((name, index) => name === names[index]);
    return isOrdered ? same(value, object) : object;
  }

  /** A place's new value: the one there where it fits, else one that was kept earlier, else the plainest. */
  #part(
    before: Before,
    type: TypeSchema,
    value: JsonValue | undefined,
    pointer: string,
  ): JsonValue {
    const mark = this.#notes.length;
    const isTyped = value !== undefined && !this.#isOtherDefault(before, type, value, pointer);
    const fitted = isTyped ? this.#fit(before, type, value, pointer) : undefined;
    if (fitted !== undefined) {
      return fitted;
    }
    this.#notes.length = mark;
    const older = this.#older(type, pointer);
    if (older !== undefined) {
      this.#notes.push({ pointer, drop: older.part });
      if (value !== undefined) {
        this.#keep(before, value, pointer);
      }
      return older.value;
    }
    const instead = toFormValue(type, this.#input.types, undefined);
    if (value === undefined) {
      this.#notes.push({ pointer, keep: { instead } });
    } else if (equalValues(value, instead)) {
      return value;
    } else {
      this.#keep(before, value, pointer, instead);
    }
    return instead;
  }

  #isOtherDefault(before: Before, type: TypeSchema, value: JsonValue, pointer: string): boolean {
    const { types, typesBefore, returned } = this.#input;
    const known = returned.get(pointer) ?? defaultBefore(before, typesBefore, value);
    return known.isDefault === true && known.kind !== kindOf(type, types);
  }

  #keep(before: Before, value: JsonValue, pointer: string, instead?: JsonValue): void {
    const { typesBefore, returned } = this.#input;
    const { instead: _, ...known } =
      returned.get(pointer) ?? defaultBefore(before, typesBefore, value);
    const stands = instead === undefined ? {} : { instead };
    this.#notes.push({ pointer, keep: { ...known, value, ...stands } });
  }

  /** The newest part kept here that fits wholly. */
  #older(type: TypeSchema, pointer: string): { part: KeptPart; value: JsonValue } | undefined {
    const wanted = kindOf(type, this.#input.types);
    for (const part of [...keptAt(this.#input.side, pointer)].reverse()) {
      const { value, kind } = part;
      if (value !== undefined && (kind === undefined || kind === wanted)) {
        const mark = this.#notes.length;
        const fitted = this.#fit(undefined, type, value, pointer);
        const isWhole = fitted !== undefined && this.#notes.length === mark;
        this.#notes.length = mark;
        if (isWhole) {
          return { part, value: fitted };
        }
      }
    }
    return undefined;
  }

  /** Undefined where the value does not fit at all. */
  #fit(given: Before, type: TypeSchema, value: JsonValue, pointer: string): JsonValue | undefined {
    const { types, returned } = this.#input;
    // A part that stands here again is of the type that it was kept with, not of the one that was here meanwhile.
    const known = returned.get(pointer);
    const before = known === undefined ? given : undefined;
    if (serdeText(value) !== undefined) {
      return unknownReason(type, types) === undefined ? undefined : value;
    }
    const { shape } = resolveType(type, types);
    if (shape.kind === "formatted" && !isHuman(shape, value)) {
      return this.#fit(before, shape.exact, value, pointer);
    }
    const old = shapeBefore(before, this.#input.typesBefore, value);
    if (shape.kind === "option") {
      const inner = old?.kind === "option" ? old.inner : before;
      return this.#option(inner, shape, value, pointer);
    }
    return old?.kind === "option" || isSomeWrapper(value)
      ? this.#unwrapped(old?.kind === "option" ? old.inner : undefined, type, value, pointer)
      : this.#plain(old, known?.kind, shape, value, pointer);
  }

  #plain(
    old: Shape | undefined,
    known: ShapeKind | undefined,
    shape: Exclude<Shape, { kind: "option" }>,
    value: JsonValue,
    pointer: string,
  ): JsonValue | undefined {
    const { types, typesBefore } = this.#input;
    if (isScalar(shape)) {
      return fitsScalar(old?.kind ?? known, shape, value, types) ? value : undefined;
    }
    // As the form has it, a map is a list of pairs; an object is something else.
    const prepared = typesBefore === undefined ? prepare(shape, types, value) : value;
    return this.#composite(old, shape, prepared, pointer);
  }

  #option(
    before: Before,
    shape: Extract<Shape, { kind: "option" }>,
    given: JsonValue,
    pointer: string,
  ): JsonValue | undefined {
    const { types } = this.#input;
    const value = prepare(shape, types, given);
    if (value === null || !isSomeWrapper(value)) {
      return value === null ? null : this.#fit(before, shape.inner, value, pointer);
    }
    if (!canBeNull(shape.inner, types)) {
      return this.#unwrapped(before, shape.inner, value, pointer);
    }
    const part = this.#fit(before, shape.inner, value.$some, childPointer(pointer, "$some"));
    return part === undefined ? undefined : same(value, { $some: part });
  }

  /** What an option held; a None in a Some is no None. */
  #unwrapped(
    before: Before,
    type: TypeSchema,
    value: JsonValue,
    pointer: string,
  ): JsonValue | undefined {
    const inner = isSomeWrapper(value) ? value.$some : value;
    return inner === null && value !== null ? undefined : this.#fit(before, type, inner, pointer);
  }

  #composite(
    old: Shape | undefined,
    shape: Exclude<CompositeShape, { kind: "option" }>,
    value: JsonValue,
    pointer: string,
  ): JsonValue | undefined {
    switch (shape.kind) {
      case "sequence":
        return isJsonArray(value) && this.#hasFitting(old, shape.element, value, pointer)
          ? this.#elements(old, Array<TypeSchema>(value.length).fill(shape.element), value, pointer)
          : undefined;
      case "array":
        return isJsonArray(value) && this.#hasFitting(old, shape.element, value, pointer)
          ? this.#elements(old, Array<TypeSchema>(shape.length).fill(shape.element), value, pointer)
          : undefined;
      case "tuple":
        return this.#elements(old, shape.elements, value, pointer);
      case "map":
        return this.#map(old, shape, value, pointer);
      case "result":
        return this.#result(old, shape, value, pointer);
      case "struct": {
        const before = old?.kind === "struct" ? old.named.body : undefined;
        return this.#body(before, shape.named.body, value, pointer);
      }
      case "enum":
        return this.#variant(old, shape, value, pointer);
    }
  }

  /** Lists of another element are kept as a whole: a list of as many zeros is nobody's wish. */
  #hasFitting(
    old: Shape | undefined,
    element: TypeSchema,
    parts: readonly JsonValue[],
    pointer: string,
    placeOf: (row: string) => string = (row) => row,
  ): boolean {
    const mark = this.#notes.length;
    const found = parts.some((part, index) => {
      const known = this.#fitting.get(part, element);
      const place = placeOf(childPointer(pointer, index));
      const fits = known ?? this.#fit(elementOf(old, index), element, part, place) !== undefined;
      this.#fitting.set(part, element, fits);
      return fits;
    });
    this.#notes.length = mark;
    return found || parts.length === 0;
  }

  #elements(
    old: Shape | undefined,
    elements: readonly TypeSchema[],
    value: JsonValue,
    pointer: string,
  ): JsonValue | undefined {
    if (!isJsonArray(value)) {
      return undefined;
    }
    for (const [index, part] of value.entries()) {
      if (index >= elements.length) {
        this.#keep(elementOf(old, index), part, childPointer(pointer, index));
      }
    }
    return same(
      value,
      elements.map((element, index) =>
        this.#part(elementOf(old, index), element, value[index], childPointer(pointer, index)),
      ),
    );
  }

  #map(
    old: Shape | undefined,
    shape: Extract<Shape, { kind: "map" }>,
    value: JsonValue,
    pointer: string,
  ): JsonValue | undefined {
    if (!isJsonArray(value)) {
      return undefined;
    }
    const rows = value.flatMap((row) => (isJsonArray(row) && row.length === 2 ? [row] : []));
    const before = old?.kind === "map" ? old : undefined;
    const fits = (at: 0 | 1, from: Before, type: TypeSchema) =>
      this.#hasFitting(
        from === undefined ? undefined : { kind: "sequence", rustType: "", element: from },
        type,
        rows.map((row) => row[at] ?? null),
        pointer,
        (row) => childPointer(row, at),
      );
    if (
      rows.length < value.length ||
      !fits(0, before?.key, shape.key) ||
      !fits(1, before?.value, shape.value)
    ) {
      return undefined;
    }
    const pair: Shape | undefined = before && tupleOf([before.key, before.value]);
    return same(
      value,
      rows.map((row, index) => {
        const place = childPointer(pointer, index);
        return this.#elements(pair, [shape.key, shape.value], row, place) ?? row;
      }),
    );
  }

  #result(
    old: Shape | undefined,
    shape: Extract<Shape, { kind: "result" }>,
    value: JsonValue,
    pointer: string,
  ): JsonValue | undefined {
    const [name, ...others] = isJsonObject(value) ? Object.keys(value) : [];
    if (!isJsonObject(value) || others.length > 0 || (name !== "Ok" && name !== "Err")) {
      return undefined;
    }
    const before = old?.kind === "result" ? old : undefined;
    const [from, type] =
      name === "Ok" ? [before?.success, shape.success] : [before?.failure, shape.failure];
    const place = childPointer(pointer, name);
    return same(value, { [name]: this.#part(from, type, memberOf(value, name), place) });
  }

  #variant(
    old: Shape | undefined,
    shape: Extract<Shape, { kind: "enum" }>,
    value: JsonValue,
    pointer: string,
  ): JsonValue | undefined {
    const variant = variantOf(shape.named, value);
    if (variant === undefined) {
      return undefined;
    }
    const inner = isJsonObject(value) ? memberOf(value, variant.name) : undefined;
    const isUnit = variant.body.kind === "unit";
    if (isUnit !== (inner === undefined)) {
      // The variant has a body now, or has none any more.
      const instead = isUnit
        ? variant.name
        : { [variant.name]: defaultBody(variant.body, this.#input.types) };
      const isDefault = isUnit ? {} : ({ isDefault: true } as const);
      this.#notes.push({ pointer, keep: { value, instead, kind: shape.kind, ...isDefault } });
      return instead;
    }
    if (inner === undefined) {
      return value;
    }
    const variants = old?.kind === "enum" ? old.named.variants : [];
    const before = variants.find(({ name }) => name === variant.name)?.body;
    const body = this.#body(before, variant.body, inner, childPointer(pointer, variant.name));
    return body === undefined ? undefined : same(value, { [variant.name]: body });
  }

  #body(
    before: TypeBody | undefined,
    body: TypeBody,
    value: JsonValue,
    pointer: string,
  ): JsonValue | undefined {
    switch (body.kind) {
      case "unit":
        return value === null ? null : undefined;
      case "newtype": {
        const inner = before?.kind === "newtype" ? before.inner : undefined;
        return this.#fit(inner, body.inner, value, pointer);
      }
      case "tuple": {
        const old = before?.kind === "tuple" ? tupleOf(before.elements) : undefined;
        return this.#elements(old, body.elements, value, pointer);
      }
      case "struct": {
        const fields = before?.kind === "struct" ? before.fields : undefined;
        return isJsonObject(value) ? this.fields(fields, body.fields, value, pointer) : undefined;
      }
    }
  }
}
