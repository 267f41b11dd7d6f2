// What is asked for when a crate is made, and what making it comes to: new files and changed manifests, nothing of it written yet.

export const crateKinds = ["interface", "plugin", "host"] as const;

export type NewCrateKind = (typeof crateKinds)[number];

/** What the first method of a template is. */
export const methodKinds = ["sync", "async", "streaming"] as const;

export type MethodKind = (typeof methodKinds)[number];

export interface NewCrate {
  readonly kind: NewCrateKind;
  /** Absolute; it becomes the package's folder. */
  readonly folder: string;
  /** The package's name; absent: as the folder. */
  readonly name?: string;
  /** Absent: sync, where the template has a method of its own. */
  readonly methods?: MethodKind;
  /** A plugin whose instances are made from a configuration. */
  readonly isConfigured?: boolean;
  /** An interface of the workspace that the plugin implements or the host calls: `Name` or `crate::Name`. */
  readonly interfaceName?: string;
}

/** A file that is not there yet, or the new text of one that is. */
export interface FileText {
  readonly file: string;
  readonly text: string;
}

export interface ChangedText extends FileText {
  /** What it must be until then: else somebody else changed it meanwhile. */
  readonly before: string;
}

export interface CratePlan {
  readonly packageName: string;
  readonly folder: string;
  readonly newFiles: readonly FileText[];
  readonly changedFiles: readonly ChangedText[];
  /** The file to look at first. */
  readonly mainFile: string;
  /** What else there is to say, as sentences. */
  readonly notes: readonly string[];
}
