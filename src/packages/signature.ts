// Ed25519 signatures of packages and libraries, as `fidius sign` and `fidius package sign` make them (reference 7.3): 64 raw
// bytes, over the library's file or over the package's digest, checked against the keys that the user trusts.

import { createHash, createPublicKey, verify, type KeyObject } from "node:crypto";
import { basename } from "node:path";
import { fileLimits } from "../files/fileLimits.ts";
import { describeFileProblem } from "../files/fileProblem.ts";
import { readRegularFile } from "../files/regularFile.ts";
import type { SignatureState, TrustedKey } from "../model/package/packageInfo.ts";
import { err, ok, type Result } from "../model/result.ts";

/** Name of a package's signature, in its folder. */
export const signatureFileName = "package.sig";

const signatureBytes = 64;
const keyBytes = 32;

/** Head of an Ed25519 key in SubjectPublicKeyInfo form; the raw bytes follow (RFC 8410). */
const keyHead = Buffer.from("302a300506032b6570032100", "hex");

/** Who made `signature` over `content`; without a signature nobody. */
export function signatureState(
  signature: Uint8Array | undefined,
  content: Uint8Array,
  keys: readonly TrustedKey[],
): SignatureState {
  if (signature === undefined) {
    return { kind: "unsigned" };
  }
  if (signature.length !== signatureBytes) {
    const message = `its file has ${String(signature.length)} bytes; a signature has ${String(signatureBytes)}.`;
    return { kind: "malformed", message };
  }
  if (keys.length === 0) {
    return { kind: "unchecked" };
  }
  const signer = keys.find(({ bytes }) => verify(null, content, keyObject(bytes), signature));
  return signer === undefined
    ? { kind: "mismatch", keys: keys.length }
    : { kind: "verified", key: signer.name };
}

/** A library as its signature was checked. */
export interface CheckedLibrary {
  readonly signature: SignatureState;
  /** SHA-256 of the bytes that a trusted key signed: nothing else may be loaded in their place. */
  readonly sha256?: string;
}

/** Who signed a library: the file of its name with `.sig` behind it. */
export async function librarySignature(
  library: string,
  keys: readonly TrustedKey[],
): Promise<CheckedLibrary> {
  const file = `${library}.sig`;
  const read = await readRegularFile(file, { limit: fileLimits.key });
  if (!read.ok) {
    return {
      signature:
        read.error.kind === "absent"
          ? { kind: "unsigned" }
          : { kind: "malformed", message: describeFileProblem(file, read.error) },
    };
  }
  const content =
    keys.length === 0
      ? ok(new Uint8Array())
      : await readRegularFile(library, { limit: fileLimits.signedLibrary });
  if (!content.ok) {
    const message = describeFileProblem(library, content.error);
    return { signature: { kind: "uncheckable", message } };
  }
  const signature = signatureState(read.value, content.value, keys);
  return signature.kind === "verified"
    ? { signature, sha256: createHash("sha256").update(content.value).digest("hex") }
    : { signature };
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
        `The key file ${file} has ${String(bytes.value.length)} bytes; a public key has ${String(keyBytes)}. Give the .public file that fidius keygen wrote.`,
      );
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

function keyObject(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([keyHead, raw]), format: "der", type: "spki" });
}
