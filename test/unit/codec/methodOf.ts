// A method's schema for tests of the codec: only arguments, return and wire matter to it.

import type { MethodSchema } from "../../../src/model/plugin.ts";
import type { ReturnSchema, TypeSchema, WireMode } from "../../../src/model/schema/schema.ts";
import type { SourceSpan } from "../../../src/model/text/span.ts";

const span: SourceSpan = {
  file: "lib.rs",
  start: { line: 0, character: 0 },
  end: { line: 0, character: 0 },
};

export function methodOf(
  args: Readonly<Record<string, TypeSchema>>,
  returns: ReturnSchema = { kind: "value", type: { rustType: "()", kind: "unit" } },
  wire: WireMode = "bincode",
): MethodSchema {
  return {
    name: "run",
    isAsync: false,
    wire,
    stream: "none",
    arguments: Object.entries(args).map(([name, type]) => ({ name, type })),
    returns,
    signature: "",
    traitIndex: 0,
    nameSpan: span,
    fullSpan: span,
  };
}
