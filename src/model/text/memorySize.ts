// Amounts of memory as people write them: "512MiB", "2G", "none".

import { err, ok, type Result } from "../result.ts";

const units: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Bytes; null is no limit. */
export function parseMemorySize(text: string): Result<number | null, string> {
  if (text === "none") {
    return ok(null);
  }
  const [, digits, unit = ""] = /^(\d+(?:\.\d+)?)\s*([kmg])(?:i?b)?$/i.exec(text) ?? [];
  const bytes = Number(digits) * (units[unit.toLowerCase()] ?? Number.NaN);
  return bytes >= 1
    ? ok(Math.floor(bytes))
    : err(`"${text}" is no amount of memory. Write it as 512MiB, 2GiB, or none.`);
}
