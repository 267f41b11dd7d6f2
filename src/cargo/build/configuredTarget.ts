// The target folder that cargo's configuration names, `build.target-dir`, found without cargo.

import { dirname, join, resolve } from "node:path";
import { fileLimits } from "../../files/fileLimits.ts";
import { readRegularTextSync } from "../../files/regularFile.ts";
import { asString, asTable, parseTomlDocument } from "../manifest/tomlDocument.ts";

/** Absolute path of the folder that the nearest configuration at or above `folder` names; undefined where none does. */
export function configuredTargetDirectory(folder: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    for (const name of ["config", "config.toml"]) {
      const text = readRegularTextSync(join(current, ".cargo", name), fileLimits.manifest);
      const parsed = text.ok ? parseTomlDocument(text.value) : undefined;
      const build = parsed?.ok === true ? asTable(parsed.value.root["build"] ?? "") : undefined;
      const target = asString(build?.["target-dir"]);
      if (target !== undefined) {
        return resolve(current, target);
      }
    }
    if (dirname(current) === current) {
      return undefined;
    }
  }
}
