// The types of `#[wire(raw)]` methods, as the macros recognise them: by name (reference 2.1).

import type { TypeSyntax } from "../../rust/syntax/typeSyntax.ts";

/** `Vec<u8>` by its last segment; an alias does not count. */
export function isByteVector(type: TypeSyntax): boolean {
  const last = type.kind === "path" ? type.segments.at(-1) : undefined;
  const [argument] = last?.arguments ?? [];
  return (
    last?.name === "Vec" &&
    last.arguments.length === 1 &&
    argument?.kind === "type" &&
    argument.type.kind === "path" &&
    argument.type.text === "u8"
  );
}

/** `Vec<u8>`, or a `Result` with it. */
export function isRawReturn(type: TypeSyntax): boolean {
  const last = type.kind === "path" ? type.segments.at(-1) : undefined;
  const [argument] = last?.arguments ?? [];
  return (
    isByteVector(type) ||
    (last?.name === "Result" && argument?.kind === "type" && isByteVector(argument.type))
  );
}
