// The names that a function's body uses: paths, macro calls, method calls and local `use` items, taken from its tokens.
// Tokens and not a tree, so that what stands inside of macro calls counts too.

import type { RustToken } from "../../abi/rustTokens.ts";
import type { Fragment, FunctionItem, UseLeaf } from "./items/items.ts";
import { plainName, TokenCursor, tokenText } from "./items/tokenCursor.ts";
import { readUseTree } from "./items/useTree.ts";

/** Offsets count as in the function's own chunk. */
export interface PathReference extends Fragment {
  readonly segments: readonly string[];
  readonly isGlobal: boolean;
  /** Followed by `!` and a group. */
  readonly isMacro: boolean;
}

export interface BodyReferences {
  readonly paths: readonly PathReference[];
  readonly uses: readonly UseLeaf[];
  /** Names of methods called with a dot. */
  readonly methodCalls: ReadonlySet<string>;
}

const known = new WeakMap<FunctionItem, BodyReferences>();

/** References in the body; remembered for as long as the function's text stays. */
export function bodyReferences(item: FunctionItem): BodyReferences {
  const before = known.get(item);
  if (before !== undefined) {
    return before;
  }
  const found = item.body === null ? noReferences : readBody(item.body.text, item.body.start);
  known.set(item, found);
  return found;
}

const noReferences: BodyReferences = { paths: [], uses: [], methodCalls: new Set() };

function readBody(text: string, base: number): BodyReferences {
  const cursor = new TokenCursor(tokenText(text));
  const paths: PathReference[] = [];
  const uses: UseLeaf[] = [];
  const methodCalls = new Set<string>();
  while (!cursor.isAtEnd) {
    const token = cursor.peek();
    if (cursor.take("use") !== undefined) {
      uses.push(...readUseTree(cursor).map((leaf) => shifted(leaf, base)));
    } else if (cursor.isText(".") && cursor.peek(1)?.kind === "identifier") {
      const name = cursor.peek(1);
      cursor.at += 2;
      if (name !== undefined && (cursor.isText("(") || cursor.isPair("::"))) {
        methodCalls.add(plainName(name.text));
      }
    } else if (token?.kind === "identifier" || isGlobalStart(cursor)) {
      paths.push(shifted(readPath(cursor), base));
    } else {
      cursor.at += 1;
    }
  }
  return { paths, uses, methodCalls };
}

function isGlobalStart(cursor: TokenCursor): boolean {
  return cursor.isPair("::") && cursor.peek(2)?.kind === "identifier";
}

function readPath(cursor: TokenCursor): PathReference {
  const from = cursor.at;
  const isGlobal = cursor.takePair("::");
  const segments: string[] = [];
  for (let name: RustToken | undefined = cursor.takeIdentifier(); name !== undefined;) {
    segments.push(plainName(name.text));
    const isContinued = cursor.isPair("::") && cursor.peek(2)?.kind === "identifier";
    cursor.at += isContinued ? 2 : 0;
    name = isContinued ? cursor.takeIdentifier() : undefined;
  }
  const span = cursor.spanFrom(from);
  const isMacro = cursor.isText("!") && cursor.peek(1)?.kind === "open";
  return { ...span, segments, isGlobal, isMacro };
}

function shifted<T extends Fragment>(fragment: T, base: number): T {
  return { ...fragment, start: fragment.start + base, end: fragment.end + base };
}
