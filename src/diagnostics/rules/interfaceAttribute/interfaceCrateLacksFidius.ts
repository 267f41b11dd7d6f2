// An interface in a crate where the path that generated code begins with leads to no crate.

import { fidiusPath } from "../../../rust/fidius/fidiusPath.ts";
import { interfaceArguments } from "../../../rust/fidius/fidiusArguments.ts";
import { addArgument } from "../../source/attributes/attributeFixes.ts";
import { addSimilarDependency } from "../../../project/asyncRules/similarDependency.ts";
import type { InterfaceSubject } from "../../source/subjects.ts";
import type { ReportDetails, SourceRule } from "../../sourceRule.ts";

const example = (attribute: string): string =>
  `use framework::plugin_interface;\n\n#[plugin_interface(version = 1, buffer = PluginAllocated${attribute})]\npub trait Tool: Send + Sync {\n    fn run(&self, input: String) -> String;\n}\n`;

export const interfaceCrateLacksFidius: SourceRule = {
  id: "interface-crate-lacks-fidius",
  severity: "error",
  word: "rustc",
  page: {
    finds:
      "An interface or a host interface in a crate without a dependency named `fidius`, and without `crate = …`.",
    why: 'The code that the macro makes begins with `fidius::…`. rustc says E0433 at the attribute, about a crate that nobody named there. A dependency on `fidius-core`, or one that is renamed, has to be told by `crate = "…"`.',
    bad: example(""),
    good: example(', crate = "framework"'),
    fidiusName: "framework",
    isLinkedOnly: true,
    limits:
      'The examples\' manifest says `framework = { package = "fidius", version = "0.5" }`. Silent where the attribute comes out of a macro.',
  },
  interface: check,
  hostInterface: check,
};

function check(
  subject: InterfaceSubject,
  report: Parameters<NonNullable<SourceRule["interface"]>>[1],
): void {
  const { attribute, module, placed, rules, sources } = subject;
  const isWritten = interfaceArguments(attribute).crate !== null;
  const isMade = placed.origin !== undefined;
  if (isWritten || isMade) {
    return;
  }
  const { defaultPath } = rules;
  const path = fidiusPath(sources.names, module, placed, attribute, { written: null, defaultPath });
  if (path.target.kind !== "unresolved") {
    return;
  }
  const { name } = module.crate.node.info;
  const other = otherName(subject);
  const next =
    other === undefined
      ? "Add the dependency."
      : `Write \`crate = "${other}"\`, or add the dependency.`;
  report(
    attribute,
    `The code of this attribute begins with \`${defaultPath}\`, and \`${name}\` has no dependency of that name. ${next}`,
    { fixes: fixes(subject, other) },
  );
}

/** What the crate calls Fidius. */
function otherName({ module, sources }: InterfaceSubject): string | undefined {
  return module.crate.node.dependencies.find(
    ({ packageName, kind, target }) =>
      ["fidius", "fidius-core"].includes(packageName) &&
      kind === "normal" &&
      (target === null || sources.names.appliesTo(target)),
  )?.codeName;
}

function fixes(
  { attribute, module, placed, rules, sources }: InterfaceSubject,
  other: string | undefined,
): NonNullable<ReportDetails["fixes"]> {
  const { node } = module.crate;
  const packageName = rules.defaultPath.replaceAll("_", "-");
  const added = addSimilarDependency(sources.names.graph, node, {
    packageName,
    features: [],
    fallback: "0.5",
  });
  const written = other === undefined ? [] : addArgument(placed, attribute, `crate = "${other}"`);
  return node.isLocal && node.info.target === undefined ? [...written, added] : written;
}
