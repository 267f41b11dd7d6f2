// A plugin that takes it for certain that its host has bound the host functions.

import { hostExample } from "../../source/examples/hostExample.ts";
import { bodyOf, closeOf } from "../../source/methods/bodyPaths.ts";
import { clientPaths, mentionsClient } from "../../source/names/generatedClients.ts";
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
      const { tokens } = bodyOf(sources, module, method);
      for (const found of clientPaths(sources.names, module, { ...placed, item: method })) {
        const first = tokens.findIndex(({ start }) => start === found.start);
        const open = tokens.findIndex(({ text }, index) => index > first && text === "(");
        const isBound = found.trait.kind === "hostInterface" && tokens[open - 1]?.text === "bound";
        const close = closeOf(tokens, open);
        const call = tokens[close + 2];
        if (isBound && tokens[close + 1]?.text === "." && isUnwrap(call?.text)) {
          report(
            call ?? method.nameSpan,
            `\`${call?.text ?? ""}\` panics where the host binds no \`${found.trait.placed.item.name}\`. Return the error with \`?\`, or go on without the host.`,
          );
        }
      }
    }
  },
};

function isUnwrap(name: string | undefined): boolean {
  return name === "unwrap" || name === "expect";
}
