// `#[host_interface]` without a version, or with one that is no number.

import type { SourceRule } from "../../sourceRule.ts";
import { addArgument } from "../../source/attributes/attributeFixes.ts";
import { argumentList, argumentNamed, spanOfTokens } from "../../source/attributes/argumentList.ts";
import { hostExample } from "../../source/examples/hostExample.ts";
import { isU32 } from "../../source/attributes/numbers.ts";
import { unquoteFix } from "../../source/attributes/unquoteFix.ts";

export const hostInterfaceVersion: SourceRule = {
  id: "host-interface-version",
  severity: "error",
  word: "macro",
  page: {
    finds: "A host interface without a version, or with one that is no literal number.",
    why: "Plugins and hosts compare the version when a plugin binds its host, and the macro reads it while it compiles.",
    bad: hostExample({ attribute: 'version = "1"' }),
    good: hostExample(),
    isLinkedOnly: true,
  },
  hostInterface: ({ attribute, placed }, report) => {
    const version = argumentNamed(argumentList(attribute.arguments), "version");
    if (version === undefined) {
      report(
        attribute,
        "A host interface needs a version. Write `#[host_interface(version = 1)]`.",
        {
          fixes: addArgument(placed, attribute, "version = 1"),
        },
      );
    } else if (!isU32(version.value)) {
      report(
        spanOfTokens(version.value.length === 0 ? version.tokens : version.value),
        "The version of a host interface is an integer literal, such as `version = 1`.",
        { fixes: unquoteFix(placed, version.value) },
      );
    }
  },
};
