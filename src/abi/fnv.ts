// FNV-1a of 64 bits in two halves, forwards and backwards: a search over many lines runs from both ends of the text and
// hashes only what it changes.

/** A state of the hash: its upper and lower 32 bits. */
export interface HashState {
  readonly high: number;
  readonly low: number;
}

const word = 2 ** 32;

/** The prime is 2^40 + 0x1b3. */
const primeRest = 0x1b3;

export function stateOf(hash: bigint): HashState {
  return { high: Number(hash >> 32n), low: Number(hash & 0xffffffffn) };
}

export function isSameState(left: HashState, right: HashState): boolean {
  return left.high === right.high && left.low === right.low;
}

/** The state after `bytes`. */
export function hashForward(state: HashState, bytes: Uint8Array): HashState {
  let { high, low } = state;
  for (const byte of bytes) {
    const mixed = (low ^ byte) >>> 0;
    const product = mixed * primeRest;
    low = product >>> 0;
    high = (high * primeRest + Math.floor(product / word) + ((mixed << 8) >>> 0)) >>> 0;
  }
  return { high, low };
}

/** The inverse of the prime modulo 2^64, in parts of 16 bits from the lowest. */
const inverse = inverseParts();

/** The state before `bytes`, of which `state` is the one after. */
export function hashBackward(state: HashState, bytes: Uint8Array): HashState {
  let { high, low } = state;
  for (let index = bytes.length - 1; index >= 0; index -= 1) {
    const [a, b, c, d] = [low & 0xffff, low >>> 16, high & 0xffff, high >>> 16];
    const [i0, i1, i2, i3] = inverse;
    const first = a * i0;
    const second = Math.floor(first / 0x10000) + a * i1 + b * i0;
    const third = Math.floor(second / 0x10000) + a * i2 + b * i1 + c * i0;
    const fourth = Math.floor(third / 0x10000) + a * i3 + b * i2 + c * i1 + d * i0;
    low = (((second % 0x10000) * 0x10000 + (first & 0xffff)) ^ (bytes[index] ?? 0)) >>> 0;
    high = (fourth % 0x10000) * 0x10000 + (third % 0x10000);
  }
  return { high, low };
}

function inverseParts(): readonly [number, number, number, number] {
  const prime = 0x100000001b3n;
  let found = 1n;
  // Each step doubles the bits that are right.
  for (let bits = 1; bits < 64; bits *= 2) {
    found = BigInt.asUintN(64, found * (2n - prime * found));
  }
  const part = (shift: bigint): number => Number((found >> shift) & 0xffffn);
  return [part(0n), part(16n), part(32n), part(48n)];
}
