// Types that cross as strings: what is checked is what Rust refuses, so that a wrong text is told before the call.

import { quote } from "../text/describe.ts";
import { err, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import type { Format } from "./format.ts";

function textFormat(
  wants: string,
  example: string,
  parse: (text: string) => Result<string, string>,
): Format {
  return {
    wants,
    example,
    parse,
    print: (value) => (typeof value === "string" ? value : undefined),
  };
}

/** url's Url: only what every parser refuses is refused; Rust normalizes the rest. */
export const url = textFormat(
  'a URL such as "https://example.com/"',
  "https://example.com/",
  (text) => {
    const scheme = /^\s*([a-z][a-z\d+.-]*):/i.exec(text)?.[1];
    if (scheme === undefined) {
      return err(`${quote(text.slice(0, 40))} has no scheme such as https:// before it.`);
    }
    const isSpecial = /^(?:https?|wss?|ftp)$/i.test(scheme);
    return isSpecial && /^\s*[a-z]+:[/\\]*$/i.test(text)
      ? err(`${text.trim()} names no host.`)
      : ok(text);
  },
);

const number = String.raw`(?:0|[1-9]\d*)`;
const prerelease = String.raw`(?:0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*)`;
const versionPattern = new RegExp(
  String.raw`^(${number})\.(${number})\.(${number})(?:-${prerelease}(?:\.${prerelease})*)?(?:\+[\da-zA-Z-]+(?:\.[\da-zA-Z-]+)*)?$`,
);
const largestPart = (1n << 64n) - 1n;

/** semver's Version. */
export const version = textFormat('a version such as "1.2.3"', "1.2.3", (text) => {
  const match = versionPattern.exec(text);
  if (match === null) {
    return err(
      `${quote(text.slice(0, 40))} is not MAJOR.MINOR.PATCH, with -pre or +build after it.`,
    );
  }
  const tooLarge = match.slice(1, 4).find((part) => BigInt(part) > largestPart);
  return tooLarge === undefined ? ok(text) : err(`${tooLarge} is larger than ${largestPart}.`);
});

const comparator = new RegExp(
  String.raw`^(?:=|>=?|<=?|~|\^)?\s*(?:${number}|[*xX])(?:\.(?:${number}|[*xX])){0,2}(?:-${prerelease}(?:\.${prerelease})*)?(?:\+[\da-zA-Z.-]+)?$`,
);

/** semver's Comparator: one condition of a requirement. */
export const versionComparator = textFormat(
  'one condition on a version such as ">=1.2"',
  "^1.2",
  (text) =>
    comparator.test(text.trim())
      ? ok(text)
      : err(`${quote(text.trim())} is no condition on a version.`),
);

/** semver's VersionReq. */
export const versionRequirement = textFormat(
  'a version requirement such as "^1.2, <1.5"',
  "^1.2",
  (text) => {
    const wrong = text.split(",").find((part) => !comparator.test(part.trim()));
    return wrong === undefined || text.trim() === "*"
      ? ok(text)
      : err(`${quote(wrong.trim())} is no requirement on a version.`);
  },
);

const largestDecimal = (1n << 96n) - 1n;

/** rust_decimal's Decimal: 96 bits and up to 28 digits after the point. */
export const decimal = textFormat('a decimal number in quotes such as "12.50"', "12.50", (text) => {
  const match = /^[+-]?(\d+)(?:\.(\d*))?$/.exec(text.trim());
  if (match === null) {
    return err(`${quote(text.slice(0, 40))} is no decimal number.`);
  }
  const fraction = match[2] ?? "";
  const digits = BigInt((match[1] ?? "") + fraction.slice(0, 28));
  return digits > largestDecimal && BigInt(match[1] ?? "0") > largestDecimal
    ? err(`It is larger than ${largestDecimal}, the largest Decimal.`)
    : ok(text.trim());
});

/** A path: any text; only its control is another. */
export const path = textFormat("a path in quotes", "./file.txt", (text) => ok(text));
