// A plugin crate that makes no library which a host can load.

import type { CrateNode } from "../../../model/crateGraph.ts";
import type { ManifestRule, ManifestSubject } from "../../manifestRule.ts";
import { cargoExample } from "../../source/examples/manifestExamples.ts";
import { entryAt, headerPlace, manifestFix, valuePlace } from "../../source/manifestPlaces.ts";

export const missingCdylib: ManifestRule = {
  id: "missing-cdylib",
  severity: "error",
  word: "silent",
  file: "Cargo.toml",
  page: {
    finds: "A crate with a plugin and a registry whose library is no `cdylib`.",
    why: "A host loads a dynamic library. Without the crate type cargo builds none, and nothing else says so.",
    bad: cargoExample.replace('"cdylib"', '"rlib"'),
    good: cargoExample,
    limits:
      "A crate without `fidius_plugin_registry!()` and without a package.toml is taken for a part of another library.",
  },
  check: (subject, report) => {
    const { crate, plugins } = subject;
    if (
      crate === undefined ||
      plugins.length === 0 ||
      isDynamic(crate) ||
      isLinkedDynamically(crate, subject) ||
      !isMeantToBeLoaded(crate, subject)
    ) {
      return;
    }
    const types = entryAt(subject, "lib", "crate-type") ?? entryAt(subject, "lib", "crate_type");
    const message = `\`${crate.info.name}\` has a plugin and makes no library that a host can load. Add \`cdylib\` to \`crate-type\`.`;
    if (types?.value.type === "TOMLArray") {
      const { start } = valuePlace(types);
      const rest = types.value.elements.length === 0 ? "" : ", ";
      const place = { start: start + 1, end: start + 1 };
      report(
        valuePlace(types),
        message,
        manifestFix(subject, "Add `cdylib`", place, `"cdylib"${rest}`),
      );
      return;
    }
    const hasTable = subject.document.headers.some(({ path }) => path.join() === "lib");
    const header = headerPlace(subject, hasTable ? "lib" : "package");
    const { text } = subject.document;
    const added = hasTable
      ? manifestFix(
          subject,
          "Add `cdylib`",
          { start: header.end, end: header.end },
          '\ncrate-type = ["cdylib", "rlib"]',
        )
      : manifestFix(
          subject,
          "Add `cdylib`",
          { start: text.length, end: text.length },
          `${text.endsWith("\n") ? "" : "\n"}\n[lib]\ncrate-type = ["cdylib", "rlib"]\n`,
        );
    report(header, message, added);
  },
};

function isDynamic({ info }: CrateNode): boolean {
  return ["cdylib", "dylib", "proc-macro"].some((type) => info.crateTypes.includes(type));
}

/** A library of the user's own links it, and hosts load that one. */
function isLinkedDynamically(crate: CrateNode, { snapshot }: ManifestSubject): boolean {
  return [...snapshot.graph.crates.values()].some(
    (other) =>
      other.isLocal &&
      isDynamic(other) &&
      other.dependencies.some(({ crateId }) => crateId === crate.id),
  );
}

/** It calls the registry macro, or a package.toml stands beside it. */
function isMeantToBeLoaded(crate: CrateNode, { file, snapshot }: ManifestSubject): boolean {
  const root = crate.rootFile === null ? undefined : snapshot.files.read(crate.rootFile);
  return (
    /^\s*(?:\w+\s*::\s*)*fidius_plugin_registry\s*!/mu.test(root ?? "") ||
    snapshot.files.read(file.replace(/Cargo\.toml$/u, "package.toml")) !== undefined
  );
}
