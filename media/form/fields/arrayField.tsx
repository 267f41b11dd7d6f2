// [T; N]: always N rows, so nothing can be added or removed.

import type { JSX } from "preact";
import { isJsonArray } from "../../../src/model/value/jsonObject.ts";
import type { TypeSchema } from "../../../src/model/schema/schema.ts";
import { useRequest } from "../../request/requestStore.ts";
import { childPointer } from "../../values/pointer.ts";
import { IconButton } from "../../widgets/iconButton.tsx";
import { useFormParts } from "../formParts.ts";
import { useAspect, useSide, type ControlProps } from "../fieldState.ts";
import { pageSize } from "../listEdit.ts";

interface ArrayFieldProps extends ControlProps {
  readonly element: TypeSchema;
  readonly depth: number;
}

export function ArrayField({ element, depth, pointer }: ArrayFieldProps): JSX.Element {
  const request = useRequest();
  const { Field } = useFormParts();
  const count = useAspect(pointer, (value) => (isJsonArray(value) ? value.length : 0));
  const first = (useSide(pointer)?.page ?? 0) * pageSize;
  const shown = Math.min(pageSize, count - first);
  const turn = (by: number) => {
    request.patchSide(pointer, { page: first / pageSize + by });
  };
  return (
    <>
      {count > pageSize ? (
        <div class="pager">
          <span class="hint">
            {first} to {first + shown - 1} of {count}
          </span>
          <IconButton
            icon="chevron-left"
            label="Earlier rows"
            isDisabled={first === 0}
            onClick={() => {
              turn(-1);
            }}
          />
          <IconButton
            icon="chevron-right"
            label="Later rows"
            isDisabled={first + shown >= count}
            onClick={() => {
              turn(1);
            }}
          />
        </div>
      ) : null}
      {Array.from({ length: shown }, (_, at) => (
        <Field
          key={first + at}
          type={element}
          pointer={childPointer(pointer, first + at)}
          name={String(first + at)}
          depth={depth + 1}
          isRow
        />
      ))}
    </>
  );
}
