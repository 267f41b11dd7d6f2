// Vec, VecDeque, sets: rows that can be added, duplicated, moved, removed, and pasted many at once.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { TypeSchema } from "../../../src/model/schema/schema.ts";
import { useRequest } from "../../request/requestStore.ts";
import { toFormValue } from "../../values/conform.ts";
import { parseList } from "../../values/parseList.ts";
import { AddRow } from "../addRow.tsx";
import { useFormParts } from "../formParts.ts";
import type { ControlProps } from "../fieldState.ts";
import { createListEdit, type ListEdit } from "../listEdit.ts";
import { ListRows } from "../listRows.tsx";

interface SequenceFieldProps extends ControlProps {
  readonly element: TypeSchema;
  readonly depth: number;
}

export function SequenceField({ element, depth, ...control }: SequenceFieldProps): JSX.Element {
  const request = useRequest();
  const { Field } = useFormParts();
  const { pointer } = control;
  const edit = useMemo(() => createListEdit(request, pointer), [request, pointer]);
  const isPasting = useSignal(false);
  return (
    <>
      <ListRows
        pointer={pointer}
        noun="items"
        renderRow={(row) => (
          <Field
            type={element}
            pointer={row.pointer}
            name={String(row.index)}
            depth={depth + 1}
            lead={row.lead}
            actions={row.actions}
            canReset={false}
            isRow
          />
        )}
      />
      <div class="list-footer">
        <AddRow
          pointer={pointer}
          label={`Add an item to ${control.label}`}
          onClick={() => {
            edit.add([toFormValue(element, request.types, undefined)]);
          }}
        />
        <button
          type="button"
          class="text-button"
          data-testid="paste-list"
          aria-expanded={isPasting.value}
          aria-label={`Paste list… into ${control.label}`}
          onClick={() => {
            isPasting.value = !isPasting.value;
          }}
        >
          <span>Paste list…</span>
        </button>
      </div>
      {isPasting.value ? (
        <PasteBox
          label={control.label}
          element={element}
          edit={edit}
          onClose={() => {
            isPasting.value = false;
          }}
        />
      ) : null}
    </>
  );
}

interface PasteBoxProps {
  readonly label: string;
  readonly element: TypeSchema;
  readonly edit: ListEdit;
  readonly onClose: () => void;
}

function PasteBox({ label, element, edit, onClose }: PasteBoxProps): JSX.Element {
  const { types } = useRequest();
  const text = useSignal("");
  const parsed = parseList(text.value, element, types);
  const isReady = parsed.ok && parsed.value.length > 0;
  return (
    <div class="paste-box">
      <textarea
        class="input textarea mono"
        rows={4}
        data-testid="paste-text"
        aria-label={`List to add to ${label}`}
        placeholder="One item a line, comma separated, or a JSON array"
        spellcheck={false}
        value={text.value}
        ref={(box) => {
          if (text.peek() === "") {
            box?.focus();
          }
        }}
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") {
            event.stopPropagation();
            onClose();
          }
        }}
      />
      <div class="control-row">
        <button
          type="button"
          class="text-button"
          data-testid="paste-add"
          disabled={!isReady}
          onClick={() => {
            if (parsed.ok) {
              edit.add(parsed.value);
              onClose();
            }
          }}
        >
          {isReady ? `Add ${parsed.value.length.toLocaleString("en")}` : "Add"}
        </button>
        <button type="button" class="text-button" onClick={onClose}>
          Cancel
        </button>
        <span class="hint" role="status">
          {parsed.ok ? "" : parsed.error}
        </span>
      </div>
    </div>
  );
}
