// The feature `host` of a crate with an interface: the macros put the host's side under it, whether the crate declares it or not.

import path from "node:path";
import type { CrateDependency, CrateId, CrateNode } from "../../model/crateGraph.ts";
import type { ManifestFix } from "../../model/manifestFix.ts";
import type { CrateInfo } from "../../model/plugin.ts";
import { manifestSpan } from "./manifestSpan.ts";
import type { ProjectSnapshot } from "../../project/project.ts";
import type { FidiusPath, InterfaceFacts } from "../../rust/fidius/facts.ts";
import { isGuestPath } from "../../rust/fidius/guest.ts";
import type { ProjectDiagnostic, ProjectRule } from "../diagnostic.ts";

/** What the rules look at: an interface or a host interface. */
type Marked = Pick<InterfaceFacts, "attributeSpan" | "crateId" | "fidius">;

export const hostFeature: ProjectRule = (snapshot) => {
  const { interfaces, hostInterfaces } = snapshot.rust;
  const marked: readonly Marked[] = [...interfaces, ...hostInterfaces];
  const silent = new Map<CrateId, boolean>();
  return marked.flatMap((found) => {
    const crate = snapshot.graph.crates.get(found.crateId);
    const isLibrary = crate?.isLocal === true && crate.info.target === undefined;
    if (!isLibrary || isGuestPath(found.fidius)) {
      return [];
    }
    if ("host" in crate.features) {
      return emptyFeature(snapshot, crate, found);
    }
    const isAllowed = silent.get(crate.id) ?? allowsUnknownCfg(snapshot, crate);
    silent.set(crate.id, isAllowed);
    return isAllowed ? [] : undeclaredFeature(crate, found);
  });
};

/** rustc warns of a `cfg` that names a feature which is not declared, unless it is told not to. */
function undeclaredFeature(
  crate: CrateNode,
  { attributeSpan, fidius }: Marked,
): readonly ProjectDiagnostic[] {
  const line = fidiusLine(crate, fidius);
  const isImplied = crate.dependencies.some(({ key, isOptional }) => isOptional && key === "host");
  // `fidius-core` has no host's side, so there is no client.
  if (line?.packageName !== "fidius" || isImplied) {
    return [];
  }
  const enabled = `${line.key}/host`;
  const example = `host = ["${enabled}"]`;
  const { info } = crate;
  return [
    {
      code: "hostFeatureUndeclared",
      severity: "warning",
      message: `The macro puts the client of this trait under the feature \`host\` of \`${info.name}\`, which declares none: no host can use it, and rustc warns of the name. Declare \`${example}\`.`,
      span: attributeSpan,
      related: [],
      fixes: [declareHost(info, enabled)],
      plugin: null,
    },
  ];
}

/** With the feature the code needs the host's side of Fidius, which is only there when it was asked for. */
function emptyFeature(
  snapshot: ProjectSnapshot,
  crate: CrateNode,
  { attributeSpan, fidius }: Marked,
): readonly ProjectDiagnostic[] {
  const line = fidiusLine(crate, fidius);
  const isEnabled = enabledBy(snapshot, crate).has("host");
  if (!isEnabled || line?.packageName !== "fidius" || hasHost(snapshot, line)) {
    return [];
  }
  const enabled = `${line.key}/host`;
  const { info } = crate;
  const place = { key: line.key, kind: line.table ?? line.kind, target: line.target };
  const span = manifestSpan(snapshot.files, { manifestPath: info.manifestPath, entry: place });
  return [
    {
      code: "hostFeatureEmpty",
      severity: "error",
      message: `This build enables the feature \`host\` of \`${info.name}\`, under which the macro makes a client out of Fidius' own feature \`host\` (E0433). Have it enable \`${enabled}\`.`,
      span: attributeSpan,
      related: span === undefined ? [] : [{ span, message: "The dependency without the feature" }],
      fixes: [declareHost(info, enabled)],
      plugin: null,
    },
  ];
}

/** Has the crate's feature `host` enable that of Fidius. */
function declareHost({ manifestPath }: CrateInfo, enabled: string): ManifestFix {
  return { kind: "declareFeature", manifestPath, feature: "host", enables: [enabled] };
}

/** The dependency that the attribute's path leads to, where it is one of the crate's own. */
function fidiusLine(crate: CrateNode, { target }: FidiusPath): CrateDependency | undefined {
  return target.kind === "dependency" && target.owner === crate.id
    ? crate.dependencies.find(({ key, kind }) => key === target.dependencyKey && kind === "normal")
    : undefined;
}

/** Features that builds of the open folders enable of a crate, as far as manifests say so. */
function enabledBy({ graph }: ProjectSnapshot, crate: CrateNode): ReadonlySet<string> {
  const enabled = new Set<string>("default" in crate.features ? ["default"] : []);
  for (const { dependencies } of graph.crates.values()) {
    for (const { crateId, features } of dependencies) {
      features.filter(() => crateId === crate.id).forEach((feature) => enabled.add(feature));
    }
  }
  for (const feature of enabled) {
    (crate.features[feature] ?? []).forEach((each) => enabled.add(each));
  }
  return enabled;
}

/** Whether anything may give the package its feature `host`. */
function hasHost({ graph }: ProjectSnapshot, line: CrateDependency): boolean {
  const giving: ReadonlySet<string> = new Set(["host", "streaming", "wasm", "python"]);
  return [...graph.crates.values()].some(({ features, dependencies }) => {
    const lines = dependencies.filter(({ packageName }) => packageName === line.packageName);
    return lines.some(
      (each) =>
        each.features.some((feature) => giving.has(feature)) ||
        Object.values(features).some((enables) =>
          enables.some((entry) => {
            const [key, feature] = entry.split(/\??\//u);
            return key === each.key && giving.has(feature ?? "");
          }),
        ),
    );
  });
}

/** A lint level, or a build script that declares names of its own. */
function allowsUnknownCfg({ files }: ProjectSnapshot, { info, rootFile }: CrateNode): boolean {
  const folder = path.dirname(info.manifestPath);
  const texts = [
    info.manifestPath,
    path.join(info.workspaceRoot, "Cargo.toml"),
    path.join(folder, "build.rs"),
    rootFile ?? "",
  ].map((file) => (file === "" ? "" : (files.read(file) ?? "")));
  return texts.some((text) => /unexpected_cfgs|rustc-check-cfg/u.test(text));
}
