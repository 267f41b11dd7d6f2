// What `#[host_interface]` refuses to compile (reference 2.5), told while reading the trait. The macro stops at its first
// error; here all are told.

import type { RustProblem } from "./facts.ts";
import { readEntries } from "../syntax/attributes.ts";
import type { FoundHostInterface } from "./hostInterfaces.ts";
import type { Fragment, FunctionItem } from "../syntax/items.ts";
import { spanOf } from "../names/modules.ts";
import { tokenText } from "../syntax/tokenCursor.ts";
import { parseType, streamItem, type TypeSyntax } from "../syntax/typeSyntax.ts";

type Report = (code: string, fragment: Fragment, message: string) => void;

/** Everything that keeps a host interface from compiling. */
export function checkHostInterface(
  found: FoundHostInterface,
  functions: readonly FunctionItem[],
): RustProblem[] {
  const problems: RustProblem[] = [];
  const report: Report = (code, fragment, message) => {
    problems.push({ code, severity: "error", message, span: spanOf(found.placed, fragment) });
  };
  checkAttribute(found, report);
  checkTrait(found, functions, report);
  for (const method of functions) {
    checkFunction(method, found.placed.chunk.text, report);
  }
  return problems;
}

function checkAttribute({ attribute }: FoundHostInterface, report: Report): void {
  const entries = readEntries(attribute.arguments);
  const version = entries.find(({ name }) => name === "version");
  if (version === undefined) {
    report(
      "hostInterfaceVersion",
      attribute,
      "A host interface needs a version. Write `#[host_interface(version = 1)]`.",
    );
  } else if (!/^\d[\d_]*(?:u32)?$/u.test(version.value[0]?.text ?? "")) {
    report(
      "hostInterfaceVersion",
      attribute,
      "The version of a host interface is an integer literal, such as `version = 1`.",
    );
  }
  const other = entries.find(({ name }) => name !== "version" && name !== "crate");
  if (other !== undefined) {
    report(
      "hostInterfaceArgument",
      attribute,
      `\`host_interface\` has no argument \`${other.name}\`; it takes \`version\` and \`crate\`. Remove it.`,
    );
  }
}

function checkTrait(
  { placed }: FoundHostInterface,
  functions: readonly FunctionItem[],
  report: Report,
): void {
  const { item, chunk } = placed;
  if (item.generics.length > 0) {
    report(
      "hostInterfaceGeneric",
      item.nameSpan,
      `The host interface \`${item.name}\` cannot be generic: its functions have one form on the wire. Remove its parameters.`,
    );
  }
  const supertraits = supertraitsOf(chunk.text.slice(item.nameSpan.end, item.end));
  const missing = ["Send", "Sync"].filter((name) => !supertraits.includes(name));
  if (missing.length > 0) {
    report(
      "hostInterfaceSendSync",
      item.nameSpan,
      `Threads of a plugin call a host at the same time, so a host interface must say \`trait ${item.name}: Send + Sync\`, by these bare names. ${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} missing.`,
    );
  }
  if (functions.length === 0) {
    report(
      "hostInterfaceEmpty",
      item.nameSpan,
      `The host interface \`${item.name}\` has no function. Declare at least one.`,
    );
  }
}

/** Single names of the trait's bounds, such as `Send`; a path like `std::marker::Send` does not count for the macro. */
function supertraitsOf(afterName: string): string[] {
  const { tokens } = tokenText(afterName);
  const end = tokens.findIndex(({ text }) => text === "{" || text === "where");
  const head = tokens.slice(0, end < 0 ? tokens.length : end);
  const colon = head.findIndex(
    ({ text }, index) =>
      text === ":" && head[index + 1]?.text !== ":" && head[index - 1]?.text !== ":",
  );
  const bounds = colon < 0 ? [] : head.slice(colon + 1);
  const names: string[] = [];
  let bound: string[] = [];
  for (const { text } of [...bounds, { text: "+" }]) {
    if (text === "+") {
      names.push(...(bound.length === 1 ? bound : []));
      bound = [];
    } else {
      bound.push(text);
    }
  }
  return names;
}

function checkFunction(method: FunctionItem, chunkText: string, report: Report): void {
  const name = `\`${method.name}\``;
  if (method.isAsync) {
    report(
      "hostFunctionAsync",
      method.nameSpan,
      `The host function ${name} cannot be async: the plugin waits for its answer. Remove \`async\`; a host that needs to await uses its own runtime.`,
    );
  }
  if (method.generics.length > 0) {
    report(
      "hostFunctionGeneric",
      method.nameSpan,
      `The host function ${name} cannot be generic: it has one form on the wire. Remove its parameters.`,
    );
  }
  if (!takesSharedSelf(chunkText.slice(method.nameSpan.end, method.end))) {
    report(
      "hostFunctionReceiver",
      method.nameSpan,
      `The host function ${name} must take \`&self\`: all threads of a plugin share the host.`,
    );
  }
  for (const attribute of method.attributes) {
    const helper = attribute.path.join("::");
    if (["optional", "wire", "method_meta"].includes(helper)) {
      report(
        "hostFunctionAttribute",
        attribute,
        `\`#[${helper}]\` is for methods of plugin interfaces; a host function has nothing like it. Remove it.`,
      );
    }
  }
  for (const { type } of method.parameters) {
    const syntax = parseType(type);
    if (syntax.kind === "reference") {
      report(
        "hostFunctionReference",
        type,
        `An argument of a host function must be an owned type (\`String\`, \`Vec<u8>\`, …), not a reference: it is sent to the host.`,
      );
    }
    checkNoStream(syntax, type, report);
  }
  if (method.returns !== null) {
    const syntax = parseType(method.returns);
    checkNoStream(syntax, method.returns, report);
    checkError(syntax, method.returns, report);
  }
}

/** The first parameter is `&self` or `&'a self`. */
function takesSharedSelf(afterName: string): boolean {
  const { tokens } = tokenText(afterName);
  const open = tokens.findIndex(({ text }) => text === "(");
  const [and, ...rest] = tokens.slice(open + 1, open + 4).map(({ text }) => text);
  return and === "&" && rest[rest[0]?.startsWith("'") === true ? 1 : 0] === "self";
}

function checkNoStream(syntax: TypeSyntax, fragment: Fragment, report: Report): void {
  if (streamItem(syntax) !== null) {
    report(
      "hostFunctionStream",
      fragment,
      "Host functions do not stream: one request has one answer. Pass a `Vec`, or call the function once for each item.",
    );
  }
}

/** `Result<T, E>` needs Fidius' own error, by the name of its last segment. */
function checkError(syntax: TypeSyntax, fragment: Fragment, report: Report): void {
  const last = syntax.kind === "path" ? syntax.segments.at(-1) : undefined;
  const types = last?.arguments.flatMap((argument) =>
    argument.kind === "type" ? [argument.type] : [],
  );
  const failure = types?.[1];
  if (last?.name !== "Result" || failure === undefined) {
    return;
  }
  const name = failure.kind === "path" ? failure.segments.at(-1)?.name : undefined;
  if (name !== "PluginError") {
    report(
      "hostFunctionError",
      fragment,
      "A host function that can fail returns `Result<T, PluginError>`, the one error that both sides know. Put what went wrong into its code, message and details.",
    );
  }
}
