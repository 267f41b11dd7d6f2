// The button that fills a human form.

import type { JSX } from "preact";
import { usePanel } from "../panelStore.ts";
import { useRequest } from "../request/requestStore.ts";
import { formatActionOf, momentIn } from "../values/formatAction.ts";
import type { FormattedShape } from "../values/shape.ts";

interface FormatActionsProps {
  readonly pointer: string;
  readonly label: string;
  readonly shape: FormattedShape;
}

export function FormatActions({ pointer, label, shape }: FormatActionsProps): JSX.Element | null {
  const request = useRequest();
  const { extension } = usePanel();
  const set = (text: string) => {
    request.setAt(pointer, text);
    request.touch(pointer);
  };
  const pick = async () => {
    const file = await extension.pickFile();
    if (file !== null) {
      set(file);
    }
  };
  const kind = formatActionOf(shape.format);
  switch (kind) {
    case "Now":
      return action(kind, "now", `Set ${label} to the current time, UTC`, () => {
        set(momentIn(shape.format, new Date()));
      });
    case "New":
      return action(kind, "new-uuid", `New random UUID for ${label}`, () => {
        set(crypto.randomUUID());
      });
    case "Choose…":
      return action(kind, "pick-path", `Choose a file for ${label}`, () => {
        void pick();
      });
    case undefined:
      return null;
  }
}

function action(text: string, testId: string, label: string, onClick: () => void): JSX.Element {
  return (
    <button
      type="button"
      class="text-button"
      data-testid={testId}
      title={label}
      aria-label={label}
      onClick={onClick}
    >
      {text}
    </button>
  );
}
