// Reads a zip archive as VSIX files are: its central directory, and entries that are stored or deflated.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { inflateRawSync } from "node:zlib";

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const storedMethod = 0;

/**
 * @typedef {object} ZipEntry
 * @property {string} name
 * @property {number} size
 * @property {number} mode Unix permissions, 0 when the archive has none
 * @property {() => Buffer} read
 */

/**
 * @param {string} file
 * @returns {readonly ZipEntry[]}
 */
export function readZip(file) {
  const bytes = readFileSync(file);
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(endSignature);
  const end = bytes.lastIndexOf(signature);
  if (end < 0) {
    throw new Error(`${file} is no zip archive`);
  }
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  /** @type {ZipEntry[]} */
  const entries = [];
  for (let index = 0; index < count; index += 1) {
    if (bytes.readUInt32LE(at) !== entrySignature) {
      throw new Error(`${file} has a broken directory`);
    }
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const name = bytes.toString("utf8", at + 46, nameEnd);
    if (!name.endsWith("/")) {
      entries.push({
        name,
        size: bytes.readUInt32LE(at + 24),
        mode: bytes.readUInt32LE(at + 38) >>> 16,
        read: entryReader(bytes, at),
      });
    }
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * @param {Buffer} bytes
 * @param {number} at where the entry stands in the central directory
 */
function entryReader(bytes, at) {
  const method = bytes.readUInt16LE(at + 10);
  const packedSize = bytes.readUInt32LE(at + 20);
  const header = bytes.readUInt32LE(at + 42);
  return () => {
    const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    const packed = bytes.subarray(start, start + packedSize);
    return method === storedMethod ? packed : inflateRawSync(packed);
  };
}

/**
 * @param {string} file
 * @param {string} folder
 */
export function unpackZip(file, folder) {
  for (const entry of readZip(file)) {
    const path = normalize(join(folder, entry.name));
    if (!path.startsWith(normalize(folder))) {
      throw new Error(`${entry.name} leads out of the archive's folder`);
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, entry.read(), { mode: entry.mode === 0 ? 0o644 : entry.mode & 0o777 });
  }
}
