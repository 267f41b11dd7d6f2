// Bytes as text, hex, base64 or a file; changing the form keeps the bytes. A file may also be dropped here.

import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import type { JsonValue } from "../../../src/model/value/value.ts";
import { usePanel } from "../../panelStore.ts";
import { useRequest } from "../../request/requestStore.ts";
import {
  bytesDraft,
  bytesInForm,
  bytesToBase64,
  bytesValue,
  draftBytes,
  type BytesDraft,
  type BytesForm,
} from "../../values/bytesText.ts";
import { Segments } from "../../widgets/segments.tsx";
import { useSide, useValueAt, type ControlProps } from "../fieldState.ts";
import { byteCount, useAutoHeight } from "./textField.tsx";

const maxDroppedBytes = 16 * 1024 * 1024;

const forms = [
  { value: "text", label: "Text" },
  { value: "hex", label: "Hex" },
  { value: "base64", label: "Base64" },
  { value: "file", label: "File" },
];

interface BytesFieldProps extends ControlProps {
  readonly rustType: string;
  readonly length?: number | undefined;
}

export function BytesField({ rustType, length, ...control }: BytesFieldProps): JSX.Element {
  const request = useRequest();
  const draft = bytesDraft(useValueAt(control.pointer));
  const drafts = useSide(control.pointer)?.drafts;
  const remark = useSignal<string | null>(null);
  const set = (value: JsonValue) => {
    remark.value = null;
    request.setAt(control.pointer, value);
  };

  const changeForm = (form: BytesForm) => {
    const bytes = draftBytes(draft);
    const kept = drafts?.[form];
    const text =
      form === "file" || draft.form === "file"
        ? kept === undefined
          ? ""
          : bytesDraft(kept).text
        : bytes === undefined
          ? undefined
          : bytesInForm(bytes, form);
    if (text === undefined) {
      remark.value =
        form === "text" && bytes !== undefined
          ? "These bytes are not UTF-8 text."
          : "Correct the bytes before changing how they are written.";
      return;
    }
    request.patchSide(control.pointer, { drafts: { ...drafts, [draft.form]: bytesValue(draft) } });
    set(bytesValue({ form, text }));
  };

  const takeFile = async (file: File) => {
    if (file.size > maxDroppedBytes) {
      remark.value = `${file.name} has ${byteCount(file.size)}; a dropped file may have up to 16 MiB. Use File instead.`;
      return;
    }
    set(`base64:${bytesToBase64(new Uint8Array(await file.arrayBuffer()))}`);
  };

  const bytes = draftBytes(draft);
  const size = bytes?.length;
  const expected = length === undefined ? "" : ` of ${length.toLocaleString("en")}`;
  return (
    <DropZone
      onFile={(file) => {
        void takeFile(file);
      }}
    >
      <div class="control-row">
        <Segments
          name={`${control.inputId}:form`}
          label={`Form of ${control.label}`}
          segments={forms}
          value={draft.form}
          testId="bytes-form"
          onChange={(form) => {
            changeForm(form as BytesForm);
          }}
        />
        <span class="hint" data-testid="byte-count">
          {size === undefined
            ? ""
            : `${size.toLocaleString("en")}${expected} ${size === 1 && expected === "" ? "byte" : "bytes"}`}
        </span>
      </div>
      {draft.form === "file" ? (
        <FileRow {...control} draft={draft} />
      ) : (
        <BytesText {...control} draft={draft} rustType={rustType} />
      )}
      {remark.value === null ? null : (
        <p class="hint" role="status" data-testid="bytes-remark">
          {remark.value}
        </p>
      )}
    </DropZone>
  );
}

interface DropZoneProps {
  readonly onFile: (file: File) => void;
  readonly children: ComponentChildren;
}

function DropZone({ onFile, children }: DropZoneProps): JSX.Element {
  return (
    <div
      class="bytes-control"
      onDragOver={(event) => {
        if (event.dataTransfer?.types.includes("Files") === true) {
          event.preventDefault();
          event.currentTarget.classList.add("drop-target");
        }
      }}
      onDragLeave={(event) => {
        event.currentTarget.classList.remove("drop-target");
      }}
      onDrop={(event) => {
        event.currentTarget.classList.remove("drop-target");
        const file = event.dataTransfer?.files[0];
        if (file !== undefined) {
          event.preventDefault();
          onFile(file);
        }
      }}
    >
      {children}
    </div>
  );
}

interface DraftProps extends ControlProps {
  readonly draft: BytesDraft;
}

function BytesText({ draft, ...control }: DraftProps & { rustType: string }): JSX.Element {
  const request = useRequest();
  const box = useAutoHeight(draft.text);
  const placeholder = { text: "no bytes", hex: "de ad be ef", base64: "3q2+7w==", file: "" };
  return (
    <textarea
      ref={box}
      id={control.inputId}
      class={`input textarea ${draft.form === "text" ? "" : "mono"}`}
      data-testid="input"
      rows={1}
      value={draft.text}
      placeholder={placeholder[draft.form]}
      spellcheck={false}
      aria-label={control.label}
      aria-describedby={control.describedBy}
      aria-invalid={control.isInvalid ? "true" : undefined}
      onInput={(event) => {
        request.setAt(
          control.pointer,
          bytesValue({ form: draft.form, text: event.currentTarget.value }),
        );
      }}
      onBlur={() => {
        request.touch(control.pointer);
      }}
    />
  );
}

function FileRow({ draft, ...control }: DraftProps): JSX.Element {
  const request = useRequest();
  const { extension } = usePanel();
  const pick = async () => {
    const file = await extension.pickFile();
    if (file !== null) {
      request.setAt(control.pointer, bytesValue({ form: "file", text: file }));
    }
  };
  return (
    <div class="control-row">
      <input
        type="text"
        id={control.inputId}
        class="input mono input-grow"
        data-testid="input"
        value={draft.text}
        placeholder="Path of a file, read at each call"
        spellcheck={false}
        aria-label={control.label}
        aria-describedby={control.describedBy}
        aria-invalid={control.isInvalid ? "true" : undefined}
        onInput={(event) => {
          request.setAt(
            control.pointer,
            bytesValue({ form: "file", text: event.currentTarget.value }),
          );
        }}
        onBlur={() => {
          request.touch(control.pointer);
        }}
      />
      <button
        type="button"
        class="text-button"
        data-testid="pick-file"
        onClick={() => {
          void pick();
        }}
      >
        Choose…
      </button>
    </div>
  );
}
