// uuid's Uuid: sixteen bytes as `67e55044-10b1-426f-9247-bb680e5fe0c8`; the forms that Rust parses are read.

import { quote } from "../text/describe.ts";
import { err, ok } from "../../model/result.ts";
import type { Format } from "./format.ts";

const hyphenated = /^([\da-f]{8})-([\da-f]{4})-([\da-f]{4})-([\da-f]{4})-([\da-f]{12})$/;

export const uuid: Format = {
  wants: 'a UUID such as "67e55044-10b1-426f-9247-bb680e5fe0c8"',
  initial: "00000000-0000-0000-0000-000000000000",
  example: "67e55044-10b1-426f-9247-bb680e5fe0c8",
  parse: (text) => {
    const plain = text
      .trim()
      .toLowerCase()
      .replace(/^urn:uuid:/, "")
      .replace(/^\{(.*)\}$/, "$1");
    const digits = hyphenated.test(plain) ? plain.replaceAll("-", "") : plain;
    if (/^[\da-f]{32}$/.test(digits)) {
      return ok(`hex:${digits}`);
    }
    const wrong = /[^\da-f-]/.exec(plain);
    return err(
      wrong === null
        ? `It has 32 hex digits in groups of 8-4-4-4-12; this text has ${plain.replaceAll("-", "").length}.`
        : `${quote(wrong[0])} at position ${wrong.index + 1} is no hex digit.`,
    );
  },
  print: (value) => {
    const digits = typeof value === "string" ? /^hex:([\da-f]{32})$/.exec(value)?.[1] : undefined;
    return digits?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  },
};

/** A UUID that crosses as text: any text of it is read, and sent in the one way that its helper reads. */
function uuidText(write: (text: string) => string): Format {
  const { wants, initial = "", example, parse, print } = uuid;
  return {
    wants,
    initial: write(initial),
    example: write(example),
    parse: (text) => {
      const parsed = parse(text);
      return parsed.ok ? ok(write(print(parsed.value) ?? "")) : parsed;
    },
    print: (value) => (typeof value === "string" ? value : undefined),
  };
}

export const uuidHyphenated = uuidText((text) => text);
export const uuidSimple = uuidText((text) => text.replaceAll("-", ""));
export const uuidBraced = uuidText((text) => `{${text}}`);
export const uuidUrn = uuidText((text) => `urn:uuid:${text}`);
