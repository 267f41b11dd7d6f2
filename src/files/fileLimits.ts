// The most that is read of each sort of file. Each is far above what anybody writes: a limit is there for the file that is not
// what its name says.

const mebibyte = 1024 * 1024;

export const fileLimits = {
  /** Rust sources. */
  source: 16 * mebibyte,
  /** Cargo.toml, Cargo.lock, package.toml, settings of cargo, dep-info. */
  manifest: 16 * mebibyte,
  /** Answers of host functions, and the modules that give some. */
  setup: 16 * mebibyte,
  /** Arguments, configurations and the files that they name: what one message to the host may carry. */
  argument: 256 * mebibyte,
  /** What the tool itself keeps: records of builds, of bridges, of signatures; files that ship with it. */
  own: 64 * mebibyte,
  /** Keys and signatures, which have 32 and 64 bytes. */
  key: 4 * 1024,
  /** Package archives and the files of packages. */
  package: 500 * mebibyte,
  /** A library under a signature, which is checked over the whole of it. */
  signedLibrary: 1024 * mebibyte,
  /** Libraries with all that a debugger reads of them. */
  library: 4096 * mebibyte,
} as const;
