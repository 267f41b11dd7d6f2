// What a rule on a Cargo.toml or a package.toml is, and what it looks at.

import type { TomlDocument, TextRange } from "../cargo/manifest/tomlDocument.ts";
import type { CrateNode } from "../model/crateGraph.ts";
import type { TextFix } from "../model/text/textFix.ts";
import type { PluginFacts } from "../rust/fidius/facts.ts";
import type { ProjectSnapshot } from "../project/project.ts";
import type { RulePage, SourceRule } from "./sourceRule.ts";

/** A manifest that a plugin depends on, as its text has it. */
export interface ManifestSubject {
  readonly file: string;
  readonly document: TomlDocument;
  /**
   * The crate whose plugins make the manifest matter; of a workspace's root, the first of them. Undefined for a package.toml with no
   * crate beside it.
   */
  readonly crate: CrateNode | undefined;
  readonly plugins: readonly PluginFacts[];
  /** The manifest is the root of the crate's workspace, whose profiles count. */
  readonly isRoot: boolean;
  readonly snapshot: ProjectSnapshot;
}

/** Adds a diagnostic at a range of the manifest's text. */
export type ReportInManifest = (
  range: TextRange,
  message: string,
  fixes?: readonly TextFix[],
) => void;

/** A rule on manifests; the examples of its page are whole files. */
export interface ManifestRule extends Pick<SourceRule, "id" | "severity" | "word"> {
  readonly page: Omit<RulePage, "isLinkedOnly">;
  readonly file: "Cargo.toml" | "package.toml";
  readonly check: (subject: ManifestSubject, report: ReportInManifest) => void;
}
