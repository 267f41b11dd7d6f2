// Tells cheaply whether the environment may have changed: by the addresses of its strings, which the C library replaces with
// every change. Asking Node for all variables costs many times as much, and does it before and after every call.

import koffi from "koffi";

type CopyFunction = (target: Uint8Array, source: bigint, length: number) => unknown;

const pointerBytes = 8;

/**
 * A function that is true when the environment may have changed since its last call, and true the first time. Elsewhere than
 * on Linux the C library may change a string in place, so it is always true there.
 */
export function watchEnvironment(): () => boolean {
  if (process.platform !== "linux") {
    return () => true;
  }
  const libc = koffi.load(null);
  const variable = libc.symbol("environ") as unknown;
  if (typeof variable !== "bigint") {
    return () => true;
  }
  const memcpy = libc.func("memcpy", "void *", ["void *", "void *", "size_t"]) as CopyFunction;
  const pointer = Buffer.alloc(pointerBytes);
  const readPointer = (address: bigint): bigint => {
    memcpy(pointer, address, pointerBytes);
    return pointer.readBigUInt64LE();
  };
  let known = { address: -1n, strings: Buffer.alloc(0), again: Buffer.alloc(0) };
  return () => {
    const address = readPointer(variable);
    if (address === known.address) {
      memcpy(known.again, address, known.again.length);
      if (known.again.equals(known.strings)) {
        return false;
      }
    }
    const length = address === 0n ? 0 : lengthOf(address, readPointer);
    known = { address, strings: Buffer.alloc(length), again: Buffer.alloc(length) };
    if (length > 0) {
      memcpy(known.strings, address, length);
    }
    return true;
  };
}

/** Bytes of an array of pointers up to and with its null. */
function lengthOf(address: bigint, readPointer: (address: bigint) => bigint): number {
  let length = pointerBytes;
  for (let at = address; readPointer(at) !== 0n; at += BigInt(pointerBytes)) {
    length += pointerBytes;
  }
  return length;
}
