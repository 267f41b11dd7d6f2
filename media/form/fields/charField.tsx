// char: one Unicode scalar with its code point; offers to compose a letter and its accent into one scalar.

import type { JSX } from "preact";
import { useRequest } from "../../request/requestStore.ts";
import { useValueAt, type ControlProps } from "../fieldState.ts";
import { ScalarInput } from "../scalarInput.tsx";

/** Rust's escape `\u{1F600}` as the scalar it means; other text unchanged. */
function unescapeScalar(text: string): string {
  const escaped = /^\\u\{([0-9a-fA-F]{1,6})\}$/.exec(text.trim());
  const code = Number.parseInt(escaped?.[1] ?? "", 16);
  const isScalar = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isScalar ? String.fromCodePoint(code) : text;
}

function codePoints(text: string): string {
  return Array.from(text)
    .map(
      (scalar) => `U+${(scalar.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
    )
    .join(" ");
}

export function CharField(control: ControlProps): JSX.Element {
  const request = useRequest();
  const value = useValueAt(control.pointer);
  const text = typeof value === "string" ? value : "";
  const composed = text.normalize("NFC");
  const canCompose = Array.from(text).length > 1 && Array.from(composed).length === 1;
  return (
    <div class="control-row">
      <ScalarInput
        {...control}
        class="input-char"
        toText={(current) => (typeof current === "string" ? current : "")}
        fromText={unescapeScalar}
      />
      <span class="hint mono" data-testid="char-code">
        {Array.from(text).length > 4 ? "" : codePoints(text)}
      </span>
      {canCompose ? (
        <button
          type="button"
          class="chip"
          data-testid="char-compose"
          title="Join the letter and its mark into one scalar"
          onClick={() => {
            request.setAt(control.pointer, composed);
          }}
        >
          Compose
        </button>
      ) : null}
    </div>
  );
}
