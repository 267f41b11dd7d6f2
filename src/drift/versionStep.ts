// Which versions a comparison asks for: the number in the interface's attribute, and the package's by the rules of cargo.

import type { DriftChange } from "./change.ts";
import { concernsVersion } from "./concernsVersion.ts";
import type { InterfaceDrift } from "./compareInterfaces.ts";

/** What an interface changed by, as a whole. */
type VersionStep = "breaking" | "addition" | "none";

function stepOf(changes: readonly DriftChange[]): VersionStep {
  if (changes.some(({ severity }) => severity === "breaking")) {
    return "breaking";
  }
  return changes.some(({ rule }) => rule.endsWith("-added")) ? "addition" : "none";
}

/** Clauses such as "raise `Tool` from version 1 to 2"; none where all versions are as they have to be. */
export function versionAdvice(drifts: readonly InterfaceDrift[]): readonly string[] {
  const advice: string[] = [];
  for (const { before, after, changes } of drifts) {
    if (
      before !== undefined &&
      after !== undefined &&
      after.version <= before.version &&
      changes.some(concernsVersion)
    ) {
      const next = before.version + 1;
      advice.push(
        `raise \`${after.name}\` from version ${String(after.version)} to ${String(next)}`,
      );
    }
  }
  return [...advice, ...packageAdvice(drifts)];
}

interface PackageChange {
  readonly name: string;
  /** Its versions; empty where it was not there. */
  readonly then: string;
  readonly now: string;
  readonly changes: readonly DriftChange[];
}

function packageAdvice(drifts: readonly InterfaceDrift[]): readonly string[] {
  const packages = new Map<string, PackageChange>();
  for (const drift of drifts) {
    const found = packageOf(drift);
    if (found !== undefined) {
      const known = packages.get(found.name);
      packages.set(found.name, known === undefined ? found : joined(known, found));
    }
  }
  return [...packages.values()].flatMap(({ name, then, now, changes }) => {
    const next = nextVersion(then, stepOf(changes));
    return next === undefined || now === "" || !isBefore(now, next)
      ? []
      : [`raise the package ${name} from ${now} to ${next}`];
  });
}

function packageOf({ before, after, changes }: InterfaceDrift): PackageChange | undefined {
  const [then, now] = [before?.crate, after?.crate];
  const name = (now ?? then)?.name;
  return name === undefined
    ? undefined
    : { name, then: then?.version ?? "", now: now?.version ?? "", changes };
}

function joined(known: PackageChange, { then, now, changes }: PackageChange): PackageChange {
  return {
    name: known.name,
    then: known.then || then,
    now: known.now || now,
    changes: [...known.changes, ...changes],
  };
}

type Version = readonly [major: number, minor: number, patch: number];

/** The least version that cargo does not take for compatible, or for no newer one. */
function nextVersion(version: string, step: VersionStep): string | undefined {
  const parsed = parseVersion(version);
  if (parsed === undefined || step === "none") {
    return undefined;
  }
  const [major, minor, patch] = parsed;
  if (step === "breaking") {
    if (major > 0) {
      return `${String(major + 1)}.0.0`;
    }
    return minor > 0 ? `0.${String(minor + 1)}.0` : `0.0.${String(patch + 1)}`;
  }
  return major > 0
    ? `${String(major)}.${String(minor + 1)}.0`
    : `0.${String(minor)}.${String(patch + 1)}`;
}

function parseVersion(text: string): Version | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)/u.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])];
}

function isBefore(left: string, right: string): boolean {
  const [a, b] = [parseVersion(left), parseVersion(right)];
  if (a === undefined || b === undefined) {
    return false;
  }
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}
