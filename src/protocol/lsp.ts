// What a client can ask the language server beyond standard LSP. Documented in docs/language-server.md.

import { NotificationType, RequestType, RequestType0 } from "vscode-jsonrpc";
import type { InterfaceChoice } from "../model/libraryPlugins.ts";
import type { LibraryReport } from "../model/libraryReport.ts";
import type { ProjectModel } from "../model/plugin.ts";
import type { Result } from "../model/result.ts";
import type { Position } from "../model/text/span.ts";

/** `initializationOptions` of the server; all optional, so that any editor can start it bare. */
export interface ServerOptions {
  /** False (Restricted Mode): the server starts no program at all, not even `cargo metadata`. Default true. */
  readonly isTrusted?: boolean;
  /** The cargo to run for `cargo metadata`; default: `cargo` on PATH. */
  readonly cargoPath?: string;
  /** What builds are asked for, by folder; the innermost one around a package holds for it. Default: plain dev builds. */
  readonly builds?: readonly FolderBuild[];
  /** Severities of diagnostics by their code, such as `impl-order`; `off` hides one. */
  readonly severities?: Readonly<Record<string, DiagnosticSeverity>>;
  /** True where rust-analyzer shows the errors of macros: diagnostics that only repeat them are left out. */
  readonly isRustAnalyzerActive?: boolean;
  /**
   * Command ids that the client implements for lenses. Without its own the lenses for invoking and comparing run the server's
   * commands, and there is no lens for building.
   */
  readonly commands?: {
    readonly invoke?: string;
    readonly build?: string;
    readonly compare?: string;
  };
  /** What lenses on interfaces count breaking changes against; default `lastTag`. */
  readonly compareWith?: "lastTag" | "mergeBase" | "off";
}

/** Commands of `workspace/executeCommand`. */
export const serverCommands = {
  /** Holds interfaces against a revision or a library: {@link CompareTarget} → {@link CompareAnswer}. */
  compare: "fidius.drift.compare",
  /** Which revisions there are to choose: {@link CompareTarget} → {@link CompareBases}. */
  bases: "fidius.drift.bases",
  /** Makes the preferred fix of every error and warning in the open folders: nothing → {@link FixAllAnswer}. */
  fixAll: "fidius.fixAll",
  /** Builds a plugin and calls a method: {@link CallTarget} → {@link CallAnswer}. */
  call: "fidius.call.method",
  /** Plans a crate of a template: {@link NewCrateTarget} → {@link NewCrateAnswer}. */
  newCrate: "fidius.new.crate",
} as const;

export interface NewCrateTarget {
  readonly kind: "interface" | "plugin" | "host";
  /** Absolute; it becomes the package's folder. */
  readonly folder: string;
  /** The package's; absent: as the folder. */
  readonly name?: string | undefined;
  /** Of an interface, or of a plugin that declares its own; absent: sync. */
  readonly methods?: "sync" | "async" | "streaming" | undefined;
  /** A plugin whose instances are made from a configuration. */
  readonly isConfigured?: boolean | undefined;
  /** The interface that the plugin implements or the host calls: `Name` or `crate::Name`. */
  readonly interfaceName?: string | undefined;
  /** The server asks the client to make the files, and shows the outcome as a message. */
  readonly isApplied?: boolean | undefined;
}

export interface NewCratePlan {
  readonly kind: "planned";
  readonly packageName: string;
  readonly newFiles: readonly { readonly file: string; readonly text: string }[];
  /** One replacement in each; the range is in the text as it is open, else as it is on disk. */
  readonly changedFiles: readonly {
    readonly file: string;
    readonly edit: {
      readonly range: { readonly start: Position; readonly end: Position };
      readonly newText: string;
    };
  }[];
  /** The one to look at first. */
  readonly mainFile: string;
  /** What else there is to say, as sentences. */
  readonly notes: readonly string[];
}

/** Why there is no plan is a sentence. */
export type NewCrateAnswer = NewCratePlan | { readonly kind: "failed"; readonly message: string };

export interface CallTarget extends MethodTarget {
  /** JSON text; absent: the plainest value of each argument. */
  readonly arguments?: string | undefined;
  /** The server shows the answer as a message, too. */
  readonly isShown?: boolean | undefined;
}

