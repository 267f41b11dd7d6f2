// How a field reads its part of the request: each hook redraws its component only when that part changes.

import { computed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { JsonValue } from "../../src/model/value/value.ts";
import { useRequest, type RequestStore } from "../request/requestStore.ts";
import { valueAt } from "../values/pointer.ts";
import type { SideEntry } from "../values/sideTable.ts";

/** What every control gets from the field around it. */
export interface ControlProps {
  readonly pointer: string;
  /** Id of the control's main element: the field's label points at it. */
  readonly inputId: string;
  /** The control's name with its place, such as `value of terms[0]`. */
  readonly label: string;
  readonly describedBy: string | undefined;
  readonly isInvalid: boolean;
}

/** An element id for a place; pointers may hold spaces, ids in ARIA lists may not. */
export function fieldId(pointer: string, part = "field"): string {
  return `${part}:${encodeURIComponent(pointer)}`;
}

function useDerived<T>(derive: (request: RequestStore) => T, inputs: readonly unknown[]): T {
  const request = useRequest();
  return useMemo(() => computed(() => derive(request)), [request, ...inputs]).value;
}

export function useValueAt(pointer: string): JsonValue {
  return useDerived((request) => valueAt(request.form.value.value, pointer) ?? null, [pointer]);
}

/**
 * One aspect of the value at a place, such as a list's length; it must be a primitive or a stable object. `inputs` are
 * what `aspect` uses besides.
 */
export function useAspect<T>(
  pointer: string,
  aspect: (value: JsonValue | undefined) => T,
  inputs: readonly unknown[] = [],
): T {
  return useDerived(
    (request) => aspect(valueAt(request.form.value.value, pointer)),
    [pointer, ...inputs],
  );
}

export function useSide(pointer: string): SideEntry | undefined {
  return useDerived((request) => request.form.value.side[pointer], [pointer]);
}

/** The message to show at a place: after the user left it, or after a vain Invoke. */
export function useMessage(pointer: string): string | undefined {
  return useDerived(
    (request) => {
      const problems = request.problems.value;
      for (let place = pointer, depth = 0; depth < 4; depth++, place += "/$some") {
        const message = problems.get(place);
        if (message !== undefined) {
          const isDue = request.hasTriedInvoke.value || request.touched.value.has(pointer);
          return isDue ? message : undefined;
        }
      }
      return undefined;
    },
    [pointer],
  );
}

/** How many problems stand below a place; shown on a heading that hides them. */
export function useProblemCountBelow(pointer: string): number {
  return useDerived(
    (request) => {
      const prefix = `${pointer}/`;
      if (!request.hasTriedInvoke.value && request.touched.value.size === 0) {
        return 0;
      }
      return [...request.problems.value.keys()].filter(
        (place) =>
          place.startsWith(prefix) &&
          (request.hasTriedInvoke.value || request.touched.value.has(place)),
      ).length;
    },
    [pointer],
  );
}
