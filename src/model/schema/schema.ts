// The schema: what a Rust type means to a form and on the wire. Made by src/rust, read by codec, form and result view.
// Plain JSON: it travels over LSP and postMessage unchanged. Named types live in a table, so recursion is a reference.

/** Widths in bits of Rust's integers; `usize`/`isize` are 64 on the wire (reference 6.1). */
export type IntegerBits = 8 | 16 | 32 | 64 | 128;

/** Key of a named type in {@link TypeTable}: its canonical path with generic arguments, such as `shapes::Pair<u8>`. */
export type TypeId = string;

/** All structs and enums that the schemas beside it refer to. */
export type TypeTable = Readonly<Record<TypeId, NamedType>>;

/**
 * One Rust type as bincode 1 writes it (reference 6.1, 6.2). `rustType` is the type as the author wrote it, for people;
 * only `kind` and what hangs on it decide the bytes. Smart pointers and the like are already looked through.
 */
export type TypeSchema = TypeFrame & TypeShape;

interface TypeFrame {
  readonly rustType: string;
  /** The text that people write such a value as; the shape beside it is what crosses. */
  readonly format?: ValueFormat;
  /** What bincode makes of this place that surprises, in the direction that the value takes here. */
  readonly warnings?: readonly TypeWarning[];
}

/**
 * A human form of well-known types, a JSON string: `"1m30s"` for a `Duration`. The exact form after the shape is accepted
 * too, and shown where a value has no human form. One file each in src/codec/formats.
 */
export type ValueFormat =
  | "date"
  | "dateTime"
  | "decimal"
  | "duration"
  | "durationText"
  | "flags"
  | "ip"
  | "ipNetwork"
  | "ipv4"
  | "ipv4Network"
  | "ipv6"
  | "ipv6Network"
  | "month"
  | "monthNumber"
  | "naiveDateTime"
  | "offsetDateTime"
  | "ordinalDate"
  | "path"
  | "signedDuration"
  | "socket"
  | "socketV4"
  | "socketV6"
  | "time"
  | "timeDelta"
  | "timeOfDay"
  | "timestamp"
  | "plainDateTime"
  | "url"
  | "utcOffset"
  | "uuid"
  | "uuidBraced"
  | "uuidHyphenated"
  | "uuidSimple"
  | "uuidUrn"
  | "version"
  | "versionComparator"
  | "versionRequirement"
  | "weekday"
  | "weekdayNumber";

export type TypeShape =
  | { readonly kind: "bool" }
  | {
      readonly kind: "integer";
      readonly bits: IntegerBits;
      readonly signed: boolean;
      readonly nonZero?: boolean;
      /** The named bits of a type that `bitflags!` makes; its format is `flags`. */
      readonly flags?: FlagSet;
    }
  | { readonly kind: "float"; readonly bits: 32 | 64 }
  /** One Unicode scalar; its UTF-8 bytes without a length. */
  | { readonly kind: "char" }
  /** u64 byte length and UTF-8. */
  | { readonly kind: "string" }
  /**
   * `Vec<u8>` and friends: u64 length and bytes; with `length` (`[u8; N]`) exactly that many bytes and no length before them,
   * unless `isCounted` (`serde_bytes` on an array).
   */
  | { readonly kind: "bytes"; readonly length?: number; readonly isCounted?: true }
  /** Nothing on the wire: `()`, `PhantomData`. */
  | { readonly kind: "unit" }
  /** Tag byte 0, or 1 and the inner value. */
  | { readonly kind: "option"; readonly inner: TypeSchema }
  /** u64 count and elements; `isSet`: equal elements collapse in Rust. */
  | { readonly kind: "sequence"; readonly element: TypeSchema; readonly isSet?: boolean }
  /** `[T; N]`: elements only. */
  | { readonly kind: "array"; readonly element: TypeSchema; readonly length: number }
  | { readonly kind: "tuple"; readonly elements: readonly TypeSchema[] }
  /** u64 count and key, value pairs. */
  | { readonly kind: "map"; readonly key: TypeSchema; readonly value: TypeSchema }
  /** `Result<T, E>` inside a value (not a method's own return): u32 0 and T, or u32 1 and E. */
  | { readonly kind: "result"; readonly success: TypeSchema; readonly failure: TypeSchema }
  /** A struct or enum of the {@link TypeTable}. */
  | { readonly kind: "named"; readonly id: TypeId }
  /** Not known from source: the value can only be given and shown as bytes. `reason` is a sentence for people. */
  | { readonly kind: "unknown"; readonly reason: string };

