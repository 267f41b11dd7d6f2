// Code that names the client of an interface whose crate is built without its feature `host`.

import { entryOf } from "../../../project/asyncRules/setupFinding.ts";
import type { CrateSources } from "../../../rust/fidius/crateCheck.ts";
import type { Fragment } from "../../../rust/syntax/items/items.ts";
import type { Module } from "../../../rust/names/modules/modules.ts";
import { exampleLibrary } from "../../source/examples/example.ts";
import {
  clientPaths,
  clientTrait,
  functionsIn,
  mentionsClient,
  type ClientTrait,
} from "../../source/names/generatedClients.ts";
import { textOf } from "../../source/textFixes.ts";
import type { ReportAt, ReportDetails, SourceRule } from "../../sourceRule.ts";

const client = 'pub fn client() {\n    let _ = ToolClient::in_process("MyTool");\n}';

export const clientWithoutHostFeature: SourceRule = {
  id: "client-without-host-feature",
  severity: "error",
  word: "rustc",
  page: {
    finds:
      "Code that names the client of an interface, such as `ToolClient`, whose crate is built without its feature `host`.",
    why: "The macro makes the client only under that feature of the interface's crate, which has to enable `fidius/host`. rustc says that there is no such name (E0432, E0433).",
    bad: exampleLibrary({ after: client }),
    good: exampleLibrary({ after: `#[cfg(feature = "host")]\n${client}` }),
    limits:
      "Silent where the name may come from elsewhere, and about types in signatures: the `use` line or the call is marked.",
  },
  crate: (sources, report) => {
    for (const module of sources.crate.modules().filter(mentionsClient)) {
      checkUses(sources, module, report);
      checkBodies(sources, module, report);
    }
  },
};

function checkUses(sources: CrateSources, module: Module, report: ReportAt): void {
  for (const { leaf, placed } of module.declaredLeaves) {
    const trait = leaf.isGlob ? undefined : clientTrait(sources.names, module, leaf.path);
    if (trait !== undefined && lacksHost(sources, trait)) {
      const name = leaf.path.at(-1) ?? "";
      const found = new RegExp(String.raw`\b${name}\b`, "u").exec(textOf(placed, leaf));
      const start = leaf.start + (found?.index ?? 0);
      say(sources, trait, { start, end: start + name.length }, (...rest) => {
        report(placed, ...rest);
      });
    }
  }
}

function checkBodies(sources: CrateSources, module: Module, report: ReportAt): void {
  for (const placed of functionsIn(module)) {
    for (const { trait, segments, start } of clientPaths(sources.names, module, placed)) {
      const [first = ""] = segments;
      const isImported = module.leavesAround.some(({ leaf }) => leaf.binding === first);
      const isSaid = segments.length === 1 && isImported;
      if (!isSaid && placed.origin === undefined && lacksHost(sources, trait)) {
        const text = placed.chunk.text.slice(start);
        const name = `${trait.placed.item.name}Client`;
        const at = start + Math.max(0, text.indexOf(name));
        say(sources, trait, { start: at, end: at + name.length }, (...rest) => {
          report(placed, ...rest);
        });
      }
    }
  }
}

function lacksHost({ names }: CrateSources, { kind, module }: ClientTrait): boolean {
  return kind === "interface" && !names.featuresOf(module.crate.node.id).has("host");
}

function say(
  { crate, names }: CrateSources,
  { module, placed }: ClientTrait,
  fragment: Fragment,
  report: (fragment: Fragment, message: string, details: ReportDetails) => void,
): void {
  const owner = module.crate.node;
  const line = crate.node.dependencies.find(
    ({ crateId, kind, target }) =>
      crateId === owner.id && kind === "normal" && (target === null || names.appliesTo(target)),
  );
  const { name } = placed.item;
  const fixes: ReportDetails["fixes"] = [
    ...(line === undefined
      ? []
      : [
          {
            kind: "enableFeatures",
            manifestPath: crate.node.info.manifestPath,
            entry: entryOf(line),
            features: ["host"],
          } as const,
        ]),
    ...("host" in owner.features || !owner.isLocal
      ? []
      : [
          {
            kind: "declareFeature",
            manifestPath: owner.info.manifestPath,
            feature: "host",
            enables: [
              `${module.crate.node.dependencies.find(({ packageName }) => packageName === "fidius")?.key ?? "fidius"}/host`,
            ],
          } as const,
        ]),
  ];
  report(
    fragment,
    `\`${name}Client\` is there only with the feature \`host\` of \`${owner.info.name}\`, and this build does not enable it. ${line === undefined ? 'Build with the feature, or put this code under `#[cfg(feature = "host")]`.' : "Enable it on the dependency."}`,
    { fixes },
  );
}
