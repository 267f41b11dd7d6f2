// Large counts in sentences.

/** A whole number as sentences show it: `12,000`. */
export function groupDigits(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/gu, ",");
}
