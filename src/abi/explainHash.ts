// Names the signature lines in which a binary's interface differs from the source's. A hash cannot be turned back into
// lines, so this compares with the sets of lines known from before, and else tries the small changes that fit the hash.

import type { SignatureDifference } from "../model/outcome.ts";
import { interfaceHash, sortSignatures } from "./interfaceHash.ts";

/**
 * What differs between the source's signature lines and the binary with `binaryHash`. Empty when they agree; one entry of
 * change "unknown" when neither a known set nor a small change explains the hash.
 */
export function explainHashDifference(
  sourceSignatures: readonly string[],
  binaryHash: string,
  knownSignatureSets: Pick<ReadonlyMap<string, readonly string[]>, "get">,
): readonly SignatureDifference[] {
  if (interfaceHash(sourceSignatures) === binaryHash) {
    return [];
  }
  const known = knownSignatureSets.get(binaryHash) ?? guessSignatures(sourceSignatures, binaryHash);
  return known === undefined
    ? [{ change: "unknown", method: "" }]
    : compareSignatures(sourceSignatures, known);
}

/** Differences by method name, in the order of names. */
function compareSignatures(
  source: readonly string[],
  binary: readonly string[],
): SignatureDifference[] {
  const ofSource = byMethod(source);
  const ofBinary = byMethod(binary);
  const names = sortSignatures([...new Set([...ofSource.keys(), ...ofBinary.keys()])]);
  return names.flatMap((method): SignatureDifference[] => {
    const sourceSignature = ofSource.get(method);
    const binarySignature = ofBinary.get(method);
    if (sourceSignature === binarySignature) {
      return [];
    }
    if (sourceSignature === undefined) {
      return binarySignature === undefined ? [] : [{ change: "removed", method, binarySignature }];
    }
    return binarySignature === undefined
      ? [{ change: "added", method, sourceSignature }]
      : [{ change: "changed", method, sourceSignature, binarySignature }];
  });
}

function byMethod(signatures: readonly string[]): Map<string, string> {
  return new Map(signatures.map((line) => [line.slice(0, line.indexOf(":")), line]));
}

/** Tries: up to two methods new in the source, and one method changed in a usual way. */
function guessSignatures(
  source: readonly string[],
  binaryHash: string,
): readonly string[] | undefined {
  for (const candidate of candidates(source)) {
    if (interfaceHash(candidate) === binaryHash) {
      return candidate;
    }
  }
  return undefined;
}

/** Enough for any interface that a person writes; bounds the pairs tried. */
const mostMethodsForPairs = 60;

function* candidates(source: readonly string[]): Generator<readonly string[]> {
  for (const line of source) {
    yield without(source, [line]);
  }
  for (const line of source) {
    for (const variant of variants(line)) {
      yield source.map((other) => (other === line ? variant : other));
    }
  }
  if (source.length <= mostMethodsForPairs) {
    for (const [index, first] of source.entries()) {
      for (const second of source.slice(index + 1)) {
        yield without(source, [first, second]);
      }
    }
  }
}

function without(lines: readonly string[], dropped: readonly string[]): string[] {
  return lines.filter((line) => !dropped.includes(line));
}

/** The spellings between which a line most often changes: raw marker, the error type's path, a wrapped result. */
function variants(line: string): string[] {
  const arrow = line.indexOf("->");
  const head = line.slice(0, arrow + 2);
  const returned = line.slice(arrow + 2);
  const result: string[] = [
    line.endsWith("!raw") ? line.slice(0, -"!raw".length) : `${line}!raw`,
    line.replaceAll("fidius :: PluginError", "PluginError"),
    line.replaceAll(/(?<!:: )PluginError/gu, "fidius :: PluginError"),
    `${head}()`,
    head,
  ];
  const unwrapped = /^Result < (.*?) ?, (?:fidius :: )?PluginError >$/su.exec(returned)?.[1];
  if (unwrapped !== undefined) {
    result.push(`${head}${unwrapped}`);
  } else if (returned !== "") {
    const comma = returned.endsWith(">") ? " ," : ",";
    result.push(`${head}Result < ${returned}${comma} PluginError >`);
  }
  return result.filter((variant) => variant !== line);
}
