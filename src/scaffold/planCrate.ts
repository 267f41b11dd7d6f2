// Decides what a new crate consists of. Nothing is written here: a plan that cannot be made leaves nothing behind.

import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { statsOf } from "../files/fileStats.ts";
import { err, ok, type Result } from "../model/result.ts";
import { manifestText } from "./crateManifest.ts";
import { checkCrateName, traitNameOf, typeNameOf } from "./crateNames.ts";
import {
  firstWithAll,
  hasHost,
  serdeDependency,
  testDependencies,
  type CrateContent,
  type CrateSetting,
} from "./crateSetting.ts";
import { requiredRelease, sharedSource, type PackageSource } from "./fidiusDependency.ts";
import { compareReleases, lockedFidius, newestKnownFidius } from "./fidiusVersion.ts";
import { findInterface, type FoundCrateInterface } from "./findInterface.ts";
import type { ChangedText, CratePlan, FileText, NewCrate } from "./newCrate.ts";
import { planHost } from "./planHost.ts";
import { planPlugin } from "./planPlugin.ts";
import { interfaceCrateText } from "./templates/interfaceCrate.ts";
import { ownPluginText } from "./templates/pluginCrate.ts";
import {
  sharedDependency,
  workspaceAround,
  type OpenTexts,
  type WorkspacePlace,
} from "./workspacePlace.ts";

/** The first release with a feature `host` in its facade. */
const oldestKnown = "0.2.0";

export interface PlanOptions {
  /** Asks a registry for the newest Fidius; where it is not to be asked, the newest that is known is taken. */
  readonly newestFidius?: (folder: string) => Promise<string | undefined>;
  readonly openTexts?: OpenTexts;
}

/** The plan for a crate; the error is a sentence that says why there is none. */
export async function planCrate(
  request: NewCrate,
  { newestFidius = () => Promise.resolve(undefined), openTexts = new Map() }: PlanOptions = {},
): Promise<Result<CratePlan, string>> {
  const name = checkCrateName(request.name ?? basename(request.folder));
  if (!name.ok) {
    return name;
  }
  const packageName = name.value;
  const problem = folderProblem(request.folder) ?? wishProblem(request);
  if (problem !== undefined) {
    return err(problem);
  }
  const place = workspaceAround(request.folder, openTexts);
  if (!place.ok) {
    return place;
  }
  if (place.value?.memberNames.has(packageName) === true) {
    return err(
      `This workspace has a package ${packageName} already. Give another name, or another folder.`,
    );
  }
  const interfaceFound = findInterface(request, place.value, openTexts);
  if (!interfaceFound.ok) {
    return interfaceFound;
  }
  const known = interfaceFound.value;
  const fidius = await fidiusFor(request, place.value, known, newestFidius);
  const refusal = releaseProblem(request, fidius.release);
  if (refusal !== undefined) {
    return err(refusal);
  }
  const setting = { request, packageName, place: place.value, openTexts, ...fidius };
  const content = contentOf(setting, known);
  return content.ok ? planOf(setting, content.value) : content;
}

function contentOf(
  setting: CrateSetting,
  known: FoundCrateInterface | undefined,
): Result<CrateContent, string> {
  const { kind } = setting.request;
  if (kind === "interface") {
    return ok(interfaceContent(setting));
  }
  if (known !== undefined) {
    return kind === "plugin" ? planPlugin(setting, known) : planHost(setting, known);
  }
  return kind === "plugin"
    ? ok(ownPluginContent(setting))
    : err(
        "A host calls the plugins of an interface, and this workspace has none. Make one first: fidius-call new interface.",
      );
}

/** Levels of folders that are looked into for a file. */
const deepestLook = 4;

/** What keeps the folder from becoming a package. */
function folderProblem(folder: string): string | undefined {
  const stats = statsOf(folder);
  if (stats === undefined) {
    return undefined;
  }
  if (!stats.isDirectory()) {
    return `${folder} is there and no folder. Give a folder that is empty or not there yet.`;
  }
  const first = firstFileIn(folder);
  return first === undefined
    ? undefined
    : `${folder} has files already (${first}), and none is overwritten. Give a folder that is empty or not there yet.`;
}

/** Folders without files count as nothing: Undo in an editor leaves some. */
function firstFileIn(folder: string, depth = 0): string | undefined {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(
    ({ name }) => depth > 0 || !name.startsWith("."),
  );
  for (const entry of entries) {
    const isOpened = entry.isDirectory() && depth < deepestLook;
    const found = isOpened ? firstFileIn(join(folder, entry.name), depth + 1) : entry.name;
    if (found !== undefined) {
      return found === entry.name ? found : `${entry.name}/${found}`;
    }
  }
  return undefined;
}

