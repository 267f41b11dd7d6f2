// How deep objects and arrays nest, found out without calls that call themselves.

/** Levels that whatever keeps values as JSON bears, as VS Code does with what is stored in it. */
export const storedLevels = 1_000;

/** Objects and arrays, but none of a class of its own, such as a list of bytes: those are passed on whole. */
export function hasParts(value: unknown): value is object {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}

/** Whether there are more than so many objects and arrays within each other. */
export function nestsDeeper(value: unknown, mostLevels: number): boolean {
  let level = [value].filter(hasParts);
  for (let levels = 1; level.length > 0; levels++) {
    if (levels > mostLevels) {
      return true;
    }
    const next: object[] = [];
    for (const holder of level) {
      const parts = Array.isArray(holder) ? holder : Object.values(holder);
      for (const part of parts as readonly unknown[]) {
        if (hasParts(part)) {
          next.push(part);
        }
      }
    }
    level = next;
  }
  return false;
}
