// How a call runs, beside its arguments and its time limit: as its user writes it for a method, and as it is read. What is written
// stays as it is typed, so that nothing is lost while it is not right yet; what is empty is as the settings say.

import type { Repetition } from "./repetition.ts";
import { parseMemorySize } from "./text/memorySize.ts";

/** The texts of the panel's fields. */
export interface RunOptionTexts {
  /** `NAME=value` a line; what begins with `#` says nothing. */
  readonly environment: string;
  readonly workingDirectory: string;
  readonly profile: string;
  /** Separated by commas or spaces. */
  readonly features: string;
  readonly memory: string;
  /** A number of calls, or a time: `100`, `5s`. */
  readonly repeat: string;
  /** Calls before the first one that counts. */
  readonly warmUp: string;
}

export const noRunOptions: RunOptionTexts = {
  environment: "",
  workingDirectory: "",
  profile: "",
  features: "",
  memory: "",
  repeat: "",
  warmUp: "",
};

export interface RunOptions {
  /** On top of the settings' variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute, or relative to the plugin's package; null is the package's folder. */
  readonly workingDirectory: string | null;
  /** Of cargo; null is the setting's. */
  readonly profile: string | null;
  readonly features: readonly string[];
  /** Most bytes of the plugin's process; null is no limit, undefined as the settings say. */
  readonly memoryLimit: number | null | undefined;
}

/** Nothing but what the settings say. */
export const asSettingsSay: RunOptions = {
  environment: {},
  workingDirectory: null,
  profile: null,
  features: [],
  memoryLimit: undefined,
};

export interface ReadRunOptions {
  readonly options: RunOptions;
  /** How often a repeated call is made. */
  readonly repetition: Repetition;
  /** Why a field says nothing, by its name. */
  readonly problems: ReadonlyMap<keyof RunOptionTexts, string>;
}

/** Reads what is written; a field that is not right counts as empty. */
export function readRunOptions(texts: RunOptionTexts): ReadRunOptions {
  const problems = new Map<keyof RunOptionTexts, string>();
  const { environment, problem } = readEnvironment(texts.environment);
  if (problem !== undefined) {
    problems.set("environment", problem);
  }
  const profile = texts.profile.trim();
  const isProfile = /^[\w-]*$/u.test(profile);
  if (!isProfile) {
    problems.set(
      "profile",
      `"${profile}" is no profile of cargo. Write dev, release, or one of Cargo.toml.`,
    );
  }
  const features = texts.features.split(/[\s,]+/u).filter((feature) => feature !== "");
  const wrong = features.find((feature) => !/^[\w+.][\w+./:?-]*$/u.test(feature));
  if (wrong !== undefined) {
    problems.set("features", `"${wrong}" is no feature. Write names with commas between them.`);
  }
  const memory = readMemory(texts.memory);
  if (memory.problem !== undefined) {
    problems.set("memory", memory.problem);
  }
  const folder = texts.workingDirectory.trim();
  return {
    options: {
      environment,
      workingDirectory: folder === "" ? null : folder,
      profile: profile === "" || !isProfile ? null : profile,
      features: wrong === undefined ? [...new Set(features)] : [],
      memoryLimit: memory.limit,
    },
    repetition: readRepetition(texts, problems),
    problems,
  };
}

/** What is taken where nothing is written. */
export const usualRepetition: Repetition = { calls: 100, durationMs: null, warmUp: 10 };

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

function readRepetition(
  texts: RunOptionTexts,
  problems: Map<keyof RunOptionTexts, string>,
): Repetition {
  const repeat = texts.repeat.trim();
  const warmUp = texts.warmUp.trim();
  const [, digits, unit] = /^(\d{1,6}(?:\.\d+)?)\s*(ms|s|m)?$/u.exec(repeat) ?? [];
  const amount = Number(digits);
  const isRight =
    digits !== undefined && amount > 0 && (unit !== undefined || /^\d+$/u.test(digits));
  if (repeat !== "" && !isRight) {
    problems.set("repeat", `"${repeat}" is neither a number of calls nor a time. Write 100 or 5s.`);
  }
  if (!/^\d{0,6}$/u.test(warmUp)) {
    problems.set("warmUp", `"${warmUp}" is no number of calls. Write 10, or 0.`);
  }
  const often = isRight
    ? unit === undefined
      ? { calls: amount, durationMs: null }
      : { calls: null, durationMs: Math.ceil(amount * (milliseconds[unit] ?? 1)) }
    : { calls: usualRepetition.calls, durationMs: usualRepetition.durationMs };
  const isWarmUp = /^\d{1,6}$/u.test(warmUp);
  return { ...often, warmUp: isWarmUp ? Number(warmUp) : usualRepetition.warmUp };
}

function readEnvironment(text: string): {
  readonly environment: Readonly<Record<string, string>>;
  readonly problem?: string;
} {
  const environment: Record<string, string> = {};
  let problem: string | undefined;
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    const variable = variableOf(line);
    if (variable !== undefined) {
      environment[variable.name] = variable.value;
    } else if (!isRemark(line)) {
      problem ??= `Line ${String(index + 1)} is no variable. Write NAME=value.`;
    }
  }
  return { environment, ...(problem === undefined ? {} : { problem }) };
}

function isRemark(line: string): boolean {
  return line.trim() === "" || line.trimStart().startsWith("#");
}

function variableOf(line: string): { readonly name: string; readonly value: string } | undefined {
  const [, name, value] = /^\s*([^\s=#\0][^\s=\0]*)\s*=([^\0]*)$/u.exec(line) ?? [];
  return name === undefined || value === undefined ? undefined : { name, value };
}

/** The value of a variable in the text; undefined where it has none. */
export function writtenVariable(text: string, name: string): string | undefined {
  return text
    .split(/\r?\n/u)
    .map(variableOf)
    .findLast((variable) => variable?.name === name)?.value;
}

/** The text with another value of a variable, every other line as it was; an empty value takes the variable out. */
export function withVariable(text: string, name: string, value: string): string {
  const others = text.split(/\r?\n/u).filter((line) => variableOf(line)?.name !== name);
  const rest = others.join("\n").replace(/\n+$/u, "");
  return [...(rest === "" ? [] : [rest]), ...(value === "" ? [] : [`${name}=${value}`])].join("\n");
}

function readMemory(text: string): {
  readonly limit: RunOptions["memoryLimit"];
  readonly problem?: string;
} {
  if (text.trim() === "") {
    return { limit: undefined };
  }
  const size = parseMemorySize(text.trim());
  return size.ok ? { limit: size.value } : { limit: undefined, problem: size.error };
}
