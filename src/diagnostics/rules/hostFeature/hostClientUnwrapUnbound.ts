// A plugin that takes it for certain that its host has bound the host functions.

import { hostExample } from "../../source/examples/hostExample.ts";
import type { RustToken } from "../../../abi/rustTokens.ts";
import { bodyOf } from "../../source/methods/bodyPaths.ts";
import { clientPaths, mentionsClient } from "../../source/names/generatedClients.ts";
import type { BodyTokens } from "../../source/methods/bodyTokens.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import type { SourceRule } from "../../sourceRule.ts";

const parts = (body: string): string =>
  exampleLibrary({
    items: hostExample(),
    methods: "    fn run(&self, input: String) -> Result<String, fidius::PluginError>;",
    impl: `    fn run(&self, input: String) -> Result<String, fidius::PluginError> {\n${body}\n        Ok(input)\n    }`,
  });

export const hostClientUnwrapUnbound: SourceRule = {
  id: "host-client-unwrap-unbound",
  severity: "hint",
  word: "silent",
  page: {
    finds: "An `unwrap` or `expect` on `HostClient::bound()` in a method of a plugin.",
    why: "`bound()` fails where the host offers no such functions, an older host for one. The method then panics, and its caller reads a panic where an error could say what is missing.",
    bad: parts("        HostClient::bound().unwrap().log(&input).ok();"),
    good: parts(
      '        let host = HostClient::bound()\n            .map_err(|error| fidius::PluginError::new("unbound", error.to_string()))?;\n        host.log(&input).ok();',
    ),
    limits: "Only calls that follow `bound()` at once are seen.",
  },
  impl: (subject, report) => {
    const { methods, module, placed, sources } = subject;
    if (!mentionsClient(module)) {
      return;
    }
    for (const method of methods) {
      const { body } = bodyOf(sources, module, method);
      for (const found of clientPaths(sources.names, module, { ...placed, item: method })) {
        const unwrap =
          found.trait.kind === "hostInterface" ? unwrapOfBound(body, found.start) : undefined;
        if (unwrap !== undefined) {
          report(
            unwrap,
            `\`${unwrap.text}\` panics where the host binds no \`${found.trait.placed.item.name}\`. Return the error with \`?\`, or go on without the host.`,
          );
        }
      }
    }
  },
};

/** The `unwrap` or `expect` of `Client::bound(…).unwrap()`, whose path begins at an offset. */
function unwrapOfBound(body: BodyTokens, start: number): RustToken | undefined {
  const { tokens } = body;
  let open = (body.indexAt(start) ?? tokens.length) + 1;
  while (open < tokens.length && tokens[open]?.text !== "(") {
    open += 1;
  }
  const close = body.closeOf(open);
  const call = tokens[close + 2];
  const isCalled = tokens[open - 1]?.text === "bound" && tokens[close + 1]?.text === ".";
  return isCalled && ["unwrap", "expect"].includes(call?.text ?? "") ? call : undefined;
}
