// The text of a host function set-up → answers by interface and function, or everything that is wrong with its structure.

import type { HostFunctionAnswer, HostFunctionSetup } from "../../model/hostFunctions.ts";
import { isJsonObject, memberOf } from "../../model/value/jsonObject.ts";
import { pointerOf } from "../../model/value/jsonPointer.ts";
import { createLineFinder, parseJson } from "../../model/value/losslessJson.ts";
import type { MethodSchema } from "../../model/plugin.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { TypeSchema } from "../../model/schema/schema.ts";
import type { JsonObject, JsonValue } from "../../model/value/value.ts";

/** Where a set-up is wrong: a place in the file, and a sentence. */
export interface HostFunctionFileProblem {
  readonly pointer: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** The type of the value that answers a function: of a `Result` its `Ok` type. */
export function answerType({ returns }: Pick<MethodSchema, "returns">): TypeSchema {
  return returns.kind === "result" ? returns.success : returns.type;
}

/** The set-up that `text` gives, or everything that is wrong with it. Values are checked later, against their types. */
export function parseHostFunctions(
  text: string,
): Result<HostFunctionSetup, readonly HostFunctionFileProblem[]> {
  const parsed = parseJson(text);
  if (!parsed.ok) {
    const { message, line, column } = parsed.error;
    return err([{ pointer: "", message, line, column }]);
  }
  const reader = new SetupReader();
  const setup = reader.read(parsed.value.value);
  if (reader.problems.length === 0) {
    return ok(setup);
  }
  const findLine = createLineFinder(text);
  return err(
    reader.problems.map((problem) => ({
      ...problem,
      ...findLine(parsed.value.locate(problem.pointer)?.start ?? 0),
    })),
  );
}

type Path = readonly string[];

class SetupReader {
  readonly problems: HostFunctionFileProblem[] = [];

  read(value: JsonValue): HostFunctionSetup {
    const whole = this.#members(value, [], ["$schema", "interfaces"]);
    const interfaces = memberOf(whole, "interfaces");
    if (interfaces === undefined) {
      this.#report([], 'It needs "interfaces": an object with the names of host interfaces.');
      return {};
    }
    const byName = this.#object(interfaces, ["interfaces"]);
    return Object.fromEntries(
      Object.entries(byName).map(([name, own]) => [name, this.#interface(own, name)]),
    );
  }

  #interface(value: JsonValue, name: string): HostFunctionSetup[string] {
    const path = ["interfaces", name];
    const own = this.#members(value, path, ["module", "functions"]);
    const module = memberOf(own, "module");
    const functions = this.#object(memberOf(own, "functions") ?? {}, [...path, "functions"]);
    const answers: Record<string, HostFunctionAnswer> = {};
    for (const [functionName, written] of Object.entries(functions)) {
      const answer = this.#answer(written, [...path, "functions", functionName]);
      if (answer !== undefined) {
        answers[functionName] = answer;
      }
    }
    return {
      ...(module === undefined ? {} : { module: this.#text(module, [...path, "module"]) }),
      functions: answers,
    };
  }

  #answer(value: JsonValue, path: Path): HostFunctionAnswer | undefined {
    const written = this.#members(value, path, ["value", "error", "module"]);
    const kinds = Object.keys(written);
    if (kinds.length !== 1) {
      this.#report(path, 'An answer is one of {"value": …}, {"error": {…}} and {"module": "…"}.');
      return undefined;
    }
    const module = memberOf(written, "module");
    if (module !== undefined) {
      return { kind: "module", module: this.#text(module, [...path, "module"]) };
    }
    const error = memberOf(written, "error");
    return error === undefined
      ? { kind: "value", value: memberOf(written, "value") ?? null }
      : this.#error(error, [...path, "error"]);
  }

  #error(value: JsonValue, path: Path): HostFunctionAnswer {
    const written = this.#members(value, path, ["code", "message", "details"]);
    const details = memberOf(written, "details") ?? null;
    return {
      kind: "error",
      error: {
        code: this.#text(memberOf(written, "code") ?? null, [...path, "code"]),
        message: this.#text(memberOf(written, "message") ?? "", [...path, "message"]),
        // Fidius' details hold JSON text; JSON itself is as good.
        details:
          details === null || typeof details === "string" ? details : JSON.stringify(details),
      },
    };
  }

  /** An object that has only these members. */
  #members(value: JsonValue, path: Path, known: readonly string[]): JsonObject {
    const object = this.#object(value, path);
    for (const name of Object.keys(object)) {
      if (!known.includes(name)) {
        const names = known.map((member) => `"${member}"`).join(", ");
        this.#report([...path, name], `"${name}" means nothing here. There is: ${names}.`);
      }
    }
    return object;
  }

  #object(value: JsonValue, path: Path): JsonObject {
    if (isJsonObject(value)) {
      return value;
    }
    this.#report(path, "This is to be an object.");
    return {};
  }

  #text(value: JsonValue, path: Path): string {
    if (typeof value === "string") {
      return value;
    }
    this.#report(path, "This is to be a text.");
    return "";
  }

  #report(path: Path, message: string): void {
    this.problems.push({ pointer: pointerOf(path), message });
  }
}
