// Rust type expressions → TypeSchema for tests of the codec, small and independent of src/rust: built-in names by table.

import type { NamedType, TypeBody, TypeSchema, TypeTable } from "../../src/model/schema/schema.ts";

/** A type expression as TypeSchema; `names` are the ids of named types. undefined for a name that is in no table. */
export function translateRustType(
  text: string,
  names: ReadonlySet<string>,
): TypeSchema | undefined {
  return new TypeParser(text, names).parseAll();
}

const integerNames = /^([ui])(8|16|32|64|128|size)$/;

function integer(rustType: string, nonZero = false): TypeSchema {
  const match = integerNames.exec(rustType);
  const bits = match?.[2] === "size" ? 64 : Number(match?.[2]);
  return {
    rustType: nonZero ? `NonZero${rustType.toUpperCase()}` : rustType,
    kind: "integer",
    bits: bits as 8 | 16 | 32 | 64 | 128,
    signed: match?.[1] === "i",
    ...(nonZero ? { nonZero } : {}),
  };
}

/** Names that mean the same as their only argument. */
const transparent = new Set(
  "Box Rc Arc Cow Cell RefCell Mutex RwLock Wrapping Saturating Reverse OrderedFloat".split(" "),
);
const lists = new Set("Vec VecDeque LinkedList BinaryHeap SmallVec".split(" "));
const sets = new Set("BTreeSet HashSet IndexSet".split(" "));
const maps = new Set("HashMap BTreeMap IndexMap OrderedMap".split(" "));
const texts = new Set(
  (
    "String str Path PathBuf NaiveDate NaiveTime NaiveDateTime DateTime chrono::Weekday chrono::Month " +
    "Url Version VersionReq Decimal"
  ).split(" "),
);
const byteStrings = new Set("ByteBuf Bytes BytesMut CString".split(" "));

class TypeParser {
  readonly #text: string;
  readonly #names: ReadonlySet<string>;
  #position = 0;

  constructor(text: string, names: ReadonlySet<string>) {
    this.#text = text;
    this.#names = names;
  }

  parseAll(): TypeSchema | undefined {
    const type = this.#parse();
    return this.#position === this.#text.length ? type : undefined;
  }

  #eat(pattern: RegExp): string | undefined {
    const match = new RegExp(`^\\s*(?:${pattern.source})`).exec(this.#text.slice(this.#position));
    this.#position += match?.[0].length ?? 0;
    return match?.[0].trim();
  }

  #parse(): TypeSchema | undefined {
    const start = this.#position;
    const type = this.#parseShape();
    return type && { ...type, rustType: this.#text.slice(start, this.#position).trim() };
  }

  #parseShape(): TypeSchema | undefined {
    if (this.#eat(/&/) !== undefined) {
      return this.#parse();
    }
    if (this.#eat(/\(/) !== undefined) {
      const elements = this.#parseList(/\)/);
      return elements && (elements.length === 0 ? unit : tuple(elements));
    }
    if (this.#eat(/\[/) !== undefined) {
      return this.#parseSlice();
    }
    const path = this.#eat(/[\w:]+/);
    if (path === undefined) {
      return undefined;
    }
    const generics = this.#eat(/</) === undefined ? [] : this.#parseList(/>/);
    return generics && named(path, generics, this.#names);
  }

  #parseSlice(): TypeSchema | undefined {
    const element = this.#parse();
    const length = this.#eat(/;\s*\d+/)?.replace(/\D/g, "");
    if (element === undefined || this.#eat(/\]/) === undefined) {
      return undefined;
    }
    if (length === undefined) {
      return listOf(element);
    }
    return isByte(element)
      ? { rustType: "", kind: "bytes", length: Number(length) }
      : { rustType: "", kind: "array", element, length: Number(length) };
  }

  #parseList(end: RegExp): TypeSchema[] | undefined {
    const types: TypeSchema[] = [];
    while (this.#eat(end) === undefined) {
      if (this.#eat(/'\w+\s*,?/) !== undefined) {
        continue;
      }
      const type = this.#parse();
      if (type === undefined) {
        return undefined;
      }
      types.push(type);
      this.#eat(/,/);
    }
    return types;
  }
}

const unit: TypeSchema = { rustType: "()", kind: "unit" };

function tuple(elements: readonly TypeSchema[]): TypeSchema {
  return { rustType: "", kind: "tuple", elements };
}

function isByte(type: TypeSchema): boolean {
  return type.kind === "integer" && type.bits === 8 && !type.signed && type.nonZero !== true;
}