export interface FlagSet {
  /** What serde makes of it where names are written (reference 4.1): bitflags 2 its text, 1 a struct with a field `bits`. */
  readonly inJson: "text" | "number" | "bitsField";
  readonly named: readonly FlagSchema[];
}

export interface FlagSchema {
  readonly name: string;
  /** Decimal digits, without a sign. */
  readonly value: string;
  readonly doc?: string;
}

export type TypeKind = TypeShape["kind"];

/** A struct or an enum after substitution of its generic arguments and serde's attributes. */
export type NamedType = StructType | EnumType;

export interface StructType {
  readonly kind: "struct";
  readonly name: string;
  readonly doc?: string;
  readonly body: TypeBody;
  /** A sentence on values that encode and are refused by the plugin all the same. */
  readonly refuses?: string;
  readonly warnings: readonly TypeWarning[];
}

export interface EnumType {
  readonly kind: "enum";
  readonly name: string;
  readonly doc?: string;
  /** `#[serde(tag)]`: a string, the variant's serialized name, stands where others have the u32 index (reference 6.4). */
  readonly tagged?: "byName";
  /** How the JSON of debug builds of Fidius 0.0 says which variant it is, where serde's attributes change that (reference 4.1). */
  readonly jsonTag?: { readonly field: string; readonly content?: string };
  readonly variants: readonly VariantSchema[];
  readonly warnings: readonly TypeWarning[];
}

export interface VariantSchema {
  readonly name: string;
  /** The u32 on the wire: position in the declaration, explicit discriminants ignored; skipped variants count only for results. */
  readonly index: number;
  /** What is written in place of the index by an enum that is `tagged`. */
  readonly serializedName?: string;
  /** Its name in that JSON, where serde has another one. */
  readonly jsonName?: string;
  readonly doc?: string;
  readonly body: TypeBody;
}

/** What follows a struct's name or an enum variant's name. A newtype's JSON form is the inner value itself. */
export type TypeBody =
  | { readonly kind: "unit" }
  | { readonly kind: "newtype"; readonly inner: TypeSchema }
  | { readonly kind: "tuple"; readonly elements: readonly TypeSchema[] }
  | { readonly kind: "struct"; readonly fields: readonly FieldSchema[] };

export interface FieldSchema {
  readonly name: string;
  /** Its name in the JSON of debug builds of Fidius 0.0, where serde has another one. */
  readonly jsonName?: string;
  readonly type: TypeSchema;
  readonly doc?: string;
}

/** Something about a type that bincode cannot carry or that will surprise (reference 6.4), shown on its field. */
export interface TypeWarning {
  readonly code: string;
  readonly message: string;
}

/** How a method's arguments and result cross: bincode, or one `Vec<u8>` unframed (`#[wire(raw)]`, reference 4.3). */
export type WireMode = "bincode" | "raw";

export type StreamShape = "none" | "server" | "client" | "bidirectional";

/** Who allocates the output (reference 3.3, 3.5). */
export type BufferStrategy = "PluginAllocated" | "Arena";

export interface ArgumentSchema {
  /** Of a plugin's method the trait's: an impl block may call it `_`. */
  readonly name: string;
  /** What the impl block calls it instead; accepted wherever arguments are given by name, never shown. No argument's `name`. */
  readonly alias?: string;
  readonly type: TypeSchema;
}

/** A method's return: `Result` by name is split over status 0 and -3 (reference 4.2), all else is one value. */
export type ReturnSchema =
  | { readonly kind: "value"; readonly type: TypeSchema }
  | { readonly kind: "result"; readonly success: TypeSchema; readonly failure: TypeSchema };
