// Types of bitflags: bits as `READ | WRITE`, those without a name as `READ | 0x40`, none as `0x0`. As bitflags 2 prints them:
// each flag that adds bits not yet named, in the order of the declaration.

import { quote } from "../text/describe.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { FlagSchema, TypeSchema } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import type { Format } from "./format.ts";
import { integerOf } from "./format.ts";

type FlagsType = Extract<TypeSchema, { kind: "integer" }>;

/** The human form of a type with flags. */
export function flagsFormat(type: TypeSchema): Format {
  if (type.kind !== "integer") {
    throw new Error(`${type.rustType} has flags but is no integer`);
  }
  const named = type.flags?.named ?? [];
  const [first] = named;
  return {
    wants: `flags such as "${first === undefined ? "0x1" : `${first.name} | 0x40`}"`,
    example: first?.name ?? "0x1",
    initial: "0x0",
    parse: (text) => {
      const bits = flagBits(type, text);
      return bits.ok ? ok(exactOf(type, bits.value)) : bits;
    },
    print: (value) => {
      const bits = bitsOf(type, value);
      return bits === undefined ? undefined : printFlags(type, bits);
    },
  };
}

/** The bits that a text names, without a sign. */
export function flagBits(type: FlagsType, text: string): Result<bigint, string> {
  const named = type.flags?.named ?? [];
  let bits = 0n;
  for (const part of text.trim() === "" ? [] : text.split("|")) {
    const word = part.trim();
    const flag = named.find(({ name }) => name === word);
    const value = flag === undefined ? bitsOfNumber(type, word) : BigInt(flag.value);
    if (value === undefined) {
      return err(unknownFlag(word, named));
    }
    bits |= value;
  }
  return bits >> BigInt(type.bits) === 0n
    ? ok(bits)
    : err(`0x${bits.toString(16)} has more than the ${type.bits} bits of the type.`);
}

/** Bits as a number; a negative one is the two's complement of a signed type. */
function bitsOfNumber(type: FlagsType, word: string): bigint | undefined {
  if (/^(?:0x[\da-f][\da-f_]{0,40}|0b[01][01_]{0,160}|\d{1,40})$/i.test(word)) {
    return BigInt(word.replaceAll("_", ""));
  }
  const negative = type.signed && /^-\d{1,40}$/.test(word) ? BigInt(word) : undefined;
  return negative !== undefined && BigInt.asIntN(type.bits, negative) === negative
    ? BigInt.asUintN(type.bits, negative)
    : undefined;
}

function unknownFlag(word: string, named: readonly FlagSchema[]): string {
  const what = word === "" ? "A name is missing beside |" : `${quote(word)} is none of them`;
  const names = named.map(({ name }) => name);
  const shown = names.length > 12 ? [...names.slice(0, 12), "…"] : names;
  const choice = names.length === 0 ? "" : `use ${shown.join(", ")}, or `;
  return `${what}: ${choice}${names.length === 0 ? "use " : ""}bits such as 0x40.`;
}

/** The bits of an exact value, without a sign. */
export function bitsOf(type: FlagsType, value: JsonValue | undefined): bigint | undefined {
  const integer = integerOf(value);
  return integer === undefined ? undefined : BigInt.asUintN(type.bits, integer);
}

/** The exact value of bits. */
function exactOf(type: FlagsType, bits: bigint): JsonValue {
  const value = type.signed ? BigInt.asIntN(type.bits, bits) : bits;
  return type.bits > 32 ? value.toString() : Number(value);
}

/** The text of bits. */
export function printFlags(type: FlagsType, bits: bigint): string {
  const { names, rest } = namedBits(type, bits);
  const parts = rest === 0n && names.length > 0 ? names : [...names, `0x${rest.toString(16)}`];
  return parts.join(" | ");
}

/** The flags that name bits, and the bits that none names. */
function namedBits(
  type: FlagsType,
  bits: bigint,
): { readonly names: readonly string[]; readonly rest: bigint } {
  const names: string[] = [];
  let rest = bits;
  for (const { name, value } of type.flags?.named ?? []) {
    const flag = BigInt(value);
    if ((bits & flag) === flag && (rest & flag) !== 0n) {
      names.push(name);
      rest &= ~flag;
    }
  }
  return { names, rest };
}
