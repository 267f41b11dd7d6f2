// The one owner of what becomes of a draft when the types of its method change. Nothing typed is lost: what fits stays, what
// does not is kept beside it, and comes back by itself with its type.

import { underOwnNames } from "../../src/model/schema/argumentNames.ts";
import { nestsDeeper } from "../../src/model/text/nesting.ts";
import type { TakesArguments } from "../../src/model/plugin.ts";
import type { TypeTable } from "../../src/model/schema/schema.ts";
import type { JsonObject } from "../../src/model/value/value.ts";
import { formArguments } from "../values/conform.ts";
import type { SideTable } from "../values/sideTable.ts";
import { ValueFitter } from "./fitValue.ts";
import { returnKept } from "./returnKept.ts";

/** What a form edits: the value, with every map as pairs (values/conform.ts), and what it remembers beside it. */
export interface FormState {
  readonly value: JsonObject;
  readonly side: SideTable;
}

/** Deeper values are not taken apart: in them defaults stand in for what does not fit. */
const mostLevels = 200;

export interface DraftTypes {
  readonly method: Pick<TakesArguments, "arguments">;
  readonly types: TypeTable;
}

/** The draft under the types that its method has `after` an edit; `before` is undefined where they are not known any more. */
export function reconcile(
  draft: FormState,
  before: DraftTypes | undefined,
  after: DraftTypes,
): FormState {
  if (nestsDeeper(draft.value, mostLevels)) {
    return { ...draft, value: formArguments(after.method, after.types, draft.value) };
  }
  const whole = returnKept(draft.value, draft.side);
  const fitter = new ValueFitter({
    types: after.types,
    typesBefore: before?.types,
    side: whole.side,
    returned: whole.parts,
  });
  const { arguments: fields } = after.method;
  const given = underOwnNames(fields, whole.value);
  const value = fitter.fields(before?.method.arguments, fields, given, "") as JsonObject;
  return { value, side: fitter.side };
}
