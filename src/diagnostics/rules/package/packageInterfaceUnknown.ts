// An `interface` in a package.toml that nothing is called by.

import type { ManifestRule } from "../../manifestRule.ts";
import { packageExample } from "../../source/examples/manifestExamples.ts";
import { entryAt, manifestFix, plainValue, valuePlace } from "../../source/manifestPlaces.ts";
import { fieldValue, interfacesOf } from "../../source/packageFields.ts";

export const packageInterfaceUnknown: ManifestRule = {
  id: "package-interface-unknown",
  severity: "hint",
  word: "silent",
  file: "package.toml",
  page: {
    finds:
      "An `interface` that is neither a crate of the plugin's interfaces nor the name of such a trait.",
    why: "Hosts show the name, and people look for the interface by it. Nothing compares it, so that it stays when the crate is renamed.",
    bad: packageExample.replace('interface = "tool"', 'interface = "older-tool"'),
    good: packageExample,
    limits: "Nothing is said where the plugin's interface is not known.",
  },
  check: (subject, report) => {
    const entry = entryAt(subject, "package", "interface");
    const interfaces = interfacesOf(subject);
    const value = entry && plainValue(entry);
    if (entry === undefined || typeof value !== "string" || interfaces.length === 0) {
      return;
    }
    const names = interfaces.flatMap(({ name, crate }) => [name, crate.name]);
    const right = fieldValue(subject, "interface");
    if (right !== undefined && !names.map(plainName).includes(plainName(value))) {
      report(
        valuePlace(entry),
        `No interface of this plugin is called \`${value}\`. The crate of its interface is ${right}.`,
        manifestFix(subject, `Write ${right}`, valuePlace(entry), right),
      );
    }
  },
};

/** WASM components have the trait's name in kebab case. */
function plainName(name: string): string {
  return name.replaceAll(/[-_]/gu, "").toLowerCase();
}
