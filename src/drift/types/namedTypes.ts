// What changed in structs and enums: fields and variants by name, as people read them.

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
import { partsOf, partsOfBody, partsOfNamed } from "../../model/schema/typeParts.ts";
import type { CompareTypes, Member, Tell } from "./typeChange.ts";
import { WireForms } from "./wireForm.ts";

interface Ports {
  readonly forms: WireForms;
  readonly before: TypeTable;
  readonly after: TypeTable;
  readonly tell: Tell;
}

type UnknownType = Extract<TypeSchema, { readonly kind: "unknown" }>;

interface FoundUnknown {
  readonly type: UnknownType;
  /** It is unknown because bincode cannot carry it. */
  readonly isUnreadable: boolean;
}

export interface UnknownParts {
  readonly first: UnknownType | undefined;
  /** The types differ whatever is unknown of them. */
  readonly isForSure: boolean;
}

/** The structs and enums of both sides, seen from one method. */
export class NamedTypes {
  readonly #ports: Ports;
  readonly #compareTypes: CompareTypes;
  readonly #compared = new Set<TypeId>();

  constructor(ports: Ports, compareTypes: CompareTypes) {
    this.#ports = ports;
    this.#compareTypes = compareTypes;
  }

  /** Whether both are one type as people see it: of one name, wherever it stands. */
  areOne(then: TypeId, now: TypeId): boolean {
    const [before, after] = [this.#then(then), this.#now(now)];
    return (
      before !== undefined &&
      before.kind === after?.kind &&
      (then === now || before.name === after.name)
    );
  }

  compare(then: TypeId, now: TypeId): void {
    const [before, after] = [this.#then(then), this.#now(now)];
    if (before === undefined || after === undefined || this.#compared.has(now)) {
      return;
    }
    this.#compared.add(now);
    if (before.kind === "struct" && after.kind === "struct") {
      this.#bodies(after.name, before.body, after.body, { type: now });
    } else if (before.kind === "enum" && after.kind === "enum") {
      this.#enums(before, after, now);
    }
  }

  /** What is not known in either of them. */
  unknownIn(then: TypeSchema, now: TypeSchema): UnknownParts {
    const parts = [findUnknown(then, this.#ports.before), findUnknown(now, this.#ports.after)];
    const known = parts.filter((part) => part !== undefined);
    return {
      first: known[0]?.type,
      // bincode cannot carry the one and carries the other: the sources tell that they differ.
      isForSure: known.length === 1 && known[0]?.isUnreadable === true,
    };
  }

  #then(id: TypeId): NamedType | undefined {
    return Object.hasOwn(this.#ports.before, id) ? this.#ports.before[id] : undefined;
  }

  #now(id: TypeId): NamedType | undefined {
    return Object.hasOwn(this.#ports.after, id) ? this.#ports.after[id] : undefined;
  }

  /** `owner` is the struct, or the variant. */
  #bodies(name: string, then: TypeBody, now: TypeBody, owner: Member): void {
    if (then.kind === "struct" && now.kind === "struct") {
      this.#fields(name, then.fields, now.fields, owner);
      return;
    }
    const [before, after] = [partsOfBody(then), partsOfBody(now)];
    if (then.kind === now.kind && before.length === after.length) {
      before.forEach((element, index) => {
        const other = after[index];
        if (other !== undefined) {
          this.#compareTypes(`\`${name}.${String(index)}\``, element, other, owner);
        }
      });
      return;
    }
    const isSame = this.#areSame(before, after);
    this.#ports.tell(
      isSame ? "names" : "wire",
      isSame ? `\`${name}\` is written in another way` : `\`${name}\` holds other values`,
      owner,
    );
  }

  #fields(
    name: string,
    then: readonly FieldSchema[],
    now: readonly FieldSchema[],
    owner: Member,
  ): void {
    const { tell, forms } = this.#ports;
    const gained = now.filter((field) => then.every((each) => each.name !== field.name));
    const lost = then.filter((field) => now.every((each) => each.name !== field.name));
    // Of a variant's fields the variant is the place.
    const place = (field: string): Member =>
      owner.name === undefined ? { type: owner.type, name: field } : owner;
    for (const field of gained) {
      const old = then[now.indexOf(field)];
      if (old !== undefined && lost.includes(old) && forms.areSame(old.type, field.type)) {
        lost.splice(lost.indexOf(old), 1);
        tell(
          "names",
          `the field \`${old.name}\` of \`${name}\` is called \`${field.name}\` now`,
          place(field.name),
        );
      } else {
        tell(
          isNothing(field.type, this.#ports.after) ? "names" : "wire",
          `\`${name}\` gained the field \`${field.name}\``,
          place(field.name),
        );
      }
    }
    for (const field of lost) {
      const effect = isNothing(field.type, this.#ports.before) ? "names" : "wire";
      tell(effect, `\`${name}\` lost the field \`${field.name}\``, owner);
    }
    if (!isInOneOrder(then, now)) {
      tell("wire", `\`${name}\` has its fields in another order`, owner);
    }
    for (const field of now) {
      const old = then.find((each) => each.name === field.name);
      if (old !== undefined) {
        this.#compareTypes(`\`${name}.${field.name}\``, old.type, field.type, place(field.name));
      }
    }
  }

  #enums(then: EnumType, now: EnumType, type: TypeId): void {
    const { tell } = this.#ports;
    const { name } = now;
    if (then.tagged !== now.tagged) {
      tell("wire", `\`${name}\` crosses in another form`, { type });
      return;
    }
    const gained = now.variants.filter((variant) => !hasName(then.variants, variant));
    const lost = then.variants.filter((variant) => !hasName(now.variants, variant));
    const lastKept = now.variants.findLastIndex((variant) => !gained.includes(variant));
    for (const variant of gained) {
      const old = then.variants.find(
        (each) => lost.includes(each) && tagOf(each, then) === tagOf(variant, now),
      );
      const member = { type, name: variant.name };
      if (old !== undefined && this.#areSame(partsOfBody(old.body), partsOfBody(variant.body))) {
        lost.splice(lost.indexOf(old), 1);
        const clause = `the variant \`${old.name}\` of \`${name}\` is called \`${variant.name}\` now`;
        tell("names", clause, member);
      } else {
        const isLast = now.tagged === "byName" || now.variants.indexOf(variant) > lastKept;
        const clause = `\`${name}\` gained the variant \`${variant.name}\``;
        tell(isLast && lost.length === 0 ? "variant" : "wire", clause, member);
      }
    }
    for (const variant of lost) {
      tell("wire", `\`${name}\` lost the variant \`${variant.name}\``, { type });
    }
    for (const variant of now.variants) {
      const old = then.variants.find((each) => each.name === variant.name);
      if (old !== undefined) {
        this.#variants(name, [old, tagOf(old, then)], [variant, tagOf(variant, now)], type);
      }
    }
  }

  #variants(
    enumName: string,
    [then, tagThen]: readonly [VariantSchema, string],
    [now, tagNow]: readonly [VariantSchema, string],
    type: TypeId,
  ): void {
    const name = `${enumName}::${now.name}`;
    const member = { type, name: now.name };
    if (tagThen !== tagNow) {
      this.#ports.tell("wire", `\`${name}\` was number ${tagThen} and is ${tagNow}`, member);
    }
    this.#bodies(name, then.body, now.body, member);
  }

  #areSame(then: readonly TypeSchema[], now: readonly TypeSchema[]): boolean {
    return this.#ports.forms.areSame(tupleOf(then), tupleOf(now));
  }
}

