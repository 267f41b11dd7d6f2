// Fill: the whole request from its defaults or at random, or emptied. Each is one step of undo.

import type { JSX } from "preact";
import type { JsonObject } from "../../src/model/value.ts";
import { formArguments } from "../values/conform.ts";
import { randomArguments } from "../values/randomValue.ts";
import { MenuButton } from "../widgets/menu.tsx";
import { useRequest } from "./requestStore.ts";

export function FillMenu(): JSX.Element | null {
  const request = useRequest();
  const { method, types } = request;
  if (method.arguments.length === 0) {
    return null;
  }
  const fill = (value: JsonObject) => {
    request.discardJsonText();
    request.edit(() => ({ value: formArguments(method, types, value), side: {} }));
    request.touched.value = new Set();
    request.hasTriedInvoke.value = false;
    request.settle();
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
          id: "clear",
          label: "Clear",
          detail: "back to defaults",
          onSelect: () => {
            fill(request.defaults);
          },
        },
      ]}
    />
  );
}
