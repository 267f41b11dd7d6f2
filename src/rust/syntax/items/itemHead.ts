// Reads what every item has: visibility, and with the attributes before it the head.

import type { Outer } from "./attributes.ts";
import type { Fragment, ItemHead, Visibility } from "./items.ts";
import type { TokenCursor } from "./tokenCursor.ts";

/** `pub`, `pub(crate)`, `pub(super)`, `pub(in …)`. */
export function readVisibility(cursor: TokenCursor): Visibility {
  if (cursor.take("pub") === undefined) {
    return "private";
  }
  const scope = cursor.peek(1)?.text ?? "";
  if (cursor.isText("(") && ["crate", "super", "self", "in"].includes(scope)) {
    cursor.skip();
    return scope === "crate" ? "crate" : scope === "self" ? "private" : "parent";
  }
  return "public";
}

/** What all items share while one is read. */
export class HeadReader {
  protected readonly cursor: TokenCursor;
  readonly #outer: Outer;
  readonly #visibility: Visibility;

  constructor(cursor: TokenCursor, outer: Outer, visibility: Visibility) {
    this.cursor = cursor;
    this.#outer = outer;
    this.#visibility = visibility;
  }

  /** To be called when the cursor stands behind the item. */
  head(name: string, nameSpan: Fragment): ItemHead {
    return {
      ...this.cursor.spanFrom(this.#outer.from),
      name,
      nameSpan,
      visibility: this.#visibility,
      attributes: this.#outer.attributes,
      doc: this.#outer.doc,
    };
  }
}
