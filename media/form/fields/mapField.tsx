// HashMap, BTreeMap: rows of key and value, with keys of any type. The codec says when a key appears twice.

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { TypeSchema } from "../../../src/model/schema/schema.ts";
import { useRequest } from "../../request/requestStore.ts";
import { toFormValue } from "../../values/conform.ts";
import { childPointer } from "../../values/pointer.ts";
import { AddRow } from "../addRow.tsx";
import { useFormParts } from "../formParts.ts";
import { Message } from "../message.tsx";
import { useMessage, type ControlProps } from "../fieldState.ts";
import { createListEdit } from "../listEdit.ts";
import { ListRows } from "../listRows.tsx";

interface MapFieldProps extends ControlProps {
  readonly keyType: TypeSchema;
  readonly valueType: TypeSchema;
  readonly depth: number;
}

export function MapField({ keyType, valueType, depth, ...control }: MapFieldProps): JSX.Element {
  const request = useRequest();
  const { Field } = useFormParts();
  const { pointer } = control;
  const edit = useMemo(() => createListEdit(request, pointer), [request, pointer]);
  return (
    <>
      <ListRows
        pointer={pointer}
        noun="entries"
        renderRow={(row) => (
          <div class="map-entry" data-testid="field" data-pointer={row.pointer}>
            <div class="map-entry-lead">{row.lead}</div>
            <div class="map-entry-body">
              <Field
                type={keyType}
                pointer={childPointer(row.pointer, 0)}
                name="key"
                depth={depth + 1}
                canReset={false}
              />
              <Field
                type={valueType}
                pointer={childPointer(row.pointer, 1)}
                name="value"
                depth={depth + 1}
                canReset={false}
              />
              <EntryMessage pointer={row.pointer} />
            </div>
            <div class="field-actions">{row.actions}</div>
          </div>
        )}
      />
      <div class="list-footer">
        <AddRow
          pointer={pointer}
          label={`Add an entry to ${control.label}`}
          onClick={() => {
            edit.add([
              [
                toFormValue(keyType, request.types, undefined),
                toFormValue(valueType, request.types, undefined),
              ],
            ]);
          }}
        />
      </div>
    </>
  );
}

/** What is wrong with the entry as a whole: its key is there already. */
function EntryMessage({ pointer }: { pointer: string }): JSX.Element | null {
  const message = useMessage(pointer);
  return message === undefined ? null : <Message text={message} />;
}
