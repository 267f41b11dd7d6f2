// Methods described in both directions → one type table. Nearly every type is the same shape read and written; one that is not
// gets a second entry for what is written, and so does every type that contains it.

import type { MethodSchema } from "../../model/plugin.ts";
import type {
  NamedType,
  ReturnSchema,
  TypeBody,
  TypeId,
  TypeSchema,
  TypeTable,
} from "../../model/schema/schema.ts";
import { partsOf, partsOfNamed } from "../../model/schema/typeParts.ts";
import { typeTable } from "./typeTable.ts";
import type { TypeResolvers } from "./typeResolvers.ts";

/** Ids of written types that differ from what is read under the same name. */
function writtenId(id: TypeId): TypeId {
  return `${id} as written`;
}

/** The methods with the table for them and `config`. */
export function joinDirections<M extends MethodSchema>(
  methods: readonly M[],
  config: TypeSchema | null,
  resolvers: TypeResolvers,
): { readonly methods: readonly M[]; readonly types: TypeTable } {
  const read = methods.flatMap(({ arguments: given, streamArgument }) => [
    ...given.map(({ type }) => type),
    ...(streamArgument === undefined ? [] : [streamArgument.type]),
  ]);
  const written = methods.flatMap(({ returns }) => returnTypes(returns));
  const reading = typeTable(config === null ? read : [...read, config], resolvers.reading);
  const writing = typeTable(written, resolvers.writing);
  const differing = differingIds(reading, writing);
  if (differing.size === 0) {
    return { methods, types: sorted({ ...writing, ...reading }) };
  }
  const rename = (type: TypeSchema): TypeSchema =>
    mapTypes(type, (id) => (differing.has(id) ? writtenId(id) : id));
  const renamed = Object.entries(writing).map(([id, named]) => [
    differing.has(id) ? writtenId(id) : id,
    mapNamed(named, rename),
  ]);
  return {
    methods: methods.map((method) => ({ ...method, returns: mapReturn(method.returns, rename) })),
    types: sorted({ ...(Object.fromEntries(renamed) as TypeTable), ...reading }),
  };
}

function returnTypes(returns: ReturnSchema): readonly TypeSchema[] {
  return returns.kind === "value" ? [returns.type] : [returns.success, returns.failure];
}

const texts = new WeakMap<NamedType, string>();

/** The description as text, to compare it by: many methods share it. */
function textOf(type: NamedType | undefined): string {
  let text = type && texts.get(type);
  if (type !== undefined && text === undefined) {
    text = JSON.stringify(type);
    texts.set(type, text);
  }
  return text ?? "";
}

/** Types of both tables that differ themselves, and those that contain such a type. */
function differingIds(reading: TypeTable, writing: TypeTable): ReadonlySet<TypeId> {
  const shared = Object.keys(writing).filter((id) => Object.hasOwn(reading, id));
  const differing = new Set(shared.filter((id) => textOf(reading[id]) !== textOf(writing[id])));
  for (let size = -1; size !== differing.size;) {
    size = differing.size;
    for (const [id, named] of Object.entries(writing)) {
      if (!differing.has(id) && Object.hasOwn(reading, id) && refersTo(named, differing)) {
        differing.add(id);
      }
    }
  }
  return differing;
}

function refersTo(named: NamedType, ids: ReadonlySet<TypeId>): boolean {
  const pending = [...partsOfNamed(named)];
  for (let type = pending.pop(); type !== undefined; type = pending.pop()) {
    if (type.kind === "named" && ids.has(type.id)) {
      return true;
    }
    pending.push(...partsOf(type));
  }
  return false;
}

function mapReturn(returns: ReturnSchema, change: (type: TypeSchema) => TypeSchema): ReturnSchema {
  return returns.kind === "value"
    ? { ...returns, type: change(returns.type) }
    : { ...returns, success: change(returns.success), failure: change(returns.failure) };
}

/** The type with other ids in all its parts. */
function mapTypes(type: TypeSchema, idOf: (id: TypeId) => TypeId): TypeSchema {
  const change = (part: TypeSchema): TypeSchema => mapTypes(part, idOf);
  switch (type.kind) {
    case "named":
      return { ...type, id: idOf(type.id) };
    case "option":
      return { ...type, inner: change(type.inner) };
    case "sequence":
    case "array":
      return { ...type, element: change(type.element) };
    case "tuple":
      return { ...type, elements: type.elements.map(change) };
    case "map":
      return { ...type, key: change(type.key), value: change(type.value) };
    case "result":
      return { ...type, success: change(type.success), failure: change(type.failure) };
    case "bool":
    case "integer":
    case "float":
    case "char":
    case "string":
    case "bytes":
    case "unit":
    case "unknown":
      return type;
  }
}

function mapNamed(named: NamedType, change: (type: TypeSchema) => TypeSchema): NamedType {
  return named.kind === "struct"
    ? { ...named, body: mapBody(named.body, change) }
    : {
        ...named,
        variants: named.variants.map((variant) => ({
          ...variant,
          body: mapBody(variant.body, change),
        })),
      };
}

function mapBody(body: TypeBody, change: (type: TypeSchema) => TypeSchema): TypeBody {
  switch (body.kind) {
    case "unit":
      return body;
    case "newtype":
      return { ...body, inner: change(body.inner) };
    case "tuple":
      return { ...body, elements: body.elements.map(change) };
    case "struct":
      return {
        ...body,
        fields: body.fields.map((field) => ({ ...field, type: change(field.type) })),
      };
  }
}

function sorted(table: TypeTable): TypeTable {
  return Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)));
}
