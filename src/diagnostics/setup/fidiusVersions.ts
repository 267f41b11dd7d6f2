// Plugin and interface are built with releases of Fidius that do not go together, or ask for two that cargo cannot both choose.

import { abiOfRelease } from "../../abi/versions.ts";
import type { CrateDependency, CrateNode } from "../../model/crateGraph.ts";
import { entryOf } from "../../project/asyncRules/setupFinding.ts";
import type { ProjectSnapshot } from "../../project/project.ts";
import { newestRelease } from "../../rust/fidius/fidiusRelease.ts";
import type { PluginFacts } from "../../rust/fidius/facts.ts";
import { isFidiusPackage } from "../../rust/names/stdNames.ts";
import type { ProjectDiagnostic, ProjectRule } from "../diagnostic.ts";
import { manifestSpan } from "./manifestSpan.ts";

export const fidiusVersions: ProjectRule = (snapshot) => {
  const { crates } = snapshot.graph;
  const crateOf = new Map(
    snapshot.rust.interfaces.map(({ schema, crateId }) => [schema.id, crates.get(crateId)]),
  );
  return snapshot.rust.plugins.flatMap((plugin) => {
    const own = crates.get(plugin.crateId);
    const other = crateOf.get(plugin.schema.interfaceId ?? "");
    return own === undefined || other === undefined || own === other
      ? []
      : [...differingReleases(snapshot, plugin, own, other), ...conflict(snapshot, own, other)];
  });
};

/** Code of two ABIs does not compile together (E0308, E0061 at the attribute). */
function differingReleases(
  { graph }: ProjectSnapshot,
  { attributeSpan, schema }: PluginFacts,
  own: CrateNode,
  other: CrateNode,
): readonly ProjectDiagnostic[] {
  const here = newestRelease(graph, own);
  const there = newestRelease(graph, other);
  if (here === undefined || there === undefined || abiOfRelease(here) === abiOfRelease(there)) {
    return [];
  }
  const message = `This plugin is built with Fidius ${minorOf(here)}, and its interface in \`${other.info.name}\` with ${minorOf(there)}: their generated code does not go together (E0308). Write the same version of Fidius in both manifests.`;
  const place = { span: attributeSpan, related: [], fixes: [], plugin: schema };
  return [{ code: "fidiusVersionsDiffer", severity: "error", message, ...place }];
}

function minorOf(version: string): string {
  return version
    .split(".")
    .slice(0, version.startsWith("0.0.") ? 3 : 2)
    .join(".");
}

/** Two exact requirements that one release cannot meet, so that cargo finds none. */
function conflict(
  { files }: ProjectSnapshot,
  own: CrateNode,
  other: CrateNode,
): readonly ProjectDiagnostic[] {
  return exactLines(own).flatMap((line) => {
    const there = exactLines(other).find(
      ({ packageName, requirement }) =>
        packageName === line.packageName &&
        requirement !== line.requirement &&
        minorOf(pinned(requirement)) === minorOf(pinned(line.requirement)),
    );
    const place = { manifestPath: own.info.manifestPath, entry: entryOf(line) };
    const span = there === undefined ? undefined : manifestSpan(files, place);
    if (there === undefined || span === undefined) {
      return [];
    }
    const message = `Cargo cannot choose a ${line.packageName} for both: \`${own.info.name}\` asks for exactly ${pinned(line.requirement)}, and \`${other.info.name}\`, which it depends on, for exactly ${pinned(there.requirement)}. Write the same version in both manifests.`;
    const code = "fidiusRequirementConflict";
    return [{ code, severity: "error", message, span, related: [], fixes: [], plugin: null }];
  });
}

function exactLines({ dependencies }: CrateNode): readonly CrateDependency[] {
  return dependencies.filter(
    ({ packageName, requirement, kind }) =>
      kind === "normal" && isFidiusPackage(packageName) && pinned(requirement) !== "",
  );
}

/** The version of an exact requirement, `=0.5.9`; else empty. */
function pinned(requirement: string | null): string {
  return /^=\s*(?<version>\d+\.\d+\.\d+\S*)$/u.exec(requirement ?? "")?.groups?.["version"] ?? "";
}
