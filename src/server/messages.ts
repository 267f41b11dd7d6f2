// Every sentence that the server says to people, in one place: what is wrong, why, and what to do next.

import type { FindingOf, SetupFinding, SetupFix } from "../project/setupFinding.ts";
import type { CallObstacle, CandidateContents, PluginSchema } from "../model/plugin.ts";
import { assertNever } from "../model/result.ts";
import type { RuntimeUse } from "../rust/fidius/facts.ts";

/** Why the methods named by the finding do not compile (or run), and the next step; said on the method. */
export function findingMessage(finding: SetupFinding): string {
  switch (finding.kind) {
    case "missingFidiusDependency":
      return missingFidiusDependency(finding);
    case "missingAsyncFeature":
      return missingAsyncFeature(finding);
    case "companionNotInScope":
      return companionNotInScope(finding);
    case "missingTokioDependency":
      return `${usesText(finding.uses)} but \`tokio\` is not a dependency of \`${packageOf(finding)}\`: add it${withFeatures(finding.features)}.`;
    case "missingTokioFeature":
      return missingTokioFeature(finding);
    case "foreignRuntime":
      return `Fidius runs async methods on tokio, and \`${finding.runtime}\` belongs to another runtime: its tasks, timers and sockets need their own reactor, which no one starts or stops in a plugin. Use tokio's counterpart.`;
    default:
      return assertNever(finding);
  }
}

/** The same, said on the manifest line. */
export function findingManifestMessage(finding: SetupFinding): string {
  const methods = finding.methods.map(({ name }) => `\`${name}\``).join(", ");
  const which =
    methods === ""
      ? `\`${finding.plugin.schema.name}\``
      : `\`${finding.plugin.schema.name}\` (async ${methods})`;
  return `${which}: ${findingMessage(finding)}`;
}

function companionNotInScope({ companion, fixes }: FindingOf<"companionNotInScope">): string {
  const next =
    fixes.length === 0
      ? "re-export it where the trait is re-exported, then import it."
      : "import it beside the trait.";
  return `The code of #[plugin_impl] names the module \`${companion}\`, which is not in scope here: ${next}`;
}

function missingFidiusDependency(finding: FindingOf<"missingFidiusDependency">): string {
  const { plugin, packageName, fixes, methods, hasCoreFeature } = finding;
  const path = plugin.fidius.text;
  const isSync = methods.length === 0;
  const named = isSync ? path : `${path}::async_runtime`;
  if (fixes.length === 0) {
    return `The code of #[plugin_impl] names \`${named}\`, but the path \`${path}\` leads to no crate: correct \`crate = "…"\`, or re-export Fidius where it points.`;
  }
  const core = hasCoreFeature ? " (the feature on `fidius-core` alone does not help)" : "";
  const feature = isSync ? "" : " with the feature `async`";
  return `The code of #[plugin_impl] names \`${named}\`, but \`${packageOf(finding)}\` does not depend on \`${packageName}\`${core}: add it${feature}.`;
}

function missingAsyncFeature(finding: FindingOf<"missingAsyncFeature">): string {
  const { plugin, packageName, through, hasCoreFeature, buildFeatures, buildPackages } = finding;
  const path = plugin.fidius.text;
  const core = hasCoreFeature ? "; the feature on `fidius-core` alone does not help" : "";
  const via = through === null ? "" : `, which comes from \`${through}\``;
  const [passable] = buildFeatures;
  const packages = buildPackages.map((name) => `-p ${name} `).join("");
  const next =
    passable === undefined
      ? "no option of cargo can pass it here, so add it in Cargo.toml."
      : `add it in Cargo.toml (until then \`${packages}--features ${passable}\` builds).`;
  return `An async method needs \`${path}::async_runtime\`, which is only there with the feature \`async\` of \`${packageName}\`${via}${core}: ${next}`;
}

function missingTokioFeature(finding: FindingOf<"missingTokioFeature">): string {
  const one = finding.features.length === 1;
  const features = finding.features.map((feature) => `\`${feature}\``).join(", ");
  const noun = one ? `feature ${features}` : `features ${features}`;
  const end = finding.isCertain
    ? `add ${one ? "it" : "them"} in Cargo.toml.`
    : `add ${one ? "it" : "them"} in Cargo.toml, unless another dependency enables ${one ? "it" : "them"}.`;
  return `${usesText(finding.uses)} which is only there with tokio's ${noun}: ${end}`;
}

