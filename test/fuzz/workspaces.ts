// One random workspace through the whole project model, as the language server and the command line use it: once as it lies on
// the disk, and after edits. Whatever its files hold, the plugins that are whole are found.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { nullLogger } from "../../src/model/logger.ts";
import { createProject, type Project } from "../../src/project/project.ts";
import { diagnose } from "../../src/diagnostics/diagnose.ts";
import { seededRandom } from "../vectors/seededRandom.ts";
import { mutateText, pick } from "./mutate.ts";
import { randomWorkspace } from "./randomWorkspace.ts";

const edits = 2;

/** Fails with what is wrong in the workspace of the seed. */
export async function checkWorkspace(seed: number): Promise<void> {
  const { files, isCrateWhole } = randomWorkspace(seed);
  const folder = await mkdtemp(join(tmpdir(), "fidius-fuzz-"));
  try {
    for (const [path, text] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const project = createProject({ folders: [folder], isTrusted: false, logger: nullLogger });
    try {
      checkModel(project, isCrateWhole);
      const random = seededRandom(seed + 1);
      const sources = [...files.keys()].filter(
        (path) => path.endsWith(".rs") && !path.includes("whole") && !path.endsWith("lib.rs"),
      );
      for (let edit = 0; edit < edits; edit += 1) {
        const path = pick(random, sources);
        const text = mutateText(random, files.get(path) ?? "", [
          "{",
          "}",
          "mod a;",
          '"',
          "use a::*;",
        ]);
        project.setOpenText(join(folder, path), text);
        checkModel(project, isCrateWhole);
      }
    } finally {
      project.dispose();
    }
  } catch (error) {
    const shown = [...files].map(([path, text]) => `── ${path}\n${text}`).join("\n");
    throw new Error(`${String((error as Error).stack)}\n${shown}`, { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function checkModel(project: Project, isCrateWhole: boolean): void {
  const snapshot = project.snapshot();
  diagnose(snapshot);
  const found = snapshot.model.plugins
    .filter(({ methods }) => methods.some(({ name }) => name === "whole"))
    .map(({ name }) => name);
  for (const name of ["NeighbourPlugin", ...(isCrateWhole ? ["BesidePlugin"] : [])]) {
    assert.ok(found.includes(name), `${name} is lost`);
  }
}
