// The std types that serde knows, and what bincode writes for them (reference 6.1, 6.2).

import { stdTypeName } from "../names/stdNames.ts";
import type {
  FieldSchema,
  NamedType,
  TypeSchema,
  ValueFormat,
  VariantSchema,
} from "../../model/schema/schema.ts";
import {
  listShape,
  primitiveShape,
  resolved,
  unknownType,
  withoutSerde,
  type Resolved,
  type TypeSink,
} from "./resolved.ts";

interface Use {
  readonly name: string;
  readonly rustType: string;
  readonly arguments: readonly Resolved[];
  readonly sink: TypeSink;
}

const transparent: ReadonlySet<string> = new Set(
  "Arc Box Cell Cow Mutex Rc RefCell Reverse RwLock Saturating Wrapping".split(" "),
);
const lists: ReadonlySet<string> = new Set(["LinkedList", "Vec", "VecDeque"]);
const otherSequences: ReadonlySet<string> = new Set(["BTreeSet", "BinaryHeap", "HashSet"]);
const maps: ReadonlySet<string> = new Set(["BTreeMap", "HashMap"]);
const formats: Readonly<Record<string, ValueFormat>> = {
  Duration: "duration",
  IpAddr: "ip",
  SocketAddr: "socket",
  SocketAddrV4: "socketV4",
  SocketAddrV6: "socketV6",
  SystemTime: "timestamp",
};

/** The type at `path` within std, with its generic arguments; unknown when serde does not know it. */
export function stdPathType(
  path: readonly string[],
  rustType: string,
  generics: readonly Resolved[],
  sink: TypeSink,
): Resolved {
  const name = stdTypeName(path);
  if (name !== undefined) {
    return stdType(name, rustType, generics, sink);
  }
  const written = path.join("::");
  const [success] = generics;
  const isIo = written === "io::Result" && success !== undefined;
  if (isIo || written === "fmt::Result") {
    const error = `std::${written.replace("Result", "Error")}`;
    const failure = unknownType(error, `\`${error}\` has no serde implementation.`).schema;
    const ok = isIo ? success.schema : { rustType: "()", kind: "unit" as const };
    return {
      ...resolved(rustType, `std::${written}`, { kind: "result", success: ok, failure }),
      ...(isIo && { lack: {} }), // of `fmt::Result` the whole is wrong, which a rule of its own says
    };
  }
  const reason = `\`std::${written}\` has no serde implementation that bincode can use. Use a type of your own, or give its bytes.`;
  return mayBeAlias(path) ? unknownType(rustType, reason) : withoutSerde(rustType, reason);
}

/** Modules of std that give other names to primitive types, and a type that is one day to be `!`. */
function mayBeAlias(path: readonly string[]): boolean {
  return ["os", "primitive", "ffi"].includes(path[0] ?? "") || path.at(-1) === "Infallible";
}

/** The std type `name` (as in stdNames.ts) with its generic arguments. */
function stdType(
  name: string,
  rustType: string,
  generics: readonly Resolved[],
  sink: TypeSink,
): Resolved {
  const use: Use = { name, rustType, arguments: generics, sink };
  const found = plainStdType(use) ?? genericStdType(use) ?? namedStdType(use);
  return (
    found ??
    unknownType(rustType, `\`${rustType}\` lacks its type arguments, so its bytes are not known.`)
  );
}

function keyOf(use: Use): string {
  const { name, arguments: generics } = use;
  return generics.length === 0 ? name : `${name}<${generics.map(({ key }) => key).join(",")}>`;
}

/** Types without arguments that are no structs or enums. */
const plainTypes: Readonly<Record<string, (use: Use) => Resolved>> = {
  Arguments: ({ rustType }) => fmtArguments(rustType),
  CStr: byteString,
  CString: byteString,
  Ipv4Addr: ({ rustType }) => ipv4(rustType),
  Ipv6Addr: ({ rustType }) => ipv6(rustType),
  Path: path,
  PathBuf: path,
  PhantomData: (use) => resolved(use.rustType, keyOf(use), { kind: "unit" }),
  String: ({ rustType, name }) => resolved(rustType, name, { kind: "string" }),
};

function byteString({ rustType, name }: Use): Resolved {
  return resolved(rustType, name, { kind: "bytes" });
}

function path({ rustType, name }: Use): Resolved {
  return { schema: { rustType, kind: "string", format: "path" }, key: name };
}

function plainStdType(use: Use): Resolved | undefined {
  const { name, rustType } = use;
  const plain = plainTypes[name]?.(use);
  if (plain !== undefined) {
    return plain;
  }
  const wrapped = /^(?<wrapper>Atomic|NonZero)(?<inner>.+)$/u.exec(name)?.groups;
  const shape = primitiveShape((wrapped?.["inner"] ?? "").toLowerCase());
  if (shape === undefined) {
    return undefined;
  }
  const isNonZero = wrapped?.["wrapper"] === "NonZero" && shape.kind === "integer";
  return resolved(rustType, name, isNonZero ? { ...shape, nonZero: true } : shape);
}

function genericStdType(use: Use): Resolved | undefined {
  const { name, rustType } = use;
  const [first, second] = use.arguments;
  if (first === undefined) {
    return undefined;
  }
  const key = keyOf(use);
  if (transparent.has(name)) {
    return { schema: { ...first.schema, rustType }, key };
  }
  if (name === "NonZero" && first.schema.kind === "integer") {
    return { schema: { ...first.schema, rustType, nonZero: true }, key };
  }
  if (name === "Option" || name === "Weak") {
    return resolved(rustType, key, { kind: "option", inner: first.schema });
  }
  if (lists.has(name)) {
    return resolved(rustType, key, listShape(first));
  }
  if (otherSequences.has(name)) {
    const isSet = name !== "BinaryHeap";
    const element = first.schema;
    return resolved(
      rustType,
      key,
      isSet ? { kind: "sequence", element, isSet } : { kind: "sequence", element },
    );
  }
  if (second === undefined) {
    return undefined;
  }
  if (maps.has(name)) {
    return resolved(rustType, key, { kind: "map", key: first.schema, value: second.schema });
  }
  return name === "Result"
    ? resolved(rustType, key, { kind: "result", success: first.schema, failure: second.schema })
    : undefined;
}

