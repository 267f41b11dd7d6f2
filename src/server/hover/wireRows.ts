// The bytes of a method's arguments and result, or of a type, as rows of a table: each part with its place in the bytes as far as that
// is fixed.

import type { MethodSchema } from "../../model/plugin.ts";
import type { NamedType, TypeBody, TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import { wireText } from "../../model/schema/wireText.ts";
import { code, type HoverBlock, type Words } from "./hoverText.ts";

/** Rows that a hover shows. */
const mostRows = 24;
/** Structs inside of structs that are taken apart. */
const deepest = 3;

interface Row {
  readonly name: string;
  readonly bytes: string;
  /** Undefined behind a part of changing length. */
  readonly offset: number | undefined;
}

/** Goes through types in the order of their bytes. */
class Rows {
  readonly #types: TypeTable;
  readonly #rows: Row[] = [];
  #offset: number | undefined = 0;
  #left = 0;

  constructor(types: TypeTable) {
    this.#types = types;
  }

  get all(): readonly Row[] {
    return this.#rows;
  }

  /** How many rows did not find room. */
  get left(): number {
    return this.#left;
  }

  add(name: string, type: TypeSchema, depth = 0): void {
    const named = namedOf(type, this.#types);
    if (named !== undefined && depth < deepest) {
      this.addNamed(name, named, depth + 1);
      return;
    }
    this.#push(name, wireText(type, this.#types), sizeOf(type));
  }

  addNamed(name: string, named: NamedType, depth: number): void {
    if (named.kind === "struct") {
      this.#addBody(name, named.body, depth);
      return;
    }
    const start = this.#offset;
    for (const { name: variant, index, serializedName, body } of named.variants) {
      this.#offset = start;
      const tag =
        named.tagged === "byName"
          ? `u64 length, text ${JSON.stringify(serializedName ?? variant)}`
          : `u32 ${String(index)}`;
      const tagBytes = named.tagged === "byName" ? undefined : 4;
      this.#push(name === "" ? variant : `${name} = ${variant}`, tag, tagBytes);
      this.#addBody(name === "" ? variant : `${name}.${variant}`, body, depth);
    }
    this.#offset = undefined;
  }

  #addBody(name: string, body: TypeBody, depth: number): void {
    const under = (part: string): string => (name === "" ? part : `${name}.${part}`);
    switch (body.kind) {
      case "unit":
        break;
      case "newtype":
        this.add(name === "" ? "0" : name, body.inner, depth);
        break;
      case "tuple":
        body.elements.forEach((element, index) => {
          this.add(under(String(index)), element, depth);
        });
        break;
      case "struct":
        for (const field of body.fields) {
          this.add(under(field.name), field.type, depth);
        }
        break;
    }
  }

  #push(name: string, bytes: string, size: number | undefined): void {
    if (this.#rows.length < mostRows) {
      this.#rows.push({ name, bytes, offset: this.#offset });
    } else {
      this.#left += 1;
    }
    this.#offset =
      this.#offset === undefined || size === undefined ? undefined : this.#offset + size;
  }
}

function namedOf(type: TypeSchema, types: TypeTable): NamedType | undefined {
  return type.kind === "named" && Object.hasOwn(types, type.id) ? types[type.id] : undefined;
}

/** The number of bytes where it is the same for all values. */
function sizeOf(type: TypeSchema): number | undefined {
  if (type.kind === "array") {
    const element = sizeOf(type.element);
    return element === undefined ? undefined : element * type.length;
  }
  if (type.kind === "bytes") {
    return type.isCounted === true ? undefined : type.length;
  }
  if (type.kind === "integer" || type.kind === "float") {
    return type.bits / 8;
  }
  return type.kind === "bool" ? 1 : type.kind === "unit" ? 0 : undefined;
}

/** The table of a method's arguments and of what it gives. */
export function methodWire(method: MethodSchema, types: TypeTable): readonly HoverBlock[] {
  const { wire, streamArgument, returns, stream } = method;
  if (wire === "raw") {
    return [
      table("Bytes of the arguments and the result", [
        [["argument"], ["0"], ["the bytes as they are, no length"]],
        [["result"], ["0"], ["the bytes as they are, no length"]],
        ...(returns.kind === "result"
          ? rowsOf("status -3, ", "error", returns.failure, types)
          : []),
      ]),
    ];
  }
  const input = new Rows(types);
  for (const { name, type } of method.arguments) {
    input.add(name, type);
  }
  const given = stream === "server" || stream === "bidirectional" ? "each item" : "result";
  const rows: (readonly Words[])[] = [
    ...shownRows("", input),
    ...(input.all.length === 0 ? [[["arguments"], [""], ["nothing"]]] : []),
    ...(streamArgument === undefined
      ? []
      : rowsOf("each item in, ", streamArgument.name, streamArgument.type, types)),
    ...(returns.kind === "value"
      ? rowsOf("", given, returns.type, types)
      : [
          ...rowsOf("status 0, ", given, returns.success, types),
          ...rowsOf("status -3, ", "error", returns.failure, types),
        ]),
  ];
  return [table("Bytes of the arguments and the result", rows)];
}

/** The table of one argument. */
export function typeWire(name: string, type: TypeSchema, types: TypeTable): HoverBlock {
  return table("Part", rowsOf("", name, type, types));
}

/** The table of a struct or an enum. */
export function namedWire(named: NamedType, types: TypeTable): HoverBlock {
  const rows = new Rows(types);
  rows.addNamed("", named, 1);
  const shown = shownRows("", rows);
  return table("Part", shown.length === 0 ? [[["no part"], [""], ["nothing"]]] : shown);
}

function rowsOf(
  when: string,
  name: string,
  type: TypeSchema,
  types: TypeTable,
): readonly (readonly Words[])[] {
  const rows = new Rows(types);
  rows.add(name, type);
  return rows.all.length === 0 ? [[[when, code(name)], [""], ["nothing"]]] : shownRows(when, rows);
}

function shownRows(when: string, rows: Rows): readonly (readonly Words[])[] {
  const shown = rows.all.map(({ name, bytes, offset }): readonly Words[] => [
    [when, code(name)],
    [offset === undefined ? "" : String(offset)],
    [code(bytes)],
  ]);
  return rows.left === 0 ? shown : [...shown, [[`and ${String(rows.left)} more`], [""], [""]]];
}

function table(head: string, rows: readonly (readonly Words[])[]): HoverBlock {
  return { kind: "table", head: [head, "Offset", "On the wire"], rows };
}
