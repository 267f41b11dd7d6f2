// Takes a `use` declaration apart into the single names it brings in.

import type { UseLeaf } from "./items.ts";
import { plainName, type TokenCursor } from "./tokenCursor.ts";

/** Reads the tree after `use`, up to the `;`. */
export function readUseTree(cursor: TokenCursor): UseLeaf[] {
  const leaves: UseLeaf[] = [];
  const isGlobal = cursor.takePair("::");
  readTree(cursor, { path: [], isGlobal, isInBraces: false }, leaves);
  return leaves;
}

interface Prefix {
  readonly path: readonly string[];
  readonly isGlobal: boolean;
  readonly isInBraces: boolean;
}

function readTree(cursor: TokenCursor, prefix: Prefix, leaves: UseLeaf[]): void {
  const path = [...prefix.path];
  for (;;) {
    const from = cursor.at;
    const group = cursor.enter("{");
    if (group !== undefined) {
      readGroup(group, { ...prefix, path, isInBraces: true }, leaves);
      return;
    }
    if (cursor.take("*") !== undefined) {
      leaves.push(leaf(cursor, from, { ...prefix, path }, path, true, null));
      return;
    }
    const name = cursor.takeIdentifier();
    if (name === undefined) {
      return;
    }
    if (cursor.takePair("::")) {
      path.push(plainName(name.text));
      continue;
    }
    const full = name.text === "self" && path.length > 0 ? path : [...path, plainName(name.text)];
    const alias = cursor.take("as") === undefined ? undefined : cursor.takeIdentifier();
    const binding = alias?.text ?? full.at(-1) ?? null;
    leaves.push(leaf(cursor, from, { ...prefix, path: full.slice(0, -1) }, full, false, binding));
    return;
  }
}

function readGroup(cursor: TokenCursor, prefix: Prefix, leaves: UseLeaf[]): void {
  while (!cursor.isAtEnd) {
    const from = cursor.at;
    const isGlobal = cursor.takePair("::") || prefix.isGlobal;
    readTree(cursor, { ...prefix, isGlobal }, leaves);
    cursor.skipUntil(() => cursor.isText(","));
    cursor.take(",");
    if (cursor.at === from) {
      cursor.skip();
    }
  }
}

function leaf(
  cursor: TokenCursor,
  from: number,
  prefix: Prefix,
  path: readonly string[],
  isGlob: boolean,
  binding: string | null,
): UseLeaf {
  return {
    ...cursor.spanFrom(from),
    path,
    isGlobal: prefix.isGlobal,
    isGlob,
    binding: binding === "_" || binding === null ? null : plainName(binding),
    prefix: `${prefix.isGlobal ? "::" : ""}${prefix.path.join("::")}`,
    isInBraces: prefix.isInBraces,
  };
}
