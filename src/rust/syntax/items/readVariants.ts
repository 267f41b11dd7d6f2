// Reads the variants of an enum.

import { readOuter } from "./attributes.ts";
import { HeadReader } from "./itemHead.ts";
import type { BodySource, TypeSource, VariantSource } from "./items.ts";
import { readFields } from "./readParts.ts";
import { plainName, type TokenCursor } from "./tokenCursor.ts";

/** `= 1 << 3,`: there too `<` is no angle bracket. */
function readDiscriminant(cursor: TokenCursor): TypeSource | null {
  const isGiven = cursor.take("=") !== undefined;
  const from = cursor.at;
  while (!cursor.isAtEnd && !cursor.isText(",")) {
    cursor.skip();
  }
  const source = cursor.sourceFrom(from);
  cursor.take(",");
  return isGiven ? source : null;
}

/** All variants up to the end of the cursor's range. */
export function readVariants(cursor: TokenCursor): VariantSource[] {
  const variants: VariantSource[] = [];
  while (!cursor.isAtEnd) {
    const before = cursor.at;
    const reader = new HeadReader(cursor, readOuter(cursor), "public");
    const name = cursor.takeIdentifier();
    if (name !== undefined) {
      const tuple = cursor.enter("(");
      const fields = tuple === undefined ? cursor.enter("{") : undefined;
      const body: BodySource =
        tuple !== undefined
          ? { kind: "tuple", fields: readFields(tuple, true) }
          : fields !== undefined
            ? { kind: "struct", fields: readFields(fields, false) }
            : { kind: "unit" };
      const nameSpan = { start: name.start, end: name.end };
      const head = reader.head(plainName(name.text), nameSpan);
      variants.push({ body, ...head, discriminant: readDiscriminant(cursor) });
    } else {
      readDiscriminant(cursor);
    }
    if (cursor.at === before) {
      cursor.skip();
    }
  }
  return variants;
}
