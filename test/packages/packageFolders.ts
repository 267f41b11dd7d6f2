// Package folders and archives for the tests, made in a temporary folder that is removed afterwards.

import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { pack, type Header } from "tar-stream";

export const plainManifest = `[package]
name = "blur"
version = "1.2.0"
interface = "filter-interface"
interface_version = 1

[metadata]
category = "image"
`;

/** A folder that is removed when the test is over. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
}

export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), "fidius-package-"));
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

/** Writes files, by relative path. */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

export interface TarEntry extends Partial<Omit<Header, "name">> {
  readonly name: string;
  readonly content?: string | Uint8Array;
}

/** A tar with exactly these entries, honest or not. */
export function tarOf(entries: readonly TarEntry[]): Promise<Buffer> {
  const archive = pack();
  for (const { content, ...header } of entries) {
    archive.entry(header, Buffer.from(content ?? ""));
  }
  archive.finalize();
  return buffer(archive);
}

/** Bytes that no compression makes smaller, the same for the same seed. */
export function noise(seed: string, length: number): Uint8Array {
  const chunks: Buffer[] = [];
  for (let index = 0; index * 32 < length; index += 1) {
    chunks.push(createHash("sha256").update(`${seed} ${index}`).digest());
  }
  return Buffer.concat(chunks).subarray(0, length);
}
