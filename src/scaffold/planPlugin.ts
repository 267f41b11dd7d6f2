// A plugin of an interface that the workspace has: a draft without methods is read like any other source, then the methods that it
// lacks are written as the quick fix writes them.

import { dirname, join } from "node:path";
import { asTable } from "../cargo/tomlDocument.ts";
import { checkCrate } from "../diagnostics/checkCrate.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import { methodStub } from "../diagnostics/source/methods/methodStub.ts";
import { typesOf } from "../diagnostics/source/types/streamTypes.ts";
import {
  implOfInterface,
  type ImplOfInterface,
} from "../diagnostics/source/methods/traitMethods.ts";
import { implSubject, type ImplSubject } from "../diagnostics/source/subjects.ts";
import { nullLogger } from "../model/logger.ts";
import { err, ok, type Result } from "../model/result.ts";
import { createProject } from "../project/project.ts";
import type { CrateCheck } from "../rust/fidius/crateCheck.ts";
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
  const path = known.schema.id.slice(0, known.schema.id.lastIndexOf("::"));
  const type = {
    name: typeNameOf(packageName, "Plugin", [trait]),
    isConfigured: request.isConfigured === true,
  };
  const source: PluginSource = {
    type,
    trait,
    imports: [
      "use fidius::plugin_impl;",
      ...(type.isConfigured ? ["use serde::{Deserialize, Serialize};"] : []),
      `use ${path}::{${trait}, __fidius_${trait}};`,
    ],
    isArena: buffer === "Arena",
    hasHost: hasHost(setting),
    methods: [],
  };
  const drafts = new Drafts(setting);
  try {
    const draft = drafts.read(manifestOf(setting, known, []), pluginText(source));
    if (draft.impl === undefined) {
      return err(
        `${path}::${trait} cannot be implemented from here: ${draft.problem ?? "its methods are not known."}`,
      );
    }
    const { subject, found } = draft.impl;
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
  } finally {
    drafts.dispose();
  }
}

/** Sources and manifests that are not written yet, read as if they were. */
class Drafts {
  readonly #setting: CrateSetting;
  readonly #project: ReturnType<typeof createProject>;
  #impl: Draft["impl"];

  constructor(setting: CrateSetting) {
    this.#setting = setting;
    const check: CrateCheck = {
      ...checkCrate,
      impl: (found, sources) => {
        if (dirname(sources.crate.node.info.manifestPath) === setting.request.folder) {
          const subject = implSubject(sources, found);
          const interfaceFound = implOfInterface(subject);
          this.#impl = interfaceFound === null ? undefined : { subject, found: interfaceFound };
        }
        return checkCrate.impl(found, sources);
      },
    };
    const folders = [setting.place?.folder ?? setting.request.folder];
    this.#project = createProject({ folders, isTrusted: false, logger: nullLogger, check });
  }

  read(manifest: string, source: string): Draft {
    const { request, place } = this.#setting;
    this.#project.setOpenText(join(request.folder, "Cargo.toml"), manifest);
    this.#project.setOpenText(join(request.folder, "src/lib.rs"), source);
    if (place !== null) {
      this.#project.setOpenText(place.manifestPath, place.withMember);
    }
    const own = diagnose(this.#project.snapshot()).find(
      ({ severity, span }) =>
        severity === "error" && dirname(dirname(span.file)) === request.folder,
    );
    return { impl: this.#impl, problem: own?.message };
  }

  dispose(): void {
    this.#project.dispose();
  }
}

interface Draft {
  readonly impl: { readonly subject: ImplSubject; readonly found: ImplOfInterface } | undefined;
  /** The first error of ours. */
  readonly problem: string | undefined;
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
