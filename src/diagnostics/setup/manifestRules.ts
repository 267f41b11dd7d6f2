// Asks the rules on manifests: each Cargo.toml of a plugin, the root of its workspace, and every package.toml of Fidius.

import path from "node:path";
import {
  parseTomlDocument,
  type TomlDocument,
  type TomlProblem,
} from "../../cargo/manifest/tomlDocument.ts";
import type { CrateId } from "../../model/crateGraph.ts";
import type { Result } from "../../model/result.ts";
import { isGuestPath } from "../../rust/fidius/guest.ts";
import type { PluginFacts } from "../../rust/fidius/facts.ts";
import type { ProjectSnapshot } from "../../project/project.ts";
import type { ProjectDiagnostic, ProjectRule } from "../diagnostic.ts";
import type { ManifestSubject } from "../manifestRule.ts";
import { manifestRules as rules } from "../rules/index.ts";
import { packageManifest, packagePlaces, type PackagePlace } from "./packageManifests.ts";

export const manifestRules: ProjectRule = (snapshot) => {
  const plugins = pluginsByCrate(snapshot);
  const packages = packagePlaces(snapshot, plugins);
  const subjects = [...cargoSubjects(snapshot, plugins), ...packageSubjects(snapshot, packages)];
  return [
    ...packages.flatMap(({ file }) => unreadable(snapshot, file)),
    ...subjects.flatMap((subject) => saidOf(subject)),
  ];
};

function saidOf(subject: ManifestSubject): readonly ProjectDiagnostic[] {
  const found: ProjectDiagnostic[] = [];
  for (const { file, check, id: code, severity } of rules) {
    if (file === path.basename(subject.file)) {
      check(subject, (range, message, fixes = []) => {
        const span = { file: subject.file, ...subject.document.rangeOf(range) };
        found.push({ code, severity, message, span, related: [], fixes, plugin: null });
      });
    }
  }
  return found;
}

/** The plugins of each library; those of a program, a test or an example are loaded by no host. */
function pluginsByCrate({ rust }: ProjectSnapshot): ReadonlyMap<CrateId, readonly PluginFacts[]> {
  const byCrate = new Map<CrateId, PluginFacts[]>();
  for (const plugin of rust.plugins) {
    if (plugin.schema.crate.target === undefined) {
      byCrate.set(plugin.crateId, [...(byCrate.get(plugin.crateId) ?? []), plugin]);
    }
  }
  return byCrate;
}

function cargoSubjects(
  snapshot: ProjectSnapshot,
  byCrate: ReadonlyMap<CrateId, readonly PluginFacts[]>,
): readonly ManifestSubject[] {
  const subjects = new Map<string, ManifestSubject>();
  for (const [id, plugins] of byCrate) {
    const crate = snapshot.graph.crates.get(id);
    // A component for WASM has its own target and profile.
    if (crate === undefined || plugins.every(({ fidius }) => isGuestPath(fidius))) {
      continue;
    }
    const own = crate.info.manifestPath;
    const root = path.join(crate.info.workspaceRoot, "Cargo.toml");
    for (const file of [own, root]) {
      const document = documentOf(snapshot, file);
      if (document?.ok === true && !subjects.has(file)) {
        const ofCrate = file === own ? plugins : [];
        const isRoot = file === root;
        subjects.set(file, {
          file,
          document: document.value,
          crate,
          plugins: ofCrate,
          isRoot,
          snapshot,
        });
      }
    }
  }
  return [...subjects.values()];
}

function packageSubjects(
  snapshot: ProjectSnapshot,
  packages: readonly PackagePlace[],
): readonly ManifestSubject[] {
  return packages.flatMap((place) => {
    const document = documentOf(snapshot, place.file);
    return document?.ok === true
      ? [{ ...place, document: document.value, isRoot: false, snapshot }]
      : [];
  });
}

/** What keeps a package.toml from being read; cargo's own files are told of elsewhere. */
function unreadable(snapshot: ProjectSnapshot, file: string): readonly ProjectDiagnostic[] {
  const document = documentOf(snapshot, file);
  if (document?.ok !== false) {
    return [];
  }
  const { message, position } = document.error;
  return [
    {
      code: "manifest",
      severity: "error",
      message: `This ${packageManifest} is no TOML: ${message}.`,
      span: { file, start: position, end: position },
      related: [],
      fixes: [],
      plugin: null,
    },
  ];
}

type ReadDocument = Result<TomlDocument, TomlProblem>;

/** The last texts that were read; manifests change seldom. */
const documents = new Map<string, { readonly text: string; readonly document: ReadDocument }>();

function documentOf({ files }: ProjectSnapshot, file: string): ReadDocument | undefined {
  const text = files.read(file);
  const known = documents.get(file);
  if (text === undefined || known?.text === text) {
    return text === undefined ? undefined : known?.document;
  }
  const document = parseTomlDocument(text);
  documents.set(file, { text, document });
  return document;
}
