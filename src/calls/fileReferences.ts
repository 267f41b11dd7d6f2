// Reads the files that arguments name: {"$file": path} where the type wants bytes becomes the file's bytes, just before
// encoding. Follows the schema, so that a map that happens to have a key "$file" stays what it is.

import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { err, ok, type Result } from "../model/result.ts";
import type { MethodSchema } from "../model/plugin.ts";
import type { TypeBody, TypeSchema, TypeTable } from "../model/schema.ts";
import type { ValueProblem } from "../model/outcome.ts";
import {
  isJsonArray,
  isJsonObject,
  memberOf,
  setMember,
  type MutableJsonObject,
} from "../model/jsonObject.ts";
import { escapeStep } from "../model/jsonPointer.ts";
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
  const resolved: MutableJsonObject = { ...values };
  for (const { name, type } of method.arguments) {
    const value = memberOf(values, name);
    if (value !== undefined) {
      setMember(resolved, name, await reader.read(type, value, `/${escapeStep(name)}`));
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
    if (typeof value !== "object" || value === null || !canHoldBytes(type)) {
      return value;
    }
    switch (type.kind) {
      case "bytes":
        return this.#bytes(value, pointer);
      case "option":
        return this.#option(type.inner, value, pointer);
      case "sequence":
      case "array":
        return this.#items(value, pointer, () => type.element);
      case "tuple":
        return this.#items(value, pointer, (index) => type.elements[index]);
      case "map":
        return isJsonArray(value)
          ? this.#pairs(value, pointer, type.key, type.value)
          : this.#members(value, pointer, () => type.value);
      case "result":
        return this.#members(value, pointer, (name) =>
          name === "Ok" ? type.success : name === "Err" ? type.failure : undefined,
        );
      case "named":
        return this.#named(type.id, value, pointer);
    }
  }

  async #option(inner: TypeSchema, value: JsonValue, pointer: string): Promise<JsonValue> {
    const some = isJsonObject(value) ? memberOf(value, "$some") : undefined;
    return some === undefined
      ? this.read(inner, value, pointer)
      : { $some: await this.read(inner, some, `${pointer}/$some`) };
  }

  async #named(id: string, value: JsonValue, pointer: string): Promise<JsonValue> {
    const named = this.#types[id];
    if (named === undefined) {
      return value;
    }
    if (named.kind === "struct") {
      return this.#body(named.body, value, pointer);
    }
    if (!isJsonObject(value)) {
      return value;
    }
    const copy: MutableJsonObject = { ...value };
    for (const [name, content] of Object.entries(value)) {
      const variant = named.variants.find((candidate) => candidate.name === name);
      if (variant !== undefined) {
        setMember(
          copy,
          name,
          await this.#body(variant.body, content, `${pointer}/${escapeStep(name)}`),
        );
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
    if (!isJsonArray(value)) {
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
    if (!isJsonObject(value)) {
      return value;
    }
    const copy: MutableJsonObject = { ...value };
    for (const [name, member] of Object.entries(value)) {
      const type = typeOf(name);
      if (type !== undefined) {
        setMember(copy, name, await this.read(type, member, `${pointer}/${escapeStep(name)}`));
      }
    }
    return copy;
  }

  async #bytes(value: JsonValue, pointer: string): Promise<JsonValue> {
    const name = isJsonObject(value) ? memberOf(value, "$file") : undefined;
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

const containers = [
  "bytes",
  "option",
  "sequence",
  "array",
  "tuple",
  "map",
  "result",
  "named",
] as const;

function canHoldBytes(
  type: TypeSchema,
): type is Extract<TypeSchema, { readonly kind: (typeof containers)[number] }> {
  return containers.some((kind) => kind === type.kind);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "access is denied",
  EPERM: "access is denied",
};

function reasonOf(error: unknown): string {
  const reason = reasons[(error as NodeJS.ErrnoException).code ?? ""];
  return reason ?? (error instanceof Error ? error.message : String(error));
}

function mentionsFile(value: JsonValue): boolean {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  return isJsonArray(value)
    ? value.some(mentionsFile)
    : Object.entries(value).some(([name, member]) => name === "$file" || mentionsFile(member));
}
