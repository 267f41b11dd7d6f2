// Reads the files that arguments name: {"$file": path} where the type wants bytes becomes the file's bytes, just before
// encoding. Follows the schema, so that a map that happens to have a key "$file" stays what it is.

import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { err, ok, type Result } from "../model/result.ts";
import type { MethodSchema } from "../model/plugin.ts";
import type { TypeBody, TypeSchema, TypeTable } from "../model/schema.ts";
import type { ValueProblem } from "../model/outcome.ts";
import type { JsonObject, JsonValue } from "../model/value.ts";

/** What one message to the host may carry (reliability limit of a frame's body). */
const largestFileBytes = 256 * 1024 * 1024;

/**
 * The arguments with every file reference replaced by the file's bytes (`base64:…`); paths are relative to `folder`.
 * All unreadable files are reported at once. Values that do not fit their types are left alone: the encoder names them.
 */
export async function resolveFileReferences(
  method: Pick<MethodSchema, "arguments">,
  types: TypeTable,
  values: JsonObject,
  folder: string,
): Promise<Result<JsonObject, readonly ValueProblem[]>> {
  if (!mentionsFile(values)) {
    return ok(values);
  }
  const reader = new ReferenceReader(types, folder);
  const resolved: Record<string, JsonValue> = { ...values };
  for (const { name, type } of method.arguments) {
    const value = values[name];
    if (value !== undefined) {
      resolved[name] = await reader.read(type, value, `/${escapePointer(name)}`);
    }
  }
  return reader.problems.length === 0 ? ok(resolved) : err(reader.problems);
}

class ReferenceReader {
  readonly problems: ValueProblem[] = [];
  readonly #types: TypeTable;
  readonly #folder: string;

  constructor(types: TypeTable, folder: string) {
    this.#types = types;
    this.#folder = folder;
  }

  async read(type: TypeSchema, value: JsonValue, pointer: string): Promise<JsonValue> {
    if (typeof value !== "object" || value === null) {
      return value;
    }
    switch (type.kind) {
      case "bytes":
        return this.#bytes(value, pointer);
      case "option": {
        const some = memberOf(value, "$some");
        return some === undefined
          ? this.read(type.inner, value, pointer)
          : { $some: await this.read(type.inner, some, `${pointer}/$some`) };
      }
      case "sequence":
      case "array":
        return this.#items(value, pointer, () => type.element);
      case "tuple":
        return this.#items(value, pointer, (index) => type.elements[index]);
      case "map":
        return isList(value)
          ? this.#pairs(value, pointer, type.key, type.value)
          : this.#members(value, pointer, () => type.value);
      case "result":
        return this.#members(value, pointer, (name) =>
          name === "Ok" ? type.success : name === "Err" ? type.failure : undefined,
        );
      case "named":
        return this.#named(type.id, value, pointer);
      case "bool":
      case "integer":
      case "float":
      case "char":
      case "string":
      case "unit":
      case "unknown":
        return value;
    }
  }

  async #named(id: string, value: JsonValue, pointer: string): Promise<JsonValue> {
    const named = this.#types[id];
    if (named === undefined) {
      return value;
    }
    if (named.kind === "struct") {
      return this.#body(named.body, value, pointer);
    }
    if (typeof value !== "object" || value === null || isList(value)) {
      return value;
    }
    const copy: Record<string, JsonValue> = { ...value };
    for (const [name, content] of Object.entries(value)) {
      const variant = named.variants.find((candidate) => candidate.name === name);
      if (variant !== undefined) {
        copy[name] = await this.#body(variant.body, content, `${pointer}/${escapePointer(name)}`);
      }
    }
    return copy;
  }

  async #body(body: TypeBody, value: JsonValue, pointer: string): Promise<JsonValue> {
    switch (body.kind) {
      case "unit":
        return value;
      case "newtype":
        return this.read(body.inner, value, pointer);
      case "tuple":
        return this.#items(value, pointer, (index) => body.elements[index]);
      case "struct":
        return this.#members(
          value,
          pointer,
          (name) => body.fields.find((field) => field.name === name)?.type,
        );
    }
  }

  async #items(
    value: JsonValue,
    pointer: string,
    typeAt: (index: number) => TypeSchema | undefined,
  ): Promise<JsonValue> {
    if (!isList(value)) {
      return value;
    }
    const items: JsonValue[] = [];
    for (const [index, item] of value.entries()) {
      const type = typeAt(index);
      items.push(type === undefined ? item : await this.read(type, item, `${pointer}/${index}`));
    }
    return items;
  }

  async #pairs(
    pairs: readonly JsonValue[],
    pointer: string,
    key: TypeSchema,
    value: TypeSchema,
  ): Promise<JsonValue> {
    const result: JsonValue[] = [];
    for (const [index, pair] of pairs.entries()) {
      result.push(
        await this.#items(pair, `${pointer}/${index}`, (side) => (side === 0 ? key : value)),
      );
    }
    return result;
  }

  async #members(
    value: JsonValue,
    pointer: string,
    typeOf: (name: string) => TypeSchema | undefined,
  ): Promise<JsonValue> {
    if (typeof value !== "object" || value === null || isList(value)) {
      return value;
    }
    const copy: Record<string, JsonValue> = { ...value };
    for (const [name, member] of Object.entries(value)) {
      const type = typeOf(name);
      if (type !== undefined) {
        copy[name] = await this.read(type, member, `${pointer}/${escapePointer(name)}`);
      }
    }
    return copy;
  }

  async #bytes(value: JsonValue, pointer: string): Promise<JsonValue> {
    const name = memberOf(value, "$file");
    if (typeof name !== "string") {
      return value;
    }
    const file = resolve(this.#folder, name);
    try {
      const { size } = await stat(file);
      if (size > largestFileBytes) {
        this.problems.push({
          pointer,
          message: `The file ${file} has ${size} bytes; a call carries at most ${largestFileBytes}. Choose a smaller file.`,
        });
        return value;
      }
      return `base64:${(await readFile(file)).toString("base64")}`;
    } catch (error) {
      this.problems.push({
        pointer,
        message: `The file ${file} cannot be read: ${reasonOf(error)}. Paths are relative to ${this.#folder}.`,
      });
      return value;
    }
  }
}

function reasonOf(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOENT":
      return "there is no such file";
    case "EISDIR":
      return "it is a folder";
    case "EACCES":
    case "EPERM":
      return "access is denied";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

function mentionsFile(value: JsonValue): boolean {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  return isList(value)
    ? value.some(mentionsFile)
    : Object.entries(value).some(([name, member]) => name === "$file" || mentionsFile(member));
}

function memberOf(value: JsonValue, name: string): JsonValue | undefined {
  return typeof value === "object" && value !== null && !isList(value) ? value[name] : undefined;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function escapePointer(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
