// What a draft carries of the form beside the arguments: the side table, and the types that the arguments were written by.
// The extension keeps it without looking into it, so what comes back is checked.

import { isJsonArray, isJsonObject } from "../../src/model/value/jsonObject.ts";
import type { NamedType, TypeSchema } from "../../src/model/schema/schema.ts";
import { partsOf, partsOfNamed } from "../../src/model/schema/typeParts.ts";
import type { JsonObject, JsonValue } from "../../src/model/value/value.ts";
import type { SideEntry, SideTable } from "../values/sideTable.ts";
import type { DraftTypes } from "./reconcile.ts";

/** Larger types are not carried: then nobody knows what the arguments were written by. */
const maximumTypeCharacters = 64 * 1024;

export interface FormMemory {
  readonly side: SideTable;
  readonly writtenBy: DraftTypes | undefined;
}

/** What stands in the draft of `writtenBy`; made once for its types, because it holds all of them. */
export function memoryWriter(writtenBy: DraftTypes): (side: SideTable) => JsonObject {
  const types = argumentTypes(writtenBy);
  const known = JSON.stringify(types).length > maximumTypeCharacters ? {} : { writtenBy: types };
  // Schemas and side tables are plain JSON.
  return (side) => ({ ...known, side }) as unknown as JsonObject;
}

export function memoryOfDraft(form: JsonObject | undefined): FormMemory {
  const { side, writtenBy } = form ?? {};
  const { method, types } = isJsonObject(writtenBy) ? writtenBy : {};
  const isSound = isJsonObject(method) && isJsonArray(method["arguments"]) && isJsonObject(types);
  return {
    side: isJsonObject(side)
      ? Object.fromEntries(
          Object.entries(side).flatMap(([pointer, entry]) => {
            const checked = checkedEntry(entry);
            return checked === undefined ? [] : [[pointer, checked]];
          }),
        )
      : {},
    writtenBy: isSound ? (writtenBy as unknown as DraftTypes) : undefined,
  };
}

/** The arguments with the types that they reach. */
function argumentTypes({ method, types }: DraftTypes): DraftTypes {
  const reached: Record<string, NamedType> = {};
  const pending: TypeSchema[] = method.arguments.map(({ type }) => type);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind !== "named") {
      pending.push(...partsOf(next));
    } else if (!Object.hasOwn(reached, next.id)) {
      const named = Object.hasOwn(types, next.id) ? types[next.id] : undefined;
      if (named !== undefined) {
        reached[next.id] = named;
        pending.push(...partsOfNamed(named));
      }
    }
  }
  return {
    method: { arguments: method.arguments.map(({ name, type }) => ({ name, type })) },
    types: reached,
  };
}

function checkedEntry(entry: JsonValue): SideEntry | undefined {
  if (!isJsonObject(entry)) {
    return undefined;
  }
  const { kept = [], drafts = {}, rowKeys = [], isOpen = true, page = 0 } = entry;
  const isSound =
    isJsonArray(kept) &&
    kept.every(isJsonObject) &&
    isJsonObject(drafts) &&
    isJsonArray(rowKeys) &&
    typeof isOpen === "boolean" &&
    typeof page === "number";
  return isSound ? entry : undefined;
}
