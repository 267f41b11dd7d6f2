// A button that shows or hides what stands below it.

import type { Signal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { Icon } from "./icon.tsx";

interface DisclosureProps {
  readonly isOpen: Signal<boolean>;
  readonly testId: string;
  /** The id of what is shown, where it has one. */
  readonly controls?: string;
  readonly children: ComponentChildren;
}

export function Disclosure({ isOpen, testId, controls, children }: DisclosureProps): JSX.Element {
  return (
    <button
      type="button"
      class="disclosure"
      aria-expanded={isOpen.value}
      aria-controls={isOpen.value ? controls : undefined}
      data-testid={testId}
      onClick={() => {
        isOpen.value = !isOpen.value;
      }}
    >
      <Icon name={isOpen.value ? "chevron-down" : "chevron-right"} />
      {children}
    </button>
  );
}
