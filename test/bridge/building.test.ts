// Building a bridge: errors of the user's code in full, methods that rustc refuses, cancel, every edition, interfaces of other
// repositories, and what is not built again.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { descendantsOf, isAlive, removeCache, runCli } from "../cli/cliProcess.ts";
import { pluginManifest, TemporaryWorkspace } from "../cli/temporaryWorkspace.ts";

const serde = 'serde = { version = "1", features = ["derive"] }';

/** An interface package; `fidius` is its only other dependency. */
function manifest(name: string, edition = "2021"): string {
  return `[package]
name = "${name}"
version = "0.1.0"
edition = "${edition}"

[dependencies]
fidius = "0.5"
${serde}

[lints.rust]
unexpected_cfgs = "allow"
`;
}

/** A type with its serde written by hand, and an interface with these methods. */
function source(methods: string, more = ""): string {
  return `pub struct Odd(pub u16);

impl serde::Serialize for Odd {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> serde::Deserialize<'de> for Odd {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <u16 as serde::Deserialize>::deserialize(deserializer).map(Odd)
    }
}
${more}
#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Odds: Send + Sync {
${methods}
}
`;
}

const plain = "    fn plain(&self, numbers: Vec<u32>) -> u64;";

interface Compared {
  readonly interfaces: readonly {
    readonly package: string;
    readonly types: readonly {
      readonly method: string;
      readonly compared: number;
      readonly obstacle: string | null;
      readonly differences: readonly unknown[];
    }[];
  }[];
}

