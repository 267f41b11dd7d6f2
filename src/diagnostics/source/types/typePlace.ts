// Where a part of a type stands in the type's source.

import type { Fragment, TypeSource } from "../../../rust/syntax/items.ts";
import type { TypeSyntax } from "../../../rust/syntax/typeSyntax.ts";

/** The last place in the source that has the part's text; the parts that rules look for stand at the end of a type. */
export function partOf(source: TypeSource, part: TypeSyntax): Fragment {
  const start = source.start + source.text.lastIndexOf(part.text);
  return { start, end: start + part.text.length };
}
