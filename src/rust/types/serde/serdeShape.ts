// Struct or enum with its serde attributes → what bincode writes for it, or reads (reference 6.1, 6.4): the two may differ.
// Where no fixed shape exists the body is unknown; what will not work is a warning at the attribute that causes it.

import type {
  FieldSchema,
  NamedType,
  TypeBody,
  TypeSchema,
  TypeWarning,
  VariantSchema,
} from "../../../model/schema/schema.ts";
import {
  entryText,
  isConditional,
  serdeAsType,
  serdeEntries,
  type MetaEntry,
} from "../../syntax/items/attributes.ts";
import type { WireDirection } from "../../syntax/items/direction.ts";
import type {
  BodySource,
  EnumItem,
  FieldSource,
  Fragment,
  StructItem,
  VariantSource,
} from "../../syntax/items/items.ts";
import type { Resolved } from "../resolved.ts";
import {
  asBytes,
  attributePlace,
  byName,
  entryValue,
  flattenedField,
  isLeftOut,
  transparentField,
} from "./serdeParts.ts";
import { serdeFieldName, serdeVariantName, serializedStructName } from "./serdeNames.ts";
import { jsonTagOf, taggingOf, takesTag, type Tagging } from "./serdeTags.ts";
import { wireObstacle } from "./wireObstacle.ts";
import type { TypeScope } from "../typeScope.ts";
import { parseTypeText, type TypeSyntax } from "../../syntax/typeSyntax.ts";

/** What describing a type asks of the resolver. */
export interface FieldResolver {
  readonly direction: WireDirection;
  resolve(type: TypeSyntax, scope: TypeScope): Resolved;
  resolveSource(source: FieldSource["type"], scope: TypeScope): TypeSchema;
  /** As {@link resolve}, saying nothing of what cannot be known. */
  resolveQuietly(source: FieldSource["type"], scope: TypeScope): Resolved;
  /** The type that a `with` path describes for another crate's type (`remote`); undefined when it is none. */
  resolveRemote(path: string, scope: TypeScope): TypeSchema | undefined;
  /** What the helper module at a `with` path writes for a type; undefined for all but well-known ones. */
  resolveHelper(path: string, scope: TypeScope, inner: TypeSchema): TypeSchema | undefined;
  /** What `#[serde_as(as = "…")]` writes for a type; undefined for adaptors that are not known. */
  resolveAdaptor(as: string, scope: TypeScope, type: TypeSchema): TypeSchema | undefined;
  unknown(rustType: string, reason: string): Resolved;
  /** The declaration behind a named type; undefined for one without source. */
  declarationOf(id: string): StructItem | EnumItem | undefined;
  /** A warning in the source, at an attribute or field. */
  warn(scope: TypeScope, place: Fragment, warning: TypeWarning): void;
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
  readonly #tagging: Tagging;
  readonly #warnings: TypeWarning[] = [];

