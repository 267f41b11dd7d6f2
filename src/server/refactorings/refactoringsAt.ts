// What can be made of the method at a place beyond mending a mistake: changes of its trait and of every impl block at once.

import type { TextFix } from "../../model/text/textFix.ts";
import type { ProjectSnapshot } from "../../project/project.ts";
import { findSetupProblems } from "../../project/asyncRules/asyncSetup.ts";
import type { BuildChoices } from "../../project/buildSettings.ts";
import type { PluginFacts } from "../../rust/fidius/facts.ts";
import { type PluginFix, setupChanges } from "../quickFixes/index.ts";
import { fidiusPlaceAt, type SourcePlace } from "../syntax/fidiusPlaces.ts";
import { makeOptional } from "./makeOptional.ts";
import { type MethodEverywhere, methodEverywhere } from "./methodSites.ts";
import { ownArguments } from "./ownArguments.ts";
import { toggleAsync } from "./toggleAsync.ts";

/** The refactorings of the method whose name or attributes are at the place. */
export function refactoringsAt(
  place: SourcePlace,
  snapshot: ProjectSnapshot,
  choices: BuildChoices,
): readonly TextFix[] {
  const found = fidiusPlaceAt(snapshot, place);
  const isAtMethod =
    (found?.kind === "interfaceMethod" || found?.kind === "pluginMethod") && found.part !== "rest";
  const everywhere = isAtMethod ? methodEverywhere(found, snapshot) : undefined;
  if (everywhere === undefined) {
    return [];
  }
  return [
    withFeatures(toggleAsync(everywhere), everywhere, snapshot, choices),
    makeOptional(everywhere, snapshot),
    ownArguments(everywhere),
  ].filter((fix) => fix !== undefined);
}

/** Async methods need a feature of Fidius where their plugins do not have it yet. */
function withFeatures(
  fix: TextFix | undefined,
  { trait, impls }: MethodEverywhere,
  snapshot: ProjectSnapshot,
  choices: BuildChoices,
): TextFix | undefined {
  if (fix === undefined || trait.method.isAsync) {
    return fix;
  }
  const lacking = impls.flatMap(({ plugin }): readonly PluginFix[] => {
    const { features } = choices(plugin.schema.crate.manifestPath);
    return findSetupProblems(asIfAsync(plugin, trait.method.name), snapshot.graph, features)
      .filter(({ kind }) => kind === "missingAsyncFeature" || kind === "missingFidiusDependency")
      .flatMap(({ fixes: [first] }) => (first === undefined ? [] : [{ fix: first, plugin }]));
  });
  const changes = setupChanges(lacking, snapshot.files) ?? [];
  return { ...fix, changes: [...fix.changes, ...changes] };
}

function asIfAsync(plugin: PluginFacts, name: string): PluginFacts {
  const methods = plugin.schema.methods.map((method) =>
    method.name === name ? { ...method, isAsync: true } : method,
  );
  return { ...plugin, schema: { ...plugin.schema, methods } };
}
