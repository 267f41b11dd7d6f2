// The arguments of `#[method_meta("key", "value")]` and `#[trait_meta(…)]` with everything that can be wrong about them.

import type { RustToken } from "../../../abi/rustTokens.ts";
import { literalText } from "../../../rust/syntax/items/attributes.ts";
import type { Attribute } from "../../../rust/syntax/items/items.ts";
import { helpersNamed } from "./helperAttributes.ts";
import type { InterfaceSubject } from "../subjects.ts";

/** One metadata attribute: its name, where it stands, and its key and value where they are text. */
export interface MetadataAttribute {
  readonly name: "method_meta" | "trait_meta";
  readonly attribute: Attribute;
  readonly key: MetadataText | null;
  readonly value: MetadataText | null;
}

export interface MetadataText {
  readonly token: RustToken;
  readonly text: string;
}

/** The attributes by the item that they stand on: the trait, then each method. */
export function metadataOf({
  item,
  methods,
}: InterfaceSubject): readonly (readonly MetadataAttribute[])[] {
  return [
    helpersNamed(item, "trait_meta").map((attribute) => read("trait_meta", attribute)),
    ...methods.map((method) =>
      helpersNamed(method, "method_meta").map((attribute) => read("method_meta", attribute)),
    ),
  ];
}

function read(name: MetadataAttribute["name"], attribute: Attribute): MetadataAttribute {
  const [key, comma, value] = attribute.arguments;
  return {
    name,
    attribute,
    key: textOf(key),
    value: comma?.text === "," ? textOf(value) : null,
  };
}

function textOf(token: RustToken | undefined): MetadataText | null {
  const isPlain = token !== undefined && !/^[bc]/u.test(token.text);
  const text = isPlain ? literalText(token) : null;
  return token === undefined || text === null ? null : { token, text };
}
