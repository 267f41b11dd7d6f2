// humantime-serde: `#[serde(with = "humantime_serde")]` writes a Duration as the text of humantime, `1m 30s`.

import type { TypeSchema } from "../../../model/schema/schema.ts";
import type { CrateCatalogue } from "./catalogueEntry.ts";

function text(type: TypeSchema): TypeSchema | undefined {
  return type.format === "duration"
    ? { rustType: type.rustType, kind: "string", format: "durationText" }
    : undefined;
}

function optional(type: TypeSchema): TypeSchema | undefined {
  const inner = type.kind === "option" ? text(type.inner) : undefined;
  return inner && { rustType: type.rustType, kind: "option", inner };
}

export const humantimeSerde: CrateCatalogue = {
  versions: ["1"],
  types: {},
  helpers: {
    "": (type) => text(type) ?? optional(type),
    option: optional,
  },
};
