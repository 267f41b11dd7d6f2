// Fill: the whole request from its defaults, at random, with values at the limits of the types (least, greatest, empty and
// special ones, a set at a time), from the last call or the clipboard, or emptied. Each is one step of undo.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { boundaryArguments } from "../../src/codec/values/boundaries.ts";
import type { JsonObject } from "../../src/model/value/value.ts";
import { onlyKept } from "../draft/keptParts.ts";
import { usePanel } from "../panelStore.ts";
import { formArguments } from "../values/conform.ts";
import { docExample } from "../values/docExample.ts";
import { randomArguments } from "../values/randomValue.ts";
import type { SideTable } from "../values/sideTable.ts";
import { MenuButton } from "../widgets/menu.tsx";
import { useRequest, type RequestStore } from "./requestStore.ts";

export function FillMenu(): JSX.Element | null {
  const request = useRequest();
  const { method, types } = request;
  const limits = useLimits(request);
  const { call, extension } = usePanel();
  const { seed } = request.draft.value;
  const documented = useMemo(() => docExample(method, types), [method, types]);
  if (method.arguments.length === 0) {
    return null;
  }
  const fill = (
    value: JsonObject,
    sideOf: (side: SideTable) => SideTable = onlyKept,
    seed?: number,
  ) => {
    request.fill(
      ({ side }) => ({ value: formArguments(method, types, value), side: sideOf(side) }),
      seed,
    );
    request.touched.value = new Set();
    request.hasTriedInvoke.value = false;
  };
  return (
    <>
      {seed === undefined ? null : (
        <span class="hint seed" data-testid="seed" title="The values were drawn from this number">
          seed {seed}
        </span>
      )}
      <MenuButton
        label="Fill"
        testId="fill"
        items={[
          {
            id: "example",
            label: "Example",
            detail: documented === undefined ? "one of everything" : "of its documentation",
            onSelect: () => {
              fill(documented ?? randomArguments(method, types, 1, "example"));
            },
          },
          {
            id: "random",
            label: "Random",
            detail: "any valid value",
            onSelect: () => {
              const seed = Math.floor(Math.random() * 2 ** 32);
              fill(randomArguments(method, types, seed, "random"), onlyKept, seed);
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
          ...(call.value === null || method.slot < 0
            ? []
            : [
                {
                  id: "last",
                  label: "Last Call",
                  detail: "its arguments",
                  onSelect: () => {
                    extension.history({ kind: "useLast" });
                  },
                },
              ]),
          {
            id: "clipboard",
            label: "Clipboard",
            detail: "JSON",
            onSelect: () => {
              void extension.clipboard().then((text) => {
                request.takeText(text);
              });
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
    </>
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
