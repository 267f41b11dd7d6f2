// Whether two types are the same bytes in the same sense (reference 6.1): names of types do not matter, what stands around a single
// value neither.

import { assertNever } from "../../model/result.ts";
import type { NamedType, TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import { partsOfBody } from "../../model/schema/typeParts.ts";

/** A piece of a wire form that is no mere sequence of others. */
type Atom =
  | { readonly kind: "leaf"; readonly key: string }
  | { readonly kind: "nested"; readonly key: string; readonly parts: readonly TypeSchema[] }
  | { readonly kind: "enum"; readonly variants: readonly VariantForm[] };

interface VariantForm {
  /** The index, or the text that stands for it. */
  readonly tag: string;
  readonly parts: readonly TypeSchema[];
}

/** The most pairs of types that are looked at: far more than anybody's interface has. */
const mostPairs = 20_000;

/** The longest array whose elements are written out to be compared with a tuple's. */
const longestWrittenArray = 64;

/** Deeper than types nest in one another without a sequence or an option between them. */
const deepest = 200;

/** Compares types of two tables; what was found to be equal is remembered. */
export class WireForms {
  readonly #before: TypeTable;
  readonly #after: TypeTable;
  /** Pairs that are equal, or under way: a circle of types is equal unless something in it differs. */
  readonly #seen = new Map<TypeSchema, Set<TypeSchema>>();
  #pairs = 0;

  constructor(before: TypeTable, after: TypeTable) {
    this.#before = before;
    this.#after = after;
  }

  /** False also where a type is not known: then nobody can say that they are the same. */
  areSame(before: TypeSchema, after: TypeSchema): boolean {
    const known = this.#seen.get(before) ?? new Set();
    this.#seen.set(before, known);
    if (known.has(after)) {
      return true;
    }
    known.add(after);
    this.#pairs += 1;
    const isSame = this.#pairs <= mostPairs && this.#haveSameAtoms([before], [after]);
    if (!isSame) {
      // What was taken to be equal on the way here rests on this pair.
      this.#seen.clear();
    }
    return isSame;
  }

  #haveSameAtoms(before: readonly TypeSchema[], after: readonly TypeSchema[]): boolean {
    const then = atomsOf(before, this.#before, 0);
    const now = atomsOf(after, this.#after, 0);
    if (then === undefined || now?.length !== then.length) {
      return false;
    }
    return then.every((atom, index) => {
      const other = now[index];
      return other !== undefined && this.#isSameAtom(atom, other);
    });
  }

  #isSameAtom(before: Atom, after: Atom): boolean {
    if (before.kind === "enum" || after.kind === "enum") {
      return (
        before.kind === "enum" &&
        after.kind === "enum" &&
        before.variants.length === after.variants.length &&
        before.variants.every((variant, index) => {
          const other = after.variants[index];
          return other?.tag === variant.tag && this.#areSameLists(variant.parts, other.parts);
        })
      );
    }
    if (before.key !== after.key) {
      return false;
    }
    return (
      before.kind === "leaf" ||
      (after.kind === "nested" && this.#areSameLists(before.parts, after.parts))
    );
  }

  #areSameLists(before: readonly TypeSchema[], after: readonly TypeSchema[]): boolean {
    const [then, now] = [before[0], after[0]];
    return before.length === 1 && after.length === 1 && then !== undefined && now !== undefined
      ? this.areSame(then, now)
      : this.#haveSameAtoms(before, after);
  }
}

/** Undefined where a type is not known. */
function atomsOf(
  types: readonly TypeSchema[],
  table: TypeTable,
  depth: number,
): readonly Atom[] | undefined {
  const atoms: Atom[] = [];
  for (const type of types) {
    const own = depth > deepest ? undefined : atomsOfOne(type, table, depth);
    if (own === undefined) {
      return undefined;
    }
    atoms.push(...own);
  }
  return atoms;
}

function leaf(...key: readonly unknown[]): readonly Atom[] {
  return [{ kind: "leaf", key: JSON.stringify(key) }];
}

function nested(key: string, ...parts: readonly TypeSchema[]): readonly Atom[] {
  return [{ kind: "nested", key, parts }];
}

function atomsOfOne(
  type: TypeSchema,
  table: TypeTable,
  depth: number,
): readonly Atom[] | undefined {
  switch (type.kind) {
    case "bool":
    case "char":
    case "string":
      return leaf(type.kind);
    case "integer":
      return leaf(type.kind, type.bits, type.signed, type.nonZero === true);
    case "float":
      return leaf(type.kind, type.bits);
    case "bytes":
      return bytesAtoms(type);
    case "unit":
      return [];
    case "option":
      return nested("option", type.inner);
    case "sequence":
      return nested("sequence", type.element);
    case "array":
      return type.length <= longestWrittenArray
        ? atomsOf(
            Array.from({ length: type.length }, () => type.element),
            table,
            depth + 1,
          )
        : nested(`array ${String(type.length)}`, type.element);
    case "tuple":
      return atomsOf(type.elements, table, depth + 1);
    case "map":
      return nested("sequence", {
        kind: "tuple",
        rustType: "",
        elements: [type.key, type.value],
      });
    case "result":
      return [
        {
          kind: "enum",
          variants: [type.success, type.failure].map((part, index) => ({
            tag: String(index),
            parts: [part],
          })),
        },
      ];
    case "named": {
      const named = Object.hasOwn(table, type.id) ? table[type.id] : undefined;
      return named === undefined ? undefined : atomsOfNamed(named, table, depth);
    }
    case "unknown":
      return undefined;
    default:
      return assertNever(type);
  }
}

/** `Vec<u8>` is a sequence of `u8` like any other. */
function bytesAtoms(type: Extract<TypeSchema, { readonly kind: "bytes" }>): readonly Atom[] {
  const byte: TypeSchema = { kind: "integer", rustType: "u8", bits: 8, signed: false };
  if (type.length === undefined) {
    return nested("sequence", byte);
  }
  if (type.isCounted === true) {
    return leaf("countedBytes", type.length);
  }
  return type.length <= longestWrittenArray
    ? Array.from({ length: type.length }, () => leaf("integer", 8, false, false)).flat()
    : nested(`array ${String(type.length)}`, byte);
}

function atomsOfNamed(
  named: NamedType,
  table: TypeTable,
  depth: number,
): readonly Atom[] | undefined {
  if (named.kind === "struct") {
    return atomsOf(partsOfBody(named.body), table, depth + 1);
  }
  const variants = named.variants.map(({ index, serializedName, name, body }) => ({
    tag: named.tagged === "byName" ? (serializedName ?? name) : String(index),
    parts: partsOfBody(body),
  }));
  return [{ kind: "enum", variants }];
}
