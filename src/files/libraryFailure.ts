// What is told of a library whose file is not read: the same by those who copy it and by those who load the copy.

import type { LoadFailure } from "../model/outcome.ts";
import { describeFileProblem, type FileProblem } from "./fileProblem.ts";

export function libraryFailure(name: string, problem: FileProblem): LoadFailure {
  switch (problem.kind) {
    case "absent":
      return { kind: "notFound", message: `${name} does not exist. Build the plugin first.` };
    case "folder":
    case "pipe":
    case "socket":
    case "device":
    case "tooLarge":
      return {
        kind: "notALibrary",
        message: `${name} is no library: ${problem.reason}. Choose the library that cargo built.`,
      };
    case "denied":
    case "linkLoop":
    case "changed":
    case "notText":
    case "cancelled":
    case "failed":
      return { kind: "cannotLoad", message: describeFileProblem(name, problem) };
  }
}
