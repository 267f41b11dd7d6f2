// The methods of integers that constants use.

import {
  bitsOf,
  cutOff,
  fits,
  isSigned,
  limitOf,
  type IntegerName,
  type ScalarName,
} from "./scalars.ts";

type Operand = "Self" | ScalarName;

export interface ConstantMethod {
  /** Its argument's type; null without one. */
  readonly takes: Operand | null;
  readonly gives: Operand;
  /** Null where Rust panics. */
  apply(type: IntegerName, self: bigint, given: bigint): bigint | null;
}

const count = (gives: Operand, apply: ConstantMethod["apply"]): ConstantMethod => ({
  takes: null,
  gives,
  apply,
});
const pair = (apply: ConstantMethod["apply"]): ConstantMethod => ({
  takes: "Self",
  gives: "Self",
  apply,
});

const digitsOf = (type: IntegerName, value: bigint): string =>
  BigInt.asUintN(bitsOf(type), value).toString(2).padStart(bitsOf(type), "0");

const methods: Readonly<Record<string, ConstantMethod>> = {
  pow: { takes: "u32", gives: "Self", apply: power },
  wrapping_add: pair((type, self, given) => cutOff(type, self + given)),
  wrapping_sub: pair((type, self, given) => cutOff(type, self - given)),
  wrapping_mul: pair((type, self, given) => cutOff(type, self * given)),
  saturating_add: pair((type, self, given) => saturate(type, self + given)),
  saturating_sub: pair((type, self, given) => saturate(type, self - given)),
  saturating_mul: pair((type, self, given) => saturate(type, self * given)),
  rem_euclid: pair((_, self, given) => (given === 0n ? null : remainder(self, given))),
  div_euclid: pair((_, self, given) =>
    given === 0n ? null : (self - remainder(self, given)) / given,
  ),
  div_ceil: pair((type, self, given) =>
    isSigned(type) || given === 0n ? null : (self + given - 1n) / given,
  ),
  next_power_of_two: count("Self", (type, self) =>
    isSigned(type) ? null : self < 2n ? 1n : 1n << BigInt((self - 1n).toString(2).length),
  ),
  is_power_of_two: count("bool", (type, self) =>
    isSigned(type) ? null : self > 0n && (self & (self - 1n)) === 0n ? 1n : 0n,
  ),
  abs: count("Self", (type, self) => (!isSigned(type) ? null : self < 0n ? -self : self)),
  count_ones: count("u32", (type, self) => BigInt(digitsOf(type, self).replaceAll("0", "").length)),
  count_zeros: count("u32", (type, self) =>
    BigInt(digitsOf(type, self).replaceAll("1", "").length),
  ),
  leading_zeros: count("u32", (type, self) =>
    BigInt(digitsOf(type, self).replace(/1.*$/u, "").length),
  ),
  trailing_zeros: count("u32", (type, self) =>
    BigInt(digitsOf(type, self).replace(/^.*1/u, "").length),
  ),
  ilog2: count("u32", (_, self) => (self <= 0n ? null : BigInt(self.toString(2).length - 1))),
  ilog10: count("u32", (_, self) => (self <= 0n ? null : BigInt(self.toString().length - 1))),
};

/** The method; undefined for those whose result is not worked out. */
export function methodNamed(name: string): ConstantMethod | undefined {
  return Object.hasOwn(methods, name) ? methods[name] : undefined;
}

/** Stops as soon as the type cannot hold it. */
function power(type: IntegerName, self: bigint, given: bigint): bigint | null {
  if (self >= -1n && self <= 1n) {
    return given === 0n ? 1n : self < 0n && given % 2n === 0n ? 1n : self;
  }
  let result = 1n;
  for (let left = given; left > 0n; left -= 1n) {
    result *= self;
    if (!fits(type, result)) {
      return null;
    }
  }
  return result;
}

function remainder(self: bigint, given: bigint): bigint {
  const rest = self % given;
  return rest < 0n ? rest + (given < 0n ? -given : given) : rest;
}

function saturate(type: IntegerName, value: bigint): bigint {
  if (fits(type, value)) {
    return value;
  }
  return limitOf(type, value < 0n ? "MIN" : "MAX")?.value ?? value;
}
