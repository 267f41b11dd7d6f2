// The checksums of bzip2, for reading and writing.

/** CRC-32 of bzip2: the usual polynomial, highest bit first. */
export const checksums = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) {
    value = (value << 1) ^ (value < 0 ? 0x04c11db7 : 0);
  }
  return value;
});