describe("building a bridge", function () {
  this.timeout(600_000);
  const workspaces: TemporaryWorkspace[] = [];
  after(async () => {
    await removeCache();
    await Promise.all(workspaces.map((workspace) => workspace.dispose()));
  });

  async function create(files: Readonly<Record<string, string>>): Promise<TemporaryWorkspace> {
    const workspace = await TemporaryWorkspace.create(files);
    workspaces.push(workspace);
    return workspace;
  }

  async function verify(folder: string, ...more: string[]): Promise<Compared> {
    const { exitCode, stdout, stderr } = await runCli(
      ["types", "--verify", "--json", "--values", "20", ...more],
      { cwd: folder },
    );
    assert.equal(exitCode, 0, stderr);
    return JSON.parse(stdout) as Compared;
  }

  it("shows compile errors of the user's code in full, at their place in the user's file", async () => {
    const broken = '\npub fn broken() -> u32 {\n    "no number"\n}\n\nfn other() { missing(); }\n';
    const workspace = await create({
      "Cargo.toml": manifest("broken-odds"),
      "src/lib.rs": source(plain, broken),
    });
    const { exitCode, stdout, stderr, error } = await runCli(["types", "--verify"], {
      cwd: workspace.folder,
    });
    assert.equal(exitCode, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /error\[E0308\]: mismatched types/u);
    assert.match(stderr, /expected `u32`, found `&str`/u);
    assert.match(stderr, /error\[E0425\]: cannot find function `missing`/u);
    assert.equal(error?.kind, "buildFailed");
    const errors = error["errors"] as readonly { file: string; line: number; code: string }[];
    const file = join(workspace.folder, "src/lib.rs");
    assert.deepEqual(errors.map(({ code }) => code).sort(), ["E0308", "E0425"]);
    const lines = (await readFile(file, "utf8")).split("\n");
    for (const { file: place, line } of errors) {
      assert.equal(place, file);
      assert.match(lines[line - 1] ?? "", /no number|missing\(\)/u);
    }
  });

  it("leaves out a method that rustc refuses, and says why; the others are there", async () => {
    const many = Array.from({ length: 18 }, (_, index) => `a${String(index)}: Odd`).join(", ");
    const workspace = await create({
      "Cargo.toml": manifest("many-odds"),
      "src/lib.rs": source(`    fn many(&self, ${many}) -> u8;\n${plain}`),
    });
    const { interfaces } = await verify(workspace.folder);
    const types = interfaces[0]?.types ?? [];
    const refused = types.filter(({ method }) => method === "many");
    assert.match(refused.at(-1)?.obstacle ?? "", /rustc refused the types of many: /u);
    const others = types.filter(({ method }) => method === "plain");
    assert.equal(others.length, 2);
    assert.ok(others.every(({ compared, obstacle }) => compared > 20 && obstacle === null));
  });

  it("is not built again while nothing changed, and is when a type did", async () => {
    const workspace = await create({
      "Cargo.toml": manifest("kept-odds"),
      "src/lib.rs": source(plain),
    });
    const target = join(workspace.folder, "target");
    const environment = { CARGO_TARGET_DIR: target };
    const run = async (): Promise<number> => {
      const { exitCode, stderr } = await runCli(["types", "--verify", "--values", "5"], {
        cwd: workspace.folder,
        environment,
      });
      assert.equal(exitCode, 0, stderr);
      const folder = join(target, "fidius-bridge");
      const [key] = (await readdir(folder)).filter((name) => name !== "build");
      return (await stat(join(folder, key ?? "", "bridge.json"))).mtimeMs;
    };
    const first = await run();
    assert.equal(await run(), first);
    await workspace.write("src/lib.rs", source(plain.replace("u64", "u16")));
    assert.notEqual(await run(), first);
  });

  it("Ctrl+C ends the build and all that it started", async () => {
    const workspace = await create({
      "Cargo.toml": manifest("slow-odds"),
      "src/lib.rs": source(plain),
      "build.rs": "fn main() { loop { std::thread::sleep(std::time::Duration::from_secs(1)); } }\n",
    });
    let pid = 0;
    let children: readonly number[] = [];
    const { exitCode, error, stdout } = await runCli(["types", "--verify"], {
      cwd: workspace.folder,
      onSpawn: (child) => {
        pid = child.pid ?? 0;
        const look = async (): Promise<void> => {
          // The build script is a child of cargo, which is one of the command.
          for (;;) {
            const { stdout: listed } = await promisify(execFile)("ps", ["-A", "-o", "pid=,args="]);
            const all = new Set(await descendantsOf(pid));
            const script = listed
              .split("\n")
              .map((line) => line.trim().split(/\s+/u))
              .find(
                ([id, program]) =>
                  all.has(Number(id)) && program?.includes("build-script-build") === true,
              );
            if (script !== undefined) {
              children = [...all];
              child.kill("SIGINT");
              return;
            }
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
        };
        void look();
      },
    });
    assert.equal(exitCode, 130);
    assert.equal(stdout, "");
    assert.equal(error?.kind, "cancelled");
    assert.ok(children.length >= 2);
    for (const child of children) {
      while (await isAlive(child)) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  });

  it("works in every edition", async () => {
    const editions = ["2018", "2021", "2024"];
    const methods = `    fn odd(&self, odd: Odd, r#type: Option<Odd>) -> Result<Odd, String>;\n${plain}`;
    const workspace = await create({
      "Cargo.toml": `[workspace]\nresolver = "2"\nmembers = ["*-odds"]\n`,
      ...Object.fromEntries(
        editions.flatMap((edition) => [
          [`e${edition}-odds/Cargo.toml`, manifest(`e${edition}-odds`, edition)],
          [`e${edition}-odds/src/lib.rs`, source(methods)],
        ]),
      ),
    });
    const { interfaces } = await verify(workspace.folder);
    assert.equal(interfaces.length, 3);
    for (const { types } of interfaces) {
      const compared = types.filter(({ obstacle }) => obstacle === null);
      assert.deepEqual(
        compared.map(({ method }) => method),
        ["odd", "plain", "plain"],
      );
    }
  });

  it("takes an interface of a git repository, with the versions that the plugin's workspace locks", async () => {
    const repository = await create({
      "Cargo.toml": manifest("git-odds"),
      "src/lib.rs": source(`    fn odd(&self, odd: Odd) -> Odd;\n${plain}`),
    });
    const git = (...args: readonly string[]) =>
      promisify(execFile)(
        "git",
        ["-c", "user.name=test", "-c", "user.email=test@localhost", ...args],
        {
          cwd: repository.folder,
        },
      );
    await git("init", "--quiet", "--initial-branch", "main");
    await git("add", "Cargo.toml", "src");
    await git("commit", "--quiet", "-m", "interface");
    const url = pathToFileURL(repository.folder).href;
    const workspace = await create({
      "Cargo.toml": pluginManifest("git-odd-plugin").replace(
        "[dependencies]",
        `[dependencies]\ngit-odds = { git = "${url}" }`,
      ),
      "src/lib.rs": `use git_odds::*;

pub struct Oddity;

#[fidius::plugin_impl(Odds)]
impl Odds for Oddity {
    fn odd(&self, odd: Odd) -> Odd {
        Odd(odd.0 + 1)
    }
    fn plain(&self, numbers: Vec<u32>) -> u64 {
        numbers.len() as u64
    }
}

fidius::fidius_plugin_registry!();
`,
    });
    const { exitCode, stdout, stderr } = await runCli(["call", "Oddity.odd", "--args", "[41]"], {
      cwd: workspace.folder,
    });
    assert.equal(exitCode, 0, stderr);
    assert.equal(stdout, "42\n");
    const { interfaces } = await verify(workspace.folder);
    assert.deepEqual(
      interfaces.map((each) => each.package),
      ["git-odds"],
    );
  });
});
