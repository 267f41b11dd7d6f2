// `crate = "…"` of an interface that leads to no Fidius.

import { fidiusPath } from "../../../rust/fidius/fidiusPath.ts";
import { interfaceArguments } from "../../../rust/fidius/fidiusArguments.ts";
import { isFidiusPackage } from "../../../rust/names/stdNames.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import { nearestName } from "../../source/nearestName.ts";
import { textFix } from "../../source/textFixes.ts";
import type { InterfaceSubject } from "../../source/subjects.ts";
import type { SourceRule } from "../../sourceRule.ts";

export const cratePathUnresolved: SourceRule = {
  id: "crate-path-unresolved",
  severity: "error",
  word: "rustc",
  page: {
    finds: "A `crate = …` of an interface or a plugin whose path leads to no crate of Fidius.",
    why: "All generated code goes through this path. rustc says E0433 about modules that nobody wrote.",
    bad: exampleLibrary({ interface: 'version = 1, buffer = PluginAllocated, crate = "fidus"' }),
    good: exampleLibrary({ interface: 'version = 1, buffer = PluginAllocated, crate = "fidius"' }),
    limits:
      "Where a plugin names a crate that is only missing among the dependencies, missing-fidius-dependency says so.",
  },
  interface: (subject, report) => {
    const { attribute, module, placed, rules, sources } = subject;
    const { crate: written } = interfaceArguments(attribute);
    if (written === null || written.path.trim() === "") {
      return;
    }
    const { target } = fidiusPath(sources.names, module, placed, attribute, {
      written,
      defaultPath: rules.defaultPath,
    });
    const isRoot = ["crate", "self", "super"].includes(written.path.trim());
    if (target.kind !== "unresolved" && !(isRoot && target.kind !== "dependency")) {
      return;
    }
    const wanted = wantedPath(subject, written.path);
    report(
      written,
      `The path \`${written.path}\` leads to no crate of Fidius, and all generated code goes through it.${wanted === undefined ? " Correct it, or re-export Fidius where it points." : ` Did you mean \`${wanted}\`?`}`,
      {
        fixes:
          wanted === undefined
            ? []
            : textFix(placed, `Write \`crate = "${wanted}"\``, {
                fragment: written,
                newText: `"${wanted}"`,
              }),
      },
    );
  },
};

/** What the author most likely meant: a re-export of Fidius at the crate's root, or a dependency with nearly this name. */
function wantedPath({ module }: InterfaceSubject, written: string): string | undefined {
  const { crate } = module;
  const reexported = crate.root?.leaves.find(
    ({ leaf, placed }) =>
      placed.item.visibility !== "private" &&
      leaf.path.length === 1 &&
      isFidiusPackage((leaf.path[0] ?? "").replaceAll("_", "-")),
  )?.leaf.binding;
  if (reexported !== null && reexported !== undefined && /^(?:crate|\w+::\w+)$/u.test(written)) {
    return `crate::${reexported}`;
  }
  const names = crate.node.dependencies
    .filter(({ packageName }) => isFidiusPackage(packageName))
    .map(({ codeName }) => codeName);
  return nearestName(written, names);
}
