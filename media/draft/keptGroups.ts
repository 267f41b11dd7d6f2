// What a draft keeps, as people are shown it: the same place of all rows together, with the fields that each may be used for.

import { editDistance } from "../../src/model/text/editDistance.ts";
import { splitPointer } from "../../src/model/value/jsonPointer.ts";
import type {
  FieldSchema,
  TypeBody,
  TypeSchema,
  TypeTable,
} from "../../src/model/schema/schema.ts";
import type { JsonObject } from "../../src/model/value/value.ts";
import { toFormValue } from "../values/conform.ts";
import { equalValues } from "../values/equalValues.ts";
import { childPointer, pointerLabel, valueAt, withValueAt } from "../values/pointer.ts";
import { isScalar, resolveType } from "../values/shape.ts";
import type { SideTable } from "../values/sideTable.ts";
import { ValueFitter } from "./fitValue.ts";
import { keptAt, withKept, type KeptPart } from "./keptParts.ts";
import type { DraftTypes, FormState } from "./reconcile.ts";
import { kindOf } from "./typeBefore.ts";

const maximumOffers = 2;

export interface KeptGroup {
  /** The place, with `[…]` for all rows. */
  readonly label: string;
  readonly parts: readonly KeptPlace[];
  /** Names of fields beside it that take the value. */
  readonly offers: readonly string[];
}

interface KeptPlace {
  readonly pointer: string;
  readonly part: KeptPart;
}

/** What somebody typed and is not sent; values that a type began with are kept as well, and nobody misses them. */
export function keptGroups(state: FormState, types: DraftTypes): readonly KeptGroup[] {
  const groups = new Map<string, KeptPlace[]>();
  for (const pointer of Object.keys(state.side)) {
    for (const part of keptAt(state.side, pointer)) {
      if (part.value !== undefined && part.isDefault !== true) {
        const label = pointerLabel(pointer).replaceAll(/\[\d+\]/gu, "[…]");
        groups.set(label, [...(groups.get(label) ?? []), { pointer, part }]);
      }
    }
  }
  return [...groups].map(([label, parts]) => ({
    label: parts.length === 1 ? pointerLabel(parts[0]?.pointer ?? "") : label,
    parts,
    offers: offersFor(parts, state, types),
  }));
}

/** The draft with each of the values in the field of that name beside it. */
export function takeKept(state: FormState, { parts }: KeptGroup, name: string): FormState {
  let { value } = state;
  for (const { pointer, part } of parts) {
    const target = childPointer(parentOf(pointer), name);
    value = withValueAt(value, target, part.value ?? null) as JsonObject;
  }
  return { value, side: without(state.side, parts) };
}

export function dropKept(state: FormState, { parts }: KeptGroup): FormState {
  return { ...state, side: without(state.side, parts) };
}

function without(side: SideTable, parts: readonly KeptPlace[]): SideTable {
  return parts.reduce(
    (left, { pointer, part }) =>
      withKept(
        left,
        pointer,
        keptAt(left, pointer).filter((each) => each !== part),
      ),
    side,
  );
}

/** Fields that nobody filled yet, of the same type, with a similar name or new since the value lost its place. */
function offersFor(
  parts: readonly KeptPlace[],
  state: FormState,
  { method, types }: DraftTypes,
): readonly string[] {
  const [first] = parts;
  if (first === undefined) {
    return [];
  }
  const { pointer, part } = first;
  const name = splitPointer(pointer)?.at(-1) ?? "";
  const parent = parentOf(pointer);
  const fields = parent === "" ? method.arguments : fieldsAt(parent, method.arguments, types);
  const ranked = fields.flatMap((field) => {
    const target = childPointer(parent, field.name);
    const current = valueAt(state.value, target);
    const isFree = equalValues(current, toFormValue(field.type, types, undefined));
    if (field.name === name || !isFree || !takes(field, part, types)) {
      return [];
    }
    const isNew = keptAt(state.side, target).some(({ value }) => value === undefined);
    const rank = isSimilar(name, field.name) ? 2 : isNew ? 1 : 0;
    return rank === 0 ? [] : [{ rank, name: field.name }];
  });
  return ranked
    .sort((left, right) => right.rank - left.rank)
    .slice(0, maximumOffers)
    .map((each) => each.name);
}

