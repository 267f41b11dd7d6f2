// The types that a constant expression may have, and which numbers each holds.

const integerNames = [
  ...(["u8", "u16", "u32", "u64", "u128", "usize"] as const),
  ...(["i8", "i16", "i32", "i64", "i128", "isize"] as const),
] as const;

export type IntegerName = (typeof integerNames)[number];

export type ScalarName = IntegerName | "bool" | "char";

/** A value with its type: null where only the context would tell it, `variant` for an enum's, which only a cast can use. */
export interface ConstantValue {
  readonly type: ScalarName | "variant" | null;
  readonly value: bigint;
}

export function isIntegerName(name: string): name is IntegerName {
  return (integerNames as readonly string[]).includes(name);
}

export function isScalarName(name: string): name is ScalarName {
  return name === "bool" || name === "char" || isIntegerName(name);
}

/** Bits of an integer type; `usize` has 64. */
export function bitsOf(name: IntegerName): number {
  return name.endsWith("size") ? 64 : Number(name.slice(1));
}

export function isSigned(name: IntegerName): boolean {
  return name.startsWith("i");
}

/** The number as the type keeps it when its upper bits are cut off. */
export function cutOff(name: IntegerName, value: bigint): bigint {
  return isSigned(name) ? BigInt.asIntN(bitsOf(name), value) : BigInt.asUintN(bitsOf(name), value);
}

/** Whether the type holds the number. */
export function fits(type: ScalarName, value: bigint): boolean {
  if (type === "bool") {
    return value === 0n || value === 1n;
  }
  if (type === "char") {
    return value >= 0n && value <= 0x10ffffn && !(value >= 0xd800n && value <= 0xdfffn);
  }
  return cutOff(type, value) === value;
}

/** `u8::MAX` and its like. */
export function limitOf(type: string, name: string): ConstantValue | null {
  if (!isIntegerName(type)) {
    return null;
  }
  const bits = BigInt(bitsOf(type));
  const magnitude = 1n << (isSigned(type) ? bits - 1n : bits);
  switch (name) {
    case "BITS":
      return { type: "u32", value: bits };
    case "MAX":
      return { type, value: magnitude - 1n };
    case "MIN":
      return { type, value: isSigned(type) ? -magnitude : 0n };
    default:
      return null;
  }
}
