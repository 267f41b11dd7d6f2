// Ed25519 signatures of packages and libraries, as `fidius sign` and `fidius package sign` make them (reference 7.3): 64 raw
// bytes, over the library's file or over the package's digest, checked against the keys that the user trusts.

import { createPublicKey, verify, type KeyObject } from "node:crypto";
import { basename, join } from "node:path";
import { fileLimits } from "../files/fileLimits.ts";
import { describeFileProblem } from "../files/fileProblem.ts";
import { readRegularFile } from "../files/regularFile.ts";
import type { SignatureState, TrustedKey } from "../model/packageInfo.ts";
import { err, ok, type Result } from "../model/result.ts";
import { packageDigest } from "./packageDigest.ts";

const signatureBytes = 64;
const keyBytes = 32;

/** Head of an Ed25519 key in SubjectPublicKeyInfo form; the raw bytes follow (RFC 8410). */
const keyHead = Buffer.from("302a300506032b6570032100", "hex");

/** Who signed the package in `folder`: its `package.sig`. `digest`: the one that is known, else of its files as they are. */
export async function packageSignature(
  folder: string,
  keys: readonly TrustedKey[],
  digest?: Uint8Array,
): Promise<SignatureState> {
  return stateOf(join(folder, "package.sig"), keys, async () =>
    digest === undefined ? packageDigest(folder) : ok(digest),
  );
}

/** Who signed a library: the file of its name with `.sig` behind it. */
export async function librarySignature(
  library: string,
  keys: readonly TrustedKey[],
): Promise<SignatureState> {
  return stateOf(`${library}.sig`, keys, async () => {
    const bytes = await readRegularFile(library, { limit: fileLimits.signedLibrary });
    return bytes.ok ? bytes : err(describeFileProblem(library, bytes.error));
  });
}

/** Reads a public key as `fidius keygen` writes it: 32 raw bytes. */
export async function readTrustedKey(file: string): Promise<Result<TrustedKey, string>> {
  const bytes = await readRegularFile(file, { limit: fileLimits.key });
  if (!bytes.ok) {
    const { reason } = bytes.error;
    return err(`The key file ${file} cannot be read: ${reason}. Give the name of a .public file.`);
  }
  return bytes.value.length === keyBytes
    ? ok({ name: basename(file), bytes: bytes.value })
    : err(
        `The key file ${file} has ${bytes.value.length} bytes; a public key has ${keyBytes}. Give the .public file that fidius keygen wrote.`,
      );
}

/** What is known of a signature, as a sentence about `subject`. */
export function describeSignature(subject: string, state: SignatureState): string {
  switch (state.kind) {
    case "unsigned":
      return `${subject} is not signed.`;
    case "unchecked":
      return `${subject} is signed, but the signature was not checked, as no trusted key was given: who signed it is not known, nor whether it was changed since. Give the signer's .public file as a trusted key.`;
    case "verified":
      return `${subject} is signed by the trusted key ${state.key}.`;
    case "mismatch":
      return `The signature of ${subject} was checked and does not fit. A signature cannot tell why: it is of ${state.keys === 1 ? "another key than the trusted one" : `none of the ${state.keys} trusted keys`}, or ${subject} was changed after it was signed.`;
    case "malformed":
      return `The signature of ${subject} is damaged: ${state.message}`;
    case "uncheckable":
      return `The signature of ${subject} could not be checked: ${state.message}`;
  }
}

/** The signature rules out a use: with keys at hand it must fit, and be there if `isRequired`. */
export function isRefused(state: SignatureState, isRequired: boolean): boolean {
  switch (state.kind) {
    case "verified":
      return false;
    case "mismatch":
    case "malformed":
    case "uncheckable":
      return true;
    case "unsigned":
    case "unchecked":
      return isRequired;
  }
}

async function stateOf(
  file: string,
  keys: readonly TrustedKey[],
  signed: () => Promise<Result<Uint8Array, string>>,
): Promise<SignatureState> {
  const read = await readRegularFile(file, { limit: fileLimits.key });
  if (!read.ok) {
    return read.error.kind === "absent"
      ? { kind: "unsigned" }
      : { kind: "malformed", message: describeFileProblem(file, read.error) };
  }
  const signature = read.value;
  if (signature.length !== signatureBytes) {
    const message = `${basename(file)} has ${signature.length} bytes; a signature has ${signatureBytes}.`;
    return { kind: "malformed", message };
  }
  if (keys.length === 0) {
    return { kind: "unchecked" };
  }
  const content = await signed();
  if (!content.ok) {
    return { kind: "uncheckable", message: content.error };
  }
  const signer = keys.find(({ bytes }) => verify(null, content.value, keyObject(bytes), signature));
  return signer === undefined
    ? { kind: "mismatch", keys: keys.length }
    : { kind: "verified", key: signer.name };
}

function keyObject(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([keyHead, raw]), format: "der", type: "spki" });
}
