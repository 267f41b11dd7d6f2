// What keeps a file from being read: syntax errors, size, and modules without a file.

import type { RustProblem } from "./facts.ts";
import { largestFileLength } from "../syntax/fileCache.ts";
import { spanInFile } from "../syntax/fileSyntax.ts";
import type { ModuleItem } from "../syntax/items.ts";
import { spanOf, type Crate, type Module, type Placed } from "../names/modules.ts";

/** One problem per file of the crate that was not read in full. */
export function fileProblems(crate: Crate): RustProblem[] {
  const start = { line: 0, character: 0 };
  const problems: RustProblem[] = [];
  for (const [file, entry] of crate.files) {
    if (entry.kind === "tooLarge") {
      const size = String(largestFileLength / 1_000_000);
      problems.push({
        code: "fileTooLarge",
        severity: "information",
        message: `This file is larger than ${size} MB and was not searched for plugins. Move plugins and their types to smaller files.`,
        span: { file, start, end: start },
      });
    } else if (entry.kind === "unreadable") {
      problems.push({
        code: "fileUnreadable",
        severity: "information",
        message: `This file cannot be read: ${entry.reason}. Nothing in it is known until that is mended.`,
        span: { file, start, end: start },
      });
    } else if (entry.kind === "read" && entry.syntax.firstError !== null) {
      const { start: from, end } = entry.syntax.firstError;
      problems.push({
        code: "syntaxError",
        severity: "information",
        message:
          "The Rust here does not parse, so plugins and types around it may be missing from the Fidius view until it is mended.",
        span: spanInFile(entry.syntax, from, end),
      });
    }
  }
  for (const module of crate.modules()) {
    for (const placed of module.items) {
      const { item } = placed;
      if (item.kind === "macroCall" && item.include?.base === "unknown") {
        problems.push({
          code: "includeUnknown",
          severity: "information",
          message: `\`include!${item.include.text}\` names a file that only a build knows, so nothing in it is known. Types that interfaces use should stand in a file of the package.`,
          span: spanOf(placed, item),
        });
      }
      if (item.kind === "module" && item.items === null && isMissing(module, { ...placed, item })) {
        problems.push({
          code: "moduleNotFound",
          severity: "information",
          message: `The file of the module \`${item.name}\` was not found, so nothing in it is known. Create it, or check its \`#[path]\`.`,
          span: spanOf(placed, item.nameSpan),
        });
      }
    }
  }
  return problems;
}

/** No file of the module is there. One that is there and not read has a problem of its own. */
function isMissing(module: Module, declared: Placed<ModuleItem>): boolean {
  const { files } = module.crate;
  return (
    module.child(declared.item.name) === undefined &&
    module.filesOf(declared).every(({ file }) => files.get(file)?.kind === "missing")
  );
}
