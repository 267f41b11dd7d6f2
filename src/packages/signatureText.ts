// What is known of a signature, for people. The verdict comes first, in words of ours, and the name that follows is quoted when it is no
// word: nothing that an author may write can be taken for a verdict.

import { nameText } from "../model/text/foreignText.ts";
import type { PackageInfo, SignatureState } from "../model/package/packageInfo.ts";

/** The verdict on a signature as a sentence about `subject`, which is ready to be shown. */
export function describeSignature(subject: string, state: SignatureState): string {
  switch (state.kind) {
    case "unsigned":
      return `No signature: ${subject} is not signed.`;
    case "unchecked":
      return `Unchecked signature: ${subject} is signed, but the signature was not checked, as no trusted key was given: who signed it is not known, nor whether it was changed since. Give the signer's .public file as a trusted key.`;
    case "verified":
      return `Trusted signature: ${subject} is signed by the trusted key ${nameText(state.key)}.`;
    case "mismatch":
      return `Wrong signature: the signature of ${subject} was checked and does not fit. A signature cannot tell why: it is of ${state.keys === 1 ? "another key than the trusted one" : `none of the ${String(state.keys)} trusted keys`}, or ${subject} was changed after it was signed.`;
    case "malformed":
      return `Damaged signature: the signature of ${subject} cannot be used: ${state.message}`;
    case "uncheckable":
      return `Unchecked signature: the signature of ${subject} could not be checked: ${state.message}`;
  }
}

/** A package in a sentence. */
export function packageName({ name, version }: Pick<PackageInfo, "name" | "version">): string {
  return `the package ${nameText(name)} ${nameText(version)}`;
}

/** What was left out of a package that was opened; undefined when nothing was. */
export function leftOutText(subject: string, leftOut: readonly string[]): string | undefined {
  return leftOut.length === 0
    ? undefined
    : `What no signature covers was left out of ${subject}: ${leftOut.map(nameText).join(", ")}.`;
}
