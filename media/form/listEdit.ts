// Edits of a list of rows (sequence elements or map entries): each is one undoable step that moves what the form
// remembers of the rows along with them, and says where the focus belongs.

import { isJsonArray } from "../../src/model/value/jsonObject.ts";
import type { JsonObject, JsonValue } from "../../src/model/value/value.ts";
import type { RequestStore } from "../request/requestStore.ts";
import { childPointer, valueAt, withValueAt } from "../values/pointer.ts";
import { moveRows, type RowOrigins } from "../values/sideTable.ts";
import { fieldId } from "./fieldState.ts";

export interface ListEdit {
  add(values: readonly JsonValue[]): void;
  duplicate(index: number): void;
  remove(index: number): void;
  clear(): void;
  move(index: number, to: number): void;
}

export const pageSize = 100;

export function createListEdit(request: RequestStore, pointer: string): ListEdit {
  const rows = (): readonly JsonValue[] => {
    const value = valueAt(request.form.value.value, pointer);
    return isJsonArray(value) ? value : [];
  };

  /** Puts the rows in a new order; `origins` says where each came from, `added` gives the values of new ones. */
  const arrange = (origins: RowOrigins, added: readonly JsonValue[], focus: number) => {
    const old = rows();
    let next = 0;
    const value = origins.map((origin) => (origin === null ? added[next++] : old[origin]) ?? null);
    request.edit((state) => ({
      value: withValueAt(state.value, pointer, value) as JsonObject,
      side: {
        ...moveRows(state.side, pointer, origins),
      },
    }));
    if (focus >= 0) {
      request.patchSide(pointer, { page: Math.floor(focus / pageSize) });
      focusRow(pointer, focus);
    }
  };

  return {
    add: (values) => {
      const { length } = rows();
      arrange([...range(length), ...values.map(() => null)], values, length + values.length - 1);
    },
    duplicate: (index) => {
      const { length } = rows();
      arrange(
        [...range(length).slice(0, index + 1), index, ...range(length).slice(index + 1)],
        [],
        index + 1,
      );
    },
    remove: (index) => {
      const left = range(rows().length).filter((each) => each !== index);
      arrange(left, [], Math.min(index, left.length - 1));
      if (left.length === 0) {
        focusElement(fieldId(pointer, "add"));
      }
    },
    clear: () => {
      arrange([], [], -1);
      focusElement(fieldId(pointer, "add"));
    },
    move: (index, to) => {
      const { length } = rows();
      if (to >= 0 && to < length && to !== index) {
        const order = range(length).filter((each) => each !== index);
        order.splice(to, 0, index);
        arrange(order, [], to);
      }
    },
  };
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

/** The focus goes to the row's handle once the row is drawn: from there the keys for rows work. */
function focusRow(pointer: string, index: number): void {
  focusElement(fieldId(childPointer(pointer, index), "handle"));
}

function focusElement(id: string): void {
  requestAnimationFrame(() => {
    document.getElementById(id)?.focus();
  });
}
