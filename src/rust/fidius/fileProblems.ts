// What keeps a file from being read: syntax errors, size, and modules without a file.

import type { CrateNode } from "../../model/crateGraph.ts";
import type { RustProblem } from "./facts.ts";
import { largestFileLength } from "../syntax/fileCache.ts";
import { spanInFile, type FileSyntax } from "../syntax/fileSyntax.ts";
import type { Item, ModuleItem } from "../syntax/items/items.ts";
import { includedFile } from "../names/modules/moduleContent.ts";
import { spanOf, type Crate, type Module, type Placed } from "../names/modules/modules.ts";

/** What of the crate is too large to be read, or leads in a circle: told whatever else the crate has. */
export function sizeProblems(crate: Crate): RustProblem[] {
  const problems: RustProblem[] = [];
  for (const [file, entry] of crate.files) {
    if (entry.kind === "tooLarge") {
      const size = String(largestFileLength / 1_000_000);
      problems.push({
        code: "fileTooLarge",
        severity: "information",
        message: `This file is larger than ${size} MB, which is too large to analyse, so its plugins and types are not known. Move them to smaller files.`,
        span: { file, start, end: start },
      });
    } else if (entry.kind === "unreadable") {
      problems.push({
        code: "fileUnreadable",
        severity: "information",
        message: `This file cannot be read: ${entry.reason}. Nothing in it is known until that is mended.`,
        span: { file, start, end: start },
      });
    } else if (entry.kind === "read") {
      problems.push(...nestingProblems(entry.syntax), ...partProblems(entry.syntax));
    }
  }
  for (const { reason, placed } of crate.unfollowed) {
    problems.push({
      code: reason === "circle" ? "circularFile" : "tooLarge",
      severity: "information",
      message: unfollowedMessage(reason, placed.item),
      span: spanOf(placed, placed.item),
    });
  }
  for (const { reason, call } of crate.macros?.unexpanded ?? []) {
    problems.push({
      code: "tooLarge",
      severity: "information",
      message: unexpandedMessage(reason, call.item.path.join("::")),
      span: spanOf(call, call.item.pathSpan),
    });
  }
  return problems;
}

function unexpandedMessage(reason: "call" | "crate", macro: string): string {
  return reason === "call"
    ? `What \`${macro}!\` makes here is too large to analyse, so nothing of it is known. End its recursion, or split the call into smaller ones.`
    : `What the macros of this package make is too large to analyse: nothing is known of what \`${macro}!\` and the calls behind it make. Move them to a package of their own.`;
}

function nestingProblems(file: FileSyntax): RustProblem[] {
  return file.chunks.flatMap(({ base, tooDeepAt }) =>
    tooDeepAt === null
      ? []
      : [
          {
            code: "tooLarge",
            severity: "information",
            message:
              "This lies in too many groups to be analysed, so nothing in it is known. Move it to a module or a type of its own.",
            span: spanInFile(file, base + tooDeepAt, base + tooDeepAt + 1),
          },
        ],
  );
}

/** What the budget of the file did not last for. */
function partProblems(file: FileSyntax): RustProblem[] {
  return file.chunks.flatMap(({ base, tooLarge }) =>
    tooLarge === undefined
      ? []
      : [
          {
            code: "tooLarge",
            severity: "information",
            message: tooLarge.isRest
              ? "This file is too large to analyse: nothing from here on is known. Move it to files of its own."
              : "This is too large to analyse, so it is not known in full. Split it.",
            span: spanInFile(file, base + tooLarge.at, base + tooLarge.at + 1),
          },
        ],
  );
}

function unfollowedMessage(reason: "circle" | "tooLarge", item: Item): string {
  if (item.kind !== "module") {
    return reason === "circle"
      ? "This includes the file that it stands in, or one that includes it, so it has no end. Include another file."
      : "Files that include one another make this module too large to analyse: what this file brings is not known. Include it once.";
  }
  return reason === "circle"
    ? `The file of the module \`${item.name}\` is one that it stands in, so it has no end. Name another file in its \`#[path]\`.`
    : `The module \`${item.name}\` is too large to analyse: it lies too deep, or its file is a module of this crate too many times. Nothing in it is known.`;
}

const start = { line: 0, character: 0 };

/** Said at the top of a crate of which nothing could be found out. */
export function crateTooLarge({ id, rootFile, info }: CrateNode): RustProblem {
  return {
    code: "tooLarge",
    severity: "information",
    message: `The package ${info.name} is too large to analyse, so its plugins and types are not known. Move them to a package of their own.`,
    span: { file: rootFile ?? id, start, end: start },
  };
}

/** What the crate includes of its build script, while that has not run. */
export function outputProblems(crate: Crate): RustProblem[] {
  return crate.modules().flatMap((module) =>
    module.items.flatMap((placed): RustProblem[] => {
      const { item, file } = placed;
      const include = item.kind === "macroCall" ? item.include : null;
      return include?.base !== "output" || includedFile(crate, include, file) !== undefined
        ? []
        : [
            {
              code: "includeNotBuilt",
              severity: "information",
              message: `The build script of ${crate.node.info.name} writes \`${include.path.replace(/^[/\\]+/u, "")}\`, and it has not run yet, so nothing in that file is known. Build the package.`,
              span: spanOf(placed, item),
            },
          ];
    }),
  );
}

/** One problem per file of the crate that was not read in full. */
export function fileProblems(crate: Crate): RustProblem[] {
  const problems: RustProblem[] = [];
  for (const entry of crate.files.values()) {
    if (entry.kind === "read" && entry.syntax.firstError !== null) {
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
