// What the two macros take as `buffer = …`: a bare name, one of two.

import type { RustToken } from "../../../abi/rustTokens.ts";
import type { TextFix } from "../../../model/text/textFix.ts";
import type { Placed } from "../../../rust/names/modules/modules.ts";
import { spanOfTokens } from "../../source/attributes/argumentList.ts";
import { textFix } from "../../source/textFixes.ts";

const bufferNames: readonly string[] = ["PluginAllocated", "Arena"];

/** Whether the tokens are a strategy's bare name. */
export function isBuffer(value: readonly RustToken[]): boolean {
  return (
    value.length === 1 && value[0]?.kind === "identifier" && bufferNames.includes(value[0].text)
  );
}

/** Replaces the value by the strategy that is wanted, else by one that it names somehow, else by each of the two. */
export function bufferFixes(
  placed: Placed<unknown>,
  value: readonly RustToken[],
  wanted?: string,
): readonly TextFix[] {
  const named =
    wanted !== undefined
      ? [wanted]
      : bufferNames.filter((name) => value.some(({ text }) => text.includes(name)));
  return (named.length === 1 ? named : bufferNames).flatMap((name) =>
    textFix(placed, `Write \`buffer = ${name}\``, {
      fragment: spanOfTokens(value),
      newText: name,
    }),
  );
}
