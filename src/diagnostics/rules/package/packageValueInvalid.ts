// A value of a package.toml that Fidius cannot read.

import type { TomlValue } from "../../../cargo/manifest/tomlDocument.ts";
import {
  capabilityForms,
  capabilityWords,
  isCapability,
  packageKey,
  type PackageKey,
} from "../../../model/package/packageKeys.ts";
import type { ManifestRule, ManifestSubject, ReportInManifest } from "../../manifestRule.ts";
import { packageExample } from "../../source/examples/manifestExamples.ts";
import { entryAt, manifestFix, plainValue, valuePlace } from "../../source/manifestPlaces.ts";
import { nearestName } from "../../source/nearestName.ts";

export const packageValueInvalid: ManifestRule = {
  id: "package-value-invalid",
  severity: "error",
  word: "silent",
  file: "package.toml",
  page: {
    finds:
      "A value of another type than Fidius reads: text for a number, a number for text, a capability that does not exist.",
    why: "Fidius refuses the package, and names the type without the line (reference 7.3).",
    bad: packageExample.replace("interface_version = 1", 'interface_version = "1"'),
    good: packageExample,
  },
  check: (subject, report) => {
    for (const entry of subject.document.entries) {
      const [table = "", key = ""] = entry.path;
      const known = entry.path.length === 2 ? packageKey(table, key) : undefined;
      const value = plainValue(entry);
      if (known !== undefined && !isOfType(value, known.type)) {
        const fixed = converted(value, known.type);
        report(
          valuePlace(entry),
          `\`${key}\` is ${typeNames[known.type]}. Write it as one.`,
          fixed === undefined
            ? []
            : manifestFix(subject, `Write ${fixed}`, valuePlace(entry), fixed),
        );
      }
    }
    checkCapabilities(subject, report);
  },
};

const typeNames: Readonly<Record<PackageKey["type"], string>> = {
  string: "a text in quotes",
  u32: "a whole number from 0 to 4294967295",
  strings: "a list of texts",
};

function isOfType(value: TomlValue, type: PackageKey["type"]): boolean {
  switch (type) {
    case "string":
      return typeof value === "string";
    case "u32":
      return isU32(value);
    case "strings":
      return Array.isArray(value) && value.every((each) => typeof each === "string");
  }
}

function isU32(value: TomlValue): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 32;
}

/** The same in the type that Fidius reads, where that can be told. */
function converted(value: TomlValue, type: PackageKey["type"]): string | undefined {
  if (type === "u32") {
    const number = typeof value === "string" && /^\d{1,10}$/u.test(value) ? Number(value) : -1;
    return isU32(number) ? String(number) : undefined;
  }
  if (type === "strings") {
    return typeof value === "string" ? `[${JSON.stringify(value)}]` : undefined;
  }
  return typeof value === "number" || typeof value === "boolean" ? `"${String(value)}"` : undefined;
}

function checkCapabilities(subject: ManifestSubject, report: ReportInManifest): void {
  const entry = entryAt(subject, "wasm", "capabilities");
  const elements = entry?.value.type === "TOMLArray" ? entry.value.elements : [];
  const words = elements.map((node) => (node.type === "TOMLValue" ? String(node.value) : ""));
  const isNarrow = words.some((word) => word === "tcp" || word === "udp");
  for (const [index, element] of elements.entries()) {
    const word = words[index] ?? "";
    const place = { start: element.range[0], end: element.range[1] };
    if (element.type === "TOMLValue" && typeof element.value === "string" && !isCapability(word)) {
      const nearest = nearestName(word, capabilityWords);
      report(
        place,
        `Fidius has no capability \`${word}\`, and refuses the package. It has ${[...capabilityWords, ...capabilityForms].join(", ")}.`,
        nearest === undefined
          ? []
          : manifestFix(subject, `Write "${nearest}"`, place, `"${nearest}"`),
      );
    } else if (isNarrow && (word === "network" || word === "sockets")) {
      report(
        place,
        `\`${word}\` allows every connection, which Fidius refuses beside \`tcp\` and \`udp\`. Remove one of them.`,
      );
    }
  }
}
