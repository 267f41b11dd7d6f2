// Fill: the whole request from its defaults, at random, with values at the limits of the types (least, greatest, empty and
// special ones, a set at a time), or emptied. Each is one step of undo.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { boundaryArguments } from "../../src/codec/values/boundaries.ts";
import type { JsonObject } from "../../src/model/value/value.ts";
import { onlyKept } from "../draft/keptParts.ts";
import { formArguments } from "../values/conform.ts";
import { randomArguments } from "../values/randomValue.ts";
import type { SideTable } from "../values/sideTable.ts";
import { MenuButton } from "../widgets/menu.tsx";
import { useRequest, type RequestStore } from "./requestStore.ts";

export function FillMenu(): JSX.Element | null {
  const request = useRequest();
  const { method, types } = request;
  const limits = useLimits(request);
  if (method.arguments.length === 0) {
    return null;
  }
  const fill = (value: JsonObject, sideOf: (side: SideTable) => SideTable = onlyKept) => {
    request.fill(({ side }) => ({
      value: formArguments(method, types, value),
      side: sideOf(side),
    }));
    request.touched.value = new Set();
    request.hasTriedInvoke.value = false;
  };
  return (
    <MenuButton
      label="Fill"
      testId="fill"
      items={[
        {
          id: "example",
          label: "Example",
          detail: "one of everything",
          onSelect: () => {
            fill(randomArguments(method, types, 1, "example"));
          },
        },
        {
          id: "random",
          label: "Random",
          detail: "any valid value",
          onSelect: () => {
            fill(randomArguments(method, types, Math.floor(Math.random() * 2 ** 32), "random"));
          },
        },
        {
          id: "boundary",
          label: "Limits",
          detail: limits.detail,
          onSelect: () => {
            fill(limits.take());
          },
        },
        {
          id: "clear",
          label: "Clear",
          detail: "back to defaults",
          onSelect: () => {
            fill(request.defaults, () => ({}));
          },
        },
      ]}
    />
  );
}

/** The sets of limits in turn; they are made when the first one is asked for. */
function useLimits({ method, types }: RequestStore): {
  readonly detail: string;
  readonly take: () => JsonObject;
} {
  const next = useSignal(0);
  const sets = useMemo(() => {
    next.value = 0;
    let made: readonly JsonObject[] | undefined;
    return () => (made ??= boundaryArguments(method, types));
  }, [method, types]);
  const at = next.value;
  const what = ["least and empty", "greatest and longest"][at] ?? "special values";
  return {
    detail: at === 0 ? what : `${what}, ${at + 1} of ${sets().length}`,
    take: () => {
      const all = sets();
      next.value = (next.peek() + 1) % all.length;
      return all[at] ?? {};
    },
  };
}
