// What a package says of itself, as lines for people: `fidius-call inspect`, and the editor's document of the same.

import type { PackageInfo } from "../model/packageInfo.ts";

/** The package's facts; `signature` is a sentence on who signed it. */
export function packageText(info: PackageInfo, signature: string): string {
  return [
    `package ${info.name} ${info.version}`,
    `  runtime ${info.runtime}${info.runtime === "rust" ? "" : ", which cannot be called here"}`,
    `  interface ${info.interface}, version ${String(info.interfaceVersion)}`,
    `  ${signature}`,
  ].join("\n");
}
