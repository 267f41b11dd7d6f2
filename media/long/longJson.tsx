// The JSON of a long value, a page at a time: each page is the text of a stretch of its bytes.

import { signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { longText } from "../../src/codec/long/longResult.ts";
import { rangeOf } from "../../src/codec/long/longPlaces.ts";
import type { LongValue } from "../../src/codec/long/longValue.ts";
import { JsonEditor } from "../json/jsonEditor.tsx";
import { usePanel } from "../panelStore.ts";
import { IconButton } from "../widgets/iconButton.tsx";

const pageBytes = 24 * 1024;

export function LongJson({ value }: { readonly value: LongValue }): JSX.Element {
  const { selectedPointer, extension } = usePanel();
  const count = Math.max(1, Math.ceil(value.bytes.length / pageBytes));
  /** The page has what stands behind this byte. */
  const from = useSignal(-1);
  // What is selected in the tree is where reading begins.
  useMemo(() => {
    from.value = (rangeOf(value, selectedPointer.value)?.start ?? 0) - 1;
  }, [value, selectedPointer.value]);
  const begin = from.value;
  const isLast = begin + pageBytes >= value.bytes.length;
  const text = useMemo(
    () => signal(longText(value, { from: begin, to: isLast ? Infinity : begin + pageBytes })),
    [value, begin],
  );
  const goTo = (byte: number) => {
    from.value = byte <= 0 ? -1 : Math.min(byte, value.bytes.length - 1);
  };
  const pageNumber = String(Math.floor((begin + 1) / pageBytes) + 1);
  return (
    <div class="json-tab">
      <div class="tree-tools" role="group" aria-label="Pages">
        <IconButton
          icon="arrow-left"
          label="Page before"
          testId="json-page-before"
          isDisabled={begin < 0}
          onClick={() => {
            goTo(begin - pageBytes);
          }}
        />
        <label class="page-number">
          Page{" "}
          <input
            class="input mono"
            type="text"
            inputMode="numeric"
            data-testid="json-page"
            value={pageNumber}
            onChange={(event) => {
              const wanted = Number(event.currentTarget.value.replaceAll(/[^0-9]/gu, ""));
              if (wanted > 0) {
                goTo((Math.min(wanted, count) - 1) * pageBytes);
              }
              event.currentTarget.value = wanted > 0 ? String(Math.min(wanted, count)) : pageNumber;
            }}
          />{" "}
          of <span data-testid="json-pages">{count.toLocaleString("en")}</span>
        </label>
        <IconButton
          icon="arrow-right"
          label="Next page"
          testId="json-page-next"
          isDisabled={isLast}
          onClick={() => {
            goTo(begin + pageBytes);
          }}
        />
        <button
          type="button"
          class="text-button"
          data-testid="copy-json"
          onClick={() => {
            extension.copyText(text.value);
          }}
        >
          Copy Page
        </button>
      </div>
      <JsonEditor label="Result as JSON, one page" testId="result-json" text={text} />
    </div>
  );
}
