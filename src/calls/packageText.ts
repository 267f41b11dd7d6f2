// What a package says of itself, as lines for people: `fidius-call inspect`, and the editor's document of the same. The verdict on its
// signature stands before it.

import { nameText } from "../model/text/foreignText.ts";
import type { PackageInfo } from "../model/package/packageInfo.ts";

/** The package's facts. */
export function packageText(info: PackageInfo): readonly string[] {
  return [
    `package ${nameText(info.name)} ${nameText(info.version)}`,
    `  runtime ${info.runtime}${info.runtime === "rust" ? "" : ", which cannot be called here"}`,
    `  interface ${nameText(info.interface)}, version ${String(info.interfaceVersion)}`,
  ];
}
