// An async method that blocks on a runtime: it runs on one already.

import { bodyOf, type BodyPath } from "../../source/methods/bodyPaths.ts";
import type { BodyTokens } from "../../source/methods/bodyTokens.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import type { SourceRule } from "../../sourceRule.ts";

const handles: ReadonlySet<string> = new Set([
  "tokio::runtime::Handle::current",
  "tokio::runtime::Handle::try_current",
]);

const runtimes: ReadonlySet<string> = new Set([
  "tokio::runtime::Runtime::new",
  "tokio::runtime::Builder::new_current_thread",
  "tokio::runtime::Builder::new_multi_thread",
]);

export const nestedBlockOn: SourceRule = {
  id: "nested-block-on",
  severity: "error",
  word: "silent",
  page: {
    finds: "An async method that calls `block_on` of a tokio runtime or of its handle.",
    why: "Fidius runs async methods on a tokio runtime, and tokio panics when a runtime starts within a runtime.",
    bad: exampleLibrary({
      methods: "    async fn run(&self, input: String) -> String;",
      impl: "    async fn run(&self, input: String) -> String {\n        tokio::runtime::Handle::current().block_on(async {});\n        input\n    }",
    }),
    good: exampleLibrary({
      methods: "    async fn run(&self, input: String) -> String;",
      impl: "    async fn run(&self, input: String) -> String {\n        async {}.await;\n        input\n    }",
    }),
    limits:
      "Only runtimes and handles that the method itself makes are known. Closures for `spawn_blocking`, `block_in_place` and threads are left alone.",
  },
  impl: ({ methods, module, sources }, report) => {
    for (const method of methods.filter(({ isAsync }) => isAsync)) {
      const { body, paths } = bodyOf(sources, module, method);
      const blockOns = [...body.tokens.keys()].filter((at) => body.tokens[at]?.text === "block_on");
      for (const found of paths) {
        const isHandle = handles.has(found.path);
        const call =
          isHandle || runtimes.has(found.path) ? blockOnOf(body, blockOns, found) : undefined;
        if (call === undefined || [found.first, call].some((at) => body.runsElsewhere(at))) {
          continue;
        }
        const { tokens } = body;
        const name = tokens[call];
        const close = body.closeOf(found.next);
        const constructed = {
          start: found.fragment.start,
          end: tokens[close]?.end ?? found.fragment.end,
        };
        report(
          isHandle && name !== undefined ? name : constructed,
          `\`${method.name}\` runs on a tokio runtime already, and \`block_on\` panics there. Await the future instead.`,
        );
      }
    }
  },
};

/** Index of the `block_on` that is called on what the path makes, at once or through a variable. */
function blockOnOf(
  body: BodyTokens,
  blockOns: readonly number[],
  { first, next }: BodyPath,
): number | undefined {
  const { tokens } = body;
  if (tokens[next]?.text !== "(") {
    return undefined;
  }
  const end = body.statementEnd(first);
  const direct = blockOns.find((at) => at > next && at < end);
  const start = body.statementStart(first);
  const isLet = tokens[start]?.text === "let";
  const variable = tokens[start + (tokens[start + 1]?.text === "mut" ? 2 : 1)];
  if (direct !== undefined || !isLet || variable?.kind !== "identifier") {
    return direct;
  }
  return blockOns.find(
    (at) => at > end && tokens[at - 1]?.text === "." && tokens[at - 2]?.text === variable.text,
  );
}
