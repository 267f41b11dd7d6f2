// The button below a list or map that adds a row to it.

import type { JSX } from "preact";
import { Icon } from "../widgets/icon.tsx";
import { fieldId } from "./fieldState.ts";

interface AddRowProps {
  readonly pointer: string;
  /** What is added to what, for people who do not see where the button stands. */
  readonly label: string;
  readonly onClick: () => void;
}

export function AddRow({ pointer, label, onClick }: AddRowProps): JSX.Element {
  return (
    <button
      type="button"
      class="text-button"
      id={fieldId(pointer, "add")}
      data-testid="add"
      aria-label={label}
      onClick={onClick}
    >
      <Icon name="add" />
      <span>Add</span>
    </button>
  );
}