export type CallAnswer =
  | {
      readonly kind: "called";
      /** As the CLI has it: `ok`, `pluginError`, `panicked`, … */
      readonly outcome: string;
      /** The outcome in a line, then the value or the error, the plugin's output, and notes. */
      readonly text: string;
    }
  /** Nothing was called; the message is a sentence. */
  | { readonly kind: "failed"; readonly message: string };

/** One of the last four says what is compared with; without any of them it is the last tag. */
export interface CompareTarget {
  /** Absent: all interfaces, when they are of one cargo workspace. */
  readonly interfaceId?: string | undefined;
  readonly base?: "lastTag" | "mergeBase" | undefined;
  readonly revision?: string | undefined;
  /** A library's file, which is loaded in a process of its own. */
  readonly library?: string | undefined;
  /** What a library said to the client. */
  readonly report?: { readonly name: string; readonly library: LibraryReport } | undefined;
  /** The server shows the answer as a message, too. */
  readonly isShown?: boolean | undefined;
}

export type CompareAnswer =
  | {
      readonly kind: "compared";
      /** The whole document, with links to places. */
      readonly markdown: string;
      /** One line or two. */
      readonly summary: string;
      /** How many changes break something and are not accepted. */
      readonly breaking: number;
    }
  /** The message is a sentence. */
  | { readonly kind: "failed"; readonly message: string };

export interface FixAllAnswer {
  /** How many diagnostics have been mended; 0 where the editor took none. */
  readonly fixed: number;
}

export interface CompareBases {
  readonly lastTag: string | null;
  /** The default branch. */
  readonly mergeBase: string | null;
}

export type DiagnosticSeverity = "error" | "warning" | "information" | "hint" | "off";

/** How packages below a folder are built, as far as it decides which code is compiled. */
export interface FolderBuild {
  /** Absolute path. */
  readonly folder: string;
  /** A cargo profile; default `dev`. */
  readonly profile?: string | undefined;
  /** Arguments of `cargo build`, of which those about features count. */
  readonly arguments?: readonly string[] | undefined;
  /** Where cargo builds, absolute or relative to the cargo workspace; default cargo's own choice. */
  readonly targetDirectory?: string | undefined;
}

/** Arguments of the lens commands, and of "Fidius: Invoke Method…" when it is called with a target. */
export interface MethodTarget {
  readonly pluginId: string;
  readonly method: string;
}

/** A plugin, or a candidate by its id: building one shows what is in its library, invoking asks for a method. */
export interface PluginTarget {
  readonly pluginId: string;
}

/** What the library of a candidate said of itself; the server loads none. */
export interface LibraryAnswer {
  readonly candidateId: string;
  /** The error is the sentence that says why the library shows no plugins. */
  readonly report: Result<LibraryReport, string>;
  /** The library's file has changed since it was looked at. */
  readonly isOutdated: boolean;
  /** Which interface the user chose for its plugins, where several have one name and hash. */
  readonly choices?: readonly InterfaceChoice[];
}

export const serverRequests = {
  /** The whole project as the server sees it now, unsaved text included. */
  project: new RequestType0<ProjectModel, void>("fidius/project"),
  /** Answered once cargo has been asked everything and the diagnostics of what it said are published. */
  settled: new RequestType0<null, void>("fidius/settled"),
  /** The edit that a preferred quick fix of the plugin's async set-up would make, as a WorkspaceEdit; null when nothing is missing. */
  asyncFeatureFix: new RequestType<PluginTarget, unknown, void>("fidius/asyncFeatureFix"),
} as const;

export const serverNotifications = {
  /** Server → client: the project changed; ask again when it matters. */
  projectChanged: new NotificationType<null>("fidius/projectChanged"),
} as const;

export const clientNotifications = {
  /** Client → server: the user trusted the workspace; cargo may run now. */
  trustGranted: new NotificationType<null>("fidius/trustGranted"),
  /** Client → server: everything that libraries of candidates have said, all of it each time. */
  libraryReports: new NotificationType<readonly LibraryAnswer[]>("fidius/libraryReports"),
} as const;
