// Numbers, characters and bytes of constant expressions.

import type { Expression } from "./expression.ts";
import { isIntegerName } from "./scalars.ts";

const integer =
  /^(?<digits>0x[\da-f_]+?|0o[0-7_]+?|0b[01_]+?|\d[\d_]*?)_*(?<suffix>[ui](?:8|16|32|64|128|size))?$/iu;
const character =
  /^(?<byte>b?)'(?:\\(?:x(?<hex>..)|u\{(?<unicode>[\da-fA-F_]+)\}|(?<simple>.))|(?<plain>.))'$/su;

const simpleEscapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "0": "\0" };

/** Undefined for texts and floating-point numbers. */
export function readLiteral(text: string): Expression | undefined {
  const number = integer.exec(text)?.groups;
  const digits = number?.["digits"]?.replaceAll("_", "");
  if (digits !== undefined) {
    const suffix = number?.["suffix"] ?? "";
    return { kind: "literal", value: BigInt(digits), type: isIntegerName(suffix) ? suffix : null };
  }
  const groups = character.exec(text)?.groups;
  if (groups === undefined) {
    return undefined;
  }
  const code = groups["hex"] ?? groups["unicode"]?.replaceAll("_", "");
  const simple = groups["simple"];
  const plain = simple === undefined ? groups["plain"] : (simpleEscapes[simple] ?? simple);
  const value = code === undefined ? plain?.codePointAt(0) : Number.parseInt(code, 16);
  return value === undefined || Number.isNaN(value)
    ? undefined
    : { kind: "literal", value: BigInt(value), type: groups["byte"] === "b" ? "u8" : "char" };
}
