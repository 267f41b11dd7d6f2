// What holds up the thread of an async method.

import type { RustToken } from "../../../abi/rustTokens.ts";
import { bodyOf } from "../../source/methods/bodyPaths.ts";
import type { BodyTokens } from "../../source/methods/bodyTokens.ts";
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
      const { body, paths } = bodyOf(sources, module, method);
      for (const { path, fragment, first, next } of paths) {
        if (body.runsElsewhere(first) || body.tokens[next]?.text !== "(") {
          continue;
        }
        if (path === sleep) {
          const end = body.tokens[body.statementEnd(first)];
          const isStatement = body.statementStart(first) === first && end?.text === ";";
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

/**
 * Variables with the guard of a std lock that live over an `.await`: one comes before the variable is dropped or its block
 * ends. From the last token to the first, so that the next `.await` and `drop` are known everywhere.
 */
function heldGuards(body: BodyTokens): readonly RustToken[] {
  const { tokens } = body;
  const held: RustToken[] = [];
  const nextDrop = new Map<string, number>();
  let nextAwait = tokens.length;
  for (let at = tokens.length - 1; at >= 0; at--) {
    const text = tokens[at]?.text ?? "";
    if (text === "await" && tokens[at - 1]?.text === ".") {
      nextAwait = at;
    } else if (text === "drop") {
      nextDrop.set(tokens[at + 2]?.text ?? "", at);
    } else {
      const guard = guardOf(body, at);
      const end = Math.min(
        body.endOfGroupAround(at),
        nextDrop.get(guard?.text ?? "") ?? tokens.length,
      );
      held.push(...(guard !== undefined && nextAwait < end ? [guard] : []));
    }
  }
  return held.reverse();
}

/** `.lock().unwrap()`: the locks of tokio are awaited, others have no `unwrap`. */
function isLock(tokens: readonly RustToken[], index: number): boolean {
  const text = (ahead: number): string => tokens[index + ahead]?.text ?? "";
  return (
    ["lock", "read", "write"].includes(text(0)) &&
    `${text(-1)}${text(1)}${text(2)}${text(3)}` === ".()." &&
    ["unwrap", "expect"].includes(text(4))
  );
}

/** The variable of `let guard = ….lock().unwrap();`, where the token is its `lock`. */
function guardOf(body: BodyTokens, index: number): RustToken | undefined {
  const { tokens } = body;
  if (!isLock(tokens, index) || body.runsElsewhere(index)) {
    return undefined;
  }
  const start = body.statementStart(index);
  const end = body.statementEnd(index);
  const variable = tokens[start + (tokens[start + 1]?.text === "mut" ? 2 : 1)];
  const isWhole = tokens[end - 1]?.text === ")" && end - index <= 8;
  return tokens[start]?.text === "let" && variable?.kind === "identifier" && isWhole
    ? variable
    : undefined;
}