function isNothing(type: TypeSchema, table: TypeTable): boolean {
  return new WireForms(table, table).areSame(type, tupleOf([]));
}

function hasName(variants: readonly VariantSchema[], { name }: VariantSchema): boolean {
  return variants.some((each) => each.name === name);
}

function tagOf({ index, name, serializedName }: VariantSchema, { tagged }: EnumType): string {
  return tagged === "byName" ? JSON.stringify(serializedName ?? name) : String(index);
}

function tupleOf(elements: readonly TypeSchema[]): TypeSchema {
  return { kind: "tuple", rustType: "", elements };
}

/** Whether what both have stands in one order. */
function isInOneOrder(then: readonly FieldSchema[], now: readonly FieldSchema[]): boolean {
  const common = (fields: readonly FieldSchema[], others: readonly FieldSchema[]): string =>
    fields
      .map(({ name }) => name)
      .filter((name) => others.some((other) => other.name === name))
      .join();
  return common(then, now) === common(now, then);
}

function findUnknown(root: TypeSchema, table: TypeTable): FoundUnknown | undefined {
  const pending: { readonly type: TypeSchema; readonly isUnreadable: boolean }[] = [
    { type: root, isUnreadable: false },
  ];
  const seen = new Set<TypeId>();
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const { type, isUnreadable } = at;
    if (type.kind === "unknown") {
      return { type, isUnreadable };
    }
    pending.push(...partsOf(type).map((part) => ({ type: part, isUnreadable })));
    const named =
      type.kind === "named" && Object.hasOwn(table, type.id) ? table[type.id] : undefined;
    if (type.kind === "named" && named !== undefined && !seen.has(type.id)) {
      seen.add(type.id);
      const hasWarnings = named.warnings.length > 0;
      pending.push(
        ...partsOfNamed(named).map((part) => ({ type: part, isUnreadable: hasWarnings })),
      );
    }
  }
  return undefined;
}
