// What a crate writes for a newer Fidius than it is built with.

import { isBefore } from "../../../rust/fidius/fidiusRelease.ts";
import { parseType, streamItem } from "../../../rust/syntax/typeSyntax.ts";
import { argumentList, argumentNamed } from "../../source/attributes/argumentList.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import type { InterfaceSubject, ImplSubject } from "../../source/subjects.ts";
import type { SourceRule } from "../../sourceRule.ts";

const numberType =
  "pub struct MyTool;\n\nimpl MyTool {\n    pub fn configure(_: u32) -> Self {\n        Self\n    }\n}";

export const attributeNeedsNewerFidius: SourceRule = {
  id: "attribute-needs-newer-fidius",
  severity: "error",
  word: "macro",
  page: {
    finds:
      "A stream, a `config` or a second argument in a crate that is built with a Fidius which does not have it.",
    why: "The macros of that release refuse it, or take it for something else.",
    fidius: "0.4.2",
    bad: exampleLibrary({ plugin: "Tool, config = u32", type: numberType }),
    good: exampleLibrary(),
    limits:
      "Where neither cargo nor the requirement in the manifest tells the release, nothing is said.",
  },
  interface: (subject, report) => {
    for (const { nameSpan, parameters, returns } of subject.methods) {
      for (const { type } of parameters) {
        if (isTooOld("0.5.0", subject) && streamItem(parseType(type)) !== null) {
          report(type, sentence("A stream as an argument", "0.5"));
        }
      }
      if (
        returns !== null &&
        isTooOld("0.4.0", subject) &&
        streamItem(parseType(returns)) !== null
      ) {
        report(returns, sentence("A stream as a result", "0.4"));
      }
      if (parameters.length !== 1 && isTooOld("0.0.5", subject)) {
        const second = parameters[1];
        const place = second && { start: second.patternSpan.start, end: second.type.end };
        report(place ?? nameSpan, sentence("Any other number of arguments than one", "0.0.5"));
      }
    }
  },
  impl: (subject, report) => {
    const config = argumentNamed(argumentList(subject.attribute.arguments), "config");
    if (config?.key !== undefined && config.key !== null && isTooOld("0.5.0", subject)) {
      report(config.key, sentence("A configured plugin", "0.5"));
    }
  },
};

function isTooOld(release: string, { module, sources }: InterfaceSubject | ImplSubject): boolean {
  return isBefore(release, sources.names.graph, module.crate.node);
}

function sentence(what: string, release: string): string {
  return `${what} needs Fidius ${release}, and this crate is built with an older release. Raise the requirement on Fidius in Cargo.toml.`;
}
