// Leads to a place of a request that something is wrong with.

import { fieldId } from "../form/fieldState.ts";
import type { PanelStore } from "../panelStore.ts";
import { pointerAncestors } from "../values/pointer.ts";
import type { RequestStore } from "./requestStore.ts";

/** Opens what hides the place and puts the focus on its control, or on the nearest field above it. */
export function focusProblem(panel: PanelStore, request: RequestStore, pointer: string): void {
  panel.narrowTab.value = "request";
  request.tab.value = "form";
  request.revealPlace(pointer);
  requestAnimationFrame(() => {
    for (const place of pointerAncestors(pointer).reverse()) {
      const input = document.getElementById(fieldId(place, "input"));
      const field = [...document.querySelectorAll<HTMLElement>("[data-pointer]")].find(
        (element) => element.dataset["pointer"] === place,
      );
      const target = input ?? field?.querySelector<HTMLElement>("input, textarea, select, button");
      if (target !== null && target !== undefined) {
        target.focus();
        field?.scrollIntoView({ block: "nearest" });
        return;
      }
    }
  });
}
