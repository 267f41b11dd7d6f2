// Every sentence that the server says to people, in one place: what is wrong, why, and what to do next.

import type { SetupFix } from "../project/asyncRules/setupFinding.ts";
import { labelText } from "../model/text/foreignText.ts";
import type { CallObstacle, CandidateContents, PluginSchema } from "../model/plugin.ts";
import { assertNever } from "../model/result.ts";

/** Title of the quick fix. `manifest` is the file's place as people know it. */
export function fixTitle(fix: SetupFix, manifest: string): string {
  switch (fix.kind) {
    case "enableFeatures":
      return `Enable ${featureList(fix.features)} on \`${fix.entry.key}\` in ${manifest}`;
    case "addDependency":
      return fix.features.length === 0
        ? `Add \`${fix.packageName}\` to ${manifest}`
        : `Add \`${fix.packageName}\` with ${featureList(fix.features)} to ${manifest}`;
    case "declareFeature":
      return `Declare \`${fix.feature} = [${fix.enables.map((each) => `"${each}"`).join(", ")}]\` in ${manifest}`;
    case "importCompanion":
      return `Import \`${fix.companion}\``;
    case "reorderMethods":
      return "Reorder the methods to the trait's order";
    default:
      return assertNever(fix);
  }
}

function featureList(features: readonly string[]): string {
  const names = features.map((feature) => `\`${feature}\``).join(", ");
  return features.length === 1 ? `the feature ${names}` : `the features ${names}`;
}

/** The edit that mends all that is found, as editors list it for Undo. */
export const fixAllTitle = "Fix all that Fidius finds";

/** What comparing interfaces says when there is nothing to show. */
export const driftTexts = {
  untrusted:
    "Interfaces are compared by git, which is not started in Restricted Mode. Trust the workspace first.",
  noInterface:
    "No such interface is in the open folders. Fidius looks for traits under #[plugin_interface].",
  manyWorkspaces:
    "The open folders have interfaces of several cargo workspaces. Say which one is meant with interfaceId.",
  badArgument: (reason: string) => `The argument of the command is not what it takes: ${reason}`,
  notInspected: (library: string) =>
    `${library} could not be looked at. Run fidius-call inspect on it to see why.`,
} as const;

/** What calling a method by the server's own command says. */
export const callTexts = {
  untrusted: "Plugins are not built or called in Restricted Mode. Trust the workspace first.",
  noMethod: "No such method is in the open folders. The file may have changed: try its lens again.",
  stopped: "The call was stopped.",
  noAnswer: "fidius-call gave no answer. Run it in a terminal to see why.",
  itemsNeeded: (method: string) =>
    `\`${method}\` takes a stream of items. Give them to fidius-call in a terminal: fidius-call call --input items.jsonl.`,
  items: (count: number) => (count === 1 ? "1 item" : `${String(count)} items`),
  progress: (method: string) => `Calling ${method}`,
} as const;

/** What making a crate of a template says. */
export const newCrateTexts = {
  made: (name: string) => `The package ${name} is made.`,
  noFiles:
    "This editor makes no files for a language server. Run fidius-call new in a terminal instead.",
  notApplied: (reason: string) =>
    `The editor did not make the files: ${reason}. Run fidius-call new in a terminal instead.`,
} as const;

export const lensTitles = {
  invoke: "$(play) Invoke",
  /** For editors that draw no icons. */
  call: "Invoke",
  callExample: "Invoke with example arguments",
  build: "Build",
  brokenSource: "$(warning) Invoke waits for the syntax error above or below to be corrected",
} as const;

/** Why a plugin has no lens to invoke it, in the few words of a lens; the view has the whole sentence. */
export function obstacleTitle({ kind }: CallObstacle): string {
  switch (kind) {
    case "program":
      return "$(info) In a program, which no host loads; the Plugins view says what it takes";
    case "noLibrary":
      return "$(info) In no dynamic library; the Plugins view says what it takes";
    case "wasm":
      return "$(info) A WASM component: a host for WASM calls it";
    case "python":
      return "$(info) A Python package: a host for Python calls it";
    default:
      return assertNever(kind);
  }
}

/** Lenses on calls of macros that make plugins. */
export const candidateTitles = {
  look: "$(search) Build to see methods",
  invoke: (method: string): string => `$(play) Invoke ${labelText(method)}`,
  choose: (plugins: readonly PluginSchema[], methods: number): string => {
    const [first] = plugins;
    const whose =
      plugins.length === 1 && first !== undefined
        ? labelText(first.name)
        : `${String(plugins.length)} plugins`;
    return `$(play) Invoke… (${whose}: ${String(methods)} methods)`;
  },
} as const;

/** Why a candidate's library gives nothing to invoke, in the few words of a lens; the view has the whole sentence. */
export function libraryTrouble(contents: CandidateContents): string {
  if (contents.kind === "failed") {
    return "$(warning) The library shows no plugin; the Plugins view says why";
  }
  const [unmatched] = contents.unmatched;
  if (unmatched !== undefined) {
    return `$(warning) No source has the library's ${labelText(unmatched.interfaceName)} (hash ${labelText(unmatched.hash)})`;
  }
  return contents.plugins === 0
    ? "$(warning) The library has a registry without plugins"
    : "$(info) All plugins of the library are shown at their impl blocks";
}

/** A setting of the client that the server could not use. */
export function settingsProblem(details: string): string {
  return `The initializationOptions are not usable, so defaults apply: ${details}`;
}

export function changedSettingsProblem(details: string): string {
  return `The changed settings are not usable, so the ones before stay: ${details}`;
}
