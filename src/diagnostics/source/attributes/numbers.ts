// Integer literals as Fidius' macros read them.

import type { RustToken } from "../../../abi/rustTokens.ts";

const integer =
  /^(?<digits>0x[\da-f_]+|0o[0-7_]+|0b[01_]+|\d[\d_]*)(?:[ui](?:8|16|32|64|128|size))?$/iu;

/** Whether the tokens are one literal that fits a `u32`; a suffix does not matter. */
export function isU32(tokens: readonly RustToken[]): boolean {
  const value = tokens.length === 1 && tokens[0] !== undefined ? integerOf(tokens[0]) : null;
  return value !== null && value <= 0xffff_ffffn;
}

/** The number that an integer literal stands for; null for other tokens. */
export function integerOf({ kind, text }: RustToken): bigint | null {
  const digits = kind === "literal" ? integer.exec(text)?.groups?.["digits"] : undefined;
  const plain = digits?.replaceAll("_", "").toLowerCase();
  return plain === undefined || /^0[xob]$/u.test(plain) ? null : BigInt(plain);
}
