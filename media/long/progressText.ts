// How far something is, in words.

/** `Receiving 38 of 50 MB`. */
export function progressText({
  kind,
  done,
  total,
}: {
  readonly kind: "receiving" | "reading";
  readonly done: number;
  readonly total: number;
}): string {
  const [unit, size] = total < 1024 * 1024 ? ["KB", 1024] : ["MB", 1024 * 1024];
  const whole = Math.max(1, Math.round(total / size));
  const part = Math.min(whole, Math.floor(done / size));
  return `${kind === "receiving" ? "Receiving" : "Reading"} ${part} of ${whole} ${unit}`;
}
