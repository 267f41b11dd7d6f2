// Puts back what is kept, wherever the value that stands in for it is still untouched: the value as it was before its types
// changed, and what was typed since.

import {
  isJsonArray,
  isJsonObject,
  setMember,
  type MutableJsonObject,
} from "../../src/model/value/jsonObject.ts";
import { splitPointer } from "../../src/model/value/jsonPointer.ts";
import type { JsonObject, JsonValue } from "../../src/model/value/value.ts";
import { equalValues } from "../values/equalValues.ts";
import { pointerAncestors, valueAt } from "../values/pointer.ts";
import type { SideTable } from "../values/sideTable.ts";
import { keptAt, withKept, type KeptPart } from "./keptParts.ts";

export interface Returned {
  readonly value: JsonObject;
  /** Without the parts that are in `value` again. */
  readonly side: SideTable;
  readonly parts: ReadonlyMap<string, KeptPart>;
}

/** Does so in a copy of `given`. */
export function returnKept(given: JsonObject, side: SideTable): Returned {
  const places = Object.keys(side)
    .filter((pointer) => keptAt(side, pointer).length > 0)
    .sort(comparePlaces);
  if (places.length === 0) {
    return { value: given, side, parts: new Map() };
  }
  const value = structuredClone<MutableJsonObject>(given);
  const parts = new Map<string, KeptPart>();
  const added: string[] = [];
  let left = side;
  for (const pointer of places) {
    const kept = keptAt(side, pointer);
    const newest = kept.at(-1);
    if (newest === undefined || pointerAncestors(pointer).some((above) => parts.has(above))) {
      continue;
    }
    const current = valueAt(value, pointer);
    const isUntouched = equalValues(current, newest.instead);
    if (newest.value === undefined) {
      left = withKept(left, pointer, kept.slice(0, -1));
      if (isUntouched) {
        added.push(pointer);
      }
    } else if (isUntouched && putAt(value, pointer, newest.value)) {
      left = withKept(left, pointer, kept.slice(0, -1));
      parts.set(pointer, newest);
    }
  }
  for (const pointer of added.reverse()) {
    removeAt(value, pointer);
  }
  return { value, side: left, parts };
}

/** What is above comes first, and rows in their order. */
function comparePlaces(left: string, right: string): number {
  const [a, b] = [left.split("/"), right.split("/")];
  if (a.length !== b.length) {
    return a.length - b.length;
  }
  const at = a.findIndex((step, index) => step !== b[index]);
  const [x = "", y = ""] = at === -1 ? [] : [a[at], b[at]];
  return Number(x) - Number(y) || (x < y ? -1 : 1);
}

interface Slot {
  readonly parent: JsonValue | undefined;
  readonly step: string;
}

function slotOf(value: JsonObject, pointer: string): Slot {
  const cut = pointer.lastIndexOf("/");
  return {
    parent: valueAt(value, pointer.slice(0, cut)),
    step: splitPointer(pointer.slice(cut))?.[0] ?? "",
  };
}

/** False where there is no such place: the row or the variant around it is gone, or has become something else. */
function putAt(value: JsonObject, pointer: string, part: JsonValue): boolean {
  const { parent, step } = slotOf(value, pointer);
  if (isJsonObject(parent)) {
    setMember(parent, step, part);
    return true;
  }
  const index = Number(step);
  if (!isJsonArray(parent) || !Number.isInteger(index) || index > parent.length) {
    return false;
  }
  (parent as JsonValue[])[index] = part;
  return true;
}

function removeAt(value: JsonObject, pointer: string): void {
  const { parent, step } = slotOf(value, pointer);
  if (isJsonArray(parent)) {
    if (Number(step) === parent.length - 1) {
      (parent as JsonValue[]).pop();
    }
  } else if (isJsonObject(parent)) {
    Reflect.deleteProperty(parent, step);
  }
}
