// Scalars, bytes and tuples as Rust writes them.

import type { TypeSchema } from "../model/schema/schema.ts";
import type { JsonValue } from "../model/value/value.ts";

/** The Rust name of an integer or float, as it crosses: `usize` is a `u64`. */
export function numberName(type: Extract<TypeSchema, { kind: "integer" | "float" }>): string {
  return type.kind === "float" ? `f${type.bits}` : `${type.signed ? "i" : "u"}${type.bits}`;
}

/** `42_u8`, `0.5_f64`, `f64::NAN`. Undefined: the value is no number. */
export function numberLiteral(
  type: Extract<TypeSchema, { kind: "integer" | "float" }>,
  value: JsonValue,
): string | undefined {
  const name = numberName(type);
  if (type.kind === "float") {
    const special: Readonly<Record<string, string>> = {
      NaN: `${name}::NAN`,
      Infinity: `${name}::INFINITY`,
      "-Infinity": `${name}::NEG_INFINITY`,
      "-0": `-0.0_${name}`,
    };
    return typeof value === "number"
      ? `${Object.is(value, -0) ? "-0.0" : floatDigits(value)}_${name}`
      : typeof value === "string"
        ? special[value]
        : undefined;
  }
  const digits = typeof value === "number" || typeof value === "string" ? String(value) : "";
  return /^-?\d+$/u.test(digits) ? `${digits}_${name}` : undefined;
}

/** Rust wants a digit on both sides of the point, or none of it. */
function floatDigits(value: number): string {
  const text = String(value);
  return /[.e]/u.test(text) ? text : `${text}.0`;
}

/** A string literal; whatever does not show as itself is written as its escape. */
export function stringLiteral(text: string): string {
  return `"${Array.from(text, (character) => escaped(character, '"')).join("")}"`;
}

export function charLiteral(character: string): string {
  return `'${Array.from(character, (part) => escaped(part, "'")).join("")}'`;
}

const shortEscapes: Readonly<Record<string, string>> = {
  "\n": String.raw`\n`,
  "\r": String.raw`\r`,
  "\t": String.raw`\t`,
  "\0": String.raw`\0`,
  "\\": String.raw`\\`,
};

function escaped(character: string, quote: string): string {
  if (character === quote) {
    return `\\${quote}`;
  }
  const short = shortEscapes[character];
  return (
    short ??
    (/[\p{C}\p{Zl}\p{Zp}]/u.test(character)
      ? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
      : character)
  );
}

/** `&[1, 2, 255]`; what Rust takes for any slice of bytes. */
export function byteList(bytes: Uint8Array): string {
  return `[${[...bytes].join(", ")}]`;
}

/** `()`, `(a,)`, `(a, b)` */
export function tuple(parts: readonly string[]): string {
  return parts.length === 1 ? `(${parts[0] ?? ""},)` : `(${parts.join(", ")})`;
}
