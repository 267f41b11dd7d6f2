// What is wrong at a place of the form.

import type { JSX } from "preact";
import { Icon } from "../widgets/icon.tsx";

export function Message({ id, text }: { id?: string; text: string }): JSX.Element {
  return (
    <p class="field-message" id={id} data-testid="message">
      <Icon name="error" />
      <span>{text}</span>
    </p>
  );
}
