// Types without a value: `()`, unit structs, PhantomData.

import type { JSX } from "preact";

export function UnitField({ inputId }: { inputId: string }): JSX.Element {
  return (
    <span class="hint" id={inputId}>
      no value
    </span>
  );
}
