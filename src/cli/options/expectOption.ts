// --expect of `fidius-call call`: the value that the result is to be.

import { compareValues, type ValueDifference } from "../../calls/expectation.ts";
import { formatJson } from "../../codec/json/formatJson.ts";
import { markSerdeText } from "../../codec/json/markSerdeText.ts";
import { parseArguments } from "../../codec/json/parseArguments.ts";
import type { MethodSchema } from "../../model/plugin.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { TypeSchema } from "../../model/schema/schema.ts";
import type { JsonValue } from "../../model/value/value.ts";
import { exitCodes } from "../output/exitCodes.ts";
import { usageFailure, type CliFailure } from "../output/failure.ts";
import { rawJson, type JsonContent } from "../output/jsonText.ts";
import type { SelectedMethod } from "../output/selectedMethod.ts";

/** What --expect says, as a value of the method's type. */
export interface Expectation {
  readonly type: TypeSchema;
  readonly value: JsonValue;
}

/** The value of --expect, checked against the method's type before anything runs. */
export function readExpectation(
  { plugin, method }: SelectedMethod,
  text: string | undefined,
  allowsSerdeText: boolean,
): Result<Expectation | undefined, CliFailure> {
  if (text === undefined) {
    return ok(undefined);
  }
  const { returns } = method;
  const type = returns.kind === "value" ? returns.type : returns.success;
  // Reading it as the only argument of a method gives the same checks and messages as arguments have.
  const asArgument: MethodSchema = {
    ...method,
    wire: "bincode",
    arguments: [{ name: "value", type }],
  };
  const list = `[${text}\n]`;
  const marked = allowsSerdeText ? markSerdeText(asArgument, plugin.types, list) : list;
  const parsed = parseArguments(asArgument, plugin.types, marked, { allowsSerdeText });
  const value = parsed.ok ? parsed.value["value"] : undefined;
  if (parsed.ok && value !== undefined) {
    return ok({ type, value });
  }
  const problems = parsed.ok ? [] : parsed.error;
  const lines = problems.map(({ pointer, message }) =>
    `${pointer.replace(/^\/value/, "")} ${message}`.trim(),
  );
  return err(
    usageFailure(
      `The value of --expect is no ${type.rustType}: ${lines.join(" ")} Nothing was called.`,
    ),
  );
}

/** The failure of a result that is another one; undefined when it is the expected one. */
export function unmetExpectation(
  { plugin }: SelectedMethod,
  expected: Expectation | undefined,
  actual: JsonValue,
): CliFailure | undefined {
  if (expected === undefined) {
    return undefined;
  }
  const compared = compareValues(expected.type, plugin.types, expected.value, actual);
  if (!compared.ok) {
    const reasons = compared.error.map(({ message }) => message).join(" ");
    return usageFailure(`The value of --expect cannot be compared: ${reasons}`);
  }
  const differences = compared.value;
  if (differences.length === 0) {
    return undefined;
  }
  return {
    exitCode: exitCodes.expectation,
    kind: "expectationFailed",
    text: differences.map(
      (difference) =>
        `  ${difference.pointer === "" ? "the result" : difference.pointer}: expected ${difference.expected ?? "nothing"}, got ${difference.actual ?? "nothing"}`,
    ),
    message: `The result is not the expected one: ${differences.length === 1 ? "1 difference" : `${differences.length} differences`}.`,
    details: {
      differences: differences.map(differenceJson),
      expected: rawJson(formatJson(expected.type, plugin.types, expected.value, 0)),
      actual: rawJson(formatJson(expected.type, plugin.types, actual, 0)),
    },
  };
}

function differenceJson({ pointer, expected, actual }: ValueDifference): JsonContent {
  return {
    path: pointer,
    expected: expected === undefined ? undefined : rawJson(expected),
    actual: actual === undefined ? undefined : rawJson(actual),
  };
}
