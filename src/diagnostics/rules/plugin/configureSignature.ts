// `configure` that is not `fn(C) -> Self`. The macro casts whatever comes back to the plugin, so most of these compile.

import type { Module, Placed } from "../../../rust/names/modules/modules.ts";
import type { Fragment, FunctionItem } from "../../../rust/syntax/items/items.ts";
import { parseType } from "../../../rust/syntax/typeSyntax.ts";
import { compareTypes } from "../../source/types/compareTypes.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { inherentMethods } from "../../source/types/pluginType.ts";
import { asyncKeyword, receiverOf } from "../../source/methods/signature.ts";
import type { ImplSubject } from "../../source/subjects.ts";
import { textFix, type Replacement } from "../../source/textFixes.ts";
import type { SourceRule } from "../../sourceRule.ts";

const configuredType = {
  items: "#[derive(serde::Serialize, serde::Deserialize)]\npub struct Config {\n    pub n: u32,\n}",
  plugin: "Tool, config = Config",
  impl: '    fn run(&self, input: String) -> String {\n        format!("{input}{}", self.n)\n    }',
};

export const configureSignature: SourceRule = {
  id: "configure-signature",
  severity: "error",
  word: "silent",
  page: {
    finds: "A `configure` of a configured plugin that is not `fn configure(config: C) -> Self`.",
    why: "The generated code boxes what `configure` returns and takes the box for the plugin, whatever type it has. A `Box<Self>` or a `Result` compiles, and the plugin then reads other memory; `()` ends the process.",
    bad: exampleLibrary({
      ...configuredType,
      type: "pub struct MyTool {\n    n: u32,\n}\n\nimpl MyTool {\n    pub fn configure(config: Config) -> Box<Self> {\n        Self { n: config.n }.into()\n    }\n}",
    }),
    good: exampleLibrary({
      ...configuredType,
      type: "pub struct MyTool {\n    n: u32,\n}\n\nimpl MyTool {\n    pub fn configure(config: Config) -> Self {\n        Self { n: config.n }\n    }\n}",
    }),
    limits: "Types behind macros or in crates whose source is not at hand are taken to be right.",
  },
  impl: (subject, report) => {
    const { config } = subject;
    const found = inherentMethods(subject).find(({ method }) => method.name === "configure");
    if (config === null || found === undefined) {
      return;
    }
    const fault = faultOf(subject, found, config.text);
    if (fault !== undefined) {
      const { fragment, message, fix } = fault;
      const { placed } = found;
      report(fragment, message, {
        placed,
        fixes:
          fix === undefined ? [] : textFix(placed, "Correct the signature of `configure`", ...fix),
      });
    }
  },
};

interface Fault {
  readonly fragment: Fragment;
  readonly message: string;
  /** Absent where the body would have to be written anew. */
  readonly fix?: readonly Replacement[];
}

interface FoundConfigure {
  readonly placed: Placed<unknown>;
  readonly method: FunctionItem;
  readonly module: Module;
}

function faultOf(
  subject: ImplSubject,
  { placed, method, module }: FoundConfigure,
  config: string,
): Fault | undefined {
  const wanted = `\`fn configure(config: ${config}) -> Self\``;
  const keyword = asyncKeyword(placed, method);
  if (method.isAsync && keyword !== null) {
    return {
      fragment: { start: keyword.start, end: keyword.start + "async".length },
      message: `\`configure\` must be ${wanted}. An async one returns a future, which Fidius takes for the plugin: it reads other memory. Remove \`async\`.`,
      fix: [{ fragment: keyword, newText: "" }],
    };
  }
  const receiver = receiverOf(placed, method);
  if (receiver !== null) {
    return {
      fragment: receiver,
      message: `\`configure\` makes the plugin, so there is no \`self\` yet. It must be ${wanted}.`,
    };
  }
  return (
    argumentFault(subject, { method, module, placed }, wanted) ??
    returnFault(subject, { method, module, placed }, wanted)
  );
}

