// Reads the settings of package.json's `contributes.configuration` for the place where a plugin lives. In Restricted
// Mode VS Code itself leaves out workspace values of the restricted ones.

import * as vscode from "vscode";
import { defaultMaximumDepth, isPossibleDepth } from "../../codec/kinds/depth.ts";
import type { DiagnosticSeverity, ServerOptions } from "../../protocol/lsp.ts";

export type BuildBeforeInvoke = "stale" | "always" | "never";

export interface FidiusSettings {
  readonly cargoPath: string | null;
  readonly extraArgs: readonly string[];
  readonly extraEnv: Readonly<Record<string, string>>;
  readonly targetDirectory: string | null;
  readonly profile: string;
  readonly buildBeforeInvoke: BuildBeforeInvoke;
  /** 0 is no limit. */
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Items of a stream that the panel keeps. */
  readonly streamMaxItems: number;
}

/** Settings as they hold for a file or folder. Values of a wrong type count as not given. */
export function readSettings(scope: vscode.Uri | null = null): FidiusSettings {
  const configuration = vscode.workspace.getConfiguration("fidius", scope);
  const beforeInvoke = configuration.get("build.beforeInvoke");
  const timeout = configuration.get("invoke.timeout");
  const maxItems = configuration.get("stream.maxItems");
  return {
    cargoPath: textOf(configuration.get("cargo.path")),
    extraArgs: textsOf(configuration.get("cargo.extraArgs")),
    extraEnv: environmentOf(configuration.get("cargo.extraEnv")),
    targetDirectory: textOf(configuration.get("cargo.targetDir")),
    profile: textOf(configuration.get("cargo.profile")) ?? "dev",
    buildBeforeInvoke:
      beforeInvoke === "always" || beforeInvoke === "never" ? beforeInvoke : "stale",
    timeoutSeconds: typeof timeout === "number" && timeout >= 0 ? timeout : 30,
    environment: environmentOf(configuration.get("invoke.environment")),
    streamMaxItems:
      typeof maxItems === "number" && maxItems >= 1
        ? Math.min(Math.floor(maxItems), 100_000)
        : 5000,
  };
}

/** Settings of how plugins are built and called that somebody changed and that no option of fidius-call stands for. */
export function settingsApart(scope: vscode.Uri | null): readonly string[] {
  const configuration = vscode.workspace.getConfiguration("fidius", scope);
  const names = [
    "cargo.path",
    "cargo.extraArgs",
    "cargo.extraEnv",
    "cargo.targetDir",
    "invoke.environment",
    "host.memoryLimit",
    "maximumDepth",
  ];
  return names
    .filter((name) => {
      const told = configuration.inspect(name);
      const value = configuration.get(name);
      return JSON.stringify(value) !== JSON.stringify(told?.defaultValue);
    })
    .map((name) => `fidius.${name}`);
}

const severities: readonly unknown[] = ["error", "warning", "information", "hint", "off"];

/** Severities of diagnostics by their code; those of another form count as not given. */
export function readSeverities(): Readonly<Record<string, DiagnosticSeverity>> {
  const written = vscode.workspace.getConfiguration("fidius").get("diagnostics.severity");
  const entries = typeof written === "object" && written !== null ? Object.entries(written) : [];
  return Object.fromEntries(entries.filter(isSeverity));
}

function isSeverity(entry: [string, unknown]): entry is [string, DiagnosticSeverity] {
  return severities.includes(entry[1]);
}

/** The levels of values that are taken and shown. */
export function readMaximumDepth(): number {
  const levels = vscode.workspace.getConfiguration("fidius").get("maximumDepth");
  return typeof levels === "number" && isPossibleDepth(levels) ? levels : defaultMaximumDepth;
}

/** Most bytes of a plugin's process; null is no limit, undefined leaves it to the machine's memory. */
export function readMemoryLimit(): number | null | undefined {
  const mebibytes = vscode.workspace.getConfiguration("fidius").get("host.memoryLimit");
  if (typeof mebibytes !== "number" || mebibytes < 0) {
    return undefined;
  }
  return mebibytes === 0 ? null : mebibytes * 1024 * 1024;
}

/**
 * What opened libraries and packages have to be signed with, by the user's own settings alone: a workspace that could change them
 * would vouch for itself.
 */
export function readSignatureSettings(): {
  readonly keyFiles: readonly string[];
  readonly isRequired: boolean;
} {
  const configuration = vscode.workspace.getConfiguration("fidius");
  return {
    keyFiles: textsOf(configuration.inspect("trustedKeys")?.globalValue),
    isRequired: configuration.inspect("requireSignature")?.globalValue === true,
  };
}

/** What is remembered of calls. */
export function readHistorySettings(): {
  readonly isRecording: boolean;
  readonly limits: { readonly entries: number; readonly bytes: number };
} {
  const configuration = vscode.workspace.getConfiguration("fidius");
  const mebibytes = configuration.get("history.size");
  const entries = configuration.get("history.entries");
  return {
    isRecording: configuration.get("history.record") !== false,
    limits: {
      entries: typeof entries === "number" && entries >= 1 ? Math.floor(entries) : 500,
      bytes: (typeof mebibytes === "number" && mebibytes >= 1 ? mebibytes : 50) * 1024 * 1024,
    },
  };
}

/** With what methods are debugged, and whether the debugger stops in them. */
export function readDebugSettings(): { readonly engine: string; readonly stopsAtMethod: boolean } {
  const configuration = vscode.workspace.getConfiguration("fidius");
  return {
    engine: textOf(configuration.get("debug.engine")) ?? "auto",
    stopsAtMethod: configuration.get("debug.stopAtMethod") !== false,
  };
}

/** What lenses on interfaces count breaking changes against. */
export function readCompareWith(): NonNullable<ServerOptions["compareWith"]> {
  const value = vscode.workspace.getConfiguration("fidius").get("lens.compareWith");
  return value === "mergeBase" || value === "off" ? value : "lastTag";
}

export function areLensesEnabled(): boolean {
  return vscode.workspace.getConfiguration("fidius").get("lens.enabled") !== false;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function environmentOf(value: unknown): Readonly<Record<string, string>> {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
