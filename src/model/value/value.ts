// JsonValue: how a value of any TypeSchema is written as JSON in memory and in messages.

/**
 * A value in memory and in messages. By kind of {@link ./schema.ts TypeSchema}:
 * bool → boolean; integer up to 32 bits → number; 64 and 128 bits → decimal string (a number is accepted when it is exact);
 * float → number, or "NaN" "Infinity" "-Infinity" "-0", which JSON numbers in messages cannot be; char, string → string;
 * bytes → "hex:…", "base64:…", "text:…", an array of numbers, or {"$file": path} (read by the layer that has files);
 * unit → null; option → null or the value, `{"$some": …}` where the inner value may itself be null;
 * sequence, array, tuple → array; map → object when keys are strings, else (or where an object would lose order or keys) [[key, value], …];
 * result → {"Ok": …} | {"Err": …}; struct → object, array for tuple structs, the inner value for newtypes, null for unit structs;
 * enum → "Variant" for unit variants, else {"Variant": body}; unknown → {"$raw": "hex:…"}.
 * Text that people see or write has bare digits of any length; src/model/value/losslessJson.ts reads and writes it without loss.
 */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A JSON object of JsonValues. */
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions, @typescript-eslint/consistent-indexed-object-style -- an interface would not take object types without an index signature, a Record may not be circular
export type JsonObject = { readonly [key: string]: JsonValue };
