// Struct or enum with its serde attributes → what bincode writes for it (reference 6.1, 6.4). Where writer and reader
// disagree the shape is what can be stood by, with a warning; where no fixed shape exists the body is unknown.

import type {
  FieldSchema,
  NamedType,
  TypeBody,
  TypeSchema,
  TypeWarning,
  VariantSchema,
} from "../model/schema.ts";
import { derivesOf, entryText, isConditional, serdeEntries, type MetaEntry } from "./attributes.ts";
import type { BodySource, EnumItem, FieldSource, StructItem, VariantSource } from "./items.ts";
import type { Crate, Module } from "./modules.ts";
import type { Resolved } from "./resolved.ts";
import type { TypeScope } from "./typeScope.ts";
import { parseType, parseTypeText, pathNames, type TypeSyntax } from "./typeSyntax.ts";

/** What describing a type asks of the resolver. */
export interface FieldResolver {
  resolve(type: TypeSyntax, scope: TypeScope): Resolved;
  resolveSource(source: FieldSource["type"], scope: TypeScope): TypeSchema;
  unknown(rustType: string, reason: string): Resolved;
}

const bySerde: Readonly<Record<string, string>> = {
  Serialize: "serializing",
  Deserialize: "deserializing",
};

/** Why the type's bytes cannot be told from its declaration at all; null when its derives make them. */
export function serdeObstacle(item: StructItem | EnumItem, module: Module): string | null {
  const derives = derivesOf(item);
  const byHand = handWritten(module.crate).get(item.name);
  const custom = Object.keys(bySerde).find((name) => byHand?.has(name) === true);
  if (custom !== undefined && !derives.has(custom)) {
    return `\`${item.name}\` implements \`${custom}\` by hand, so its bytes cannot be told from its fields.`;
  }
  if (!derives.has("Serialize") && !derives.has("Deserialize")) {
    return `\`${item.name}\` does not derive serde's \`Serialize\` and \`Deserialize\`, so it has no bytes. Add \`#[derive(Serialize, Deserialize)]\` to it.`;
  }
  if (serdeEntries(item).some(({ name }) => name === "remote")) {
    return `\`${item.name}\` describes another type for serde (\`remote\`) and has no implementation itself.`;
  }
  return null;
}

const handWrittenByCrate = new WeakMap<Crate, ReadonlyMap<string, ReadonlySet<string>>>();

/** Types of a crate with their hand-written serde traits; only looked up in the user's own crates. */
function handWritten(crate: Crate): ReadonlyMap<string, ReadonlySet<string>> {
  const known = handWrittenByCrate.get(crate);
  if (known !== undefined) {
    return known;
  }
  const found = new Map<string, Set<string>>();
  for (const module of crate.node.isLocal ? crate.modules() : []) {
    for (const { item } of module.items) {
      if (item.kind === "impl" && item.trait !== null) {
        const trait = lastName(parseType(item.trait));
        const type = lastName(parseType(item.selfType));
        if (trait !== undefined && type !== undefined && Object.hasOwn(bySerde, trait)) {
          found.set(type, (found.get(type) ?? new Set()).add(trait));
        }
      }
    }
  }
  handWrittenByCrate.set(crate, found);
  return found;
}

function lastName(type: TypeSyntax): string | undefined {
  return type.kind === "path" ? pathNames(type).at(-1) : undefined;
}

/** Describes `item` in `scope`, where its generic parameters are bound. */
export function describeNamed(
  item: StructItem | EnumItem,
  scope: TypeScope,
  resolver: FieldResolver,
): NamedType {
  return new Describer(item, scope, resolver).describe();
}

class Describer {
  readonly #item: StructItem | EnumItem;
  readonly #scope: TypeScope;
  readonly #resolver: FieldResolver;
  readonly #entries: ReadonlyMap<string, MetaEntry>;
  readonly #warnings: TypeWarning[] = [];

  constructor(item: StructItem | EnumItem, scope: TypeScope, resolver: FieldResolver) {
    this.#item = item;
    this.#scope = scope;
    this.#resolver = resolver;
    this.#entries = byName(serdeEntries(item));
  }

  describe(): NamedType {
    const whole = this.#wholeBody();
    if (whole !== undefined) {
      return this.#struct(whole);
    }
    if (this.#item.kind === "struct") {
      return this.#struct(this.#structBody(this.#item));
    }
    const variants = this.#item.variants.flatMap(
      (variant, index) => this.#variant(variant, index) ?? [],
    );
    return { kind: "enum", ...this.#head(), variants, warnings: this.#warnings };
  }

