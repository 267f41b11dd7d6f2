// Fractions of a second as Rust prints them: up to nine digits, trailing zeros left out.

/** `.5` for 500 000 000 nanoseconds; nothing for none. */
export function fractionText(nanoseconds: number): string {
  return nanoseconds === 0 ? "" : `.${String(nanoseconds).padStart(9, "0").replace(/0+$/, "")}`;
}

/** Nanoseconds of the digits after the point, at most nine of them. */
export function fractionOf(digits: string | undefined): number {
  return Number((digits ?? "").padEnd(9, "0"));
}
