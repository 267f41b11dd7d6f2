// Loads the Rust parser's two WebAssembly files once, and hands out the parser that src/rust works with.

import { join } from "node:path";
import * as treeSitterModule from "@vscode/tree-sitter-wasm";
import { fileLimits } from "../files/fileLimits.ts";
import { describeFileProblem } from "../files/fileProblem.ts";
import { readRegularFile } from "../files/regularFile.ts";
import type { RustParser } from "../rust/syntax/sourceFiles.ts";

// The package is CommonJS without names that Node can see from outside, so its exports hang on `default`.
const { Language, Parser }: typeof treeSitterModule =
  "default" in treeSitterModule
    ? (treeSitterModule.default as typeof treeSitterModule)
    : treeSitterModule;

/** Sets up the parser from `tree-sitter.wasm` and `tree-sitter-rust.wasm` in `wasmFolder`. */
export async function loadRustParser(wasmFolder: string): Promise<RustParser> {
  await Parser.init({ locateFile: (file) => join(wasmFolder, file) });
  const file = join(wasmFolder, "tree-sitter-rust.wasm");
  const grammar = await readRegularFile(file, { limit: fileLimits.own });
  if (!grammar.ok) {
    throw new Error(describeFileProblem(file, grammar.error));
  }
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar.value));
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
