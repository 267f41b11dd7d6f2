// serde_json's own values: written as what they hold, without a sign of what that is, and never read (reference 6.3).

import type { Resolved } from "../resolved.ts";
import type { CatalogueUse, CrateCatalogue } from "./catalogueEntry.ts";

export function anyValue({ rustType, key, direction }: CatalogueUse): Resolved {
  const reason =
    direction === "reading"
      ? `\`${rustType}\` asks the format what comes next, which bincode cannot tell: the plugin can never read one, and a call that passes one fails. Pass a String of JSON instead.`
      : `\`${rustType}\` is written as what it holds, with no sign of what that is, so its bytes alone do not tell the value. Return a String of JSON instead.`;
  const unread = `A call that passes \`${rustType}\` fails before the method runs: it asks the format what comes next, which bincode cannot tell. Pass a String of JSON instead.`;
  const message = direction === "reading" ? unread : reason;
  const warnings = [{ code: "unreadableType", message }];
  return { schema: { rustType, kind: "unknown", reason, warnings }, key };
}

export const serdeJson: CrateCatalogue = {
  versions: ["1"],
  types: { Value: anyValue, Number: anyValue, Map: anyValue },
};
