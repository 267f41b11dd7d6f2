// `#[method_meta("key", "value")]` on methods and `#[trait_meta(…)]` on traits (reference 2.1): pairs of text that travel in
// the descriptor and that hosts give a meaning.

import type { MetadataEntry } from "../../model/libraryReport.ts";
import { literalText } from "../syntax/items/attributes.ts";
import type { Attribute } from "../syntax/items/items.ts";

interface Attributed {
  readonly attributes: readonly Attribute[];
}

/** The pairs of a method, in their order; absent without any. */
export function methodMetadata(method: Attributed): {
  readonly metadata?: readonly MetadataEntry[];
} {
  return metadataOf(method, "method_meta");
}

/** The pairs of a trait, in their order; absent without any. */
export function traitMetadata(trait: Attributed): { readonly metadata?: readonly MetadataEntry[] } {
  return metadataOf(trait, "trait_meta");
}

/** The macros match the bare name only (reference 2.1). */
function metadataOf(
  { attributes }: Attributed,
  name: string,
): { readonly metadata?: readonly MetadataEntry[] } {
  const metadata = attributes.flatMap(({ path, arguments: tokens }) => {
    const [key, value] = tokens.map(literalText).filter((text) => text !== null);
    return path.join("::") === name && key !== undefined && value !== undefined
      ? [{ key, value }]
      : [];
  });
  return metadata.length === 0 ? {} : { metadata };
}
