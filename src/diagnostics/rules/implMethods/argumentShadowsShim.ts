// Arguments whose names hide variables of the generated code (reference 2.2).

import type { MacroRules } from "../../../rust/fidius/fidiusRelease.ts";
import type { FunctionItem } from "../../../rust/syntax/items/items.ts";
import { plainName } from "../../../rust/syntax/items/tokenCursor.ts";
import { parseType, streamItem } from "../../../rust/syntax/typeSyntax.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import type { Report, SourceRule } from "../../sourceRule.ts";

const named = (name: string): string =>
  `    fn run(&self, ${name}: u32) -> u32 {\n        ${name}\n    }`;

const methods = "    fn run(&self, value: u32) -> u32;";

export const argumentShadowsShim: SourceRule = {
  id: "argument-shadows-shim",
  severity: "error",
  word: "silent",
  page: {
    finds:
      "An argument whose name a variable of the generated code has: `instance`, `out_ptr`, `out_len`, and with some methods `handle`, `arena_ptr`, `arena_cap`, `out_offset`.",
    why: "The generated function has both in one scope. Some do not compile; with others the argument's value is used as an address or as a size.",
    bad: exampleLibrary({
      interface: "version = 1, buffer = Arena",
      plugin: "Tool, buffer = Arena",
      methods,
      impl: named("arena_cap"),
    }),
    good: exampleLibrary({
      interface: "version = 1, buffer = Arena",
      plugin: "Tool, buffer = Arena",
      methods,
      impl: named("value"),
    }),
    limits: "The names that the trait gives do not matter, only those of the impl block.",
  },
  impl: ({ methods: own, buffer, rules }, report) => {
    for (const method of own) {
      check(method, (name) => effectInPlugin(name, method, buffer === "Arena", rules), report);
    }
  },
  hostInterface: ({ methods: functions }, report) => {
    for (const method of functions) {
      check(method, effectInHost, report);
    }
  },
};

function check(
  method: FunctionItem,
  effectOf: (name: string) => string | undefined,
  report: Report,
): void {
  for (const { pattern, patternSpan } of method.parameters) {
    const name = plainName(pattern.replace(/^mut\s+/u, ""));
    const effect = effectOf(name);
    if (effect !== undefined) {
      report(
        patternSpan,
        `An argument named \`${name}\` hides a variable of the code that Fidius generates: ${effect}. Rename it.`,
      );
    }
  }
}

function effectInPlugin(
  name: string,
  method: FunctionItem,
  isArena: boolean,
  { hasInstances }: MacroRules,
): string | undefined {
  switch (name) {
    case "instance":
      return hasInstances
        ? "its value is used as the address of the plugin, which crashes the process or does not compile (E0605)"
        : undefined;
    case "out_ptr":
      return isArena ? undefined : "it does not compile (E0614)";
    case "out_len":
      return "it does not compile (E0614)";
    case "handle":
      return takesStream(method) && hasInstances ? "it does not compile (E0308)" : undefined;
    case "arena_cap":
      return isArena ? "its value replaces the size of the output buffer" : undefined;
    case "arena_ptr":
      return isArena ? "it does not compile (E0308)" : undefined;
    case "out_offset":
      return isArena ? "it does not compile (E0614)" : undefined;
    default:
      return undefined;
  }
}

function takesStream({ parameters }: FunctionItem): boolean {
  return parameters.some(({ type }) => streamItem(parseType(type)) !== null);
}

/** The function that dispatches a plugin's request to the host. */
function effectInHost(name: string): string | undefined {
  return name === "out_ptr" || name === "out_len" ? "it does not compile (E0614)" : undefined;
}
