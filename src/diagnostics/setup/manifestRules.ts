// Asks the rules on manifests: each Cargo.toml of a plugin, the root of its workspace, and the package.toml beside it.

import path from "node:path";
import { parseTomlDocument, type TomlDocument } from "../../cargo/manifest/tomlDocument.ts";
import type { CrateId } from "../../model/crateGraph.ts";
import { isGuestPath } from "../../rust/fidius/guest.ts";
import type { PluginFacts } from "../../rust/fidius/facts.ts";
import type { ProjectSnapshot } from "../../project/project.ts";
import type { ProjectDiagnostic, ProjectRule } from "../diagnostic.ts";
import type { ManifestSubject } from "../manifestRule.ts";
import { manifestRules as rules } from "../rules/index.ts";

export const manifestRules: ProjectRule = (snapshot) =>
  subjectsOf(snapshot).flatMap((subject) =>
    rules.flatMap((rule) => {
      const found: ProjectDiagnostic[] = [];
      if (rule.file === path.basename(subject.file)) {
        rule.check(subject, (range, message, fixes = []) => {
          const span = { file: subject.file, ...subject.document.rangeOf(range) };
          const { id: code, severity } = rule;
          found.push({ code, severity, message, span, related: [], fixes, plugin: null });
        });
      }
      return found;
    }),
  );

function subjectsOf(snapshot: ProjectSnapshot): readonly ManifestSubject[] {
  const byCrate = new Map<CrateId, PluginFacts[]>();
  for (const plugin of snapshot.rust.plugins) {
    if (plugin.schema.crate.target !== undefined) {
      continue; // a program, a test or an example
    }
    byCrate.set(plugin.crateId, [...(byCrate.get(plugin.crateId) ?? []), plugin]);
  }
  const subjects = new Map<string, ManifestSubject>();
  for (const [id, plugins] of byCrate) {
    const crate = snapshot.graph.crates.get(id);
    if (crate === undefined) {
      continue;
    }
    const own = crate.info.manifestPath;
    const root = path.join(crate.info.workspaceRoot, "Cargo.toml");
    // A component for WASM has its own target and profile.
    const cargoFiles = plugins.every(({ fidius }) => isGuestPath(fidius)) ? [] : [own, root];
    for (const file of [...cargoFiles, path.join(path.dirname(own), "package.toml")]) {
      const document = documentOf(snapshot, file);
      if (document !== undefined && !subjects.has(file)) {
        const ofCrate: readonly PluginFacts[] = file === own || file !== root ? plugins : [];
        const isRoot = file === root;
        subjects.set(file, { file, document, crate, plugins: ofCrate, isRoot, snapshot });
      }
    }
  }
  return [...subjects.values()];
}

/** The last texts that were read; manifests change seldom. */
const documents = new Map<string, { readonly text: string; readonly document: TomlDocument }>();

function documentOf({ files }: ProjectSnapshot, file: string): TomlDocument | undefined {
  const text = files.read(file);
  const known = documents.get(file);
  if (text === undefined || known?.text === text) {
    return text === undefined ? undefined : known?.document;
  }
  const parsed = parseTomlDocument(text);
  if (!parsed.ok) {
    return undefined;
  }
  documents.set(file, { text, document: parsed.value });
  return parsed.value;
}
