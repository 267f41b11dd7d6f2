// What fills a human form with a click: the current moment, a new UUID, a path from a file dialog.

import type { JSX } from "preact";
import type { ValueFormat } from "../../src/model/schema.ts";
import { usePanel } from "../panelStore.ts";
import { useRequest } from "../request/requestStore.ts";
import type { FormattedShape } from "../values/shape.ts";

interface FormatActionsProps {
  readonly pointer: string;
  readonly label: string;
  readonly shape: FormattedShape;
}

/** The current moment in the forms that have one; without an offset it is UTC. */
const nowIn: Partial<Readonly<Record<ValueFormat, (iso: string) => string>>> = {
  timestamp: (iso) => iso,
  dateTime: (iso) => iso,
  offsetDateTime: (iso) => iso,
  naiveDateTime: (iso) => iso.replace("Z", ""),
  plainDateTime: (iso) => iso.replace("Z", ""),
  date: (iso) => iso.slice(0, 10),
  ordinalDate: (iso) => iso.slice(0, 10),
  time: (iso) => iso.slice(11, 23),
  timeOfDay: (iso) => iso.slice(11, 23),
};

export function FormatActions({ pointer, label, shape }: FormatActionsProps): JSX.Element | null {
  const request = useRequest();
  const { extension } = usePanel();
  const set = (text: string) => {
    request.setAt(pointer, text);
    request.touch(pointer);
  };
  const now = nowIn[shape.format];
  if (now !== undefined) {
    return action("Now", "now", `Set ${label} to the current time, UTC`, () => {
      set(now(new Date().toISOString()));
    });
  }
  if (shape.format === "uuid") {
    return action("New", "new-uuid", `New random UUID for ${label}`, () => {
      set(crypto.randomUUID());
    });
  }
  const pick = async () => {
    const file = await extension.pickFile();
    if (file !== null) {
      set(file);
    }
  };
  return shape.format === "path"
    ? action("Choose…", "pick-path", `Choose a file for ${label}`, () => {
        void pick();
      })
    : null;
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
