// What differs between a method as it is described now and as it was described before, in the words of people: gained and lost
// fields and variants, other types. Only what a value's bytes or its names depend on; comments and spellings do not count.

import type { MethodSchema } from "./plugin.ts";
import type {
  EnumType,
  FieldSchema,
  NamedType,
  TypeBody,
  TypeSchema,
  TypeTable,
} from "./schema/schema.ts";
import { partsOf } from "./schema/typeParts.ts";

/** The types of a method, and of the configuration of its plugin. */
export interface DescribedTypes {
  readonly method: Pick<
    MethodSchema,
    "wire" | "stream" | "arguments" | "streamArgument" | "returns"
  >;
  readonly config: TypeSchema | undefined;
  readonly types: TypeTable;
}

/** A sentence without its full stop for each difference, each once: "`P` has gained the field `y`". */
export function typeChanges(then: DescribedTypes, now: DescribedTypes): readonly string[] {
  const comparison = new Comparison(then.types, now.types);
  const [before, after] = [then.method, now.method];
  if (before.wire !== after.wire || before.stream !== after.stream) {
    comparison.tell("the method crosses in another way");
  }
  comparison.lists("the arguments", before.arguments, after.arguments);
  comparison.optional(
    "the stream that it takes",
    before.streamArgument?.type,
    after.streamArgument?.type,
  );
  comparison.optional("the configuration", then.config, now.config);
  if (before.returns.kind === "value" && after.returns.kind === "value") {
    comparison.types("the result", before.returns.type, after.returns.type);
  } else if (before.returns.kind === "result" && after.returns.kind === "result") {
    comparison.types("the result", before.returns.success, after.returns.success);
    comparison.types("the error", before.returns.failure, after.returns.failure);
  } else {
    comparison.tell("the result crosses in another way");
  }
  return comparison.changes;
}

interface Part {
  readonly name: string;
  readonly type: TypeSchema;
}

class Comparison {
  readonly #then: TypeTable;
  readonly #now: TypeTable;
  readonly #changes = new Set<string>();
  readonly #compared = new Set<string>();

  constructor(then: TypeTable, now: TypeTable) {
    this.#then = then;
    this.#now = now;
  }

  get changes(): readonly string[] {
    return [...this.#changes];
  }

  tell(change: string): void {
    this.#changes.add(change);
  }

  optional(place: string, then: TypeSchema | undefined, now: TypeSchema | undefined): void {
    if (then !== undefined && now !== undefined) {
      this.types(place, then, now);
    } else if (then !== now) {
      this.tell(now === undefined ? `${place} is gone` : `${place} is new`);
    }
  }

  types(place: string, then: TypeSchema, now: TypeSchema): void {
    if (then.kind === "named" && now.kind === "named" && then.id === now.id) {
      this.#named(then.id);
      return;
    }
    const [before, after] = [partsOf(then), partsOf(now)];
    if (ownKey(then) !== ownKey(now) || before.length !== after.length) {
      this.tell(
        then.rustType === now.rustType
          ? `${place}, \`${now.rustType}\`, crosses in another form`
          : `${place} was \`${then.rustType}\` and is \`${now.rustType}\``,
      );
      return;
    }
    before.forEach((part, index) => {
      const other = after[index];
      if (other !== undefined) {
        this.types(place, part, other);
      }
    });
  }

  /** Named parts in their order. */
  lists(place: string, then: readonly Part[], now: readonly Part[]): void {
    for (const { name, type } of now) {
      const before = then.find((part) => part.name === name);
      if (before !== undefined) {
        this.types(`\`${name}\``, before.type, type);
      }
    }
    const names = (parts: readonly Part[]): string => parts.map(({ name }) => name).join();
    if (names(then) !== names(now)) {
      this.tell(`${place} are others`);
    }
  }

  #named(id: string): void {
    if (this.#compared.has(id)) {
      return;
    }
    this.#compared.add(id);
    const then = Object.hasOwn(this.#then, id) ? this.#then[id] : undefined;
    const now = Object.hasOwn(this.#now, id) ? this.#now[id] : undefined;
    if (then === undefined || now === undefined) {
      this.tell(`\`${id}\` is not described in both`);
    } else if (then.kind === "struct" && now.kind === "struct") {
      this.#bodies(now.name, then.body, now.body, "struct");
    } else if (then.kind === "enum" && now.kind === "enum") {
      this.#enums(then, now);
    } else {
      this.tell(`\`${now.name}\` was ${articled(then)} and is ${articled(now)}`);
    }
  }

  #bodies(name: string, then: TypeBody, now: TypeBody, owner: "struct" | "variant"): void {
    if (then.kind === "struct" && now.kind === "struct") {
      this.#fields(name, then.fields, now.fields);
    } else if (then.kind === "newtype" && now.kind === "newtype") {
      this.types(`the value in \`${name}\``, then.inner, now.inner);
    } else if (
      then.kind === "tuple" &&
      now.kind === "tuple" &&
      then.elements.length === now.elements.length
    ) {
      then.elements.forEach((element, index) => {
        const other = now.elements[index];
        if (other !== undefined) {
          this.types(`\`${name}.${index}\``, element, other);
        }
      });
    } else if (then.kind !== "unit" || now.kind !== "unit") {
      this.tell(`the ${owner} \`${name}\` holds other values`);
    }
  }

  #fields(name: string, then: readonly FieldSchema[], now: readonly FieldSchema[]): void {
    this.#members(name, "field", then, now);
    for (const { name: field, type } of now) {
      const before = then.find((each) => each.name === field);
      if (before !== undefined) {
        this.types(`\`${name}.${field}\``, before.type, type);
      }
    }
  }

