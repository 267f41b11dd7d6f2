// A result whose type the source does not tell is shown as bytes until the compiler is asked.

import type { JSX } from "preact";
import { serdeText, unknownReason } from "../../src/codec/values/unknownParts.ts";
import type { TypeSchema } from "../../src/model/schema/schema.ts";
import { usePanel, type ShownOutcome } from "../panelStore.ts";
import { CompilerBanner } from "./compilerBanner.tsx";

export function CompilerOffer({ shown }: { shown: ShownOutcome }): JSX.Element | null {
  const panel = usePanel();
  const { result } = shown.outcome;
  const type = returnedType(shown);
  const isOffered =
    panel.state.value?.bridge !== undefined &&
    type !== undefined &&
    unknownReason(type, shown.plugin?.types ?? {}) !== undefined &&
    "value" in result &&
    serdeText(result.value) === undefined;
  return isOffered ? (
    <CompilerBanner testId="result-offer" buttonTestId="ask-compiler-result">
      No source tells the type of this result, so it is shown as bytes.
    </CompilerBanner>
  ) : null;
}

function returnedType({ outcome, method }: ShownOutcome): TypeSchema | undefined {
  const returns = method?.returns;
  if (returns === undefined || returns.kind === "value") {
    return outcome.result.kind === "ok" ? returns?.type : undefined;
  }
  return outcome.result.kind === "ok"
    ? returns.success
    : outcome.result.kind === "pluginError"
      ? returns.failure
      : undefined;
}
