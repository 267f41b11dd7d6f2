// Makes Ed25519 keys and signatures in the form of `fidius keygen`, `fidius sign` and `fidius package sign` (reference 7.3).

import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileLimits } from "../files/fileLimits.ts";
import { describeFileProblem } from "../files/fileProblem.ts";
import { checkRegularFile, readRegularFile } from "../files/regularFile.ts";
import { err, ok, type Result } from "../model/result.ts";
import { packageDigest } from "./packageDigest.ts";
import { readPackageManifest } from "./readPackageManifest.ts";
import { signatureFileName } from "./signature.ts";

const keyBytes = 32;

/** Head of an Ed25519 key in PKCS#8 form; the raw bytes follow (RFC 8410). */
const keyHead = Buffer.from("302e020100300506032b657004220420", "hex");

/** Signs a package's folder, or a library, by the key in `keyFile`; gives the signature's file. The error is a sentence. */
export async function signPath(path: string, keyFile: string): Promise<Result<string, string>> {
  const key = await readSecretKey(keyFile);
  if (!key.ok) {
    return key;
  }
  const content = await signedContent(path);
  if (!content.ok) {
    return content;
  }
  const { bytes, signatureFile } = content.value;
  try {
    await writeFile(signatureFile, sign(null, bytes, key.value));
    return ok(signatureFile);
  } catch (error) {
    return err(`The signature ${signatureFile} cannot be written: ${reasonOf(error)}.`);
  }
}

interface SignedContent {
  /** What the signature is made over. */
  readonly bytes: Uint8Array;
  readonly signatureFile: string;
}

async function signedContent(path: string): Promise<Result<SignedContent, string>> {
  const problem = await checkRegularFile(path, fileLimits.signedLibrary);
  if (problem?.kind === "folder") {
    const info = await readPackageManifest(path, path);
    const digest = info.ok ? await packageDigest(path) : info;
    return digest.ok
      ? ok({ bytes: digest.value, signatureFile: join(path, signatureFileName) })
      : digest;
  }
  const read = await readRegularFile(path, { limit: fileLimits.signedLibrary });
  if (!read.ok) {
    return err(describeFileProblem(path, read.error));
  }
  return read.value.subarray(0, 3).toString("latin1") === "BZh"
    ? err(
        `${path} is an archive, whose signature lies inside of it. Sign the package's folder, then pack it.`,
      )
    : ok({ bytes: read.value, signatureFile: `${path}.sig` });
}

async function readSecretKey(file: string): Promise<Result<KeyObject, string>> {
  const bytes = await readRegularFile(file, { limit: fileLimits.key });
  if (!bytes.ok) {
    const { reason } = bytes.error;
    return err(`The key file ${file} cannot be read: ${reason}. Give the name of a .secret file.`);
  }
  return bytes.value.length === keyBytes
    ? ok(
        createPrivateKey({
          key: Buffer.concat([keyHead, bytes.value]),
          format: "der",
          type: "pkcs8",
        }),
      )
    : err(
        `The key file ${file} has ${String(bytes.value.length)} bytes; a secret key has ${String(keyBytes)}. Give the .secret file that fidius-call keygen or fidius keygen wrote.`,
      );
}

export interface KeyFiles {
  readonly secret: string;
  readonly public: string;
}

/** Writes a new pair of keys beside each other; none that is there is overwritten. The error is a sentence. */
export async function makeKeys(base: string): Promise<Result<KeyFiles, string>> {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const files: KeyFiles = { secret: `${base}.secret`, public: `${base}.public` };
  const raw = (bytes: Buffer): Buffer => bytes.subarray(-keyBytes);
  try {
    const secretBytes = raw(privateKey.export({ format: "der", type: "pkcs8" }));
    await writeFile(files.secret, secretBytes, { flag: "wx", mode: 0o600 });
    try {
      const publicBytes = raw(publicKey.export({ format: "der", type: "spki" }));
      await writeFile(files.public, publicBytes, { flag: "wx" });
    } catch (error) {
      await rm(files.secret, { force: true });
      throw error;
    }
    return ok(files);
  } catch (error) {
    return err(`The keys cannot be written: ${reasonOf(error)}. Give another name.`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
