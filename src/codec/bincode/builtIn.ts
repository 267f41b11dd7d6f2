// Fidius' own types on the wire, for which no source is needed: panic messages and `PluginError` (reference 4.2).

import type { PluginErrorValue } from "../../model/outcome.ts";
import type { TypeSchema, TypeTable } from "../../model/schema/schema.ts";
import { encodeValue } from "./encode.ts";

export const textType: TypeSchema = { rustType: "String", kind: "string" };

export const pluginErrorType: TypeSchema = {
  rustType: "PluginError",
  kind: "named",
  id: "PluginError",
};

/** Fidius' own error type, for crates whose Fidius sources are not at hand. */
export const pluginErrorTypes: TypeTable = {
  PluginError: {
    kind: "struct",
    name: "PluginError",
    warnings: [],
    body: {
      kind: "struct",
      fields: [
        { name: "code", type: textType },
        { name: "message", type: textType },
        {
          name: "details",
          type: { rustType: "Option<String>", kind: "option", inner: textType },
        },
      ],
    },
  },
};

/** The bytes of a text, such as a panic's message. Lone surrogates, which Rust cannot have, are replaced. */
export function encodeText(text: string): Uint8Array {
  return encoded(textType, wellFormed(text));
}

/** The bytes of an error of Fidius' own type. */
export function encodePluginError({ code, message, details }: PluginErrorValue): Uint8Array {
  return encoded(pluginErrorType, {
    code: wellFormed(code),
    message: wellFormed(message),
    details: details === null ? null : wellFormed(details),
  });
}

function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udfff]/gu, "\ufffd");
}

function encoded(type: TypeSchema, value: Parameters<typeof encodeValue>[2]): Uint8Array {
  const bytes = encodeValue(type, pluginErrorTypes, value);
  if (!bytes.ok) {
    throw new Error(`a ${type.rustType} does not encode: ${bytes.error[0]?.message ?? ""}`);
  }
  return bytes.value;
}
