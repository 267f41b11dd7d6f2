// Parses the source of a type into a tree. Offsets count from the start of that source.

import { nestsDeeper } from "../../abi/rustTokens.ts";
import { longestType } from "../../abi/typePrinter.ts";
import type { Fragment, TypeSource } from "./items/items.ts";
import { plainName, tokenText, TokenCursor } from "./items/tokenCursor.ts";

export type TypeSyntax =
  | PathType
  | { readonly kind: "reference"; readonly inner: TypeSyntax; readonly text: string }
  | { readonly kind: "tuple"; readonly elements: readonly TypeSyntax[]; readonly text: string }
  | {
      readonly kind: "array";
      readonly element: TypeSyntax;
      readonly length: string;
      readonly text: string;
    }
  | { readonly kind: "slice"; readonly element: TypeSyntax; readonly text: string }
  /** Types that no serializer takes: `name` says what it is, such as "a function pointer". */
  | { readonly kind: "other"; readonly name: string; readonly text: string }
  /** Longer or deeper than anybody writes a type; `text` is its beginning. */
  | { readonly kind: "tooLarge"; readonly text: string };

export interface PathType {
  readonly kind: "path";
  readonly isGlobal: boolean;
  /** `T` of `<T as Trait>::Name`. */
  readonly qualifier: TypeSyntax | null;
  /** `Trait` of `<T as Trait>::Name`. */
  readonly trait: PathType | null;
  readonly segments: readonly PathSegment[];
  readonly text: string;
}

export interface PathSegment {
  readonly name: string;
  readonly arguments: readonly GenericArgument[];
}

export type GenericArgument =
  | { readonly kind: "type"; readonly type: TypeSyntax }
  | { readonly kind: "const"; readonly text: string };

const parsed = new WeakMap<TypeSource, TypeSyntax>();

/** The type that `source` holds; remembered for as long as the source object lives. */
export function parseType(source: TypeSource): TypeSyntax {
  const known = parsed.get(source);
  if (known !== undefined) {
    return known;
  }
  const type = parseTypeText(source.text);
  parsed.set(source, type);
  return type;
}

/** The type in `text`. */
export function parseTypeText(text: string): TypeSyntax {
  const source = text.length > longestType ? undefined : tokenText(text);
  return source === undefined || nestsDeeper(source.tokens, deepestNesting)
    ? { kind: "tooLarge", text: `${text.slice(0, 40)}…` }
    : readType(new TokenCursor(source));
}

/** Where a part stands in the type's source: the last place that has its text, since the parts asked for stand at the end. */
export function placeOfPart(source: TypeSource, part: TypeSyntax): Fragment {
  const start = source.start + source.text.lastIndexOf(part.text);
  return { start, end: start + part.text.length };
}

/** Names of a path's segments. */
export function pathNames(type: PathType): string[] {
  return type.segments.map(({ name }) => name);
}

/** The element type of a `Stream<T>` recognised as the macros do: last segment `Stream`, one argument, a type. */
export function streamItem(type: TypeSyntax): TypeSyntax | null {
  if (type.kind !== "path") {
    return null;
  }
  const last = type.segments.at(-1);
  const [argument] = last?.arguments ?? [];
  const isStream = last?.name === "Stream" && last.arguments.length === 1;
  // A lifetime argument beside the type leaves more text than the type itself; the macros then see no stream.
  if (!isStream || argument?.kind !== "type" || /Stream\s*<\s*'/u.test(type.text)) {
    return null;
  }
  return argument.type;
}

/** Types inside of one another. */
const deepestNesting = 200;

/** References to references; no person writes more. */
const mostReferences = 200;

function readType(cursor: TokenCursor, references = 0): TypeSyntax {
  const from = cursor.at;
  const text = (): string => cursor.sourceFrom(from).text;
  const group = readGroupType(cursor, text);
  if (group !== undefined) {
    return group;
  }
  if (references < mostReferences && cursor.take("&") !== undefined) {
    if (cursor.peek()?.kind === "lifetime") {
      cursor.at += 1;
    }
    cursor.take("mut");
    const inner = readType(cursor, references + 1);
    return { kind: "reference", inner, text: text() };
  }
  const other = otherKind(cursor);
  if (other !== undefined) {
    cursor.skipUntil(() => cursor.isText(",") || cursor.isText(";"));
    return { kind: "other", name: other, text: text() };
  }
  return readPathType(cursor, text);
}

