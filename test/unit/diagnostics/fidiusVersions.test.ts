// A plugin and its interface in crates that are built with different releases of Fidius.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkCrate } from "../../../src/diagnostics/checkCrate.ts";
import { diagnose } from "../../../src/diagnostics/diagnose.ts";
import { nullLogger } from "../../../src/model/logger.ts";
import { createProject } from "../../../src/project/project.ts";

const trait =
  "use fidius::plugin_interface;\n#[plugin_interface(version = 1, buffer = PluginAllocated)]\npub trait Tool: Send + Sync {\n    fn run(&self) -> u8;\n}\n";

const plugin =
  "use fidius::plugin_impl;\nuse api::*;\npub struct P;\n#[plugin_impl(Tool)]\nimpl Tool for P {\n    fn run(&self) -> u8 {\n        1\n    }\n}\nfidius::fidius_plugin_registry!();\n";

/** Errors of a plugin and of its interface with these requirements on Fidius, each with the text that it marks. */
function errors(ofPlugin: string, ofInterface: string): readonly string[] {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "fidius-versions-"));
  try {
    const head = (name: string): string =>
      `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n`;
    const files: Readonly<Record<string, string>> = {
      "Cargo.toml": `${head("plug")}[lib]\ncrate-type = ["cdylib"]\n[dependencies]\napi = { path = "api" }\nfidius = "${ofPlugin}"\n`,
      "src/lib.rs": plugin,
      "api/Cargo.toml": `${head("api")}[dependencies]\nfidius = "${ofInterface}"\n`,
      "api/src/lib.rs": trait,
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const options = { folders: [folder], isTrusted: false, logger: nullLogger, check: checkCrate };
    const project = createProject(options);
    const found = diagnose(project.snapshot()).filter(({ severity }) => severity === "error");
    project.dispose();
    return found.map(({ code, span }) => {
      const line =
        (files[path.relative(folder, span.file)] ?? "").split("\n")[span.start.line] ?? "";
      return `${code}: ${line.slice(span.start.character, span.end.character)}`;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the releases of Fidius in a plugin and in its interface", () => {
  it("are told where their ABIs differ", () => {
    assert.deepEqual(errors("0.4.2", "0.5.9"), ["fidiusVersionsDiffer: #[plugin_impl(Tool)]"]);
    assert.deepEqual(errors("=0.5.9", "=0.4.2"), ["fidiusVersionsDiffer: #[plugin_impl(Tool)]"]);
  });

  it("are told where cargo cannot meet both requirements", () => {
    assert.deepEqual(errors("=0.5.9", "=0.5.8"), ['fidiusRequirementConflict: fidius = "=0.5.9"']);
  });

  it("are no trouble where they are the same or may be", () => {
    for (const [here, there] of [
      ["0.5.9", "0.5"],
      ["=0.5.9", "0.5.1"],
      ["=0.5.9", "=0.5.9"],
      ["0.4", "0.4.1"],
    ] as const) {
      assert.deepEqual(errors(here, there), [], `${here} and ${there}`);
    }
  });
});
