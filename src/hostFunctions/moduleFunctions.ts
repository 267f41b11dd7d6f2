// A user's module as answers of host functions: the function is looked up by its name, called with the decoded arguments, and
// what it returns or throws becomes the plugin's answer. It is called while the plugin waits, so it cannot be async.

import { pathToFileURL } from "node:url";
import { statusCodes } from "../abi/status.ts";
import { decodeArguments } from "../codec/method/decodeArguments.ts";
import { encodeValue } from "../codec/bincode/encode.ts";
import type { MethodSchema } from "../model/plugin.ts";
import type { TypeTable } from "../model/schema/schema.ts";
import { encodeError, encodePanic } from "./answers.ts";
import type { Answer, AnswerFunction } from "./answers.ts";
import { fromModuleValue, toModuleValue } from "./moduleValues.ts";

type UserFunction = (...args: readonly unknown[]) => unknown;

/** The function of a module that answers `method`, or a sentence that says why there is none. */
export async function moduleFunction(
  module: string,
  version: string,
  method: MethodSchema,
  types: TypeTable,
): Promise<AnswerFunction | string> {
  let exported: Readonly<Record<string, unknown>>;
  try {
    const url = pathToFileURL(module);
    // Another address for another version: a module is read once for each address.
    url.searchParams.set("version", version);
    exported = (await import(url.href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    return `The module ${module} could not be loaded: ${describeThrown(error)}`;
  }
  const call = findFunction(exported, method.name);
  return call === undefined
    ? `The module ${module} has no function ${method.name}. Export one of that name, or a default object that has it.`
    : (input) => answer(call, method, types, input);
}

/** A named export, a member of a default object, or the default function itself. */
function findFunction(
  exported: Readonly<Record<string, unknown>>,
  name: string,
): UserFunction | undefined {
  const standard = exported["default"];
  const members = (typeof standard === "object" && standard !== null ? standard : {}) as Readonly<
    Record<string, unknown>
  >;
  const own = Object.hasOwn(members, name) ? members[name] : undefined;
  return [exported[name], own, standard].find(
    (candidate): candidate is UserFunction => typeof candidate === "function",
  );
}

function answer(
  call: UserFunction,
  method: MethodSchema,
  types: TypeTable,
  input: Uint8Array,
): Answer {
  const decoded = decodeArguments(method, types, input);
  if (!decoded.ok) {
    const problem = `The arguments of ${method.name} do not decode: ${decoded.error.message}`;
    return { status: statusCodes.serializationError, bytes: new Uint8Array(0), problem };
  }
  const args = method.arguments.map(({ name, type }) =>
    toModuleValue(type, types, decoded.value[name] ?? null),
  );
  let given: unknown;
  try {
    given = call(...args);
  } catch (error) {
    return answerThrown(error, method);
  }
  if (isPromise(given)) {
    // Nobody will wait for it; a rejection must not end this process.
    given.then(undefined, () => undefined);
    return encodePanic(
      `${method.name} returned a promise. The plugin waits for its answer, so a host function cannot be async: return the value itself.`,
    );
  }
  const { returns } = method;
  const type = returns.kind === "result" ? returns.success : returns.type;
  try {
    const encoded = encodeValue(type, types, fromModuleValue(given));
    if (encoded.ok) {
      return { status: statusCodes.ok, bytes: encoded.value, problem: null };
    }
    const reasons = encoded.error.map(({ pointer, message }) => `${pointer} ${message}`.trim());
    return encodePanic(
      `${method.name} returned a value that is no ${type.rustType}: ${reasons.join(" ")}`,
    );
  } catch (error) {
    return encodePanic(
      `${method.name} returned a value that is no ${type.rustType}: ${describeThrown(error)}.`,
    );
  }
}

/** What was thrown is the function's error where it has one (`code`, `message`, `details`), else a panic of the host. */
function answerThrown(error: unknown, method: MethodSchema): Answer {
  const message = describeThrown(error);
  if (method.returns.kind !== "result") {
    return encodePanic(`${method.name} threw: ${message}`);
  }
  const { code, details } = (typeof error === "object" && error !== null ? error : {}) as {
    readonly code?: unknown;
    readonly details?: unknown;
  };
  return encodeError({
    code: typeof code === "string" ? code : "HOST_FUNCTION",
    message,
    details: detailsText(details),
  });
}

/** Fidius' details hold JSON text. */
function detailsText(details: unknown): string | null {
  if (details === undefined || details === null) {
    return null;
  }
  if (typeof details === "string") {
    return details;
  }
  try {
    return JSON.stringify(details, (_key, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
  } catch (error) {
    return `"not JSON: ${describeThrown(error)}"`;
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    "then" in value &&
    typeof value.then === "function"
  );
}

function describeThrown(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