function listOf(element: TypeSchema): TypeSchema {
  return isByte(element)
    ? { rustType: "", kind: "bytes" }
    : { rustType: "", kind: "sequence", element };
}

function named(
  path: string,
  generics: readonly TypeSchema[],
  names: ReadonlySet<string>,
): TypeSchema | undefined {
  const name = path.split("::").at(-1) ?? "";
  const [first, second] = generics;
  if (integerNames.test(name)) {
    return integer(name);
  }
  if (/^(?:NonZero|Atomic)[UI]/.test(name)) {
    const base = name.replace(/^(?:NonZero|Atomic)/, "").toLowerCase();
    return integer(base, name.startsWith("NonZero"));
  }
  const id = [`${name}${first ? `<${first.rustType}>` : ""}`, path].find((key) => names.has(key));
  if (id !== undefined) {
    return { rustType: "", kind: "named", id };
  }
  return simple(name, path) ?? generic(name, first, second);
}

function simple(name: string, path: string): TypeSchema | undefined {
  if (texts.has(name) || texts.has(path)) {
    return { rustType: "", kind: "string" };
  }
  if (byteStrings.has(name)) {
    return { rustType: "", kind: "bytes" };
  }
  switch (name) {
    case "bool":
      return { rustType: "", kind: "bool" };
    case "char":
      return { rustType: "", kind: "char" };
    case "f32":
      return { rustType: "", kind: "float", bits: 32 };
    case "f64":
      return { rustType: "", kind: "float", bits: 64 };
    case "PhantomData":
    case "Utc": // arguments of DateTime, which has no bytes of them
    case "FixedOffset":
      return unit;
    default:
      return undefined;
  }
}

function generic(
  name: string,
  first: TypeSchema | undefined,
  second: TypeSchema | undefined,
): TypeSchema | undefined {
  if (first === undefined) {
    return undefined;
  }
  if (transparent.has(name)) {
    return first;
  }
  if (lists.has(name)) {
    const element = first.kind === "bytes" || first.kind === "array" ? elementOf(first) : first;
    return name === "SmallVec" ? listOf(element) : listOf(first);
  }
  if (sets.has(name)) {
    return { rustType: "", kind: "sequence", element: first, isSet: true };
  }
  if (name === "Option") {
    return { rustType: "", kind: "option", inner: first };
  }
  if (second !== undefined && maps.has(name)) {
    return { rustType: "", kind: "map", key: first, value: second };
  }
  return second !== undefined && name === "Result"
    ? { rustType: "", kind: "result", success: first, failure: second }
    : undefined;
}

function elementOf(type: Extract<TypeSchema, { kind: "bytes" | "array" }>): TypeSchema {
  return type.kind === "bytes" ? integer("u8") : type.element;
}

/** Hand-made schemas whose types are written as Rust; `names` are the ids of the named types among them. */
export interface Schemas {
  type(text: string): TypeSchema;
  newtype(inner: string): TypeBody;
  tuple(...elements: string[]): TypeBody;
  fields(types: Readonly<Record<string, string>>): TypeBody;
}

export function schemasWith(names: ReadonlySet<string>): Schemas {
  const type = (text: string): TypeSchema => {
    const translated = translateRustType(text, names);
    if (translated === undefined) {
      throw new Error(`not a type the tests know: ${text}`);
    }
    return translated;
  };
  return {
    type,
    newtype: (inner) => ({ kind: "newtype", inner: type(inner) }),
    tuple: (...elements) => ({ kind: "tuple", elements: elements.map(type) }),
    fields: (types) => ({
      kind: "struct",
      fields: Object.entries(types).map(([name, text]) => ({ name, type: type(text) })),
    }),
  };
}

export const unitBody: TypeBody = { kind: "unit" };

/** A table of named types: a struct's body, or an enum's variants as `[name, body, index if it is not the position]`. */
export function tableOf(
  types: Readonly<Record<string, TypeBody | readonly (readonly [string, TypeBody, number?])[]>>,
): TypeTable {
  return Object.fromEntries(
    Object.entries(types).map(([id, definition]): [string, NamedType] => {
      if ("kind" in definition) {
        return [id, { kind: "struct", name: id, body: definition, warnings: [] }];
      }
      const variants = definition.map(([name, body, index], position) => ({
        name,
        body,
        index: index ?? position,
      }));
      return [id, { kind: "enum", name: id, variants, warnings: [] }];
    }),
  );
}
