// A type that owns what another one borrows.

import type { TypeSyntax } from "../../../rust/syntax/typeSyntax.ts";

/** The type without its references; undefined where that takes more than text. */
export function ownedText(type: TypeSyntax): string | undefined {
  if (type.kind === "reference") {
    return ownedTarget(type.inner);
  }
  if (type.kind !== "path") {
    return undefined;
  }
  const [argument, ...others] = type.segments.at(-1)?.arguments ?? [];
  const inner =
    argument?.kind === "type" && others.length === 0 ? ownedText(argument.type) : undefined;
  return argument?.kind === "type" && inner !== undefined
    ? type.text.replace(argument.type.text, inner)
    : undefined;
}

function ownedTarget(inner: TypeSyntax): string | undefined {
  switch (inner.kind) {
    case "slice":
      return `Vec<${inner.element.text}>`;
    case "path":
      return inner.text === "str" ? "String" : inner.text;
    case "tuple":
    case "array":
      return inner.text;
    case "reference":
      return ownedTarget(inner.inner);
    case "other":
    case "tooLarge":
      return undefined;
  }
}
