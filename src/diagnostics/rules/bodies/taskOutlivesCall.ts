// A task or a thread that nobody waits for: it goes on when the call is over, and when the library is unloaded.

import { bodyOf, type BodyPath } from "../../source/methods/bodyPaths.ts";
import type { BodyTokens } from "../../source/methods/bodyTokens.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import type { SourceRule } from "../../sourceRule.ts";

const tasks: ReadonlySet<string> = new Set(["tokio::spawn", "tokio::task::spawn"]);
const thread = "std::thread::spawn";

export const taskOutlivesCall: SourceRule = {
  id: "task-outlives-call",
  severity: "warning",
  word: "silent",
  page: {
    finds:
      "A `tokio::spawn` in an async method, or a `std::thread::spawn` in any, whose handle is dropped at once.",
    why: "The task runs on after the method returns. A host that then unloads the library takes the code away from under it.",
    bad: exampleLibrary({
      methods: "    async fn run(&self, input: String) -> String;",
      impl: "    async fn run(&self, input: String) -> String {\n        tokio::spawn(async {});\n        input\n    }",
    }),
    good: exampleLibrary({
      methods: "    async fn run(&self, input: String) -> String;",
      impl: "    async fn run(&self, input: String) -> String {\n        tokio::spawn(async {}).await.ok();\n        input\n    }",
    }),
    limits:
      "A handle that is given a name, returned or put into a `JoinSet` is taken to be waited for.",
  },
  impl: ({ methods, module, sources }, report) => {
    for (const method of methods) {
      const { body, paths } = bodyOf(sources, module, method);
      for (const found of paths) {
        const isTask = tasks.has(found.path) && method.isAsync;
        if ((isTask || found.path === thread) && dropsHandle(body, found)) {
          report(
            found.fragment,
            isTask
              ? `Nobody waits for this task: it runs on when \`${method.name}\` has returned, and when the host unloads the library. Await its handle, or keep it in a \`JoinSet\`.`
              : `Nobody joins this thread: it runs on when \`${method.name}\` has returned, and when the host unloads the library. Join it, or use \`std::thread::scope\`.`,
            isTask ? {} : { severity: "hint" },
          );
        }
      }
    }
  },
};

/** `spawn(…);` as a statement, or `let _ = spawn(…);`. */
function dropsHandle(body: BodyTokens, { first, next }: BodyPath): boolean {
  const { tokens } = body;
  const start = body.statementStart(first);
  if (tokens[next]?.text !== "(" || first - start > 3) {
    return false;
  }
  const before = tokens
    .slice(start, first)
    .map(({ text }) => text)
    .join(" ");
  return tokens[body.closeOf(next) + 1]?.text === ";" && ["", "let _ =", "_ ="].includes(before);
}