function readGroupType(cursor: TokenCursor, text: () => string): TypeSyntax | undefined {
  const tuple = cursor.enter("(");
  if (tuple !== undefined) {
    const elements: TypeSyntax[] = [];
    let hasComma = false;
    while (!tuple.isAtEnd) {
      const before = tuple.at;
      elements.push(readType(tuple));
      tuple.skipUntil(() => tuple.isText(","));
      hasComma = tuple.take(",") !== undefined || hasComma;
      if (tuple.at === before) {
        tuple.skip();
      }
    }
    const [only] = elements;
    return elements.length === 1 && !hasComma && only !== undefined
      ? only
      : { kind: "tuple", elements, text: text() };
  }
  const array = cursor.enter("[");
  if (array === undefined) {
    return undefined;
  }
  const element = readType(array);
  array.skipUntil(() => array.isText(";"));
  if (array.take(";") === undefined) {
    return { kind: "slice", element, text: text() };
  }
  const lengthFrom = array.at;
  array.at = array.end;
  return { kind: "array", element, length: array.sourceFrom(lengthFrom).text, text: text() };
}

function otherKind(cursor: TokenCursor): string | undefined {
  if (cursor.isText("*")) {
    return "a raw pointer";
  }
  if (cursor.isText("!")) {
    return "the never type";
  }
  if (cursor.isText("_")) {
    return "an inferred type";
  }
  switch (cursor.peek()?.text ?? "") {
    case "dyn":
      return "a trait object";
    case "impl":
      return "an `impl Trait`";
    case "fn":
    case "unsafe":
    case "extern":
    case "for":
      return "a function pointer";
    default:
      return undefined;
  }
}

function readPathType(cursor: TokenCursor, text: () => string): TypeSyntax {
  let qualifier: TypeSyntax | null = null;
  let trait: TypeSyntax | null = null;
  const angles = cursor.enterAngles();
  if (angles !== undefined) {
    qualifier = readType(angles);
    trait = angles.take("as") === undefined ? null : readType(angles);
    cursor.takePair("::");
  }
  const isGlobal = angles === undefined && cursor.takePair("::");
  const segments: PathSegment[] = [];
  for (let name = cursor.takeIdentifier(); name !== undefined; name = cursor.takeIdentifier()) {
    if (cursor.isText("!")) {
      cursor.at += 1;
      cursor.skip();
      return { kind: "other", name: "made by a macro", text: text() };
    }
    if (cursor.isPair("::") && cursor.isText("<", 2)) {
      cursor.at += 2;
    }
    const inner = cursor.enterAngles();
    const generics = inner === undefined ? [] : readArguments(inner);
    segments.push({ name: plainName(name.text), arguments: generics });
    if (!cursor.takePair("::")) {
      break;
    }
  }
  if (segments.length === 0) {
    cursor.skip();
    return { kind: "other", name: "no type", text: text() };
  }
  return {
    kind: "path",
    isGlobal,
    qualifier,
    trait: trait?.kind === "path" ? trait : null,
    segments,
    text: text(),
  };
}

function readArguments(cursor: TokenCursor): GenericArgument[] {
  const result: GenericArgument[] = [];
  while (!cursor.isAtEnd) {
    const before = cursor.at;
    const argument = readArgument(cursor);
    if (argument !== undefined) {
      result.push(argument);
    }
    cursor.skipUntil(() => cursor.isText(","));
    cursor.take(",");
    if (cursor.at === before) {
      cursor.skip();
    }
  }
  return result;
}

function readArgument(cursor: TokenCursor): GenericArgument | undefined {
  const token = cursor.peek();
  const isBinding = token?.kind === "identifier" && cursor.isText("=", 1);
  if (token?.kind === "lifetime" || isBinding) {
    return undefined;
  }
  const from = cursor.at;
  if (token?.kind === "literal" || cursor.isText("-") || cursor.isText("{")) {
    cursor.skipUntil(() => cursor.isText(","));
    return { kind: "const", text: cursor.sourceFrom(from).text };
  }
  return { kind: "type", type: readType(cursor) };
}
