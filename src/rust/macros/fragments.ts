// Steps over the fragments that a macro's pattern may ask for: `$x:ty`, `$x:expr`, `$x:item` and the others.

import { readVisibility } from "../syntax/items/itemHead.ts";
import { readItem } from "../syntax/items/readItems.ts";
import type { TokenCursor } from "../syntax/items/tokenCursor.ts";
import { enterAny } from "./rules.ts";

/** Steps over one fragment; false, at whatever place, when there is none. */
export function takeFragment(cursor: TokenCursor, fragment: string): boolean {
  const from = cursor.at;
  switch (fragment) {
    case "vis":
      readVisibility(cursor);
      return true;
    case "ident":
      return cursor.peek()?.text !== "_" && cursor.takeIdentifier() !== undefined;
    case "lifetime":
      return takeKind(cursor, "lifetime");
    case "literal":
      return takeLiteral(cursor);
    case "tt":
      takeTree(cursor);
      break;
    case "block":
      return cursor.enter("{") !== undefined;
    case "item":
      return readItem(cursor) !== undefined;
    case "ty":
      return takeType(cursor);
    case "path":
      return takePath(cursor);
    case "meta":
      return takeMeta(cursor);
    case "pat":
    case "pat_param":
      takeUntil(cursor, fragment === "pat" ? [",", "=", "if", "in"] : [",", "=", "if", "in", "|"]);
      break;
    case "expr":
    case "expr_2021":
    case "stmt":
      takeUntil(cursor, [",", ";"]);
      break;
    default:
      return false;
  }
  return cursor.at > from;
}

function takeKind(cursor: TokenCursor, kind: "lifetime" | "literal"): boolean {
  const isThere = cursor.peek()?.kind === kind;
  cursor.at += isThere ? 1 : 0;
  return isThere;
}

function takeLiteral(cursor: TokenCursor): boolean {
  const minus = cursor.take("-");
  return (
    takeKind(cursor, "literal") ||
    (minus === undefined && (cursor.take("true") ?? cursor.take("false")) !== undefined)
  );
}

const operators =
  "..= ... <<= >>= :: -> => == != <= >= && || .. += -= *= /= %= ^= &= |= << >>".split(" ");

/** One token tree: a group, or a token with all the characters of an operator. */
function takeTree(cursor: TokenCursor): void {
  const operator = operators.find((text) => isOperatorAhead(cursor, text));
  if (operator !== undefined) {
    cursor.at += operator.length;
    return;
  }
  cursor.skip();
}

function isOperatorAhead(cursor: TokenCursor, operator: string): boolean {
  for (let index = 0; index < operator.length; index++) {
    const token = cursor.peek(index);
    const isJoined = index === 0 || cursor.peek(index - 1)?.end === token?.start;
    if (token?.kind !== "punctuation" || token.text !== operator.charAt(index) || !isJoined) {
      return false;
    }
  }
  return true;
}

/** Goes on to one of `stops` or to `=>`, outside of groups. */
function takeUntil(cursor: TokenCursor, stops: readonly string[]): void {
  while (!cursor.isAtEnd && !cursor.isPair("=>")) {
    const isPairAhead = cursor.isPair("==") || cursor.isPair("!=") || cursor.isPair("<=");
    if (!isPairAhead && stops.some((stop) => cursor.isText(stop))) {
      return;
    }
    if (isPairAhead) {
      cursor.at += 2;
    } else {
      cursor.skip();
    }
  }
}

function takeMeta(cursor: TokenCursor): boolean {
  cursor.take("unsafe");
  if (!takePath(cursor)) {
    return enterAny(cursor) !== undefined;
  }
  if (cursor.take("=") !== undefined) {
    takeUntil(cursor, [","]);
  } else {
    enterAny(cursor);
  }
  return true;
}

/** `::a::b<C>::d`, `<T as Trait>::Name`, `Fn(A) -> B`. */
function takePath(cursor: TokenCursor): boolean {
  if (cursor.isText("<")) {
    cursor.enterAngles();
  } else {
    cursor.takePair("::");
    cursor.take("$"); // of `$crate`
    if (cursor.takeIdentifier() === undefined) {
      return false;
    }
  }
  for (;;) {
    if (cursor.isText("<")) {
      cursor.enterAngles();
    } else if (cursor.isPair("::") && cursor.isText("<", 2)) {
      cursor.at += 2;
      cursor.enterAngles();
    } else if (cursor.isPair("::") && cursor.peek(2)?.kind === "identifier") {
      cursor.at += 3;
    } else {
      return true;
    }
  }
}

/** `&'a mut *const`. */
function takePointers(cursor: TokenCursor): void {
  for (;;) {
    if (cursor.take("&") !== undefined) {
      takeKind(cursor, "lifetime");
      cursor.take("mut");
    } else if (cursor.isText("*") && (cursor.isText("const", 1) || cursor.isText("mut", 1))) {
      cursor.at += 2;
    } else {
      return;
    }
  }
}

function takeType(cursor: TokenCursor): boolean {
  takePointers(cursor);
  if (cursor.take("!") !== undefined || (cursor.enter("(") ?? cursor.enter("[")) !== undefined) {
    return true;
  }
  if (cursor.take("dyn") !== undefined || cursor.take("impl") !== undefined) {
    return takeBounds(cursor);
  }
  while (["unsafe", "extern"].some((word) => cursor.take(word) !== undefined)) {
    takeKind(cursor, "literal");
  }
  if (!takePath(cursor)) {
    return false;
  }
  if (cursor.isText("!") && cursor.peek(1)?.kind === "open") {
    cursor.at += 1;
    cursor.skip();
  }
  return takeFunctionEnd(cursor);
}

/** `(A) -> B` behind `fn` and `Fn`. */
function takeFunctionEnd(cursor: TokenCursor): boolean {
  if (cursor.enter("(") !== undefined && cursor.takePair("->")) {
    return takeType(cursor);
  }
  return true;
}

function takeBounds(cursor: TokenCursor): boolean {
  do {
    cursor.take("?");
    if (!takeKind(cursor, "lifetime") && cursor.enter("(") === undefined) {
      if (!takePath(cursor) || !takeFunctionEnd(cursor)) {
        return false;
      }
    }
  } while (cursor.take("+") !== undefined);
  return true;
}