  #head(): { name: string; doc?: string } {
    const { name, doc } = this.#item;
    return doc === null ? { name } : { name, doc };
  }

  #struct(body: TypeBody): NamedType {
    return { kind: "struct", ...this.#head(), body, warnings: this.#warnings };
  }

  /** Container attributes that replace the declared shape. */
  #wholeBody(): TypeBody | undefined {
    const item = this.#item;
    const { name } = item;
    const from = entryValue(this.#entries, "from") ?? entryValue(this.#entries, "try_from");
    const into = entryValue(this.#entries, "into");
    if (from !== undefined || into !== undefined) {
      return this.#converted(from, into);
    }
    const other = item.attributes.find(({ path }) =>
      /serde_as|skip_serializing_none/u.test(path.at(-1) ?? ""),
    );
    if (other !== undefined) {
      return this.#unknownBody(
        "serdeMacro",
        `\`#[${other.path.join("::")}]\` changes how \`${name}\` is written, which cannot be told from its fields.`,
      );
    }
    const fields = item.kind === "struct" && item.body.kind !== "unit" ? item.body.fields : [];
    const inVariants =
      item.kind === "enum"
        ? item.variants.flatMap(({ body }) => (body.kind === "unit" ? [] : body.fields))
        : [];
    if ([...fields, ...inVariants].some((field) => byName(serdeEntries(field)).has("flatten"))) {
      return this.#unknownBody(
        "serdeFlatten",
        `\`${name}\` uses \`#[serde(flatten)]\`, which bincode cannot encode: calls with it fail. Nest the inner struct instead.`,
      );
    }
    return this.#taggedBody();
  }

  #converted(from: string | undefined, into: string | undefined): TypeBody {
    const { name } = this.#item;
    if (from === undefined || into === undefined || from !== into) {
      return this.#unknownBody(
        "serdeConversion",
        `\`${name}\` is read and written as different types (\`from\` and \`into\` differ), so it has no single shape.`,
      );
    }
    return {
      kind: "newtype",
      inner: this.#resolver.resolve(parseTypeText(from), this.#scope).schema,
    };
  }

  /** `tag`, `content` and `untagged` (reference 6.4). */
  #taggedBody(): TypeBody | undefined {
    const { name, kind } = this.#item;
    if (this.#entries.has("untagged")) {
      return this.#unknownBody(
        "serdeUntagged",
        `\`${name}\` is \`#[serde(untagged)]\`: bincode writes no sign of the variant, so it can never be read back.`,
      );
    }
    if (!this.#entries.has("tag")) {
      return undefined;
    }
    if (kind === "enum" && this.#entries.has("content")) {
      this.#warn(
        "serdeTag",
        `\`${name}\` has \`#[serde(tag, content)]\`: bincode can write it but never read it, so it works as a result but not as an argument.`,
      );
      return undefined;
    }
    return this.#unknownBody(
      "serdeTag",
      `\`${name}\` has \`#[serde(tag)]\`: bincode writes its name as text and can never read it back.`,
    );
  }

  #unknownBody(code: string, message: string): TypeBody {
    this.#warn(code, message);
    return { kind: "newtype", inner: this.#resolver.unknown(this.#item.name, message).schema };
  }

  #warn(code: string, message: string): void {
    this.#warnings.push({ code, message });
  }

  #structBody(item: StructItem): TypeBody {
    const { body } = item;
    if (body.kind === "unit") {
      return { kind: "unit" };
    }
    if (this.#entries.has("transparent")) {
      const kept = body.fields.filter((field) => !isSkipped(field));
      const carrier =
        kept.length === 1
          ? kept[0]
          : kept.find((field) => !field.type.text.includes("PhantomData"));
      return carrier === undefined
        ? { kind: "unit" }
        : { kind: "newtype", inner: this.#fieldType(carrier) };
    }
    return this.#body(body, item.name);
  }

  #body(body: BodySource, owner: string): TypeBody {
    if (body.kind === "unit") {
      return { kind: "unit" };
    }
    const [only] = body.fields;
    if (body.kind === "tuple" && body.fields.length === 1 && only !== undefined) {
      return isSkipped(only) ? { kind: "unit" } : { kind: "newtype", inner: this.#fieldType(only) };
    }
    const fields = body.fields.flatMap((field) => this.#field(field, owner) ?? []);
    return body.kind === "tuple"
      ? { kind: "tuple", elements: fields.map(({ type }) => type) }
      : { kind: "struct", fields };
  }

  #field(field: FieldSource, owner: string): FieldSchema | undefined {
    if (isSkipped(field)) {
      return undefined;
    }
    const entries = byName(serdeEntries(field));
    const place = `\`${owner}.${field.name}\``;
    if (entries.has("skip_serializing_if")) {
      this.#warn(
        "serdeSkipIf",
        `${place} is left out of the bytes when its \`skip_serializing_if\` holds; bincode then misreads what follows. It is shown as always present.`,
      );
    }
    if (isConditional(field)) {
      this.#warn("cfg", `${place} depends on a \`cfg\` condition; it is taken as present.`);
    }
    const type = this.#oneSided(field, entries, place) ?? this.#fieldType(field);
    return { name: field.name, type, ...(field.doc === null ? {} : { doc: field.doc }) };
  }

  #oneSided(
    field: FieldSource,
    entries: ReadonlyMap<string, MetaEntry>,
    place: string,
  ): TypeSchema | undefined {
    const skipped = ["skip_serializing", "skip_deserializing"].find((name) => entries.has(name));
    if (skipped === undefined) {
      return undefined;
    }
    const side = skipped === "skip_serializing" ? "written" : "read";
    const message = `${place} is never ${side} (\`${skipped}\`) but expected on the other side, so writer and reader disagree from here on. Use \`skip\` instead.`;
    this.#warn("serdeSkipOneSide", message);
    return this.#resolver.unknown(field.type.text, message).schema;
  }

  #fieldType(field: FieldSource): TypeSchema {
    const entries = byName(serdeEntries(field));
    const helper = ["with", "serialize_with", "deserialize_with"].find((name) => entries.has(name));
    const isAdapted = field.attributes.some(({ path }) => path.at(-1) === "serde_as");
    if (helper === undefined && !isAdapted) {
      return this.#resolver.resolveSource(field.type, this.#scope);
    }
    const text = helper === undefined ? "serde_as" : (entryValue(entries, helper) ?? helper);
    if (helper === "with" && /(?:^|::)serde_bytes$/u.test(text)) {
      const type = this.#resolver.resolve(parseType(field.type), this.#scope).schema;
      if (type.kind === "bytes") {
        return { rustType: type.rustType, kind: "bytes" };
      }
    }
    const reason = `The field \`${field.name}\` is written by \`${text}\`, so its bytes cannot be told from its type.`;
    return this.#resolver.unknown(field.type.text, reason).schema;
  }

  #variant(variant: VariantSource, index: number): VariantSchema | undefined {
    const entries = byName(serdeEntries(variant));
    const { name, doc } = variant;
    const place = `\`${this.#item.name}::${name}\``;
    if (isConditional(variant)) {
      this.#warn(
        "cfg",
        `${place} depends on a \`cfg\` condition; it is taken as present, which counts for the indexes after it.`,
      );
    }
    if (entries.has("skip") || entries.has("skip_deserializing")) {
      this.#warn(
        "serdeSkipVariant",
        `${place} is skipped: writer and reader then number the variants after it differently, so those work as results but not as arguments. Move it to the end.`,
      );
    }
    if (entries.has("skip")) {
      return undefined;
    }
    const head = { name, index, ...(doc === null ? {} : { doc }) };
    const helper = ["with", "serialize_with", "deserialize_with", "untagged"].find((key) =>
      entries.has(key),
    );
    if (helper !== undefined) {
      const reason = `${place} is written in a way of its own (\`${helper}\`), so its bytes cannot be told from its fields.`;
      return {
        ...head,
        body: { kind: "newtype", inner: this.#resolver.unknown(name, reason).schema },
      };
    }
    return { ...head, body: this.#body(variant.body, `${this.#item.name}::${name}`) };
  }
}

function isSkipped(field: FieldSource): boolean {
  const entries = byName(serdeEntries(field));
  return (
    entries.has("skip") || (entries.has("skip_serializing") && entries.has("skip_deserializing"))
  );
}

function byName(entries: readonly MetaEntry[]): ReadonlyMap<string, MetaEntry> {
  return new Map(entries.map((entry) => [entry.name, entry]));
}

function entryValue(entries: ReadonlyMap<string, MetaEntry>, name: string): string | undefined {
  const entry = entries.get(name);
  return entry === undefined ? undefined : (entryText(entry) ?? undefined);
}
