// `futures::executor::block_on` in an async method.

import { bodyOf } from "../../source/methods/bodyPaths.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import type { SourceRule } from "../../sourceRule.ts";

const executors =
  /^(?:futures::executor|futures_executor|futures_lite::future|pollster)::block_on$/u;

export const foreignExecutor: SourceRule = {
  id: "foreign-runtime",
  severity: "warning",
  word: "silent",
  page: {
    finds:
      "An async method that relies on another runtime than tokio, or blocks on another executor.",
    why: "Fidius runs async methods on tokio. Another executor holds up tokio's thread, and tokio's timers and sockets do not work in it.",
    bad: exampleLibrary({
      methods: "    async fn run(&self, input: String) -> String;",
      impl: "    async fn run(&self, input: String) -> String {\n        futures::executor::block_on(async {});\n        input\n    }",
    }),
    good: exampleLibrary({
      methods: "    async fn run(&self, input: String) -> String;",
      impl: "    async fn run(&self, input: String) -> String {\n        async {}.await;\n        input\n    }",
    }),
  },
  impl: ({ methods, module, sources }, report) => {
    for (const method of methods.filter(({ isAsync }) => isAsync)) {
      const { body, paths } = bodyOf(sources, module, method);
      for (const { path, fragment, first } of paths) {
        if (executors.test(path) && !body.runsElsewhere(first)) {
          report(
            fragment,
            `\`${path}\` holds up the tokio thread that \`${method.name}\` runs on, and what it waits for may need that thread. Await the future instead.`,
          );
        }
      }
    }
  },
};