function takes({ type, name }: Field, part: KeptPart, types: TypeTable): boolean {
  if (part.kind !== undefined && part.kind !== kindOf(type, types)) {
    return false;
  }
  const returned = new Map([[childPointer("", name), part]]);
  const fitter = new ValueFitter({ types, typesBefore: types, side: {}, returned });
  fitter.fields(undefined, [{ name, type }], { [name]: part.value ?? null }, "");
  return Object.keys(fitter.side).length === 0;
}

/** `lat` and `latitude`, `colour` and `color`. */
function isSimilar(left: string, right: string): boolean {
  const [a, b] = [left, right].map((name) => name.toLowerCase().replaceAll("_", ""));
  if (a === undefined || b === undefined || a === "" || b === "") {
    return false;
  }
  return (
    a.includes(b) ||
    b.includes(a) ||
    editDistance(a, b) <= Math.floor(Math.min(a.length, b.length) / 3)
  );
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}

type Field = Pick<FieldSchema, "name" | "type">;

/** The fields of the struct at a place; none where there is no struct. */
function fieldsAt(pointer: string, fields: readonly Field[], types: TypeTable): readonly Field[] {
  const [first, ...rest] = splitPointer(pointer) ?? [];
  const type = fields.find(({ name }) => name === first)?.type;
  let body = type === undefined ? undefined : bodyOf(type, types);
  for (const step of rest) {
    body = body === undefined ? undefined : bodyBelow(body, step, types);
  }
  return body?.kind === "struct" ? body.fields : [];
}

type Part =
  | TypeBody
  | { readonly kind: "variants"; readonly bodies: ReadonlyMap<string, TypeBody> }
  | { readonly kind: "list"; readonly element: TypeSchema };

/** What is inside of a type, as steps of a pointer lead there. */
function bodyOf(type: TypeSchema, types: TypeTable): Part {
  const { shape } = resolveType(type, types);
  if (isScalar(shape)) {
    return { kind: "unit" };
  }
  switch (shape.kind) {
    case "option":
      return bodyOf(shape.inner, types);
    case "struct":
      return shape.named.body;
    case "enum":
      return {
        kind: "variants",
        bodies: new Map(shape.named.variants.map(({ name, body }) => [name, body])),
      };
    case "result":
      return {
        kind: "variants",
        bodies: new Map([
          ["Ok", { kind: "newtype", inner: shape.success }],
          ["Err", { kind: "newtype", inner: shape.failure }],
        ]),
      };
    case "sequence":
    case "array":
      return { kind: "list", element: shape.element };
    case "map":
      return {
        kind: "list",
        element: { kind: "tuple", rustType: "", elements: [shape.key, shape.value] },
      };
    case "tuple":
      return { kind: "tuple", elements: shape.elements };
  }
}

function bodyBelow(part: Part, step: string, types: TypeTable): Part | undefined {
  if (step === "$some") {
    return part; // an option's inside was looked through
  }
  const type = typeBelow(part, step);
  if (type !== undefined) {
    return bodyOf(type, types);
  }
  const body = part.kind === "variants" ? part.bodies.get(step) : undefined;
  return body?.kind === "newtype" ? bodyOf(body.inner, types) : body;
}

function typeBelow(part: Part, step: string): TypeSchema | undefined {
  switch (part.kind) {
    case "list":
      return part.element;
    case "tuple":
      return part.elements[Number(step)];
    case "struct":
      return part.fields.find(({ name }) => name === step)?.type;
    case "newtype":
    case "unit":
    case "variants":
      return undefined;
  }
}

/** A kept value in a few words. */
export function keptText({ value = null, kind }: KeptPart): string {
  const isNumber = kind === "integer" || kind === "float";
  const text = isNumber && typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
