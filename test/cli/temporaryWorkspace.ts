// Cargo workspaces written for one test: files by path, dependencies as the example workspace locked them.

import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { examplesFolder } from "./cliProcess.ts";

export class TemporaryWorkspace {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  static async create(files: Readonly<Record<string, string>>): Promise<TemporaryWorkspace> {
    const workspace = new TemporaryWorkspace(await mkdtemp(join(tmpdir(), "fidius-cli-test-")));
    await copyFile(join(examplesFolder, "Cargo.lock"), join(workspace.folder, "Cargo.lock"));
    for (const [path, text] of Object.entries(files)) {
      await workspace.write(path, text);
    }
    return workspace;
  }

  async write(path: string, text: string): Promise<void> {
    const file = join(this.folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  async dispose(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A manifest of a plugin package; `more` is added at its end. */
export function pluginManifest(name: string, more = ""): string {
  return `[package]
name = "${name}"
version = "0.1.0"
edition = "2021"

[lib]
crate-type = ["cdylib"]

[dependencies]
fidius = "0.5"

[lints.rust]
unexpected_cfgs = "allow"
${more}`;
}

/** Source of an interface with one method, and of a plugin of it. */
export function pluginSource(plugin: string, method: string): string {
  return `use fidius::{plugin_impl, plugin_interface};

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Greeter: Send + Sync {
    ${method.replace(/\s*\{.*$/s, "")};
}

pub struct ${plugin};

#[plugin_impl(Greeter)]
impl Greeter for ${plugin} {
    ${method}
}

fidius::fidius_plugin_registry!();
`;
}
