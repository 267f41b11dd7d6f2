// Sentences that the extension puts into the panel's state. The panel's own texts live in media/.

import type { WrittenItems } from "./itemExport.ts";

export const panelMessages = {
  methodGone:
    "This method no longer exists in the source. What was typed here is kept for when it comes back.",
  restricted: "Building and calling plugins runs code from this folder.",
  manageTrust: "Manage Workspace Trust",
  noBridge:
    "The source of the interface was not found, so there is nothing to ask the compiler for. Open the folder that has it.",
  olderLibrary:
    "The library is older than its types, and the compiler knows them only as they are today. Build the library again.",
  useFile: "Use File",
  useFolder: "Call in This Folder",
  useModule: "Use Module",
  modules: "JavaScript modules",
  noModule: (file: string): string => `There is no module ${file}. Check the path.`,
  noHostInterface: (name: string): string =>
    `The source of host interface ${name} was not found, so its functions cannot be answered.`,
  restrictedHostFunctions:
    "In Restricted Mode no plugin is called, so answers cannot be changed here.",
  sendFile: "Send Lines",
  ndjson: "NDJSON, one value a line",
  allFiles: "All files",
  lineStopped: (line: number, problem: string): string =>
    `Line ${String(line)} was not sent, nor were those after it: ${problem}`,
  notExported: (reason: string): string =>
    `The stream's items were not written: ${reason}. They are still in the panel.`,
  resultFile: { json: "JSON", bin: "Bytes as they came" },
  savingResult: (method: string): string => `Writing the result of ${method}`,
  notSaved: (reason: string): string =>
    `The result was not written: ${reason}. It is still in the panel.`,
  noHexEditor:
    "Bytes are shown by the extension Hex Editor of Microsoft, which is not installed. Install it, then open them again.",
  exporting: (method: string): string => `Writing the items of ${method}`,
  exportedInPart: ({ count, problems, firstProblem }: WrittenItems): string =>
    `${String(count)} items were written, ${String(problems)} of them not as whole values: their lines say why. The first: ${firstProblem ?? ""}`,
  asyncFix: (missing: readonly string[]): string =>
    `The async methods need ${missing.map((feature) => `"${feature}"`).join(" and ")}, which no Cargo.toml turns on. ` +
    `Until it does, Fidius builds with --features ${missing.join(",")}.`,
} as const;
