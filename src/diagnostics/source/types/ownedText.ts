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

const owners: Readonly<Record<string, string>> = {
  str: "String",
  Path: "std::path::PathBuf",
  OsStr: "std::ffi::OsString",
  CStr: "std::ffi::CString",
};

/** The owner of a type without a size of its own; any other type owns itself. */
function ownedName(text: string): string {
  const name = /^(?:(?:::)?std::(?:path|ffi)::)?(\w+)$/u.exec(text)?.[1] ?? "";
  return Object.hasOwn(owners, name) ? (owners[name] ?? text) : text;
}

function ownedTarget(inner: TypeSyntax): string | undefined {
  switch (inner.kind) {
    case "slice":
      return `Vec<${inner.element.text}>`;
    case "path":
      return ownedName(inner.text);
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
