// Types that are neither paths nor made of other types: pointers, trait objects and their like. serde carries none of them; a
// user's own trait may have its objects carried by hand or by a macro.

import type { Module } from "../names/modules/modules.ts";
import type { Names } from "../names/names.ts";
import { parseTypeText, pathNames, type TypeSyntax } from "../syntax/typeSyntax.ts";
import { unknownType, withoutSerde, type Resolved } from "./resolved.ts";

export function otherType(
  { text, name }: TypeSyntax & { readonly kind: "other" },
  module: Module,
  names: Names,
): Resolved {
  const reason = `\`${text}\` is ${name}, which serde cannot carry.`;
  const isCertain =
    name === "a raw pointer" ||
    name === "a function pointer" ||
    (name === "a trait object" && isOfStd(text, module, names));
  return isCertain ? withoutSerde(text, reason) : unknownType(text, reason);
}

/** Traits of std that need no import, as they begin a trait object. */
const preludeTraits =
  /^(?:Iterator|DoubleEndedIterator|ExactSizeIterator|IntoIterator|ToString|Send|Sync)\b/u;

/** Whether a trait object is one of a trait of std. */
function isOfStd(text: string, module: Module, names: Names): boolean {
  const bound = text.replace(/^dyn\s+/u, "");
  if (/^(?:Fn|FnMut|FnOnce)\s*\(/u.test(bound)) {
    return true;
  }
  const type = parseTypeText(bound);
  const { isGlobal } = type.kind === "path" ? type : { isGlobal: false };
  const found =
    type.kind === "path"
      ? names.resolve({ segments: pathNames(type), isGlobal, module, namespace: "type" })
      : undefined;
  return found === undefined ? preludeTraits.test(bound) : found.kind === "std";
}
