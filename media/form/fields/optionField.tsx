// Option<T>: None or Some with the control of T. Choosing None keeps what was typed for Some.

import type { JSX } from "preact";
import { isSomeWrapper } from "../../../src/codec/kinds/options.ts";
import type { TypeSchema } from "../../../src/model/schema/schema.ts";
import type { JsonValue } from "../../../src/model/value/value.ts";
import { useRequest } from "../../request/requestStore.ts";
import { toFormValue } from "../../values/conform.ts";
import { childPointer, valueAt } from "../../values/pointer.ts";
import { canBeNull, isInline } from "../../values/shape.ts";
import { Segments } from "../../widgets/segments.tsx";
import { useFormParts } from "../formParts.ts";
import { fieldId, useAspect, type ControlProps } from "../fieldState.ts";

interface OptionFieldProps extends ControlProps {
  readonly inner: TypeSchema;
  readonly depth: number;
}

const choices = [
  { value: "none", label: "None" },
  { value: "some", label: "Some" },
];

export function OptionField({ inner, depth, ...control }: OptionFieldProps): JSX.Element {
  const request = useRequest();
  const { Control } = useFormParts();
  const { pointer } = control;
  const kind = useAspect(pointer, (value) =>
    value === null || value === undefined ? "none" : isSomeWrapper(value) ? "wrapped" : "bare",
  );

  const choose = (choice: string) => {
    const { value, side } = request.form.value;
    const current = valueAt(value, pointer) ?? null;
    if (choice === "none" && current !== null) {
      const drafts = { ...side[pointer]?.drafts, some: current };
      request.patchSide(pointer, { drafts });
      request.setAt(pointer, null);
    } else if (choice === "some" && current === null) {
      request.setAt(pointer, side[pointer]?.drafts?.["some"] ?? someDefault());
    }
  };
  const someDefault = (): JsonValue => {
    const value = toFormValue(inner, request.types, undefined);
    return canBeNull(inner, request.types) ? { $some: value } : value;
  };

  const innerPointer = kind === "wrapped" ? childPointer(pointer, "$some") : pointer;
  return (
    <div class={`option-control ${isInline(inner, request.types) ? "option-inline" : ""}`}>
      <Segments
        name={fieldId(pointer, "option")}
        label={`${control.label}: None or Some`}
        segments={choices}
        value={kind === "none" ? "none" : "some"}
        describedBy={control.describedBy}
        testId="option"
        onChange={choose}
      />
      {kind === "none" ? null : (
        <div class="option-inner">
          <Control
            {...control}
            pointer={innerPointer}
            inputId={kind === "wrapped" ? fieldId(innerPointer, "input") : control.inputId}
            type={inner}
            depth={depth}
          />
        </div>
      )}
    </div>
  );
}
