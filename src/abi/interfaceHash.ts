// The interface hash: FNV-1a 64 over the sorted signature lines of the required methods (reference 5.1).

const offsetBasis = 0xcbf29ce484222325n;
const prime = 0x100000001b3n;

/** Sorts signature lines by their UTF-8 bytes, as the macro does before hashing. */
export function sortSignatures(signatures: readonly string[]): string[] {
  return [...signatures].sort(compareByBytes);
}

/** Sixteen hex digits of the hash over `signatures` (of the required methods, in any order). */
export function interfaceHash(signatures: readonly string[]): string {
  let hash = offsetBasis;
  for (const byte of utf8(sortSignatures(signatures).join("\n"))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * prime);
  }
  return hash.toString(16).padStart(16, "0");
}

/** UTF-8 orders as code points do; UTF-16 units do not. */
function compareByBytes(left: string, right: string): number {
  const a = Array.from(left);
  const b = Array.from(right);
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = codePoint(a[i]) - codePoint(b[i]);
    if (difference !== 0) {
      return difference;
    }
  }
  return a.length - b.length;
}

function codePoint(character: string | undefined): number {
  return character?.codePointAt(0) ?? 0;
}

/** The bytes of a text: this layer knows no TextEncoder. */
export function* utf8(text: string): Generator<number> {
  for (const character of text) {
    const code = codePoint(character);
    if (code < 0x80) {
      yield code;
    } else if (code < 0x800) {
      yield 0xc0 | (code >> 6);
      yield 0x80 | (code & 0x3f);
    } else if (code < 0x10000) {
      yield 0xe0 | (code >> 12);
      yield 0x80 | ((code >> 6) & 0x3f);
      yield 0x80 | (code & 0x3f);
    } else {
      yield 0xf0 | (code >> 18);
      yield 0x80 | ((code >> 12) & 0x3f);
      yield 0x80 | ((code >> 6) & 0x3f);
      yield 0x80 | (code & 0x3f);
    }
  }
}
