// A type that people write as text (a duration, an address, a UUID): the text with what helps to write it, and a way to the
// exact form that crosses, for values that have no text.

import type { JSX } from "preact";
import { formatOf } from "../../../src/codec/formats/index.ts";
import { SelectBox } from "../../widgets/selectBox.tsx";
import { toFormValue } from "../../values/conform.ts";
import { isHuman, type FormattedShape } from "../../values/shape.ts";
import { useRequest } from "../../request/requestStore.ts";
import { fieldId, useSide, useValueAt, type ControlProps } from "../fieldState.ts";
import { FlagBoxes } from "../flagBoxes.tsx";
import { FormatActions } from "../formatActions.tsx";
import { useFormParts } from "../formParts.ts";
import { ScalarInput } from "../scalarInput.tsx";

interface FormattedFieldProps extends ControlProps {
  readonly shape: FormattedShape;
  readonly depth: number;
}

export function FormattedField({ shape, depth, ...control }: FormattedFieldProps): JSX.Element {
  const request = useRequest();
  const { Control } = useFormParts();
  const value = useValueAt(control.pointer);
  const drafts = useSide(control.pointer)?.drafts;
  const { parse, print, example, choices } = formatOf(shape.format, shape.exact);
  const isText = isHuman(shape, value);
  const switchTo = (form: "text" | "exact") => {
    const parsed = isText ? parse(value) : undefined;
    const next =
      form === "text"
        ? (print(value) ?? drafts?.["text"] ?? example)
        : toFormValue(
            shape.exact,
            request.types,
            parsed?.ok === true ? parsed.value : drafts?.["exact"],
          );
    request.patchSide(control.pointer, {
      drafts: { ...drafts, [isText ? "text" : "exact"]: value },
    });
    request.setAt(control.pointer, next);
    requestAnimationFrame(() => {
      document.getElementById(fieldId(control.pointer, "form"))?.focus();
    });
  };
  const switchButton =
    shape.exact.kind === "string" || (shape.format === "flags" && isText) ? null : (
      <button
        type="button"
        class="chip"
        id={fieldId(control.pointer, "form")}
        data-testid="switch-form"
        title={isText ? "Give the exact form that is sent" : "Give it as text"}
        aria-label={`${isText ? "Exact form" : "Text form"} of ${control.label}`}
        onClick={() => {
          switchTo(isText ? "exact" : "text");
        }}
      >
        {isText ? "Exact form" : "As text"}
      </button>
    );
  const boxes =
    shape.exact.kind === "integer" && shape.format === "flags" ? (
      <FlagBoxes {...control} type={shape.exact} />
    ) : null;
  const chosen = choices?.find(({ text }) => text === value);
  return isText ? (
    <>
      <div class="control-row">
        {choices === undefined || chosen === undefined ? (
          <ScalarInput
            {...control}
            class={`formatted-text ${shape.format.startsWith("uuid") ? "formatted-wide" : ""}`}
            placeholder={example}
            toText={(current) => (typeof current === "string" ? current : "")}
            fromText={(text) => text}
          />
        ) : (
          <SelectBox
            id={control.inputId}
            label={control.label}
            options={choices.map(({ text, name }) => ({ value: text, label: name }))}
            value={chosen.text}
            describedBy={control.describedBy}
            isInvalid={control.isInvalid}
            testId="input"
            onChange={(text) => {
              request.setAt(control.pointer, text);
              request.touch(control.pointer);
            }}
          />
        )}
        <FormatActions pointer={control.pointer} label={control.label} shape={shape} />
        {switchButton}
      </div>
      {boxes}
    </>
  ) : (
    <div class="formatted-exact" data-testid="exact-form">
      <Control {...control} type={shape.exact} depth={depth + 1} />
      {switchButton}
      {boxes}
    </div>
  );
}
