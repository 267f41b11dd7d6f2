// A codicon. Decorative: what it says must also stand in words beside it or in its button's label.

import type { JSX } from "preact";

export function Icon({ name, spin = false }: { name: string; spin?: boolean }): JSX.Element {
  return (
    <span
      class={`codicon codicon-${name}${spin ? " codicon-modifier-spin" : ""}`}
      aria-hidden="true"
    />
  );
}
