// Result<T, E> as a value: Ok or Err with the control of its type; each side keeps its draft.

import type { JSX } from "preact";
import { isJsonObject } from "../../../src/model/value/jsonObject.ts";
import type { TypeSchema } from "../../../src/model/schema/schema.ts";
import { useRequest } from "../../request/requestStore.ts";
import { toFormValue } from "../../values/conform.ts";
import { childPointer, valueAt } from "../../values/pointer.ts";
import { Segments } from "../../widgets/segments.tsx";
import { useFormParts } from "../formParts.ts";
import { fieldId, useAspect, type ControlProps } from "../fieldState.ts";

interface ResultFieldProps extends ControlProps {
  readonly type: Extract<TypeSchema, { kind: "result" }>;
  readonly depth: number;
}

const choices = [
  { value: "Ok", label: "Ok" },
  { value: "Err", label: "Err" },
];

export function ResultField({ type, depth, ...control }: ResultFieldProps): JSX.Element {
  const request = useRequest();
  const { Field } = useFormParts();
  const { pointer } = control;
  const chosen = useAspect(pointer, (value) =>
    isJsonObject(value) && value["Err"] !== undefined ? "Err" : "Ok",
  );
  const inner = chosen === "Ok" ? type.success : type.failure;

  const choose = (choice: string) => {
    if (choice === chosen) {
      return;
    }
    const { value, side } = request.form.value;
    const drafts = side[pointer]?.drafts;
    const current = valueAt(value, childPointer(pointer, chosen)) ?? null;
    const other = choice === "Ok" ? type.success : type.failure;
    request.patchSide(pointer, { drafts: { ...drafts, [chosen]: current } });
    request.setAt(pointer, {
      [choice]: drafts?.[choice] ?? toFormValue(other, request.types, undefined),
    });
  };

  return (
    <>
      <Segments
        name={fieldId(pointer, "result")}
        label={`${control.label}: Ok or Err`}
        segments={choices}
        value={chosen}
        testId="result"
        onChange={choose}
      />
      <Field
        key={chosen}
        type={inner}
        pointer={childPointer(pointer, chosen)}
        name={chosen}
        depth={depth + 1}
      />
    </>
  );
}
