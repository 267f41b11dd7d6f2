// The Cargo.toml of a new crate: fields and dependencies of the workspace where it has them, else of the crate's own.

import { addDependency } from "../cargo/edit/addDependency.ts";
import { quote } from "../cargo/edit/editManifest.ts";
import type { CrateDependencyLine } from "./crateSetting.ts";
import { hasSharedLints, packageLines, type WorkspacePlace } from "./workspacePlace.ts";

export interface CrateManifest {
  readonly name: string;
  readonly description: string;
  /** Absent: a library or program as cargo makes it by itself. */
  readonly isLoaded?: true;
  readonly features?: Readonly<Record<string, readonly string[]>>;
  readonly dependencies: readonly CrateDependencyLine[];
}

export function manifestText(manifest: CrateManifest, place: WorkspacePlace | null): string {
  const { name, description, isLoaded, features = {}, dependencies } = manifest;
  const sections = [
    ["[package]", `name = ${quote(name)}`, `description = ${quote(description)}`].concat(
      packageLines(place),
    ),
    ...(isLoaded === true
      ? [["[lib]", "# A library that hosts load.", 'crate-type = ["cdylib"]']]
      : []),
    ...(Object.keys(features).length === 0
      ? []
      : [
          [
            "[features]",
            ...Object.entries(features).map(
              ([feature, parts]) => `${feature} = [${parts.map(quote).join(", ")}]`,
            ),
          ],
        ]),
  ];
  const head = `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
  const text = dependencies.reduce((written, dependency) => {
    const added = addDependency(written, { ...dependency, target: null });
    if (!added.ok) {
      throw new Error(`the manifest of a template cannot be made: ${added.error.message}`);
    }
    return added.value.text;
  }, head);
  return hasSharedLints(place) ? `${text}\n[lints]\nworkspace = true\n` : text;
}
