// Things by a name that several share.

/** The parts by name, in their order; those without a name are left out. */
export function groupBy<T>(
  parts: readonly T[],
  nameOf: (part: T) => string | null,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const part of parts) {
    const name = nameOf(part);
    const group = name === null ? undefined : groups.get(name);
    if (group !== undefined) {
      group.push(part);
    } else if (name !== null) {
      groups.set(name, [part]);
    }
  }
  return groups;
}