/** What does not go together in a request. */
function wishProblem({ kind, methods, isConfigured, interfaceName }: NewCrate): string | undefined {
  if (isConfigured === true && kind !== "plugin") {
    return "Only a plugin is configured. Leave that out, or make a plugin.";
  }
  if (kind === "interface" && interfaceName !== undefined) {
    return "A new interface needs no other one. Leave out the interface, or make a plugin or a host.";
  }
  if (kind === "host" && methods !== undefined) {
    return "A host calls the methods that its interface has. Leave out what they are.";
  }
  return methods !== undefined && interfaceName !== undefined
    ? "A plugin of an interface has the interface's methods. Leave out the interface or what the methods are."
    : undefined;
}

interface FidiusChoice {
  readonly fidius: PackageSource;
  readonly release: string;
}

async function fidiusFor(
  { folder }: NewCrate,
  place: WorkspacePlace | null,
  known: FoundCrateInterface | undefined,
  newestFidius: (folder: string) => Promise<string | undefined>,
): Promise<FidiusChoice> {
  const locked = place === null ? undefined : lockedFidius(place.folder);
  const shared = sharedSource(place, "fidius");
  const source = shared ?? known?.fidius;
  if (source !== undefined) {
    const required =
      source.workspace === true
        ? requiredRelease(sharedDependency(place, "fidius"))
        : requiredRelease(source.version);
    return { fidius: source, release: locked ?? required ?? newestKnownFidius };
  }
  const release = locked ?? (await newestFidius(folder)) ?? newestKnownFidius;
  return { fidius: { version: release }, release };
}

function releaseProblem(
  { kind, methods, isConfigured }: NewCrate,
  release: string,
): string | undefined {
  if (compareReleases(release, oldestKnown) < 0) {
    return `This workspace has Fidius ${release}, and new crates need ${oldestKnown} or newer. Update Fidius first.`;
  }
  const isNew =
    kind === "host"
      ? "A host"
      : isConfigured === true
        ? "A configuration"
        : methods === "streaming"
          ? "A stream"
          : undefined;
  return isNew !== undefined && compareReleases(release, firstWithAll) < 0
    ? `${isNew} needs Fidius ${firstWithAll} or newer, and this workspace has ${release}. Update Fidius first.`
    : undefined;
}

function interfaceContent(setting: CrateSetting): CrateContent {
  const { request, packageName, place, fidius } = setting;
  const methods = request.methods ?? "sync";
  const trait = traitNameOf(packageName);
  const manifest = manifestText(
    {
      name: packageName,
      description: `What plugins of ${trait} can do`,
      features: { host: ["fidius/host"] },
      dependencies: [
        { key: "fidius", kind: "normal", ...fidius },
        ...testDependencies(setting, methods),
      ],
    },
    place,
  );
  const text = interfaceCrateText({ trait, methods, hasHost: hasHost(setting) });
  return {
    manifest,
    sources: { "src/lib.rs": text },
    mainFile: "src/lib.rs",
    notes: [`Hosts get a typed client, ${trait}Client, by the feature host of ${packageName}.`],
  };
}

function ownPluginContent(setting: CrateSetting): CrateContent {
  const { request, packageName, place, fidius } = setting;
  const { methods = "sync", isConfigured = false } = request;
  const type = { name: typeNameOf(packageName, "Plugin"), isConfigured };
  const features = methods === "async" ? { features: ["async"] } : {};
  const manifest = manifestText(
    {
      name: packageName,
      description: `The plugin ${type.name}`,
      isLoaded: true,
      features: { host: ["fidius/host"] },
      dependencies: [
        { key: "fidius", kind: "normal", ...fidius, ...features },
        ...(isConfigured ? [serdeDependency(setting)] : []),
        ...testDependencies(setting, methods),
      ],
    },
    place,
  );
  const trait = "Greeter";
  return {
    manifest,
    sources: {
      "src/lib.rs": ownPluginText({ type, trait, methods, hasHost: hasHost(setting) }),
    },
    mainFile: "src/lib.rs",
    notes: [
      `${type.name} declares its interface itself. Where hosts or other plugins need it too, make a crate for it: fidius-call new interface.`,
    ],
  };
}

function planOf(
  { request: { folder }, packageName, place }: CrateSetting,
  { manifest, sources, mainFile, notes }: CrateContent,
): Result<CratePlan, string> {
  const newFiles: readonly FileText[] = [
    { file: join(folder, "Cargo.toml"), text: manifest },
    ...Object.entries(sources).map(([path, text]) => ({ file: join(folder, path), text })),
  ];
  const changedFiles: readonly ChangedText[] = place?.changed === undefined ? [] : [place.changed];
  return ok({
    packageName,
    folder,
    newFiles,
    changedFiles,
    mainFile: join(folder, mainFile),
    notes,
  });
}
