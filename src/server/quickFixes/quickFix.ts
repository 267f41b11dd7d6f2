// What a fix is: a function from texts to the text of one file after it. One fix a file beside this one; composing
// several works because each reads the texts that the one before left.

import type { PluginFacts } from "../../rust/fidius/facts.ts";
import type { SourceFiles } from "../../rust/syntax/sourceFiles.ts";

export interface FileText {
  readonly file: string;
  readonly text: string;
}

export interface FixContext {
  readonly files: SourceFiles;
  /** Absent for what is wrong with an interface or a manifest alone. */
  readonly plugin: PluginFacts | undefined;
}

/** A fix of one kind: the file it changes and its whole text afterwards; undefined when it cannot be made here. */
export type QuickFix<F> = (fix: F, context: FixContext) => FileText | undefined;
