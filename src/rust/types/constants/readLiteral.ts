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
  return readInteger(text) ?? readCharacter(text);
}

function readInteger(text: string): Expression | undefined {
  const groups = integer.exec(text)?.groups;
  const suffix = groups?.["suffix"] ?? "";
  return groups === undefined
    ? undefined
    : {
        kind: "literal",
        value: BigInt(groups["digits"]?.replaceAll("_", "") ?? ""),
        type: isIntegerName(suffix) ? suffix : null,
      };
}

function readCharacter(text: string): Expression | undefined {
  const groups = character.exec(text)?.groups;
  const value = groups && codePointOf(groups);
  return value === undefined || Number.isNaN(value)
    ? undefined
    : { kind: "literal", value: BigInt(value), type: groups?.["byte"] === "b" ? "u8" : "char" };
}

function codePointOf(groups: Readonly<Record<string, string | undefined>>): number | undefined {
  const { hex, unicode, simple, plain } = groups;
  const code = hex ?? unicode?.replaceAll("_", "");
  if (code !== undefined) {
    return Number.parseInt(code, 16);
  }
  const written = simple === undefined ? plain : (simpleEscapes[simple] ?? simple);
  return written?.codePointAt(0);
}
