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
});