  constructor(item: StructItem | EnumItem, scope: TypeScope, resolver: FieldResolver) {
    this.#item = item;
    this.#scope = scope;
    this.#resolver = resolver;
    this.#entries = byName(serdeEntries(item));
    this.#tagging = taggingOf((name) => {
      const entry = this.#entries.get(name);
      return entry && (entryText(entry) ?? true);
    });
  }

  get #isReading(): boolean {
    return this.#resolver.direction === "reading";
  }

  describe(): NamedType {
    const whole = this.#wholeBody();
    if (whole !== undefined) {
      return this.#struct(whole);
    }
    if (this.#item.kind === "struct") {
      return this.#struct(this.#structBody(this.#item));
    }
    const kept = this.#item.variants
      .map((variant, index) => ({ variant, index }))
      .filter(({ variant }) => !isLeftOut(variant, this.#resolver.direction));
    this.#warnOfSkippedVariants(this.#item.variants);
    // A reader numbers the variants that it keeps, a writer all of them.
    const variants = kept.map(({ variant, index }, position) =>
      this.#variant(variant, this.#isReading ? position : index),
    );
    const tag = this.#tagging.kind === "name" ? { tagged: "byName" as const } : {};
    const jsonTag = jsonTagOf(this.#tagging);
    return {
      kind: "enum",
      ...this.#head(),
      ...tag,
      ...jsonTag,
      variants,
      warnings: this.#warnings,
    };
  }

  #head(): { name: string; doc?: string } {
    const { name, doc } = this.#item;
    return doc === null ? { name } : { name, doc };
  }

  #struct(body: TypeBody): NamedType {
    return { kind: "struct", ...this.#head(), body, warnings: this.#warnings };
  }

  /** Container attributes that replace the declared shape, in the order in which serde looks for them. */
  #wholeBody(): TypeBody | undefined {
    const item = this.#item;
    if (item.kind === "struct" && item.body.kind !== "unit" && this.#entries.has("transparent")) {
      const carrier = transparentField(item.body.fields, this.#resolver.direction);
      return carrier === undefined
        ? { kind: "unit" }
        : { kind: "newtype", inner: this.#fieldType(carrier) };
    }
    const conversion = this.#isReading ? ["from", "try_from"] : ["into"];
    const converted = conversion.find((name) => this.#entries.has(name));
    if (converted !== undefined) {
      const other = entryValue(this.#entries, converted) ?? "()";
      const inner = this.#resolver.resolve(parseTypeText(other), this.#scope).schema;
      return { kind: "newtype", inner };
    }
    const withoutNone = item.attributes.find(({ path }) => path.at(-1) === "skip_serializing_none");
    if (withoutNone !== undefined && !this.#isReading) {
      this.#warn(
        "serdeSkipIf",
        `\`#[${withoutNone.path.join("::")}]\` leaves \`None\` fields of \`${item.name}\` out of the bytes; bincode then misreads what follows. They are shown as always present.`,
        withoutNone,
      );
    }
    const obstacle = wireObstacle(item, this.#entries, this.#tagging, this.#resolver.direction);
    return obstacle && this.#unknownBody(obstacle.code, obstacle.message, obstacle.place);
  }

  #unknownBody(code: string, message: string, place: Fragment): TypeBody {
    this.#warn(code, message, place);
    return { kind: "newtype", inner: this.#resolver.unknown(this.#item.name, message).schema };
  }

  #warn(code: string, message: string, place: Fragment): void {
    const warning = { code, message };
    this.#warnings.push(warning);
    this.#resolver.warn(this.#scope, place, warning);
  }

  #structBody(item: StructItem): TypeBody {
    const { body } = item;
    if (body.kind === "unit") {
      return { kind: "unit" };
    }
    // serde pays no heed to `skip` on the only field of a tuple struct.
    const [only] = body.fields;
    if (body.kind === "tuple" && body.fields.length === 1 && only !== undefined) {
      return { kind: "newtype", inner: this.#fieldType(only) };
    }
    const described = this.#body(body, item.name, this.#entries.get("rename_all"));
    if (this.#tagging.kind !== "name" || this.#isReading || described.kind !== "struct") {
      return described;
    }
    const name = serializedStructName(item.name, this.#entries);
    const doc = `Always "${name}".`;
    const tag = {
      name: this.#tagging.field,
      type: { rustType: "String", kind: "string" },
      doc,
    } as const;
    return { kind: "struct", fields: [tag, ...described.fields] };
  }

  /** `rules` renames all fields. */
  #body(body: BodySource, owner: string, rules: MetaEntry | undefined): TypeBody {
    if (body.kind === "unit") {
      return { kind: "unit" };
    }
    const [only] = body.fields;
    if (body.kind === "tuple" && body.fields.length === 1 && only !== undefined) {
      return isLeftOut(only, this.#resolver.direction)
        ? { kind: "unit" }
        : { kind: "newtype", inner: this.#fieldType(only) };
    }
    const { direction } = this.#resolver;
    const isVariant = this.#item.kind === "enum";
    const flattened = flattenedField(body.fields, direction, isVariant);
    if (flattened !== undefined) {
      return this.#unknownBody(
        "serdeFlatten",
        `\`${owner}\` uses \`#[serde(flatten)]\`, which bincode cannot ${this.#isReading ? "read" : "encode"}: calls with it fail. Nest the inner struct instead.`,
        attributePlace(flattened, "flatten"),
      );
    }
    const fields = body.fields.flatMap((field) => this.#field(field, owner, rules) ?? []);
    return body.kind === "tuple"
      ? { kind: "tuple", elements: fields.map(({ type }) => type) }
      : { kind: "struct", fields };
  }

  #field(field: FieldSource, owner: string, rules: MetaEntry | undefined): FieldSchema | undefined {
    const entries = byName(serdeEntries(field));
    const place = `\`${owner}.${field.name}\``;
    this.#warnOfOneSide(field, entries, place);
    if (isLeftOut(field, this.#resolver.direction)) {
      return undefined;
    }
    if (entries.has("skip_serializing_if")) {
      this.#warnOfLeavingOut(attributePlace(field, "skip_serializing_if"), place);
    }
    if (isConditional(field)) {
      const message = `${place} depends on a \`cfg\` condition; it is taken as present.`;
      this.#warn("cfg", message, field);
    }
    const type = this.#fieldType(field);
    const inJson = serdeFieldName(field.name, entries, rules, this.#resolver.direction);
    return {
      name: field.name,
      ...jsonNameOf(field.name, inJson),
      type,
      ...(field.doc === null ? {} : { doc: field.doc }),
    };
  }

  /** A value that is passed is always written whole here; a host in Rust leaves the field out. */
  #warnOfLeavingOut(attribute: Fragment, place: string): void {
    const code = "serdeSkipIf";
    if (this.#isReading) {
      const message = `A host in Rust leaves ${place} out of the bytes when its \`skip_serializing_if\` holds; the plugin then misreads what follows.`;
      this.#resolver.warn(this.#scope, attribute, { code, message });
    } else {
      const message = `${place} is left out of the bytes when its \`skip_serializing_if\` holds; bincode then misreads what follows. It is shown as always present.`;
      this.#warn(code, message, attribute);
    }
  }

  /** Both sides are described as they are; a value that goes there and back does not fit any more. */
  #warnOfOneSide(field: FieldSource, entries: ReadonlyMap<string, MetaEntry>, place: string): void {
    const skipped = ["skip_serializing", "skip_deserializing"].filter((name) => entries.has(name));
    const [name] = skipped;
    if (skipped.length === 1 && name !== undefined) {
      const side = name === "skip_serializing" ? "written" : "read";
      this.#warn(
        "serdeSkipOneSide",
        `${place} is never ${side} (\`${name}\`) but expected on the other side: bytes that one side writes cannot be read by the other. Use \`skip\` instead.`,
        attributePlace(field, name),
      );
    }
  }

  #fieldType(field: FieldSource): TypeSchema {
    const entries = byName(serdeEntries(field));
    const names = ["with", this.#isReading ? "deserialize_with" : "serialize_with"];
    const helper = names.find((name) => entries.has(name));
    const isAdapted = field.attributes.some(({ path }) => path.at(-1) === "serde_as");
    if (helper === undefined && !isAdapted) {
      return this.#resolver.resolveSource(field.type, this.#scope);
    }
    const adaptor = serdeAsType(field, this.#resolver.direction);
    if (helper === undefined && adaptor === null) {
      return this.#resolver.resolveSource(field.type, this.#scope);
    }
    const text = helper === undefined ? (adaptor ?? "") : (entryValue(entries, helper) ?? helper);
    const known = helper === undefined ? this.#adapted(field, text) : this.#helperType(field, text);
    if (known !== undefined) {
      for (const warning of known.warnings ?? []) {
        this.#resolver.warn(this.#scope, field.type, warning);
      }
      return known;
    }
    const reason = `The field \`${field.name}\` is written by \`${text}\`, so its bytes cannot be told from its type.`;
    return this.#resolver.unknown(field.type.text, reason).schema;
  }

  /** What an adaptor of serde_with writes. */
  #adapted(field: FieldSource, as: string): TypeSchema | undefined {
    const { schema } = this.#resolver.resolveQuietly(field.type, this.#scope);
    const adapted = this.#resolver.resolveAdaptor(as, this.#scope, schema);
    return adapted && { ...adapted, rustType: field.type.text };
  }

  /** What the well-known helpers write; `serialize_with` names the function in the module. */
  #helperType(field: FieldSource, helper: string): TypeSchema | undefined {
    const path = helper.replace(/::(?:de)?serialize$/u, "");
    const type = this.#resolver.resolveQuietly(field.type, this.#scope);
    const known = /(?:^|::)serde_bytes$/u.test(path)
      ? asBytes(type)
      : this.#resolver.resolveHelper(path, this.#scope, type.schema);
    const remote = known ?? this.#resolver.resolveRemote(path, this.#scope);
    return remote && { ...remote, rustType: field.type.text };
  }

  #variant(variant: VariantSource, index: number): VariantSchema {
    const entries = byName(serdeEntries(variant));
    const { name, doc } = variant;
    const place = `\`${this.#item.name}::${name}\``;
    if (isConditional(variant)) {
      const message = `${place} depends on a \`cfg\` condition; it is taken as present, which counts for the indexes after it.`;
      this.#warn("cfg", message, variant);
    }
    const { direction } = this.#resolver;
    const inJson = serdeVariantName(name, entries, this.#entries, direction);
    const serializedName =
      this.#tagging.kind === "name"
        ? { serializedName: serdeVariantName(name, entries, this.#entries, "writing") }
        : {};
    const rules = entries.get("rename_all") ?? this.#entries.get("rename_all_fields");
    const head = {
      name,
      index,
      ...serializedName,
      ...jsonNameOf(name, inJson),
      ...(doc === null ? {} : { doc }),
    };
    const names = ["with", this.#isReading ? "deserialize_with" : "serialize_with"];
    const helper = names.find((key) => entries.has(key));
    const body =
      helper === undefined
        ? this.#tagged(this.#body(variant.body, `${this.#item.name}::${name}`, rules))
        : undefined;
    const reason = `${place} is written in a way of its own (\`${helper ?? "tag"}\`), so its bytes cannot be told from its fields.`;
    return {
      ...head,
      body: body ?? {
        kind: "newtype",
        inner: this.#resolver.unknown(name, reason).schema,
      },
    };
  }

  /** A variant's body behind the name of an internally tagged enum; undefined when the tag changes its form. */
  #tagged(body: TypeBody): TypeBody | undefined {
    if (this.#tagging.kind !== "name" || body.kind !== "newtype") {
      return body;
    }
    const { inner } = body;
    const item = inner.kind === "named" ? this.#resolver.declarationOf(inner.id) : undefined;
    return item !== undefined && takesTag(item) ? body : undefined;
  }

  #warnOfSkippedVariants(variants: readonly VariantSource[]): void {
    const last = variants.findLastIndex((variant) => !isLeftOut(variant, "reading"));
    variants.forEach((variant, index) => {
      if (isLeftOut(variant, "reading") && index < last) {
        const entries = serdeEntries(variant).map(({ name }) => name);
        this.#warn(
          "serdeSkipVariant",
          `\`${this.#item.name}::${variant.name}\` is skipped: writer and reader then number the variants after it differently, so that the bytes of one are another variant, or none, to the other. Move it to the end.`,
          attributePlace(variant, entries.includes("skip") ? "skip" : "skip_deserializing"),
        );
      }
    });
  }
}

function jsonNameOf(name: string, inJson: string): { readonly jsonName?: string } {
  return inJson === name ? {} : { jsonName: inJson };
}
