// Sentences of the extension outside of the panel: each says the thing, the reason and the next step.

import { sourcesText, unmatchedAdvice } from "../../calls/libraryText.ts";
import type { BuildFailure } from "../../model/outcome.ts";
import type { PluginCandidate, UnmatchedPlugin } from "../../model/plugin.ts";
import { assertNever } from "../../model/result.ts";

export const messages = {
  endStreamsAndDrop: "End Streams and Drop",
  restricted:
    "Building and calling plugins runs code from this folder, which Restricted Mode does not allow. Trust the folder to go on.",
  manageTrust: "Manage Workspace Trust",
  showLog: "Show Log",
  goToError: "Go to Error",
  openSettings: "Open Settings",
  noPlugins:
    "No Fidius plugin was found in the open folders. A plugin is an impl block under #[plugin_impl], or a library that a macro makes one of.",
  buildToSee: "build to see the plugins that macros make in it",
  pickMethod: "Method to invoke",
  pickPlugin: "Plugin to build",
  pickChoicePlugin: "Plugin whose interface is to be chosen",
  pickInterface: (plugin: string, name: string): string =>
    `Interface ${name} whose types ${plugin} has: their names and hashes are the same, and its library does not say which`,
  interfaceTaken: "taken now",
  typesOf: (interfaceId: string): string => `types of ${interfaceId}`,
  chooseInterface: "Choose Interface…",
  interfaceChoices: "interfaces to choose",
  noInterfaceChoice:
    "No plugin has an interface to choose: of none is there a second interface with the same name and hash.",
  recentlyInvoked: "recently invoked",
  otherMethods: "methods",
  notSeenYet: "packages whose plugins only their library shows",
  nothingInvoked: "Nothing has been invoked in this workspace yet. Choose a method first.",
  methodGone: (title: string): string =>
    `${title} is not in the source any more. Choose another method.`,
  noSuchMethod: (name: string): string =>
    `The launch configuration names ${name}, and no plugin has this method. Write Plugin.method, or package/Plugin.method.`,
  pluginGone: "This plugin is not in the source any more. Choose another one.",
  failedBuilds: (count: number): string =>
    count === 1 ? "The build of 1 plugin failed" : `The builds of ${count} plugins failed`,
  building: (packageName: string): string => `Building ${packageName}`,
  waitingForLock: "waiting for another cargo process",
  statusTooltip: (plugins: number, interfaces: number): string =>
    `Fidius: ${counted(plugins, "plugin")}, ${counted(interfaces, "interface")}`,
  invoking: (title: string): string => `Invoking ${title}`,
  built: (packageName: string): string => `Built ${packageName}.`,
  buildCancelled: (packageName: string): string => `Building ${packageName} was cancelled.`,
  openLibraryTitle: "Open Plugin Library or Package",
  openLibraryLabel: "Open",
  openingLibrary: (name: string): string => `Opening ${name}`,
  inspect: "Inspect",
  goToSource: "Go to its source",
  inspecting: (name: string): string => `Inspecting ${name}`,
  comparing: (name: string): string => `Comparing ${name}`,
  comparisonOf: (name: string): string => `Changes of ${name}`,
  nothingToCompare:
    "No Fidius interface found. Fidius looks in the open folders for traits under #[plugin_interface].",
  pickComparedInterface: "Interface to compare",
  pickOtherSide: "What to compare it with",
  lastTag: "Last Tag",
  mergeBase: "Merge Base With the Default Branch",
  otherRevision: "Other Revision…",
  aLibrary: "A Built Library…",
  revisionPrompt: "A tag, a branch or a commit",
  packageIsNoLibrary: (name: string): string =>
    `${name} is a package. Choose the library that was built from it.`,
  noServer: "The language server does not run. Its log says why.",
  fixed: (count: number): string => {
    switch (count) {
      case 0:
        return "There is nothing in the open folders that Fidius can mend by itself.";
      case 1:
        return "Fidius mended 1 problem. Undo takes it back.";
      default:
        return `Fidius mended ${count} problems. Undo takes them back.`;
    }
  },
  newCrateTitle: { interface: "New Interface", plugin: "New Plugin", host: "New Host" },
  newCrateNeedsFolder:
    "A new crate needs an open folder to be made in. Open one first, a cargo workspace or an empty folder.",
  openFolder: "Open Folder",
  newCrateFolder: "Folder of the new crate, below the open folder. Enter makes it.",
  previewChanges: "Preview Changes",
  newCrateEdit: (name: string): string => `New crate ${name}`,
  pickNewInterface: {
    interface: "",
    plugin: "Interface that the plugin implements",
    host: "Interface whose plugins the host calls",
  },
  ownInterface: "An Interface of Its Own",
  pickMethods: "What its first method is",
  methodKinds: {
    sync: { label: "Sync", detail: "fn greet(&self, name: String) -> String" },
    async: { label: "Async", detail: "async fn greet(&self, name: String) -> String" },
    streaming: {
      label: "Streaming",
      detail: "fn greet_each(&self, names: Vec<String>) -> Stream<String>",
    },
  },
  pickConfigured: "How its instances are made",
  plainPlugin: { label: "Plain", detail: "One instance, without a configuration" },
  configuredPlugin: {
    label: "Configured",
    detail: "Instances of a configuration that the host gives",
  },
  chooseFile: "Choose a Library or Package…",
  readFile: (file: string) => `Read the file ${file} for this call?`,
  readFileDetail:
    "Its path was not chosen in a dialog here: it stands in the arguments, in a configuration or in the answers of host functions. The plugin gets its content.",
  readFileButton: "Read File",
  pickLibrary: "Library to inspect",
  openedLibrary: "opened library",
  builtFirst: "built first",
  emptyLibrary: (name: string): string =>
    `${name} holds no plugin: its Fidius registry is empty. Choose the library of a crate with a #[plugin_impl].`,
  badTrustedKey: (reason: string): string =>
    `Signatures cannot be checked by the setting fidius.trustedKeys: ${reason}`,
  askRelease: (name: string): string =>
    `${name} is a debug build of Fidius 0.0 that does not say its release. Which is it?`,
  takesList: "takes the argument of a method in a list",
  takesBare: "takes the only argument of a method bare",
  unknownRelease: "I do not know",
  unknownReleaseDetail: "methods with one argument cannot be called then; a release build can",
  hostRestarted: (ended: number): string =>
    ended === 0
      ? "No plugin's process was running: the next call starts one."
      : `${ended === 1 ? "1 plugin process" : `${ended} plugin processes`} ended: the next call starts a fresh one.`,
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

/** Why the library of a candidate gives nothing to invoke; undefined when it does, or was not looked into. */
export function candidateTrouble({ crate, contents }: PluginCandidate): string | undefined {
  if (contents === undefined) {
    return undefined;
  }
  if (contents.kind === "failed") {
    return `${crate.name} shows no plugin: ${contents.message}`;
  }
  const [unmatched] = contents.unmatched;
  if (unmatched !== undefined) {
    return unmatchedMessage(unmatched);
  }
  return contents.plugins === 0
    ? `${crate.name} holds no plugin: its library has a Fidius registry with nothing in it. Call the macro that makes the plugin, and check that its module is compiled.`
    : undefined;
}

/** A plugin of a library whose interface no source shows: both hashes, and what to do. */
export function unmatchedMessage(plugin: UnmatchedPlugin): string {
  const { name, interfaceName, hash } = plugin;
  return `The types of ${name} are not known: its library has ${interfaceName} with hash ${hash}, and ${sourcesText(plugin)}. ${unmatchedAdvice}`;
}

/** One sentence on why a build failed. */
export function buildFailureMessage(packageName: string, failure: BuildFailure): string {
  switch (failure.kind) {
    case "cargoNotFound":
    case "folderUnusable":
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