function namedStdType(use: Use): Resolved | undefined {
  const make = namedTypes[use.name];
  if (make === undefined) {
    return undefined;
  }
  const needsArgument = use.name === "Bound" || use.name.startsWith("Range");
  if (needsArgument && use.arguments.length === 0) {
    return undefined;
  }
  const key = keyOf(use);
  const schema = use.sink.named(`std::${key}`, use.rustType, () => make(use));
  const format = formats[use.name];
  return { schema: format === undefined ? schema : { ...schema, format }, key };
}

function fmtArguments(rustType: string): Resolved {
  const message = `\`${rustType}\` is text that serde writes but never reads: it works as a result but not as an argument.`;
  const warnings = [{ code: "unreadableType", message }];
  return { schema: { rustType, kind: "string", warnings }, key: "fmt::Arguments" };
}

const namedTypes: Readonly<Record<string, (use: Use) => NamedType>> = {
  Duration: () => struct("Duration", [field("secs", "u64"), field("nanos", "u32")]),
  SystemTime: () =>
    struct("SystemTime", [field("secs_since_epoch", "u64"), field("nanos_since_epoch", "u32")]),
  OsString: () =>
    enumeration("OsString", [
      variant("Unix", 0, { rustType: "Vec<u8>", kind: "bytes" }),
      variant("Windows", 1, {
        rustType: "Vec<u16>",
        kind: "sequence",
        element: primitive("u16"),
      }),
    ]),
  OsStr: (use) => ({ ...(namedTypes["OsString"]?.(use) ?? struct("OsStr", [])), name: "OsStr" }),
  IpAddr: () =>
    enumeration("IpAddr", [
      variant("V4", 0, ipv4("Ipv4Addr").schema),
      variant("V6", 1, ipv6("Ipv6Addr").schema),
    ]),
  SocketAddrV4: () => socket("SocketAddrV4", ipv4("Ipv4Addr").schema),
  SocketAddrV6: () => socket("SocketAddrV6", ipv6("Ipv6Addr").schema),
  SocketAddr: ({ sink }) => {
    const part = (name: "SocketAddrV4" | "SocketAddrV6", make: () => NamedType): TypeSchema => ({
      ...sink.named(`std::${name}`, name, make),
      ...(name === "SocketAddrV4" ? { format: "socketV4" } : { format: "socketV6" }),
    });
    return enumeration("SocketAddr", [
      variant(
        "V4",
        0,
        part("SocketAddrV4", () => socket("SocketAddrV4", ipv4("Ipv4Addr").schema)),
      ),
      variant(
        "V6",
        1,
        part("SocketAddrV6", () => socket("SocketAddrV6", ipv6("Ipv6Addr").schema)),
      ),
    ]);
  },
  Range: (use) => range(use, ["start", "end"]),
  RangeInclusive: (use) => range(use, ["start", "end"]),
  RangeFrom: (use) => range(use, ["start"]),
  RangeTo: (use) => range(use, ["end"]),
  Bound: (use) => {
    const inner = argument(use);
    return enumeration("Bound", [
      { name: "Unbounded", index: 0, body: { kind: "unit" } },
      variant("Included", 1, inner),
      variant("Excluded", 2, inner),
    ]);
  },
};

function range(use: Use, names: readonly string[]): NamedType {
  return struct(
    use.name,
    names.map((name) => ({ name, type: argument(use) })),
  );
}

function argument(use: Use): TypeSchema {
  return (use.arguments[0] ?? unknownType("T", "A type argument is missing.")).schema;
}

function socket(name: string, address: TypeSchema): NamedType {
  return struct(name, [{ name: "ip", type: address }, field("port", "u16")]);
}

function ipv4(rustType: string): Resolved {
  const element = primitive("u8");
  return {
    schema: { rustType, kind: "array", element, length: 4, format: "ipv4" },
    key: "Ipv4Addr",
  };
}

function ipv6(rustType: string): Resolved {
  return { schema: { rustType, kind: "bytes", length: 16, format: "ipv6" }, key: "Ipv6Addr" };
}

function primitive(name: string): TypeSchema {
  return { rustType: name, ...(primitiveShape(name) ?? { kind: "unit" }) };
}

function field(name: string, type: string): FieldSchema {
  return { name, type: primitive(type) };
}

function variant(name: string, index: number, inner: TypeSchema): VariantSchema {
  return { name, index, body: { kind: "newtype", inner } };
}

function struct(name: string, fields: readonly FieldSchema[]): NamedType {
  return { kind: "struct", name, body: { kind: "struct", fields }, warnings: [] };
}

function enumeration(name: string, variants: readonly VariantSchema[]): NamedType {
  return { kind: "enum", name, variants, warnings: [] };
}

/** `PluginError` of Fidius, for crates whose sources are not at hand (reference 4.2). */
export function pluginErrorType(): NamedType {
  const text = { rustType: "String", kind: "string" } as const;
  return struct("PluginError", [
    { name: "code", type: text },
    { name: "message", type: text },
    {
      name: "details",
      type: { rustType: "Option<String>", kind: "option", inner: text },
    },
  ]);
}
