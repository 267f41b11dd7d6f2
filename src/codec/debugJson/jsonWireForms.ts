// Types with a human form in the JSON wire (reference 4.1, 6.2): some are that very text for serde_json too, all others have
// the shape that they have in bincode.

import { assertNever } from "../../model/result.ts";
import type { TypeSchema, TypeTable, ValueFormat } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import { namedType } from "../kinds/structs.ts";
import { formatOf } from "../formats/index.ts";

/** How a value of a type stands in JSON: as its text, or as its exact form. */
export type JsonForm = "text" | "exact";

/** The form of a type; undefined for types without a human form. */
export function jsonForm(type: TypeSchema): JsonForm | undefined {
  if (type.format === undefined) {
    return undefined;
  }
  // A string in bincode is one in JSON.
  return type.kind === "string" ? "text" : formOf(type.format, type);
}

/** What serde's implementations ask `is_human_readable` for: addresses and UUIDs; the rest does not (reference 6.2, 6.3). */
function formOf(format: ValueFormat, type: TypeSchema): JsonForm {
  switch (format) {
    case "flags":
      return type.kind === "integer" && type.flags?.inJson === "text" ? "text" : "exact";
    case "ip":
    case "ipNetwork":
    case "ipv4":
    case "ipv4Network":
    case "ipv6":
    case "ipv6Network":
    case "socket":
    case "socketV4":
    case "socketV6":
    case "uuid":
    case "uuidBraced":
    case "uuidHyphenated":
    case "uuidSimple":
    case "uuidUrn":
      return "text";
    case "date":
    case "dateTime":
    case "decimal":
    case "duration":
    case "durationText":
    case "month":
    case "monthNumber":
    case "naiveDateTime":
    case "offsetDateTime":
    case "ordinalDate":
    case "path":
    case "plainDateTime":
    case "signedDuration":
    case "time":
    case "timeDelta":
    case "timeOfDay":
    case "timestamp":
    case "url":
    case "utcOffset":
    case "version":
    case "versionComparator":
    case "versionRequirement":
    case "weekday":
    case "weekdayNumber":
      return "exact";
    default:
      return assertNever(format);
  }
}

/** Whether the bits of a type with flags stand in an object: bitflags 1 derives a struct. */
export function isBitsField(type: TypeSchema): boolean {
  return type.kind === "integer" && type.flags?.inJson === "bitsField";
}

/** The exact form of a value that may be in its human form. */
export function exactForm(type: TypeSchema, value: JsonValue): JsonValue {
  const parsed =
    type.format !== undefined && typeof value === "string"
      ? formatOf(type.format, type).parse(value)
      : undefined;
  return parsed?.ok === true ? parsed.value : value;
}

/** The value that a text in JSON stands for, in its human form; undefined when it stands for none. */
export function valueOfText(type: TypeSchema, text: string): JsonValue | undefined {
  if (type.kind === "string" || type.format === undefined) {
    return text;
  }
  const format = formatOf(type.format, type);
  const parsed = format.parse(text);
  return parsed.ok ? (format.print(parsed.value) ?? parsed.value) : undefined;
}

/** Newtypes around a type that are looked through. */
const maxNewtypes = 200;

/** What stands in JSON for a type that may be a newtype of another. */
export function throughNewtypes(type: TypeSchema, types: TypeTable): TypeSchema {
  let current = type;
  for (let depth = 0; depth < maxNewtypes; depth += 1) {
    const named = current.kind === "named" ? namedType(types, current.id) : undefined;
    if (named?.kind !== "struct" || named.body.kind !== "newtype") {
      break;
    }
    current = named.body.inner;
  }
  return current;
}
