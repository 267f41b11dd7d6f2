// Files that options of the command line name, stdin among them.

import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { err, ok, type Result } from "../../model/result.ts";
import { usageFailure, type CliFailure } from "../output/failure.ts";

/** Text of --args-file or --config-file; `-` is stdin. `what` is what it holds. */
export async function readTextFile(
  file: string,
  what: string,
  currentFolder: string,
  readStdin: () => Promise<string>,
): Promise<Result<string, CliFailure>> {
  try {
    return ok(
      file === "-" ? await readStdin() : await readFile(resolve(currentFolder, file), "utf8"),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return err(usageFailure(`The ${what} file ${file} cannot be read: ${reason}`));
  }
}
