// docs/types.md, written from the catalogue and the std types themselves: what each type is in the form, in JSON, on the wire.
// `node scripts/typesPage.mjs` renews the page; a test of level `unit` compares it.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { formatOf } from "../../src/codec/formats/index.ts";
import type { NamedType, TypeSchema, TypeTable } from "../../src/model/schema/schema.ts";
import { catalogue } from "../../src/rust/types/catalogue/index.ts";
import { knownAdaptors } from "../../src/rust/types/catalogue/serdeWith.ts";
import type { WireDirection } from "../../src/rust/syntax/items/direction.ts";
import {
  arrayOf,
  listShape,
  primitiveShape,
  type Resolved,
} from "../../src/rust/types/resolved.ts";
import { stdTypePaths } from "../../src/rust/names/stdNames.ts";
import { stdPathType } from "../../src/rust/types/stdTypes.ts";
import { repositoryRoot } from "./fixtureLibraries.ts";
import { controlText, jsonText, wireText } from "./typeWords.ts";

const typesPagePath = join(repositoryRoot, "docs", "types.md");

const introduction = `# Types

Every type that is known without asking the compiler: its control in the form, its JSON (in the JSON tab, in saved calls, in
\`fidius-call call\`), and what crosses. The page is written from the catalogue itself (\`node scripts/typesPage.mjs\`); \`npm test\`
fails when it says anything else. Structs and enums of your own are read from their source, with serde's attributes. What is not
here, and has no source to read, is _unknown_: it is given as bytes, or as JSON through the [bridge](bridge.md).

On the wire numbers are little endian and of fixed width; a _length_ or _count_ is a u64, a _variant_ a u32. \`T\` and \`V\` stand
for types of yours. A type with a text of its own may be given in the exact form behind _or_ too.
`;

/** A type with what its arguments and results are. */
interface Row {
  readonly type: string;
  readonly reading: TypeSchema;
  readonly writing: TypeSchema;
  readonly types: TypeTable;
}

const parameters = ["T", "V"].map((name): Resolved => ({ schema: placeholder(name), key: name }));
const number: Resolved = {
  schema: { rustType: "u32", kind: "integer", bits: 32, signed: false },
  key: "u32",
};

function placeholder(name: string): TypeSchema {
  return { rustType: name, kind: "named", id: name };
}

/** How people write types whose arguments the catalogue does not count. */
const written: Readonly<Record<string, string>> = {
  ArrayString: "ArrayString<N>",
  ArrayVec: "ArrayVec<T, N>",
  ByteArray: "ByteArray<N>",
  DateTime: "DateTime<Tz>",
  SmallVec: "SmallVec<[T; N]>",
};

/** Makes a row with as few type arguments as the type needs. */
function rowOf(
  name: string,
  resolve: (use: {
    rustType: string;
    generics: readonly Resolved[];
    direction: WireDirection;
    named: (id: string, rustType: string, make: () => NamedType) => TypeSchema;
  }) => Resolved | undefined,
): Row {
  for (const generics of [[], parameters.slice(0, 1), parameters, [number]]) {
    const names = generics.map(({ key }) => key).join(", ");
    const type = written[name] ?? (names === "" ? name : `${name}<${names}>`);
    const types = new Map<string, NamedType>();
    const describe = (direction: WireDirection): TypeSchema | undefined => {
      const pending: (() => void)[] = [];
      const named = (id: string, rustType: string, make: () => NamedType): TypeSchema => {
        pending.push(() => types.set(id, make()));
        return { rustType, kind: "named", id };
      };
      const found = resolve({ rustType: type, generics, direction, named });
      for (const make of pending) {
        make();
      }
      return found?.schema;
    };
    const reading = describe("reading");
    const writing = describe("writing");
    const lacks =
      reading?.kind === "unknown" && reading.reason.includes("lacks its type arguments");
    if (reading !== undefined && writing !== undefined && !lacks) {
      return { type, reading, writing, types: Object.fromEntries(types) };
    }
  }
  throw new Error(`${name} is a type with other arguments`);
}

function plainRow(type: string, shape: TypeSchema | undefined): Row {
  const schema = shape ?? { rustType: type, kind: "unit" };
  return { type, reading: schema, writing: schema, types: {} };
}

function primitiveRows(): Row[] {
  const names = "bool char u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 str".split(
    " ",
  );
  const [first, second] = parameters as [Resolved, Resolved];
  const byte: Resolved = {
    schema: { rustType: "u8", kind: "integer", bits: 8, signed: false },
    key: "u8",
  };
  return [
    ...names.map((name) => {
      const shape = primitiveShape(name);
      return plainRow(name, shape && { rustType: name, ...shape });
    }),
    plainRow("()", { rustType: "()", kind: "unit" }),
    plainRow("(T, V)", {
      rustType: "(T, V)",
      kind: "tuple",
      elements: [first.schema, second.schema],
    }),
    plainRow("[T; 3], up to 32", arrayOf("[T; 3]", first, 3n).schema),
    plainRow("[u8; 4], up to 32", arrayOf("[u8; 4]", byte, 4n).schema),
    plainRow("Vec<u8>, &[u8]", { rustType: "Vec<u8>", ...listShape(byte) }),
  ];
}

