// `Stream<T>` inside of a type, as far as its text tells.

import type { FunctionItem, TypeSource } from "../../../rust/syntax/items/items.ts";
import { streamItem, type TypeSyntax } from "../../../rust/syntax/typeSyntax.ts";

/** Whether a stream stands in the type, at whatever depth; the type itself does not count. */
export function holdsStream(type: TypeSyntax): boolean {
  return partsOf(type).some((part) => streamItem(part) !== null || holdsStream(part));
}

/** The types that a type is written with. */
export function partsOf(type: TypeSyntax): readonly TypeSyntax[] {
  switch (type.kind) {
    case "path":
      return type.segments.flatMap(({ arguments: given }) =>
        given.flatMap((argument) => (argument.kind === "type" ? [argument.type] : [])),
      );
    case "reference":
      return [type.inner];
    case "tuple":
      return type.elements;
    case "array":
    case "slice":
      return [type.element];
    case "other":
    case "tooLarge":
      return [];
  }
}

/** The types of a method's arguments and of its result. */
export function typesOf({ parameters, returns }: FunctionItem): readonly TypeSource[] {
  return [...parameters.map(({ type }) => type), ...(returns === null ? [] : [returns])];
}
