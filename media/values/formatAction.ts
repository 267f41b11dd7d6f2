// What fills a human form with a click: the current moment, a new UUID, a path from a file dialog.

import type { ValueFormat } from "../../src/model/schema/schema.ts";

/** The current moment in the forms that have one; without an offset it is UTC. */
const nowIn: Partial<Readonly<Record<ValueFormat, (iso: string) => string>>> = {
  timestamp: (iso) => iso,
  dateTime: (iso) => iso,
  offsetDateTime: (iso) => iso,
  naiveDateTime: (iso) => iso.replace("Z", ""),
  plainDateTime: (iso) => iso.replace("Z", ""),
  date: (iso) => iso.slice(0, 10),
  ordinalDate: (iso) => iso.slice(0, 10),
  time: (iso) => iso.slice(11, 23),
  timeOfDay: (iso) => iso.slice(11, 23),
};

export type FormatAction = "Now" | "New" | "Choose…";

/** The button beside the text; undefined where there is none. */
export function formatActionOf(format: ValueFormat): FormatAction | undefined {
  return format.startsWith("uuid")
    ? "New"
    : format === "path"
      ? "Choose…"
      : nowIn[format] === undefined
        ? undefined
        : "Now";
}

/** `date` as a value of the form, which has one. */
export function momentIn(format: ValueFormat, date: Date): string {
  const iso = date.toISOString();
  return nowIn[format]?.(iso) ?? iso;
}