function stdRows(): Row[] {
  return stdTypePaths().map((path) =>
    rowOf(path.at(-1) ?? "", ({ rustType, generics, named }) =>
      stdPathType(path, rustType, generics, { named }),
    ),
  );
}

function crateRows(packageName: string): Row[] {
  return Object.entries(catalogue[packageName]?.types ?? {}).map(([name, make]) =>
    rowOf(name, ({ rustType, generics, direction, named }) =>
      make({
        rustType,
        key: rustType,
        arguments: generics,
        constants: [],
        sink: { named },
        features: new Set(),
        direction,
      }),
    ),
  );
}

function helperRows(packageName: string): string[][] {
  const inner: TypeSchema = { rustType: "T", kind: "unit" };
  const shapes: readonly TypeSchema[] = [
    inner,
    { rustType: "Option<T>", kind: "option", inner },
    { rustType: "Duration", kind: "unit", format: "duration" },
    { rustType: "Option<Duration>", kind: "option", inner: { ...inner, format: "duration" } },
    { rustType: "Map", kind: "map", key: placeholder("K"), value: placeholder("V") },
  ];
  return Object.entries(catalogue[packageName]?.helpers ?? {}).map(([path, make]) => {
    const found = shapes.map((shape) => make(shape, "reading")).find((made) => made !== undefined);
    const type = found ?? inner;
    const warnings = (type.warnings ?? []).map(({ message }) => message);
    return [
      `\`${[packageName.replaceAll("-", "_"), path].filter(Boolean).join("::")}\``,
      controlText(type, {}),
      json(type, {}),
      [wireText(type, {}), ...warnings].join("<br>"),
    ];
  });
}

function json(type: TypeSchema, types: TypeTable): string {
  const exact = jsonText(type, types);
  if (type.format === undefined) {
    return `\`${exact}\``;
  }
  const { example, parse } = formatOf(type.format, type);
  const parsed = parse(example);
  const other =
    parsed.ok && type.kind !== "string" ? ` or \`${JSON.stringify(parsed.value)}\`` : "";
  return `\`${JSON.stringify(example)}\`${other}`;
}

function cells({ type, reading, writing, types }: Row): string[] {
  const isSame = JSON.stringify(reading) === JSON.stringify(writing);
  const warnings = (reading.warnings ?? []).map(({ message }) => message);
  const remarks = [
    ...(reading.kind === "unknown" ? [`As an argument: ${reading.reason}`] : warnings),
    ...(!isSame && writing.kind === "unknown" ? [`As a result: ${writing.reason}`] : []),
  ];
  return [
    `\`${type}\``,
    controlText(reading, types),
    json(reading, types),
    [wireText(writing.kind === "unknown" ? writing : reading, types), ...remarks].join("<br>"),
  ];
}

function table(rows: readonly (readonly string[])[]): string {
  const lines = [["Type", "Control", "JSON", "Wire"], ["---", "---", "---", "---"], ...rows];
  return lines
    .map((line) => `| ${line.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}

/** The page, formatted as prettier wants it. */
export async function typesPage(): Promise<string> {
  const crates = Object.entries(catalogue).map(([packageName, { versions }]) => {
    const helpers = helperRows(packageName);
    return [
      `## ${packageName} ${versions.join(", ")}`,
      ...(crateRows(packageName).length === 0 ? [] : [table(crateRows(packageName).map(cells))]),
      ...(helpers.length === 0 ? [] : [`Under \`#[serde(with = "…")]\`:`, table(helpers)]),
    ].join("\n\n");
  });
  const flags: TypeSchema = {
    rustType: "Access",
    kind: "integer",
    bits: 32,
    signed: false,
    format: "flags",
    flags: {
      inJson: "text",
      named: ["READ", "WRITE"].map((name, at) => ({ name, value: String(at + 1) })),
    },
  };
  const sections = [
    introduction,
    "## Primitives",
    table(primitiveRows().map(cells)),
    "## std",
    table(stdRows().map(cells)),
    "## bitflags 1, 2",
    table([cells(plainRow("bitflags! { pub struct Access: u32 { … } }", flags))]),
    ...crates,
    "## serde_with 3",
    'Adaptors of `#[serde_as(as = "…")]`, alone and inside of `Vec`, `Option`, `Box`, maps and tuples; `_` and `Bytes` too. Any other is unknown.',
    table(
      knownAdaptors().map(({ name, type }) => [
        `\`${name}\``,
        controlText(type, {}),
        json(type, {}),
        wireText(type, {}),
      ]),
    ),
  ];
  const options = await resolveConfig(typesPagePath);
  return format(sections.join("\n\n"), { ...options, parser: "markdown" });
}

/** What is committed; empty where the page is missing. */
export function committedTypesPage(): Promise<string> {
  return readFile(typesPagePath, "utf8").catch(() => "");
}
