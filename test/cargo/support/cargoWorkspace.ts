// Workspaces on disk for tests that start the real cargo. Each lives in a folder of its own and goes with its test.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { CrateInfo } from "../../../src/model/plugin.ts";
import { findCargo } from "../../../src/cargo/process/findCargo.ts";
import { createDiskFiles } from "../../../src/cargo/manifest/manifestFiles.ts";
import {
  type ManifestGraph,
  readManifestGraph,
} from "../../../src/cargo/manifest/manifestGraph.ts";
import { cargoEnvironment } from "../../../src/cargo/process/runCargo.ts";

export interface CargoWorkspace {
  readonly folder: string;
  path(file: string): string;
  write(file: string, text: string): void;
  graph(): ManifestGraph;
  /** The package whose manifest is at `folder/Cargo.toml`. */
  crate(folder: string): CrateInfo;
  /** Runs cargo in the workspace; rejects when it fails. */
  cargo(...cargoArguments: readonly string[]): Promise<string>;
  dispose(): void;
}

/** Writes the files into a new folder. */
export function createWorkspace(files: Readonly<Record<string, string>>): CargoWorkspace {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "fidius cargo-")));
  const path = (file: string): string => join(folder, file);
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(path(file)), { recursive: true });
    writeFileSync(path(file), text);
  };
  for (const [file, text] of Object.entries(files)) {
    write(file, text);
  }
  const graph = (): ManifestGraph => readManifestGraph([folder], createDiskFiles());
  return {
    folder,
    path,
    write,
    graph,
    crate: (member) => {
      const node = graph().graph.crates.get(path(join(member, "Cargo.toml")));
      assert.ok(node, `no package in ${member}`);
      return node.info;
    },
    cargo: async (...cargoArguments) => {
      const { stdout } = await promisify(execFile)(cargoPath(), cargoArguments, {
        cwd: folder,
        env: cargoEnvironment({ CARGO_TERM_COLOR: "never" }),
        timeout: 60_000,
        maxBuffer: 64 * 1024 * 1024,
      });
      return stdout;
    },
    dispose: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The cargo of this machine; these tests cannot run without one. */
export function cargoPath(): string {
  const cargo = findCargo();
  assert.ok(cargo.ok, cargo.ok ? "" : cargo.error.message);
  return cargo.value;
}

/** A package manifest. */
export function packageToml(name: string, rest = "", version = "0.1.0"): string {
  return `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n${rest}`;
}
