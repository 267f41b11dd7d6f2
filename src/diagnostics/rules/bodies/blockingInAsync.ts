// What holds up the thread of an async method.

import type { RustToken } from "../../../abi/rustTokens.ts";
import {
  bodyOf,
  groupsAround,
  runsElsewhere,
  statementEnd,
  statementStart,
  type Body,
} from "../../source/methods/bodyPaths.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { textFix } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

const sleep = "std::thread::sleep";
const blocking = /^std::(?:fs::\w+|net::TcpStream::connect|net::TcpListener::bind)$/u;

export const blockingInAsync: SourceRule = {
  id: "blocking-in-async",
  severity: "hint",
  word: "silent",
  page: {
    finds: "Sleeping, file access of std and a held lock in an async method.",
    why: "The thread that the method runs on can do nothing else meanwhile. A guard that is held over an `.await` can make tasks wait for each other for ever.",
    bad: exampleLibrary({
      methods: "    async fn run(&self, input: String) -> String;",
      impl: "    async fn run(&self, input: String) -> String {\n        std::thread::sleep(std::time::Duration::from_millis(1));\n        input\n    }",
    }),
    good: exampleLibrary({
      methods: "    async fn run(&self, input: String) -> String;",
      impl: "    async fn run(&self, input: String) -> String {\n        tokio::time::sleep(std::time::Duration::from_millis(1)).await;\n        input\n    }",
    }),
    limits: "Closures for `spawn_blocking`, `block_in_place` and threads are left alone.",
  },
  impl: ({ methods, module, sources, placed }, report) => {
    for (const method of methods.filter(({ isAsync }) => isAsync)) {
      const body = bodyOf(sources, module, method);
      for (const { path, fragment, first, next } of body.paths) {
        if (runsElsewhere(body, first) || body.tokens[next]?.text !== "(") {
          continue;
        }
        if (path === sleep) {
          const end = body.tokens[statementEnd(body, first)];
          const isStatement = statementStart(body, first) === first && end?.text === ";";
          report(
            fragment,
            `This sleep holds up the thread that \`${method.name}\` runs on. Use \`tokio::time::sleep\` and await it.`,
            {
              fixes: isStatement
                ? textFix(
                    placed,
                    "Use `tokio::time::sleep`",
                    { fragment, newText: "tokio::time::sleep" },
                    { fragment: { start: end.start, end: end.start }, newText: ".await" },
                  )
                : [],
            },
          );
        } else if (blocking.test(path)) {
          report(
            fragment,
            `\`${path}\` holds up the thread that \`${method.name}\` runs on. Use tokio's counterpart, or \`tokio::task::spawn_blocking\`.`,
          );
        }
      }
      for (const guard of heldGuards(body)) {
        report(
          guard,
          `The lock behind \`${guard.text}\` is held over an \`.await\`. Drop the guard before it, or use \`tokio::sync::Mutex\`.`,
        );
      }
    }
  },
};

/** Variables with the guard of a std lock that live over an `.await`. */
function heldGuards(body: Body): readonly RustToken[] {
  const { tokens } = body;
  return tokens.flatMap((_, index) => {
    const variable =
      isLock(tokens, index) && !runsElsewhere(body, index) ? guardOf(body, index) : undefined;
    const depth = groupsAround(tokens, index).length;
    return variable !== undefined &&
      isAwaitedWithin(body, statementEnd(body, index), variable.text, depth)
      ? [variable]
      : [];
  });
}

/** `.lock().unwrap()`: the locks of tokio are awaited, others have no `unwrap`. */
function isLock(tokens: Body["tokens"], index: number): boolean {
  const text = (ahead: number): string => tokens[index + ahead]?.text ?? "";
  return (
    ["lock", "read", "write"].includes(text(0)) &&
    `${text(-1)}${text(1)}${text(2)}${text(3)}` === ".()." &&
    ["unwrap", "expect"].includes(text(4))
  );
}

/** The variable of `let guard = ….lock().unwrap();`. */
function guardOf(body: Body, index: number): RustToken | undefined {
  const { tokens } = body;
  const start = statementStart(body, index);
  const end = statementEnd(body, index);
  const variable = tokens[start + (tokens[start + 1]?.text === "mut" ? 2 : 1)];
  const isWhole = tokens[end - 1]?.text === ")" && end - index <= 8;
  return tokens[start]?.text === "let" && variable?.kind === "identifier" && isWhole
    ? variable
    : undefined;
}

/** Whether an `.await` comes before the variable is dropped or its block ends. */
function isAwaitedWithin({ tokens }: Body, from: number, name: string, depth: number): boolean {
  let current = depth;
  for (let at = from; at < tokens.length; at++) {
    const { text, kind } = tokens[at] ?? { text: "", kind: "punctuation" };
    current += kind === "open" ? 1 : kind === "close" ? -1 : 0;
    if (current < depth || (text === "drop" && tokens[at + 2]?.text === name)) {
      return false;
    }
    if (text === "await" && tokens[at - 1]?.text === ".") {
      return true;
    }
  }
  return false;
}