function usesText(uses: readonly RuntimeUse[]): string {
  const names = [...new Set(uses.map(useName))];
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3
    ? `The code names ${shown} and ${String(names.length - 3)} more,`
    : `The code names ${shown},`;
}

function useName({ path, isMacro }: RuntimeUse): string {
  return `\`${path.join("::")}${isMacro ? "!" : ""}\``;
}

function withFeatures(features: readonly string[]): string {
  const names = features.map((feature) => `\`${feature}\``).join(", ");
  switch (features.length) {
    case 0:
      return "";
    case 1:
      return ` with the feature ${names}`;
    default:
      return ` with the features ${names}`;
  }
}

function packageOf(finding: SetupFinding): string {
  return finding.plugin.schema.crate.name;
}

/** Title of the quick fix. `manifest` is the file's place as people know it. */
export function fixTitle(fix: SetupFix, manifest: string): string {
  switch (fix.kind) {
    case "enableFeatures":
      return `Enable ${featureList(fix.features)} on \`${fix.entry.key}\` in ${manifest}`;
    case "addDependency":
      return fix.features.length === 0
        ? `Add \`${fix.packageName}\` to ${manifest}`
        : `Add \`${fix.packageName}\` with ${featureList(fix.features)} to ${manifest}`;
    case "importCompanion":
      return `Import \`${fix.companion}\``;
    case "reorderMethods":
      return "Reorder the methods to the trait's order";
    default:
      return assertNever(fix);
  }
}

function featureList(features: readonly string[]): string {
  const names = features.map((feature) => `\`${feature}\``).join(", ");
  return features.length === 1 ? `the feature ${names}` : `the features ${names}`;
}

/** Labels of the places that belong to a diagnostic. */
export const relatedPlaces = {
  manifestLine: "The line of the manifest",
  use: "Named here",
  method: (name: string) => `The async method ${name}`,
} as const;

export const lensTitles = {
  invoke: "$(play) Invoke",
  build: "Build",
  brokenSource: "$(warning) Invoke waits for the syntax error above or below to be corrected",
} as const;

/** Why a plugin has no lens to invoke it, in the few words of a lens; the view has the whole sentence. */
export function obstacleTitle({ kind }: CallObstacle): string {
  switch (kind) {
    case "program":
      return "$(info) In a program, which no host loads; the Plugins view says what it takes";
    case "noLibrary":
      return "$(info) In no dynamic library; the Plugins view says what it takes";
    case "wasm":
      return "$(info) A WASM component: a host for WASM calls it";
    case "python":
      return "$(info) A Python package: a host for Python calls it";
    default:
      return assertNever(kind);
  }
}

/** Lenses on calls of macros that make plugins. */
export const candidateTitles = {
  look: "$(search) Build to see methods",
  invoke: (method: string): string => `$(play) Invoke ${method}`,
  choose: (plugins: readonly PluginSchema[], methods: number): string => {
    const [first] = plugins;
    const whose =
      plugins.length === 1 && first !== undefined
        ? first.name
        : `${String(plugins.length)} plugins`;
    return `$(play) Invoke… (${whose}: ${String(methods)} methods)`;
  },
} as const;

/** Why a candidate's library gives nothing to invoke, in the few words of a lens; the view has the whole sentence. */
export function libraryTrouble(contents: CandidateContents): string {
  if (contents.kind === "failed") {
    return "$(warning) The library shows no plugin; the Plugins view says why";
  }
  const [unmatched] = contents.unmatched;
  if (unmatched !== undefined) {
    return `$(warning) No source has the library's ${unmatched.interfaceName} (hash ${unmatched.hash})`;
  }
  return contents.plugins === 0
    ? "$(warning) The library has a registry without plugins"
    : "$(info) All plugins of the library are shown at their impl blocks";
}

/** A setting of the client that the server could not use. */
export function settingsProblem(details: string): string {
  return `The initializationOptions are not usable, so defaults apply: ${details}`;
}
