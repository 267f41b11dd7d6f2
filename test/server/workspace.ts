// A folder of files for one test, deleted afterwards.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export class TestFolder implements Disposable {
  readonly folder: string;

  constructor(files: Readonly<Record<string, string>>) {
    this.folder = realpathSync(mkdtempSync(path.join(tmpdir(), "fidius-server-")));
    for (const [file, text] of Object.entries(files)) {
      this.write(file, text);
    }
  }

  path(file: string): string {
    return path.join(this.folder, file);
  }

  write(file: string, text: string): string {
    const target = this.path(file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
    return target;
  }

  [Symbol.dispose](): void {
    // Windows keeps the folder while a cargo that was ended is still about to go.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 8, retryDelay: 50 });
  }
}

/** A manifest with these dependency lines. */
export function manifest(name: string, ...dependencies: readonly string[]): string {
  return `[package]
name = "${name}"
version = "0.1.0"
edition = "2021"

[lib]
crate-type = ["cdylib"]

[lints.rust]
unexpected_cfgs = "allow"

[dependencies]
${dependencies.map((line) => `${line}\n`).join("")}`;
}

/** A crate that is interface and plugin in one, with a sync and an async method. */
export const greeterSource = `use fidius::{plugin_impl, plugin_interface};

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Greeter: Send + Sync {
    fn quick(&self) -> u8;
    async fn slow(&self, name: String) -> String;
}

pub struct Polite;

#[plugin_impl(Greeter)]
impl Greeter for Polite {
    fn quick(&self) -> u8 {
        1
    }

    async fn slow(&self, name: String) -> String {
        name
    }
}

fidius::fidius_plugin_registry!();
`;