function argumentFault(
  { config, module: own, sources }: ImplSubject,
  { method, module }: FoundConfigure,
  wanted: string,
): Fault | undefined {
  const [only] = method.parameters;
  if (only === undefined || method.parameters.length > 1) {
    return {
      fragment: method.nameSpan,
      message: `\`configure\` must take exactly one argument: ${wanted}.`,
    };
  }
  if (config === null || method.generics.some(({ kind }) => kind === "type")) {
    return undefined;
  }
  const type = parseType(only.type);
  const isOther =
    type.kind === "reference" ||
    compareTypes(sources.names, { type, module }, { type: parseType(config), module: own }) ===
      "different";
  return isOther
    ? {
        fragment: only.type,
        message: `\`configure\` gets a \`${config.text}\`, which the attribute names, and takes a \`${only.type.text}\` here. It must be ${wanted}.`,
        // A body that used a reference mostly takes the value too.
        ...(type.kind === "reference" && {
          fix: [{ fragment: only.type, newText: config.text }],
        }),
      }
    : undefined;
}

function returnFault(
  { item, module: own, sources }: ImplSubject,
  { method, module, placed }: FoundConfigure,
  wanted: string,
): Fault | undefined {
  const { returns } = method;
  if (returns === null) {
    return {
      fragment: method.nameSpan,
      message: `\`configure\` returns nothing, and Fidius takes that for the plugin, which ends the process. It must be ${wanted}.`,
    };
  }
  const type = parseType(returns);
  if (type.kind === "path" && type.text === "Self") {
    return undefined;
  }
  const isOther =
    type.kind === "tuple" ||
    type.kind === "reference" ||
    compareTypes(
      sources.names,
      { type, module },
      { type: parseType(item.selfType), module: own },
    ) === "different";
  return isOther
    ? {
        fragment: returns,
        message: `\`configure\` must return \`Self\`: Fidius takes what it returns for the plugin, so that a \`${returns.text}\` compiles and the methods then read other memory. It cannot fail; keep a bad configuration and refuse it in the methods.`,
        ...unwrapped(placed, method, returns),
      }
    : undefined;
}

/** What a wrapper's value is made with, in front of a body's last expression. */
const wrappers = /^(?:Ok|Some|(?:[\w:]+::)?(?:Box|Arc|Rc|Mutex|RefCell)::new)\s*(?=\()/u;

/** `Self` for a type that wraps it, where the body ends in the wrapping and leaves nowhere before. */
function unwrapped(
  { chunk }: Placed<unknown>,
  { body }: FunctionItem,
  returns: Fragment,
): Pick<Fault, "fix"> {
  const text = body === null ? "" : chunk.text.slice(body.start, body.end);
  const inner = /^\{([^]*)\}$/u.exec(text)?.[1] ?? "";
  const from = Math.max(inner.lastIndexOf(";"), inner.lastIndexOf("}\n")) + 1;
  const last = inner.slice(from).trim();
  const into = /^([^]*)\.into\(\)$/u.exec(last)?.[1];
  const wrapper = wrappers.exec(last)?.[0] ?? "";
  const value =
    into ?? (wrapper === "" ? undefined : insideParentheses(last.slice(wrapper.length)));
  if (body === null || value === undefined || /\?|\breturn\b/u.test(inner)) {
    return {};
  }
  const start = body.start + 1 + inner.indexOf(last, from);
  return {
    fix: [
      { fragment: returns, newText: "Self" },
      { fragment: { start, end: start + last.length }, newText: value },
    ],
  };
}

/** The content of parentheses that hold all of the text. */
function insideParentheses(text: string): string | undefined {
  let depth = 0;
  for (const { 0: character, index } of text.matchAll(/[()]/gu)) {
    depth += character === "(" ? 1 : -1;
    if (depth === 0) {
      return index === text.length - 1 ? text.slice(1, -1).trim() : undefined;
    }
  }
  return undefined;
}
