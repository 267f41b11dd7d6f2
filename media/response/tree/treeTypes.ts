// What a tree of a value is made of.

import type { JsonValue } from "../../../src/model/value/value.ts";

/** How a value is coloured, like in VS Code's debugger. */
export type ValueTone = "string" | "number" | "boolean" | "variant" | "plain" | "none";

/** What stands below a node; a list of nodes is one. */
export interface TreeChildren {
  readonly length: number;
  at(index: number): TreeNode | undefined;
}

/** Children that are made when they are asked for. */
export function lazyChildren(length: number, make: (index: number) => TreeNode): TreeChildren {
  return { length, at: (index) => (index >= 0 && index < length ? make(index) : undefined) };
}

export interface TreeNode {
  readonly pointer: string;
  /** Field name, index or map key; empty at the root. */
  readonly name: string;
  readonly rustType: string;
  /** The value in one line of about `room` characters. */
  readonly text: (room: number) => string;
  /** What of it an open node still shows: the variant's or struct's name. */
  readonly head?: string;
  readonly tone: ValueTone;
  /** Length of a list or map, in words. */
  readonly note: string;
  /** Undefined for a part of a long value, which is read when it is copied. */
  readonly value: JsonValue | undefined;
  /** The value as the JSON tab writes it. */
  readonly json: () => string;
  /** Whether the value has a text (in lower case), where that cannot be seen from `text`; looked for in pieces. */
  readonly search?: (text: string) => Generator<null, boolean>;
  /** How many children a list or map has. */
  readonly size?: number;
  /** Undefined for a leaf. */
  readonly children: (() => TreeChildren) | undefined;
}
