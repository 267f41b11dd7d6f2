// Bytes as they come to the page.

/** Some webviews hand a typed array over as a plain object of its numbers. */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  return bytes instanceof Uint8Array ? bytes : Uint8Array.from(Object.values(bytes));
}
