// What resolving a type gives, and how to make it.

import type { NamedType, TypeSchema, TypeShape } from "../../model/schema/schema.ts";
import type { ScalarName } from "./constants/scalars.ts";
import type { EnumItem, StructItem } from "../syntax/items/items.ts";
import type { Module, Placed } from "../names/modules/modules.ts";

/** A type's schema with a key that two types share only when they are the same type; it names generic instances. */
export interface Resolved {
  readonly schema: TypeSchema;
  readonly key: string;
  /** The declaration behind it, for what its impl blocks hold. */
  readonly owner?: TypeOwner;
  /** Of an unknown type that implements no trait of serde: code that passes it does not compile. */
  readonly lack?: SerdeLack;
}

/** What lacks an implementation of serde's traits. */
export interface SerdeLack {
  /** The declaration that could derive them; absent where there is none of the user's own. */
  readonly declaration?: LackingDeclaration;
}

/** A struct or enum of the user's own, and the traits that it lacks. */
export interface LackingDeclaration {
  readonly module: Module;
  readonly placed: Placed<StructItem | EnumItem>;
  readonly traits: readonly string[];
}

export type GenericValue =
  | { readonly kind: "type"; readonly type: Resolved }
  /** `type` is the parameter's, where it is known. */
  | { readonly kind: "const"; readonly value: bigint | null; readonly type?: ScalarName | null };

/** A declared type with its generic arguments, whatever serde makes of it. */
export type TypeOwner =
  | { readonly kind: "primitive"; readonly name: string }
  | {
      readonly kind: "item";
      readonly module: Module;
      readonly placed: Placed<StructItem | EnumItem>;
      /** One for each parameter but lifetimes. */
      readonly generics: readonly GenericValue[];
    };

/** Takes named types into the table. */
export interface TypeSink {
  /** A reference to the named type `id`, which `make` describes when it is not known yet. */
  named(id: string, rustType: string, make: () => NamedType): TypeSchema;
}

export function resolved(rustType: string, key: string, shape: TypeShape): Resolved {
  return { schema: { rustType, ...shape }, key };
}

/** A type whose bytes are not known, and why. */
export function unknownType(rustType: string, reason: string): Resolved {
  return resolved(rustType, `?${rustType}`, { kind: "unknown", reason });
}

/** A type that implements no trait of serde. */
export function withoutSerde(rustType: string, reason: string, lack: SerdeLack = {}): Resolved {
  return { ...unknownType(rustType, reason), lack };
}

const integer = /^(?<sign>[iu])(?<bits>8|16|32|64|128|size)$/u;

/** Shape of a primitive type by name; undefined for those without a serde implementation. */
export function primitiveShape(name: string): TypeShape | undefined {
  const match = integer.exec(name)?.groups;
  if (match !== undefined) {
    const bits = match["bits"] === "size" ? 64 : Number(match["bits"]);
    return { kind: "integer", bits: bits as 8 | 16 | 32 | 64 | 128, signed: match["sign"] === "i" };
  }
  switch (name) {
    case "bool":
    case "char":
      return { kind: name };
    case "str":
      return { kind: "string" };
    case "f32":
      return { kind: "float", bits: 32 };
    case "f64":
      return { kind: "float", bits: 64 };
    default:
      return undefined;
  }
}

/** A primitive under the name that it has where it is written. */
export function primitiveType(name: string, rustType: string): Resolved {
  const shape = primitiveShape(name);
  return shape === undefined
    ? withoutSerde(rustType, `\`${rustType}\` has no serde implementation.`)
    : { ...resolved(rustType, name, shape), owner: { kind: "primitive", name } };
}

/** `Vec<u8>` and slices of bytes are bytes, all else a sequence. */
export function listShape(element: Resolved): TypeShape {
  return element.key === "u8" ? { kind: "bytes" } : { kind: "sequence", element: element.schema };
}

/** Longest array that serde knows (reference 6.1). */
const longestArray = 32n;

export function arrayOf(rustType: string, element: Resolved, length: bigint): Resolved {
  const key = `[${element.key};${String(length)}]`;
  if (length > longestArray) {
    const reason = `serde knows arrays of up to ${String(longestArray)} elements; this one has ${String(length)}. Use a \`Vec\`, or give its bytes.`;
    return { ...withoutSerde(rustType, reason), key };
  }
  return resolved(
    rustType,
    key,
    element.key === "u8"
      ? { kind: "bytes", length: Number(length) }
      : { kind: "array", element: element.schema, length: Number(length) },
  );
}
