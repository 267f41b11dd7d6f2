// Other ways to invoke: again and again, for the times; once with each set of limits.

import type { JSX } from "preact";
import { boundaryArguments } from "../../src/codec/values/boundaries.ts";
import { readRunOptions } from "../../src/model/runOptions.ts";
import type { Repetition } from "../../src/model/repetition.ts";
import { durationText } from "../../src/codec/text/measures.ts";
import { usePanel } from "../panelStore.ts";
import { MenuButton } from "../widgets/menu.tsx";
import { invokeLimits, invokeRepeatedly } from "./invoke.ts";
import { useRequest } from "./requestStore.ts";

export function MoreMenu(): JSX.Element | null {
  const panel = usePanel();
  const request = useRequest();
  const { method, types } = request;
  if (method.stream !== "none") {
    return null;
  }
  const { repetition } = readRunOptions(request.options.value);
  const limits = {
    id: "limits",
    label: "Run Limits",
    detail: "one call with each set",
    onSelect: () => {
      invokeLimits(panel, boundaryArguments(method, types));
    },
  };
  return (
    <MenuButton
      label="More ways to invoke"
      icon="chevron-down"
      isCompact
      testId="invoke-more"
      items={[
        {
          id: "repeat",
          label: "Repeat",
          detail: repetitionText(repetition),
          onSelect: () => {
            invokeRepeatedly(panel, repetition);
          },
        },
        ...(method.arguments.length === 0 ? [] : [limits]),
      ]}
    />
  );
}

/** `100 calls after 10 to warm up`, `calls for 5 s`. */
function repetitionText({ calls, durationMs, warmUp }: Repetition): string {
  const often =
    durationMs === null
      ? `${(calls ?? 0).toLocaleString("en")} calls`
      : `calls for ${durationText(durationMs)}`;
  return warmUp === 0 ? often : `${often} after ${warmUp.toLocaleString("en")} to warm up`;
}
