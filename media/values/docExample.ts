// Arguments that a method's documentation shows: a line `example: {…}`, or the first call of the method in its code whose arguments are
// all literals. What is none (a variable, the call of a function) gives no example.

import { parseArguments } from "../../src/codec/json/parseArguments.ts";
import type { PluginMethod } from "../../src/model/plugin.ts";
import type { TypeTable } from "../../src/model/schema/schema.ts";
import type { JsonObject } from "../../src/model/value/value.ts";
import { docBlocks } from "../widgets/docText.ts";
import { RustLiterals } from "./rustLiterals.ts";

/** Undefined without an example that fits the method. */
export function docExample(method: PluginMethod, types: TypeTable): JsonObject | undefined {
  const doc = method.doc ?? "";
  const given = /^\s*example:\s*(\S.*)$/imu.exec(doc)?.[1];
  const texts = [...(given === undefined ? [] : [given]), ...callsIn(doc, method.name)];
  for (const text of texts) {
    const parsed = parseArguments(method, types, text);
    if (parsed.ok) {
      return parsed.value;
    }
  }
  return undefined;
}

/** The arguments of each call of the method in the code of a comment, as a JSON list. */
function callsIn(doc: string, name: string): readonly string[] {
  const code = docBlocks(doc).flatMap((block) => (block.kind === "code" ? [block.text] : []));
  // Lines that rustdoc hides begin with `#`.
  const text = code.join("\n").replaceAll(/^(\s*)# /gmu, "$1");
  return [...text.matchAll(new RegExp(`\\b${name}\\s*\\(`, "gu"))].flatMap(
    ({ index, 0: head }) => new RustLiterals(text, index + head.length).listUntil(")") ?? [],
  );
}
