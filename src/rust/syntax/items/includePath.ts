// Reads what `include!(…)` names: a literal path, or one put together from the package's folder
// or from the one that its build script writes to.

import { literalText } from "./attributes.ts";
import type { IncludePath } from "./items.ts";
import { TokenCursor } from "./tokenCursor.ts";

/** Reads the group at the cursor without stepping over it. */
export function readIncludePath(cursor: TokenCursor): IncludePath {
  const from = cursor.at;
  const ahead = new TokenCursor(cursor.source, from, cursor.end);
  const inner = ahead.enter("(") ?? ahead.enter("[") ?? ahead.enter("{");
  const path = inner && readPath(inner);
  inner?.take(",");
  return path !== undefined && inner?.isAtEnd === true
    ? path
    : { base: "unknown", text: ahead.sourceFrom(from).text };
}

function readPath(cursor: TokenCursor): IncludePath | undefined {
  const literal = takeLiteral(cursor);
  if (literal !== undefined) {
    return { base: "file", path: literal };
  }
  const parts = macroCall(cursor, "concat");
  if (parts === undefined) {
    return undefined;
  }
  const folder = takeFolder(parts);
  let path = "";
  while (!parts.isAtEnd) {
    const part = parts.take(",") === undefined ? takeLiteral(parts) : "";
    if (part === undefined) {
      return undefined;
    }
    path += part;
  }
  return { base: folder ?? "file", path };
}

/** `env!("CARGO_MANIFEST_DIR")` or `env!("OUT_DIR")`. */
function takeFolder(cursor: TokenCursor): "package" | "output" | undefined {
  const from = cursor.at;
  const variable = macroCall(cursor, "env");
  const name = variable === undefined ? undefined : takeLiteral(variable);
  if (name === "CARGO_MANIFEST_DIR") {
    return "package";
  }
  if (name === "OUT_DIR") {
    return "output";
  }
  cursor.at = from;
  return undefined;
}

/** The content of `name!(…)`, stepped over. */
function macroCall(cursor: TokenCursor, name: string): TokenCursor | undefined {
  if (!cursor.isText(name) || !cursor.isText("!", 1)) {
    return undefined;
  }
  cursor.at += 2;
  return cursor.enter("(");
}

function takeLiteral(cursor: TokenCursor): string | undefined {
  const token = cursor.peek();
  const text = token === undefined ? null : literalText(token);
  if (text === null) {
    return undefined;
  }
  cursor.at += 1;
  return text;
}
