// The only door from src/rust to the outside: file texts.

/** Reads source files; open documents win over the disk. Synchronous, so that resolution stays plain code. */
export interface SourceFiles {
  /** Text of the file, or undefined when it does not exist or cannot be read. The same text gives the same string object where possible. */
  read(file: string): string | undefined;
  /** Why a file that is there cannot be read, to follow "cannot be read: "; undefined when it was read or is not there. */
  problemOf?(file: string): string | undefined;
}
