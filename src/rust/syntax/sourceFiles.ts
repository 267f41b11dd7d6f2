// The only door from src/rust to the outside: file texts.

/** Reads source files; open documents win over the disk. Synchronous, so that resolution stays plain code. */
export interface SourceFiles {
  /** Text of the file, or undefined when it does not exist or cannot be read. The same text gives the same string object where possible. */
  read(file: string): string | undefined;
  /** Why a file that is there cannot be read, to follow "cannot be read: "; undefined when it was read or is not there. */
  problemOf?(file: string): string | undefined;
  /** What tells the file's state from another one; undefined when it is not there. Without it texts are compared. */
  stampOf?(file: string): string | undefined;
  /** As `read`, for one look: the text is not kept. */
  readOnce?(file: string): string | undefined;
  /** The files that are open in an editor. */
  openFiles?(): readonly string[];
}
