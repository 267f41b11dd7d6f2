// The rows of a list, a page of them when there are many, with their handle and buttons, drag and keyboard:
// Alt+↑/↓ moves a row, Shift+Alt+↓ duplicates it, Delete on its handle removes it.

import { useSignal, type Signal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useMemo } from "preact/hooks";
import { isJsonArray } from "../../src/model/value/jsonObject.ts";
import { useRequest } from "../request/requestStore.ts";
import { childPointer, pointerLabel } from "../values/pointer.ts";
import { rowKeysOf } from "../values/sideTable.ts";
import { Icon } from "../widgets/icon.tsx";
import { IconButton } from "../widgets/iconButton.tsx";
import { fieldId, useAspect, useSide } from "./fieldState.ts";
import { createListEdit, pageSize, type ListEdit } from "./listEdit.ts";

export interface RowSlots {
  readonly pointer: string;
  readonly index: number;
  readonly lead: ComponentChildren;
  readonly actions: ComponentChildren;
}

type RowNoun = "items" | "entries";

const singular: Readonly<Record<RowNoun, string>> = { items: "item", entries: "entry" };

interface ListRowsProps {
  readonly pointer: string;
  readonly noun: RowNoun;
  /** Draws a row's content around its handle and buttons. */
  readonly renderRow: (slots: RowSlots) => JSX.Element;
}

export function ListRows({ pointer, noun, renderRow }: ListRowsProps): JSX.Element {
  const request = useRequest();
  const count = useAspect(pointer, (value) => (isJsonArray(value) ? value.length : 0));
  const side = useSide(pointer);
  const edit = useMemo(() => createListEdit(request, pointer), [request, pointer]);
  const dragged = useSignal<number | null>(null);
  const lastPage = Math.max(0, Math.ceil(count / pageSize) - 1);
  const page = Math.min(side?.page ?? 0, lastPage);
  const keys = rowKeysOf(side, count).slice(page * pageSize, (page + 1) * pageSize);

  return (
    <>
      {lastPage > 0 ? (
        <Pager
          page={page}
          count={count}
          onTurn={(to) => {
            request.patchSide(pointer, { page: to });
          }}
        />
      ) : null}
      {count === 0 ? <p class="hint list-empty">No {noun} yet.</p> : null}
      <ol class="list-rows" aria-label={pointerLabel(pointer)}>
        {keys.map((key, at) => (
          <ListRow
            key={key}
            list={pointer}
            index={page * pageSize + at}
            noun={noun}
            edit={edit}
            dragged={dragged}
            renderRow={renderRow}
          />
        ))}
      </ol>
    </>
  );
}

interface ListRowProps {
  readonly list: string;
  readonly index: number;
  readonly noun: RowNoun;
  readonly edit: ListEdit;
  readonly dragged: Signal<number | null>;
  readonly renderRow: (slots: RowSlots) => JSX.Element;
}

function ListRow({ list, index, noun, edit, dragged, renderRow }: ListRowProps): JSX.Element {
  const pointer = childPointer(list, index);
  const part = {
    name: `${singular[noun]} ${index + 1} of ${pointerLabel(list)}`,
    index,
    edit,
    dragged,
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey && !event.ctrlKey && !event.metaKey) {
      const isDown = event.key === "ArrowDown";
      if (isDown || event.key === "ArrowUp") {
        event.preventDefault();
        event.stopPropagation();
        if (event.shiftKey && isDown) {
          edit.duplicate(index);
        } else if (!event.shiftKey) {
          edit.move(index, index + (isDown ? 1 : -1));
        }
      }
    }
  };
  return (
    <li
      class="list-row"
      data-testid="row"
      onKeyDown={onKeyDown}
      onDragOver={(event) => {
        if (dragged.value !== null && dragged.value !== index) {
          event.preventDefault();
          event.currentTarget.dataset["drop"] = dragged.value < index ? "below" : "above";
        }
      }}
      onDragLeave={(event) => {
        delete event.currentTarget.dataset["drop"];
      }}
      onDrop={(event) => {
        delete event.currentTarget.dataset["drop"];
        if (dragged.value !== null) {
          event.preventDefault();
          edit.move(dragged.value, index);
          dragged.value = null;
        }
      }}
    >
      {renderRow({
        pointer,
        index,
        lead: <RowHandle id={fieldId(pointer, "handle")} {...part} />,
        actions: <RowActions {...part} />,
      })}
    </li>
  );
}

interface RowPartProps {
  /** The row's name with its place, for people who do not see where it stands. */
  readonly name: string;
  readonly index: number;
  readonly edit: ListEdit;
  readonly dragged: Signal<number | null>;
}

function RowHandle({
  id,
  name,
  index,
  edit,
  dragged,
}: RowPartProps & { readonly id: string }): JSX.Element {
  return (
    <button
      type="button"
      class="row-handle"
      id={id}
      draggable
      aria-label={`Move ${name}`}
      title={"Drag to move. Alt+↑ Alt+↓ moves, Shift+Alt+↓ duplicates, Delete removes."}
      data-testid="row-handle"
      onKeyDown={(event) => {
        if (event.key === "Delete" || event.key === "Backspace") {
          event.preventDefault();
          edit.remove(index);
        }
      }}
      onDragStart={(event) => {
        event.stopPropagation();
        event.dataTransfer?.setData("text/plain", String(index));
        dragged.value = index;
      }}
      onDragEnd={() => {
        dragged.value = null;
      }}
    >
      <Icon name="gripper" />
    </button>
  );
}

function RowActions({ name, index, edit }: RowPartProps): JSX.Element {
  return (
    <>
      <IconButton
        icon="copy"
        label={`Duplicate ${name}`}
        testId="row-duplicate"
        onClick={() => {
          edit.duplicate(index);
        }}
      />
      <IconButton
        icon="trash"
        label={`Remove ${name}`}
        testId="row-remove"
        onClick={() => {
          edit.remove(index);
        }}
      />
    </>
  );
}

interface PagerProps {
  readonly page: number;
  readonly count: number;
  readonly onTurn: (page: number) => void;
}

function Pager({ page, count, onTurn }: PagerProps): JSX.Element {
  const first = page * pageSize;
  const last = Math.min(first + pageSize, count) - 1;
  const number = (value: number) => value.toLocaleString("en");
  return (
    <div class="pager" data-testid="pager">
      <span class="hint">
        {number(first)} to {number(last)} of {number(count)}
      </span>
      <IconButton
        icon="chevron-left"
        label="Earlier rows"
        isDisabled={page === 0}
        onClick={() => {
          onTurn(page - 1);
        }}
      />
      <IconButton
        icon="chevron-right"
        label="Later rows"
        isDisabled={last + 1 >= count}
        onClick={() => {
          onTurn(page + 1);
        }}
      />
    </div>
  );
}
