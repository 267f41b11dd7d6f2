// One line of text for a schema, so that expectations read like the type's bytes.

import type { MethodSchema } from "../../../src/model/plugin.ts";
import type {
  NamedType,
  ReturnSchema,
  TypeBody,
  TypeSchema,
  TypeTable,
} from "../../../src/model/schema/schema.ts";

/** `seq(u8?)`, `map(string, demo::Point)`, `unknown`. */
export function schemaText(type: TypeSchema): string {
  switch (type.kind) {
    case "integer":
      return `${type.nonZero === true ? "nonzero " : ""}${type.signed ? "i" : "u"}${String(type.bits)}`;
    case "float":
      return `f${String(type.bits)}`;
    case "bytes":
      return type.length === undefined
        ? "bytes"
        : `${type.isCounted === true ? "counted " : ""}bytes(${String(type.length)})`;
    case "option":
      return `${schemaText(type.inner)}?`;
    case "sequence":
      return `${type.isSet === true ? "set" : "seq"}(${schemaText(type.element)})`;
    case "array":
      return `[${schemaText(type.element)}; ${String(type.length)}]`;
    case "tuple":
      return `(${type.elements.map(schemaText).join(", ")})`;
    case "map":
      return `map(${schemaText(type.key)}, ${schemaText(type.value)})`;
    case "result":
      return `result(${schemaText(type.success)}, ${schemaText(type.failure)})`;
    case "named":
      return type.id;
    case "bool":
    case "char":
    case "string":
    case "unit":
    case "unknown":
      return type.kind;
  }
}

function namedText(named: NamedType): string {
  return named.kind === "struct"
    ? `struct ${bodyText(named.body)}`
    : `enum ${named.variants
        .map(({ name, index, serializedName, body }) =>
          `${serializedName === undefined ? String(index) : JSON.stringify(serializedName)} ${name} ${bodyText(body)}`.trim(),
        )
        .join(" | ")}`;
}

function bodyText(body: TypeBody): string {
  switch (body.kind) {
    case "unit":
      return "";
    case "newtype":
      return schemaText(body.inner);
    case "tuple":
      return `(${body.elements.map(schemaText).join(", ")})`;
    case "struct":
      return `{ ${body.fields.map(({ name, type }) => `${name}: ${schemaText(type)}`).join(", ")} }`;
  }
}

function returnText(returns: ReturnSchema): string {
  return returns.kind === "value"
    ? schemaText(returns.type)
    : `Result(${schemaText(returns.success)}, ${schemaText(returns.failure)})`;
}

/** `async run(a: u8, b: string) -> unit`. */
export function methodText(method: MethodSchema): string {
  const given = method.arguments.map(({ name, type }) => `${name}: ${schemaText(type)}`);
  const words = [
    method.isAsync ? "async " : "",
    method.wire === "raw" ? "raw " : "",
    method.stream === "none" ? "" : `${method.stream} stream `,
  ];
  return `${words.join("")}${method.name}(${given.join(", ")}) -> ${returnText(method.returns)}`;
}

/** All named types of a table, `id = description`. */
export function tableText(types: TypeTable): string[] {
  return Object.entries(types).map(([id, named]) => `${id} = ${namedText(named)}`);
}
