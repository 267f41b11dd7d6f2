// JSON text whose numbers stay as they are written, part by part.

import { formatJson } from "../../src/codec/json/formatJson.ts";
import type { ParsedJson } from "../../src/model/value/losslessJson.ts";
import type { TypeSchema } from "../../src/model/schema/schema.ts";

/** The text that a value was read from. */
export interface WrittenJson {
  readonly text: string;
  readonly parsed: ParsedJson;
}

const untyped: TypeSchema = { rustType: "", kind: "unit" };

/** The part at a pointer, laid out. */
export function partOf({ text, parsed }: WrittenJson, pointer: string): () => string {
  return () => {
    const range = parsed.locate(pointer);
    const part = range === undefined ? "null" : text.slice(range.start, range.end);
    return formatJson(untyped, {}, { $serde: part }, 2);
  };
}
