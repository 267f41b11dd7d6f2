// Reads the parts of items: generics, fields, and functions with their parameters.

import { readOuter } from "./attributes.ts";
import { HeadReader, readVisibility } from "./itemHead.ts";
import type {
  FieldSource,
  FunctionItem,
  GenericParameter,
  Item,
  ParameterSource,
  TypeSource,
} from "./items.ts";

import { plainName, type TokenCursor } from "./tokenCursor.ts";

/**
 * Steps to the first of `stops` outside of groups and angle brackets, giving the source passed over. Where the stop is
 * forgotten, the next item is one.
 */
export function takeUntil(cursor: TokenCursor, ...stops: readonly string[]): TypeSource {
  const from = cursor.at;
  cursor.skipUntil(() => stops.some((stop) => cursor.isText(stop)) || isItemStart(cursor));
  return cursor.sourceFrom(from);
}

/** A constant's value: `<` there is no angle bracket. */
export function takeExpression(cursor: TokenCursor): TypeSource {
  const from = cursor.at;
  while (!cursor.isAtEnd && !cursor.isText(";") && !isItemStart(cursor)) {
    cursor.skip();
  }
  return cursor.sourceFrom(from);
}

/** Steps over the `;` that ends an item. */
export function takeEnd(cursor: TokenCursor): void {
  if (cursor.take(";") === undefined) {
    cursor.noteUnread();
  }
}

const itemWords: ReadonlySet<string> = new Set(
  "enum fn mod static struct trait type use".split(" "),
);

/** What begins an item and stands in no type and no expression: `struct Name`, `pub`, an attribute, a doc comment. */
function isItemStart(cursor: TokenCursor): boolean {
  const token = cursor.peek();
  const next = cursor.peek(1);
  if (token?.kind !== "identifier") {
    return token?.kind === "doc" || (cursor.isText("#") && cursor.isText("[", 1));
  }
  return (
    token.text === "pub" ||
    (itemWords.has(token.text) && next?.kind === "identifier") ||
    (token.text === "extern" && next?.text === "crate") ||
    (token.text === "const" && cursor.isText(":", 2) && !cursor.isPair("::", 2))
  );
}

/** `<T: Bound = Default, const N: usize>`, when it stands here. */
export function readGenerics(cursor: TokenCursor): GenericParameter[] {
  const inner = cursor.enterAngles();
  const parameters: GenericParameter[] = [];
  while (inner !== undefined && !inner.isAtEnd) {
    readOuter(inner);
    const isConst = inner.take("const") !== undefined;
    const token = inner.peek();
    inner.at += 1;
    const type = isConst && inner.take(":") !== undefined ? takeUntil(inner, ",", "=") : undefined;
    takeUntil(inner, ",", "=");
    const fallback = inner.take("=") === undefined ? null : takeUntil(inner, ",");
    inner.take(",");
    if (token !== undefined) {
      const kind = token.kind === "lifetime" ? "lifetime" : isConst ? "const" : "type";
      parameters.push({ kind, name: plainName(token.text), ...(type && { type }), fallback });
    }
  }
  return parameters;
}

/** Fields between braces, or (`isTuple`) types between parentheses, named by position. */
export function readFields(cursor: TokenCursor, isTuple: boolean): FieldSource[] {
  const fields: FieldSource[] = [];
  while (!cursor.isAtEnd) {
    const before = cursor.at;
    const outer = readOuter(cursor);
    const reader = new HeadReader(cursor, outer, readVisibility(cursor));
    const name = isTuple ? undefined : cursor.takeIdentifier();
    const hasType = isTuple || (name !== undefined && cursor.take(":") !== undefined);
    const type = takeUntil(cursor, ",");
    if (hasType && type.text !== "") {
      const nameSpan = name === undefined ? type : { start: name.start, end: name.end };
      const text = name === undefined ? String(fields.length) : plainName(name.text);
      fields.push({ type, ...reader.head(text, { start: nameSpan.start, end: nameSpan.end }) });
    }
    cursor.take(",");
    if (cursor.at === before) {
      cursor.skip();
    }
  }
  return fields;
}

/** Reads on from `fn`; `readBlock` reads the items in its body. */
export function readFunction(
  cursor: TokenCursor,
  reader: HeadReader,
  isAsync: boolean,
  readBlock: (body: TypeSource | null, cursor: TokenCursor) => readonly Item[],
): FunctionItem | undefined {
  cursor.at += 1;
  const name = cursor.takeIdentifier();
  if (name === undefined) {
    return undefined;
  }
  const generics = readGenerics(cursor);
  const inner = cursor.enter("(");
  const parameters = inner === undefined ? [] : readParameters(inner);
  const returns = cursor.takePair("->") ? takeUntil(cursor, "{", ";", "where") : null;
  takeUntil(cursor, "{", ";");
  const bodyFrom = cursor.at;
  const inside = cursor.enter("{");
  const body = inside === undefined ? null : cursor.sourceFrom(bodyFrom);
  const block = inside === undefined ? [] : readBlock(body, inside);
  if (inside === undefined) {
    takeEnd(cursor);
  }
  const head = reader.head(plainName(name.text), { start: name.start, end: name.end });
  const [first] = parameters;
  const hasReceiver = first !== undefined && /(?:^|[\s&])self$/u.test(first.pattern);
  return {
    kind: "function",
    isAsync,
    generics,
    hasReceiver,
    parameters: hasReceiver ? parameters.slice(1) : parameters,
    returns: returns?.text === "" ? null : returns,
    body,
    block,
    ...head,
  };
}

/** All parameters, a receiver as a pattern ending in `self`. */
function readParameters(cursor: TokenCursor): ParameterSource[] {
  const parameters: ParameterSource[] = [];
  while (!cursor.isAtEnd) {
    const before = cursor.at;
    readOuter(cursor);
    const from = cursor.at;
    cursor.skipUntil(() => cursor.isText(",") || (cursor.isText(":") && !cursor.isPair("::")));
    const pattern = cursor.sourceFrom(from);
    const type = cursor.take(":") === undefined ? null : takeUntil(cursor, ",");
    if (pattern.text !== "") {
      parameters.push({
        ...cursor.spanFrom(from),
        pattern: pattern.text,
        patternSpan: { start: pattern.start, end: pattern.end },
        type: type ?? { text: "", start: pattern.end, end: pattern.end },
      });
    }
    cursor.take(",");
    if (cursor.at === before) {
      cursor.skip();
    }
  }
  return parameters;
}
