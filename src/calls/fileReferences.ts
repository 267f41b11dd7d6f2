// Reads the files that arguments name: {"$file": path} where the type wants bytes becomes the file's bytes, just before
// encoding. Follows the schema, so that a map that happens to have a key "$file" stays what it is.

import { resolve } from "node:path";
import {
  elementPlace,
  memberPlace,
  visiblePlace,
  type JsonPlace,
} from "../codec/kinds/jsonPlace.ts";
import { fileLimits } from "../files/fileLimits.ts";
import { describeFileProblem, sizeText } from "../files/fileProblem.ts";
import { readRegularFile, type ReadLimits } from "../files/regularFile.ts";
import { isJsonArray, isJsonObject, setMember } from "../model/value/jsonObject.ts";
import type { MutableJsonObject } from "../model/value/jsonObject.ts";
import { pointerOf, type PathStep } from "../model/value/jsonPointer.ts";
import { parseJson } from "../model/value/losslessJson.ts";
import type { ValueProblem } from "../model/outcome.ts";
import type { MethodSchema } from "../model/plugin.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { TypeTable } from "../model/schema/schema.ts";
import type { JsonObject, JsonValue } from "../model/value/value.ts";

type Arguments = Pick<MethodSchema, "arguments">;

interface FileReference {
  readonly path: readonly PathStep[];
  readonly file: string;
}

/**
 * The arguments with every file reference replaced by the file's bytes (`base64:…`); paths are relative to `folder`.
 * All unreadable files are reported at once. Values that do not fit their types are left alone: the encoder names them.
 */
export async function resolveFileReferences(
  method: Arguments,
  types: TypeTable,
  values: JsonObject,
  folder: string,
  signal?: AbortSignal,
): Promise<Result<JsonObject, readonly ValueProblem[]>> {
  const references = findReferences(method, types, values);
  const contents = await readAll(references, folder, signal);
  if (!contents.ok) {
    return contents;
  }
  const replacements = new Map(
    references.map(({ path }, index) => [pointerOf(path), contents.value[index] ?? ""]),
  );
  return ok(replacements.size === 0 ? values : (replace(values, replacements, []) as JsonObject));
}

/** Whether the user chose the file at this absolute path, or lets it be read now. */
export type MayRead = (file: string) => Promise<boolean>;

/** The references to files that may not be read, as problems; none where nobody is asked. */
export async function refusedFiles(
  method: Arguments,
  types: TypeTable,
  values: JsonObject,
  folder: string,
  mayRead: MayRead | undefined,
): Promise<readonly ValueProblem[]> {
  const problems: ValueProblem[] = [];
  for (const { path, file } of mayRead === undefined ? [] : findReferences(method, types, values)) {
    const whole = resolve(folder, file);
    if ((await mayRead?.(whole)) === false) {
      const message = `The file ${whole} was not read, since you did not allow it. Choose the file anew, or call again and allow it.`;
      problems.push({ pointer: pointerOf(path), message });
    }
  }
  return problems;
}

/**
 * {@link resolveFileReferences} for arguments that are still text, by name or by position: the text with the files' bytes in
 * place of the references. Text that is not JSON comes back as it is: whoever parses it says what is wrong.
 */
export async function resolveFileReferencesInText(
  method: Arguments,
  types: TypeTable,
  text: string,
  folder: string,
  signal?: AbortSignal,
): Promise<Result<string, readonly ValueProblem[]>> {
  const parsed = text.includes("$file") ? parseJson(text) : undefined;
  if (parsed?.ok !== true) {
    return ok(text);
  }
  const references = findReferences(method, types, parsed.value.value);
  const contents = await readAll(references, folder, signal);
  if (!contents.ok) {
    return contents;
  }
  const parts: string[] = [];
  let end = 0;
  for (const [index, { path }] of references.entries()) {
    const range = parsed.value.locate(pointerOf(path));
    if (range !== undefined) {
      parts.push(text.slice(end, range.start), JSON.stringify(contents.value[index]));
      end = range.end;
    }
  }
  return ok(parts.join("") + text.slice(end));
}

