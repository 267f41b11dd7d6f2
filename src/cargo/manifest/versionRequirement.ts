// Cargo's version requirements, as far as two questions need them: which requirements share one package in a build, and
// whether a version satisfies one.

interface Comparator {
  readonly operator: string;
  /** As many numbers as were written; a wildcard ends them. */
  readonly parts: readonly number[];
  readonly preRelease: string;
  readonly isWildcard: boolean;
}

/**
 * The range in which cargo unifies versions: `0.5` for `0.5`, `^0.5.3` or `=0.5.9`; `1` for `1.2`; `0.0.5` for `0.0.5`.
 * Empty for a requirement that names no version (`*`, none at all).
 */
export function compatibleRange(requirement: string | null): string {
  const parts = parseRequirement(requirement ?? "*").find(
    (comparator) => comparator.parts.length > 0,
  )?.parts;
  if (parts === undefined) {
    return "";
  }
  const [major = 0, minor, patch] = parts;
  if (major > 0 || minor === undefined) {
    return String(major);
  }
  return minor > 0 || patch === undefined ? `0.${minor}` : `0.0.${patch}`;
}

/** Whether cargo may choose `version` for the requirement. */
export function satisfies(version: string, requirement: string | null): boolean {
  const match = /^(\d+)\.(\d+)\.(\d+)(?:-([^+]*))?/u.exec(version);
  if (match === null) {
    return false;
  }
  const numbers = [Number(match[1]), Number(match[2]), Number(match[3])];
  const comparators = parseRequirement(requirement ?? "*");
  const preRelease = match[4] ?? "";
  const isPreReleaseAllowed =
    preRelease === "" || comparators.some((comparator) => comparator.preRelease !== "");
  return isPreReleaseAllowed && comparators.every((comparator) => matches(numbers, comparator));
}

function parseRequirement(requirement: string): readonly Comparator[] {
  return requirement.split(",").map((part) => {
    const match = /^\s*(\^|~|>=|<=|=|>|<)?\s*(.*?)\s*$/u.exec(part);
    const text = match?.[2] ?? "";
    const [core = "", ...pre] = text.replace(/\+.*$/u, "").split("-");
    const written = core.split(".");
    const wildcardAt = written.findIndex((number) => !/^\d+$/u.test(number));
    return {
      operator: match?.[1] ?? "^",
      parts: (wildcardAt < 0 ? written : written.slice(0, wildcardAt)).map(Number),
      preRelease: pre.join("-"),
      isWildcard: wildcardAt >= 0,
    };
  });
}

function matches(version: readonly number[], { operator, parts, isWildcard }: Comparator): boolean {
  const order = comparePrefix(version, parts);
  if (isWildcard) {
    return order === 0;
  }
  switch (operator) {
    case "=":
      return order === 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case "~":
      return order >= 0 && comparePrefix(version, parts.slice(0, 2)) === 0;
    default:
      return order >= 0 && comparePrefix(version, caretPrefix(parts)) === 0;
  }
}

/** The numbers that a caret requirement keeps fixed. */
function caretPrefix(parts: readonly number[]): readonly number[] {
  const firstNonZero = parts.findIndex((part) => part > 0);
  return firstNonZero < 0 ? parts : parts.slice(0, firstNonZero + 1);
}

/** Compares only as many numbers as `prefix` has. */
function comparePrefix(version: readonly number[], prefix: readonly number[]): number {
  for (const [index, part] of prefix.entries()) {
    const difference = (version[index] ?? 0) - part;
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}
