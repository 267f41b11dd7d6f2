// Writes a number without the quotes that it stands in.

import type { RustToken } from "../../../abi/rustTokens.ts";
import type { TextFix } from "../../../model/text/textFix.ts";
import type { Placed } from "../../../rust/names/modules/modules.ts";
import { literalText } from "../../../rust/syntax/items/attributes.ts";
import { textFix } from "../textFixes.ts";

/** The fix for a value that is one text literal of digits; none for others. */
export function unquoteFix(
  placed: Placed<unknown>,
  value: readonly RustToken[],
): readonly TextFix[] {
  const [first] = value;
  const written = first !== undefined && value.length === 1 ? literalText(first) : null;
  return first !== undefined && written !== null && /^\d+$/u.test(written)
    ? textFix(placed, `Write \`${written}\` without quotes`, { fragment: first, newText: written })
    : [];
}
