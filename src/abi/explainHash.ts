// Names the signature lines in which a binary's interface differs from the source's. A hash cannot be turned back into lines:
// this compares with lines known from before, and else tries what people change in a trait, within a bound, until it fits.

import type { SignatureDifference } from "../model/outcome.ts";
import { interfaceHash, sortSignatures } from "./interfaceHash.ts";
import { mostHashedBytes, searchLines, type LineChoice } from "./searchLines.ts";
import {
  lineVariants,
  linesOfName,
  linesWithOneTypeReplaced,
  linesWithTwoChanges,
  typesOf,
} from "./signatureVariants.ts";

/** An interface's methods as the source has them. */
export interface SourceLines {
  /** Of the required methods, which are hashed. */
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** What is known of the binary besides its hash. */
export interface BinaryFacts {
  readonly hash: string;
  /** Names of all its methods, optional ones among them, where its symbols tell. */
  readonly methodNames?: readonly string[];
}

/**
 * What differs between the source and the binary. Empty when they agree. What is named is certain: it gives the binary's hash,
 * or is a name that one of both lacks. An entry of change "unknown" says that something else differs.
 */
export function explainHashDifference(
  source: SourceLines,
  binary: BinaryFacts,
  knownSignatureSets: Pick<ReadonlyMap<string, readonly string[]>, "get">,
): readonly SignatureDifference[] {
  if (interfaceHash(source.required) === binary.hash) {
    return [];
  }
  const lines = knownSignatureSets.get(binary.hash) ?? guessLines(source, binary);
  return lines === undefined
    ? [...differentNames(source, binary), { change: "unknown", method: "" }]
    : compareSignatures(source, lines, binary.methodNames);
}

/** Differences by method name, in the order of names. */
function compareSignatures(
  source: SourceLines,
  binaryLines: readonly string[],
  binaryNames: readonly string[] | undefined,
): SignatureDifference[] {
  const ofSource = byMethod(source.required);
  const ofBinary = byMethod(binaryLines);
  const optional = byMethod(source.optional);
  const names = sortSignatures([...new Set([...ofSource.keys(), ...ofBinary.keys()])]);
  return names.flatMap((method): SignatureDifference[] => {
    const optionalLine = optional.get(method);
    const sourceSignature =
      ofSource.get(method) ??
      (optionalLine === undefined ? undefined : `${optionalLine} (optional)`);
    const binarySignature =
      ofBinary.get(method) ?? (binaryNames?.includes(method) === true ? "optional" : undefined);
    return difference(method, sourceSignature, binarySignature);
  });
}

function difference(
  method: string,
  sourceSignature: string | undefined,
  binarySignature: string | undefined,
): SignatureDifference[] {
  if (sourceSignature === binarySignature) {
    return [];
  }
  if (sourceSignature === undefined) {
    return binarySignature === undefined ? [] : [{ change: "removed", method, binarySignature }];
  }
  return binarySignature === undefined
    ? [{ change: "added", method, sourceSignature }]
    : [{ change: "changed", method, sourceSignature, binarySignature }];
}

/** Methods that only one of both has, whatever their types are. */
function differentNames(
  source: SourceLines,
  { methodNames }: BinaryFacts,
): readonly SignatureDifference[] {
  if (methodNames === undefined) {
    return [];
  }
  const ofSource = byMethod([...source.required, ...source.optional]);
  const added = source.required.flatMap((sourceSignature) => {
    const method = nameOf(sourceSignature);
    return methodNames.includes(method)
      ? []
      : [{ change: "added", method, sourceSignature } as const];
  });
  const removed = sortSignatures(methodNames)
    .filter((method) => !ofSource.has(method))
    .map((method) => ({ change: "removed", method }) as const);
  return [...added, ...removed];
}

function byMethod(signatures: readonly string[]): Map<string, string> {
  return new Map(signatures.map((line) => [nameOf(line), line]));
}

function nameOf(line: string): string {
  return line.slice(0, line.indexOf(":"));
}

/** The binary's lines, when they differ from the source's by what is tried: see {@link searchLines} for the bound. */
function guessLines(source: SourceLines, binary: BinaryFacts): readonly string[] | undefined {
  if (binary.hash === interfaceHash([])) {
    return [];
  }
  const types = typesOf([...source.required, ...source.optional]);
  const choices = choicesOf(source, binary, types);
  const found = searchLines(choices, binary.hash) ?? replaceOneType(source, binary);
  const lines = found?.filter((line) => line !== null);
  return lines !== undefined && interfaceHash(lines) === binary.hash ? lines : undefined;
}

/** In the order in which lines are hashed, which names decide: a name cannot hold the colon behind it. */
function choicesOf(
  { required, optional }: SourceLines,
  { methodNames }: BinaryFacts,
  types: readonly string[],
): readonly LineChoice[] {
  const isThere = (line: string): boolean => methodNames?.includes(nameOf(line)) ?? true;
  const choices = new Map<string, LineChoice>();
  for (const line of required.filter(isThere)) {
    choices.set(`${nameOf(line)}:`, {
      base: line,
      alternatives: [null, ...lineVariants(line, types)],
      rare: () => linesWithTwoChanges(line),
    });
  }
  for (const line of optional.filter(isThere)) {
    choices.set(`${nameOf(line)}:`, { base: null, alternatives: [line], rare: () => [] });
  }
  const gone = required.filter((line) => !isThere(line));
  for (const name of methodNames ?? []) {
    if (!choices.has(`${name}:`)) {
      choices.set(`${name}:`, {
        base: null,
        alternatives: linesOfName(name, gone, types),
        rare: () => [],
      });
    }
  }
  return sortSignatures([...choices.keys()]).flatMap((key) => choices.get(key) ?? []);
}

function replaceOneType(
  { required }: SourceLines,
  { hash }: BinaryFacts,
): readonly string[] | undefined {
  let left = mostHashedBytes / 12;
  for (const lines of linesWithOneTypeReplaced(required)) {
    left -= lines.join("").length;
    if (left < 0) {
      return undefined;
    }
    if (interfaceHash(lines) === hash) {
      return lines;
    }
  }
  return undefined;
}
