// The only door from src/rust to the outside: file texts, and the parser that was set up elsewhere.

import type { Tree } from "@vscode/tree-sitter-wasm";

/** Reads source files; open documents win over the disk. Synchronous, so that resolution stays plain code. */
export interface SourceFiles {
  /** Text of the file, or undefined when it does not exist or cannot be read. The same text gives the same string object where possible. */
  read(file: string): string | undefined;
  /** Why a file that is there cannot be read, to follow "cannot be read: "; undefined when it was read or is not there. */
  problemOf?(file: string): string | undefined;
}

/** Parses Rust text (tree-sitter never fails: errors are nodes). Parse results are cached by the caller of src/rust. */
export interface RustParser {
  parse(text: string, previous?: Tree): Tree;
}
