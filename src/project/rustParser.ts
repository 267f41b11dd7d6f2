// Loads the Rust parser's two WebAssembly files once, and hands out the parser that src/rust works with.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as treeSitterModule from "@vscode/tree-sitter-wasm";
import type { RustParser } from "../rust/syntax/sourceFiles.ts";

// The package is CommonJS without names that Node can see from outside, so its exports hang on `default`.
const { Language, Parser }: typeof treeSitterModule =
  "default" in treeSitterModule
    ? (treeSitterModule.default as typeof treeSitterModule)
    : treeSitterModule;

/** Sets up the parser from `tree-sitter.wasm` and `tree-sitter-rust.wasm` in `wasmFolder`. */
export async function loadRustParser(wasmFolder: string): Promise<RustParser> {
  await Parser.init({ locateFile: (file) => join(wasmFolder, file) });
  const grammar = await readFile(join(wasmFolder, "tree-sitter-rust.wasm"));
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  return {
    parse: (text, previous) => {
      const tree = parser.parse(text, previous);
      if (tree === null) {
        throw new Error("the Rust parser gave no tree, though it has a grammar and no time limit");
      }
      return tree;
    },
  };
}