  #enums(then: EnumType, now: EnumType): void {
    this.#members(now.name, "variant", then.variants, now.variants);
    if (then.tagged !== now.tagged) {
      this.tell(`\`${now.name}\` crosses in another form`);
    }
    for (const variant of now.variants) {
      const before = then.variants.find(({ name }) => name === variant.name);
      if (before === undefined) {
        continue;
      }
      if (before.index !== variant.index || before.serializedName !== variant.serializedName) {
        this.tell(`\`${now.name}::${variant.name}\` has another tag`);
      }
      this.#bodies(`${now.name}::${variant.name}`, before.body, variant.body, "variant");
    }
  }

  #members(
    name: string,
    kind: "field" | "variant",
    then: readonly { readonly name: string }[],
    now: readonly { readonly name: string }[],
  ): void {
    const before = then.map((member) => member.name);
    const after = now.map((member) => member.name);
    const gained = after.filter((member) => !before.includes(member));
    const lost = before.filter((member) => !after.includes(member));
    if (gained.length > 0) {
      this.tell(`\`${name}\` has gained ${listed(kind, gained)}`);
    }
    if (lost.length > 0) {
      this.tell(`\`${name}\` has lost ${listed(kind, lost)}`);
    }
    const common = before.filter((member) => after.includes(member)).join();
    if (common !== after.filter((member) => before.includes(member)).join()) {
      this.tell(`\`${name}\` has its ${kind}s in another order`);
    }
  }
}

function listed(kind: string, names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  const last = quoted.pop() ?? "";
  return quoted.length === 0
    ? `the ${kind} ${last}`
    : `the ${kind}s ${quoted.join(", ")} and ${last}`;
}

function articled({ kind }: NamedType): string {
  return kind === "enum" ? "an enum" : "a struct";
}

/** What of the type itself decides on bytes and text, without its parts. */
function ownKey(type: TypeSchema): string {
  const { kind, format } = type;
  switch (kind) {
    case "integer":
      return JSON.stringify([
        kind,
        format,
        type.bits,
        type.signed,
        type.nonZero,
        type.flags?.named.map(({ name, value }) => [name, value]),
      ]);
    case "float":
      return JSON.stringify([kind, format, type.bits]);
    case "bytes":
      return JSON.stringify([kind, format, type.length, type.isCounted]);
    case "array":
      return JSON.stringify([kind, format, type.length]);
    case "sequence":
      return JSON.stringify([kind, format, type.isSet]);
    case "named":
      return JSON.stringify([kind, format, type.id]);
    case "bool":
    case "char":
    case "string":
    case "unit":
    case "option":
    case "tuple":
    case "map":
    case "result":
    case "unknown":
      return JSON.stringify([kind, format]);
  }
}
