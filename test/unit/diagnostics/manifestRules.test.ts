// Each rule on manifests finds its page's bad example at a place in it, says nothing of the good one, and its fix leaves nothing.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkCrate } from "../../../src/diagnostics/checkCrate.ts";
import { diagnose } from "../../../src/diagnostics/diagnose.ts";
import type { ProjectDiagnostic } from "../../../src/diagnostics/diagnostic.ts";
import { exampleLibrary } from "../../../src/diagnostics/source/examples/example.ts";
import {
  cargoExample,
  packageExample,
} from "../../../src/diagnostics/source/examples/manifestExamples.ts";
import { manifestRules } from "../../../src/diagnostics/rules/index.ts";
import { nullLogger } from "../../../src/model/logger.ts";
import { createProject } from "../../../src/project/project.ts";
import { offsetAt } from "../../../src/server/minimalEdit.ts";

const manifests = { "Cargo.toml": cargoExample, "package.toml": packageExample };

/** All that is said of a plugin with these files; null: without it. */
function saidOf(texts: Readonly<Record<string, string | null>>): readonly ProjectDiagnostic[] {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "fidius-manifests-"));
  try {
    mkdirSync(path.join(folder, "src"));
    mkdirSync(path.join(folder, "tests"));
    const files: Readonly<Record<string, string | null>> = {
      ...manifests,
      "src/lib.rs": exampleLibrary(),
      ...texts,
    };
    for (const [name, text] of Object.entries(files)) {
      if (text !== null) {
        writeFileSync(path.join(folder, name), text);
      }
    }
    const check = checkCrate;
    const project = createProject({
      folders: [folder],
      isTrusted: false,
      logger: nullLogger,
      check,
    });
    const found = diagnose(project.snapshot());
    project.dispose();
    return found.filter(({ severity }) => severity !== "information");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const codes = (found: readonly ProjectDiagnostic[]): readonly string[] =>
  found.map(({ code }) => code);

describe("rules on manifests", () => {
  for (const { id, file, page, severity } of manifestRules) {
    it(`${id} finds its bad example, and its fix leaves nothing`, () => {
      const found = saidOf({ [file]: page.bad });
      assert.deepEqual(
        found.map((each) => `${each.severity} ${each.code} ${path.basename(each.span.file)}`),
        [`${severity} ${id} ${file}`],
      );
      const change = found.flatMap(({ fixes }) =>
        fixes.flatMap((fix) => (fix.kind === "changeText" ? fix.changes : [])),
      )[0];
      if (change !== undefined) {
        const at = (position: { line: number; character: number }): number =>
          offsetAt(page.bad, position);
        const { start, end } = change.span;
        const fixed = page.bad.slice(0, at(start)) + change.newText + page.bad.slice(at(end));
        assert.deepEqual(codes(saidOf({ [file]: fixed })), [], fixed);
      }
    });

    it(`${id} leaves its good example alone, and so do all others`, () => {
      assert.deepEqual(codes(saidOf({ [file]: page.good })), []);
    });
  }

  it("leave a plugin in a test alone, which no host loads", () => {
    const texts = { "src/lib.rs": "", "tests/plugin.rs": exampleLibrary() };
    const manifest = cargoExample.replace('"cdylib"', '"rlib"');
    assert.deepEqual(codes(saidOf({ ...texts, "Cargo.toml": manifest })), []);
  });

  it("take a crate for a part of another library where nothing says that it is loaded by itself", () => {
    const source = exampleLibrary().replace("fidius::fidius_plugin_registry!();", "");
    const manifest = cargoExample.replace('"cdylib"', '"rlib"');
    const texts = { "src/lib.rs": source, "Cargo.toml": manifest };
    assert.deepEqual(codes(saidOf(texts)), ["missing-cdylib"]); // a package.toml stands beside it
    assert.deepEqual(codes(saidOf({ ...texts, "package.toml": null })), []);
  });

  const packageWith = (change: (text: string) => string): string => change(packageExample);
  const withRuntime = (lines: string, more = ""): string =>
    packageWith((text) => text.replace("\n[metadata]", `${lines}\n\n[metadata]`) + more);
  const pythonPackage = (more: string): string => withRuntime('runtime = "python"', more);
  const packages: Readonly<Record<string, readonly [text: string, ...said: string[]]>> = {
    "a table that Fidius does not read": [
      `${packageExample}\n[dependencies]\nserde = "1"\n`,
      "warning package-key-unknown: dependencies",
    ],
    "tables of the host below metadata": [
      `${packageExample}\n[metadata.deep]\nanything = 1\n\n[[metadata.list]]\nname = "x"\n`,
    ],
    "metadata within a line": [
      packageExample
        .replace("[metadata]", "[x]\n")
        .replace("[x]\n", "")
        .replace(/^/u, "metadata = {}\n"),
    ],
    "a number for a text, and text for a number": [
      packageExample.replace('"0.1.0"', "0.1").replace("_version = 1", '_version = "one"'),
      "error package-value-invalid: 0.1",
      'error package-value-invalid: "one"',
    ],
    "a number that is too large": [
      packageExample.replace("_version = 1", "_version = 4294967296"),
      "error package-value-invalid: 4294967296",
      "warning package-version-differs: 4294967296",
    ],
    "no entry module": [
      pythonPackage('\n[python]\nrequirements = "r.txt"\n'),
      'warning package-runtime-differs: "python"',
      "error package-field-missing: [python]",
    ],
    capabilities: [
      withRuntime(
        'runtime = "wasm"',
        '\n[wasm]\ncomponent = "c.wasm"\ncapabilities = ["stdot", "env:HOME", "fs:ro:/a", "fs", "tcp", "network"]\n',
      ),
      'warning package-runtime-differs: "wasm"',
      'error package-value-invalid: "stdot"',
      'error package-value-invalid: "fs"',
      'error package-value-invalid: "network"',
    ],
    "another runtime and the sections of two": [
      withRuntime('runtime = "go"', '\n[python]\nentry_module = "m"\n'),
      'error package-runtime-unknown: "go"',
    ],
    "a name that is no TOML": ['[package]\nname = "x\n', "error manifest: "],
    "nothing at all": ["", "error package-field-missing: ", "error package-metadata-missing: "],
  };
  for (const [name, [text, ...wanted]] of Object.entries(packages)) {
    it(`say of a package.toml with ${name}: ${wanted.length === 0 ? "nothing" : wanted.join(", ")}`, () => {
      const found = saidOf({ "package.toml": text }).map(({ severity, code, span }) => {
        const { start, end } = span;
        return `${severity} ${code}: ${text.slice(offsetAt(text, start), offsetAt(text, end))}`;
      });
      assert.deepEqual(found.toSorted(), wanted.toSorted());
    });
  }

  it("take fields of a package.toml that are missing from the crate", () => {
    const [found] = saidOf({ "package.toml": "[package]\n\n[metadata]\n" });
    const [fix] = found?.fixes ?? [];
    assert.equal(
      fix?.kind === "changeText" ? fix.changes[0]?.newText : undefined,
      '\nname = "tool"\nversion = "0.1.0"\ninterface = "tool"\ninterface_version = 1',
    );
  });
});