/** A part of the arguments that may name files, with the way to it. */
interface Part {
  readonly place: JsonPlace;
  readonly value: JsonValue;
  /** The last step, and what it starts from; null for the arguments themselves. */
  readonly way: { readonly from: Part; readonly step: PathStep } | null;
}

/**
 * In the order of the value's members, which is the order of its text. Parts wait on a list and not on the stack, which deep
 * values would use up.
 */
function findReferences(method: Arguments, types: TypeTable, values: JsonValue): FileReference[] {
  const references: FileReference[] = [];
  const root: JsonPlace = isJsonArray(values)
    ? { kind: "tuple", elements: method.arguments.map(({ type }) => type), rustType: "" }
    : { kind: "fields", fields: method.arguments };
  const waiting: Part[] = [{ place: root, value: values, way: null }];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const { value } = part;
    if (!isJsonArray(value) && !isJsonObject(value)) {
      continue;
    }
    const visible = visiblePlace(part.place, types, value);
    if (visible?.kind === "bytes") {
      const file = isJsonObject(value) ? value["$file"] : undefined;
      if (typeof file === "string") {
        references.push({ path: pathTo(part), file });
      }
      continue;
    }
    const from = part;
    const steps: readonly PathStep[] = isJsonArray(value) ? [...value.keys()] : Object.keys(value);
    for (const step of steps.toReversed()) {
      const child = isJsonArray(value) ? value[Number(step)] : value[step];
      if (isJsonArray(child) || isJsonObject(child)) {
        const place =
          typeof step === "number"
            ? elementPlace(visible, step)
            : memberPlace(visible, types, step);
        waiting.push({ place, value: child, way: { from, step } });
      }
    }
  }
  return references;
}

function pathTo(part: Part): readonly PathStep[] {
  const path: PathStep[] = [];
  for (let way = part.way; way !== null; way = way.from.way) {
    path.push(way.step);
  }
  return path.reverse();
}

function replace(
  value: JsonValue,
  replacements: ReadonlyMap<string, string>,
  path: readonly PathStep[],
): JsonValue {
  const replacement = replacements.get(pointerOf(path));
  if (replacement !== undefined) {
    return replacement;
  }
  if (isJsonArray(value)) {
    return value.map((item, index) => replace(item, replacements, [...path, index]));
  }
  if (!isJsonObject(value)) {
    return value;
  }
  const copy: MutableJsonObject = {};
  for (const [name, member] of Object.entries(value)) {
    setMember(copy, name, replace(member, replacements, [...path, name]));
  }
  return copy;
}

async function readAll(
  references: readonly FileReference[],
  folder: string,
  signal: AbortSignal | undefined,
): Promise<Result<readonly string[], readonly ValueProblem[]>> {
  const contents: string[] = [];
  const problems: ValueProblem[] = [];
  let limit: number = fileLimits.argument;
  for (const { path, file } of references) {
    const content = await readBytes(resolve(folder, file), folder, { limit, signal });
    if (content.ok) {
      limit -= content.value.length;
      contents.push(`base64:${content.value.toString("base64")}`);
    } else {
      problems.push({ pointer: pointerOf(path), message: content.error });
    }
  }
  return problems.length === 0 ? ok(contents) : err(problems);
}

async function readBytes(
  file: string,
  folder: string,
  limits: ReadLimits,
): Promise<Result<Buffer, string>> {
  const { limit } = limits;
  const bytes = await readRegularFile(file, limits);
  if (bytes.ok) {
    return bytes;
  }
  if (bytes.error.kind === "tooLarge" && limit < fileLimits.argument) {
    return err(
      `The file ${file} is too large: all files of one call have at most ${sizeText(fileLimits.argument)} together. Give smaller files.`,
    );
  }
  const problem = describeFileProblem(`The file ${file}`, bytes.error);
  return err(
    bytes.error.kind === "absent" ? `${problem} Paths are relative to ${folder}.` : problem,
  );
}
