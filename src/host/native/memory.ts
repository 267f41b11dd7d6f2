// Copies bytes out of and into the plugin's memory. Copying with memcpy is both the fastest way that koffi has and the only
// one that Electron allows (no external buffers). A wild address kills this process: that is what the process is for.

import koffi from "koffi";

/** Longest name that is read from a library. */
const longestText = 4096;

/** Access to this process's memory by address. */
export interface NativeMemory {
  /** A copy of `length` bytes at `address`. */
  copy(address: bigint, length: number): Uint8Array;
  /** Copies `length` bytes at `address` to the start of `target`. */
  copyInto(target: Uint8Array, address: bigint, length: number): void;
  /** Copies `bytes` to `address`. */
  write(address: bigint, bytes: Uint8Array): void;
  /** The NUL-terminated UTF-8 text at `address`; undefined when it is not UTF-8 or longer than `limit` bytes. */
  readText(address: bigint, limit?: number): string | undefined;
}

type CopyFunction = (
  target: Uint8Array | bigint,
  source: Uint8Array | bigint,
  length: number,
) => unknown;
type LengthFunction = (text: bigint, limit: number) => number | bigint;

/** Finds memcpy and strnlen in the C library. */
export function openNativeMemory(): NativeMemory {
  const libc = koffi.load(process.platform === "win32" ? "msvcrt.dll" : null);
  const memcpy = libc.func("memcpy", "void *", ["void *", "void *", "size_t"]) as CopyFunction;
  const strnlen = libc.func("strnlen", "size_t", ["void *", "size_t"]) as LengthFunction;
  const decoder = new TextDecoder("utf-8", { fatal: true });

  function copyInto(target: Uint8Array, address: bigint, length: number): void {
    if (length > target.length) {
      throw new RangeError(`copying ${String(length)} bytes into ${String(target.length)}`);
    }
    if (length > 0) {
      memcpy(target, address, length);
    }
  }

  function copy(address: bigint, length: number): Uint8Array {
    const bytes = Buffer.allocUnsafe(length);
    copyInto(bytes, address, length);
    return bytes;
  }

  return {
    copy,
    copyInto,
    write: (address, bytes) => {
      if (bytes.length > 0) {
        memcpy(address, bytes, bytes.length);
      }
    },
    readText: (address, limit = longestText) => {
      const length = Number(strnlen(address, limit));
      if (length === limit) {
        return undefined;
      }
      try {
        return decoder.decode(copy(address, length));
      } catch {
        return undefined;
      }
    },
  };
}

/** The pointers that an array of them in memory holds. */
export function readAddresses(bytes: Uint8Array): readonly bigint[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, index) =>
    view.getBigUint64(index * 8, true),
  );
}
