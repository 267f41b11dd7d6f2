// A sync method that needs a tokio runtime: it runs on the host's thread, where there is none.

import type { RustToken } from "../../../abi/rustTokens.ts";
import { bodyOf, type BodyPath } from "../../source/methods/bodyPaths.ts";
import type { BodyTokens } from "../../source/methods/bodyTokens.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import type { SourceRule } from "../../sourceRule.ts";

/** Functions of tokio that panic without a runtime. */
const needing: ReadonlySet<string> = new Set([
  "tokio::spawn",
  "tokio::task::spawn",
  "tokio::task::spawn_blocking",
  "tokio::runtime::Handle::current",
  "tokio::time::sleep",
  "tokio::time::interval",
  "tokio::time::timeout",
]);

export const noRuntimeInSync: SourceRule = {
  id: "no-runtime-in-sync",
  severity: "error",
  word: "silent",
  page: {
    finds: "A method that is not async and calls what only works on a tokio runtime.",
    why: "Fidius enters its runtime for async methods only. A sync method runs on the host's own thread, and `Handle::current()` or `tokio::spawn` panic there. The library has its own tokio, so a runtime of the host does not help.",
    bad: exampleLibrary({
      impl: "    fn run(&self, input: String) -> String {\n        tokio::runtime::Handle::current().spawn(async {});\n        input\n    }",
    }),
    good: exampleLibrary({
      methods: "    async fn run(&self, input: String) -> String;",
      impl: "    async fn run(&self, input: String) -> String {\n        tokio::spawn(async {}).await.ok();\n        input\n    }",
    }),
    limits:
      "Silent in methods that enter a runtime of their own, and in blocks and closures that may run elsewhere.",
  },
  impl: ({ methods, module, sources }, report) => {
    for (const method of methods.filter(({ isAsync }) => !isAsync)) {
      const { body, paths } = bodyOf(sources, module, method);
      const { tokens } = body;
      if (tokens.some(({ text }) => text === "enter" || text === "Stream")) {
        continue;
      }
      for (const found of paths.filter(({ path }) => needing.has(path))) {
        if (tokens[found.next]?.text === "(" && runsAtOnce(body, found)) {
          const close = body.closeOf(found.next);
          const isEmpty = close === found.next + 1;
          report(
            isEmpty
              ? { start: found.fragment.start, end: tokens[close]?.end ?? found.fragment.end }
              : found.fragment,
            `\`${method.name}\` is not async, so it runs without a tokio runtime and \`${found.path}\` panics. Make the method async, or give it a runtime of its own.`,
          );
        }
      }
    }
  },
};

/** Not in an async block, a closure or an argument of `block_on`. */
function runsAtOnce(body: BodyTokens, { first }: BodyPath): boolean {
  for (let group = body.groupAround(first); group !== undefined; group = group.outer) {
    if (holdsBack(body.tokens, group.open)) {
      return false;
    }
  }
  return true;
}

/** What stands in the group that opens here runs later, or on a runtime. */
function holdsBack(tokens: readonly RustToken[], open: number): boolean {
  const before = tokens[open - 1]?.text;
  const isAsync = before === "async" || (before === "move" && tokens[open - 2]?.text === "async");
  const inside = tokens.slice(open + 1, open + 3).map(({ text }) => text);
  const isClosure = inside[0] === "|" || (inside[0] === "move" && inside[1] === "|");
  return isAsync || isClosure || before === "block_on" || before === "|";
}
