// A plugin of an interface that the workspace has: a draft without methods is read like any other source, then the methods that it
// lacks are written as the quick fix writes them.

import { asTable } from "../cargo/manifest/tomlDocument.ts";
import { methodStub } from "../diagnostics/source/methods/methodStub.ts";
import { typesOf } from "../diagnostics/source/types/streamTypes.ts";
import { err, ok, type Result } from "../model/result.ts";
import { parseType } from "../rust/syntax/typeSyntax.ts";
import { manifestText } from "./crateManifest.ts";
import { typeNameOf } from "./crateNames.ts";
import {
  hasHost,
  serdeDependency,
  testDependencies,
  type CrateContent,
  type CrateDependencyLine,
  type CrateSetting,
} from "./crateSetting.ts";
import { Drafts } from "./drafts.ts";
import { pathFrom, sharedSource, sourceLike } from "./fidiusDependency.ts";
import type { FoundCrateInterface } from "./findInterface.ts";
import { importsOfTypes, mergedUses, type TypeImports } from "./typeImports.ts";
import { pluginText, type PluginSource } from "./templates/pluginCrate.ts";

export function planPlugin(
  setting: CrateSetting,
  known: FoundCrateInterface,
): Result<CrateContent, string> {
  const { request, packageName } = setting;
  const { name: trait, buffer } = known.schema;
  const type = {
    name: typeNameOf(packageName, "Plugin", [trait]),
    isConfigured: request.isConfigured === true,
  };
  using drafts = new Drafts(setting);
  const draftManifest = manifestOf(setting, known, []);
  const reach = drafts.reach(draftManifest, known.schema);
  if (!reach.ok) {
    return reach;
  }
  const source: PluginSource = {
    type,
    trait,
    imports: [
      "use fidius::plugin_impl;",
      ...(type.isConfigured ? ["use serde::{Deserialize, Serialize};"] : []),
      `use ${reach.value.trait}::${trait};`,
      `use ${reach.value.companion}::__fidius_${trait};`,
    ],
    isArena: buffer === "Arena",
    hasHost: hasHost(setting),
    methods: [],
  };
  const { subject, found, problem: reason } = drafts.read(draftManifest, pluginText(source));
  if (subject === undefined || found === undefined) {
    return err(
      `${known.schema.id} cannot be implemented from here: ${reason ?? "its methods are not known."}`,
    );
  }
  if (found.interface.placed.item.generics.length > 0) {
    return err(
      `${trait} has type parameters, and which types a plugin takes for them only its author knows. Write this plugin by hand.`,
    );
  }
  const types = importsOfTypes(
    found.methods.flatMap(({ item }) => typesOf(item).map((each) => parseType(each))),
    found.interface.module,
    subject,
  );
  if (!types.ok) {
    return types;
  }
  const methods = found.methods.map((method) => methodStub(method, found.interface));
  const manifest = manifestOf(setting, known, dependenciesOf(setting, known, types.value));
  const text = pluginText({
    ...source,
    imports: mergedUses([...source.imports, ...types.value.uses]),
    methods,
  });
  const { problem } = drafts.read(manifest, text);
  return problem === undefined
    ? ok({
        manifest,
        sources: { "src/lib.rs": text },
        mainFile: "src/lib.rs",
        notes: [`Fill in what stands at todo!() in src/lib.rs of ${packageName}.`],
      })
    : err(`A plugin of ${trait} cannot be written for you: ${problem}`);
}

function manifestOf(
  setting: CrateSetting,
  { schema, folder }: FoundCrateInterface,
  more: readonly CrateDependencyLine[],
): string {
  const { request, packageName, place, fidius } = setting;
  const { name } = schema.crate;
  const isAsync = schema.methods.some((method) => method.isAsync);
  const own: CrateDependencyLine[] = [
    { key: "fidius", kind: "normal", ...fidius, ...(isAsync ? { features: ["async"] } : {}) },
    {
      key: name,
      kind: "normal",
      ...(sharedSource(place, name) ?? { path: pathFrom(request.folder, folder) }),
    },
    ...(request.isConfigured === true ? [serdeDependency(setting)] : []),
  ];
  const taken = new Set(own.map(({ key }) => key));
  return manifestText(
    {
      name: packageName,
      description: `A plugin of ${schema.name}`,
      isLoaded: true,
      dependencies: [
        ...own,
        ...more.filter(({ key }) => !taken.has(key)),
        ...testDependencies(setting, "sync"),
      ],
    },
    place,
  );
}

/** The crates that the types of the methods are of, as the interface's crate has them. */
function dependenciesOf(
  { request }: CrateSetting,
  { manifest, folder }: FoundCrateInterface,
  { crates }: TypeImports,
): readonly CrateDependencyLine[] {
  const written = asTable(manifest["dependencies"]) ?? {};
  return crates.flatMap((key) => {
    const value = written[key];
    const source = sourceLike(value, folder, request.folder);
    const table = asTable(value);
    const features = Array.isArray(table?.["features"])
      ? table["features"].filter((feature) => typeof feature === "string")
      : [];
    const renamed = typeof table?.["package"] === "string" ? { package: table["package"] } : {};
    return source === undefined
      ? []
      : [
          {
            key,
            kind: "normal" as const,
            ...source,
            ...renamed,
            ...(features.length > 0 ? { features } : {}),
          },
        ];
  });
}
