// Sentences of the extension outside of the panel: each says the thing, the reason and the next step.

import type { BuildFailure } from "../model/outcome.ts";
import { assertNever } from "../model/result.ts";

export const messages = {
  restricted:
    "Building and calling plugins runs code from this folder, which Restricted Mode does not allow. Trust the folder to go on.",
  manageTrust: "Manage Workspace Trust",
  showLog: "Show Log",
  goToError: "Go to Error",
  openSettings: "Open Settings",
  noPlugins:
    "No Fidius plugin was found in the open folders. A plugin is an impl block under #[plugin_impl].",
  pickMethod: "Method to invoke",
  pickPlugin: "Plugin to build",
  recentlyInvoked: "recently invoked",
  otherMethods: "methods",
  nothingInvoked: "Nothing has been invoked in this workspace yet. Choose a method first.",
  methodGone: (title: string): string =>
    `${title} is not in the source any more. Choose another method.`,
  pluginGone: "This plugin is not in the source any more. Choose another one.",
  building: (packageName: string): string => `Building ${packageName}`,
  waitingForLock: "waiting for another cargo process",
  statusTooltip: (plugins: number, interfaces: number): string =>
    `Fidius: ${counted(plugins, "plugin")}, ${counted(interfaces, "interface")}`,
  built: (packageName: string): string => `Built ${packageName}.`,
  buildCancelled: (packageName: string): string => `Building ${packageName} was cancelled.`,
  hostRestarted: "The plugin host was restarted: the next call starts a fresh process.",
  commandFailed: (title: string, reason: string): string =>
    `${title} failed: ${reason}. The log has the details.`,
  serverFailed: (reason: string): string =>
    `The Fidius language server did not start: ${reason}. Plugins cannot be listed until it does.`,
  cannotOpen: (file: string, reason: string): string => `${file} cannot be opened: ${reason}.`,
  noAsyncFix:
    "Nothing has to be added: the async set-up of this plugin is complete in the manifests as they are now.",
  asyncFixRefused:
    "The manifest was not changed: the editor refused the edit. Open Cargo.toml and use its quick fix.",
  treeRestricted: "Restricted Mode: sources are read, nothing is built or called.",
} as const;

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

/** One sentence on why a build failed. */
export function buildFailureMessage(packageName: string, failure: BuildFailure): string {
  switch (failure.kind) {
    case "cargoNotFound":
    case "noLibrary":
      return failure.message;
    case "compileErrors": {
      const count = counted(failure.errorCount, "error");
      const first = failure.errors[0]?.message;
      return `${packageName} does not compile: ${count}${first === undefined ? "" : `. First: ${first}`}`;
    }
    case "cargoFailed":
      return `cargo could not build ${packageName}: ${failure.message}`;
    default:
      return assertNever(failure);
  }
}
