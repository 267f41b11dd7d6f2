// What the rules for async methods say: what is wrong, why, and what to do next.

import type { FindingOf, SetupFinding } from "../../project/asyncRules/setupFinding.ts";
import { assertNever } from "../../model/result.ts";
import type { RuntimeUse } from "../../rust/fidius/facts.ts";

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

/** Labels of the places that belong to a diagnostic. */
export const relatedPlaces = {
  manifestLine: "The line of the manifest",
  use: "Named here",
  method: (name: string) => `The async method ${name}`,
} as const;
