// Plans for new crates: what they take over from the workspace, what is refused, and that a plan is written wholly or not at all.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { newestKnownFidius } from "../../../src/scaffold/fidiusVersion.ts";
import type { CratePlan, NewCrate } from "../../../src/scaffold/newCrate.ts";
import { planCrate } from "../../../src/scaffold/planCrate.ts";
import { writeCrate } from "../../../src/scaffold/writeCrate.ts";

const workspaceManifest = `# The root.
[workspace]
resolver = "2"
members = [
  "interfaces/*",
  "tools/one", # the first
]

[workspace.package]
version = "2.0.0"
edition = "2024"
license = "MIT"

[workspace.dependencies]
fidius = "0.5"
shapes-interface = { path = "interfaces/shapes-interface" }

[workspace.lints.rust]
unused = "warn"
`;

const shapesManifest = `[package]
name = "shapes-interface"
version.workspace = true
edition.workspace = true

[features]
host = ["fidius/host"]

[dependencies]
fidius.workspace = true
serde = { version = "1", features = ["derive"] }
uuid = { version = "1.8", features = ["serde"] }
`;

const shapesSource = `pub mod model;

use std::collections::HashMap;

use fidius::{plugin_interface, PluginError, Stream};
use model::Shape as Form;
use uuid::Uuid;

pub type Names = Vec<String>;

#[plugin_interface(version = 3, buffer = PluginAllocated)]
pub trait Shapes: Send + Sync {
    /// The area.
    fn area(&self, shape: Form) -> Result<f64, PluginError>;
    async fn count(&self, by: HashMap<Uuid, Names>) -> u32;
    #[optional(since = 2)]
    #[method_meta("kind", "stream")]
    fn each(&self) -> Stream<Form>;
    #[wire(raw)]
    fn bytes(&self, raw: Vec<u8>) -> Vec<u8>;
}
`;

const shapesModel =
  "use serde::{Deserialize, Serialize};\n\n#[derive(Serialize, Deserialize)]\npub struct Shape {\n    pub sides: u8,\n}\n";

let root: string;

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function shapesWorkspace(): void {
  write({
    "Cargo.toml": workspaceManifest,
    "interfaces/shapes-interface/Cargo.toml": shapesManifest,
    "interfaces/shapes-interface/src/lib.rs": shapesSource,
    "interfaces/shapes-interface/src/model.rs": shapesModel,
    "tools/one/Cargo.toml": '[package]\nname = "one"\nversion = "0.1.0"\nedition = "2021"\n',
    "tools/one/src/lib.rs": "",
  });
}

async function planned(path: string, request: Omit<NewCrate, "folder">): Promise<CratePlan> {
  const plan = await planCrate({ ...request, folder: join(root, path) });
  assert.ok(plan.ok, plan.ok ? "" : plan.error);
  return plan.value;
}

async function refusal(path: string, request: Omit<NewCrate, "folder">): Promise<string> {
  const plan = await planCrate({ ...request, folder: join(root, path) });
  assert.ok(!plan.ok, "it was planned");
  assert.match(plan.error, /\.$/);
  assert.ok(!plan.error.includes("\n"));
  return plan.error;
}

function textOf(plan: CratePlan, path: string): string {
  const found = plan.newFiles.find(({ file }) => file === join(plan.folder, path));
  assert.ok(found !== undefined, `the plan has no ${path}`);
  return found.text;
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

describe("plans for new crates", () => {
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "fidius-scaffold-"));
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it("a plugin has every method of its interface at its slot, and imports the types that they name", async () => {
    shapesWorkspace();
    const plan = await planned("plugins/round-shapes", { kind: "plugin" });
    const text = textOf(plan, "src/lib.rs");
    assert.match(
      text,
      /use std::collections::HashMap;\n\nuse fidius::\{plugin_impl, PluginError, Stream\};/,
    );
    assert.match(text, /use shapes_interface::model::Shape as Form;/);
    assert.match(text, /use shapes_interface::\{__fidius_Shapes, Names, Shapes\};/);
    assert.match(text, /use uuid::Uuid;/);
    const methods = text.slice(
      text.indexOf("impl Shapes for RoundShapes {"),
      text.indexOf("// Once"),
    );
    assert.equal(
      methods.trim(),
      `impl Shapes for RoundShapes {
    fn area(&self, shape: Form) -> Result<f64, PluginError> {
        todo!()
    }

    async fn count(&self, by: HashMap<Uuid, Names>) -> u32 {
        todo!()
    }

    fn each(&self) -> Stream<Form> {
        todo!()
    }

    #[wire(raw)]
    fn bytes(&self, raw: Vec<u8>) -> Vec<u8> {
        todo!()
    }
}`,
    );
  });

  it("a member takes over what its workspace has, and names itself where no glob does", async () => {
    shapesWorkspace();
    const plan = await planned("plugins/round-shapes", { kind: "plugin" });
    assert.equal(
      textOf(plan, "Cargo.toml"),
      `[package]
name = "round-shapes"
description = "A plugin of Shapes"
version.workspace = true
edition.workspace = true
license.workspace = true

[lib]
# A library that hosts load.
crate-type = ["cdylib"]

[dependencies]
fidius = { workspace = true, features = ["async"] }
shapes-interface = { workspace = true }
uuid = { version = "1.8", features = ["serde"] }

[dev-dependencies]
fidius = { workspace = true, features = ["host"] }

[lints]
workspace = true
`,
    );
    assert.deepEqual(
      plan.changedFiles.map(({ text }) => text),
      [
        workspaceManifest.replace(
          '  "tools/one", # the first\n',
          '  "tools/one", # the first\n  "plugins/round-shapes",\n',
        ),
      ],
    );
    const covered = await planned("interfaces/second-interface", { kind: "interface" });
    assert.deepEqual(covered.changedFiles, []);
  });

  it("an excluded folder stands alone", async () => {
    shapesWorkspace();
    write({
      "Cargo.toml": workspaceManifest.replace("[workspace]", '[workspace]\nexclude = ["apart"]'),
    });
    const plan = await planned("apart/solo", { kind: "plugin" });
    assert.deepEqual(plan.changedFiles, []);
    assert.match(textOf(plan, "Cargo.toml"), /fidius = "/);
  });

  it("Fidius is of the release in the lock file, else of the one that cargo knows, else of the newest known here", async () => {
    write({
      "Cargo.toml": "[workspace]\nmembers = []\n",
      "Cargo.lock":
        'version = 4\n\n[[package]]\nname = "fidius"\nversion = "0.5.4"\n\n[[package]]\nname = "fidius"\nversion = "0.4.2"\n',
    });
    const release = async (newest?: string): Promise<string | undefined> => {
      const plan = await planCrate(
        { kind: "interface", folder: join(root, "made") },
        newest === undefined ? {} : { newestFidius: () => Promise.resolve(newest) },
      );
      assert.ok(plan.ok);
      return /fidius = "(.*)"/.exec(textOf(plan.value, "Cargo.toml"))?.[1];
    };
    assert.equal(await release("0.5.8"), "0.5.4");
    rmSync(join(root, "Cargo.lock"));
    assert.equal(await release("0.5.8"), "0.5.8");
    assert.equal(await release(), newestKnownFidius);
  });

  it("the newest release known here is the one that the fixtures are built with", () => {
    const lock = readFileSync(join(import.meta.dirname, "../../fixtures/Cargo.lock"), "utf8");
    assert.equal(/name = "fidius"\nversion = "(.*)"/.exec(lock)?.[1], newestKnownFidius);
  });

  it("a workspace with an older Fidius gets what that has, and a sentence on what it has not", async () => {
    write({
      "Cargo.toml": "[workspace]\nmembers = []\n",
      "Cargo.lock": 'version = 4\n\n[[package]]\nname = "fidius"\nversion = "0.4.2"\n',
    });
    const plan = await planned("made", { kind: "plugin", methods: "async" });
    assert.doesNotMatch(textOf(plan, "Cargo.toml"), /dev-dependencies/);
    assert.match(textOf(plan, "src/lib.rs"), /block_on\(plugin\.greet\("Ada"\.into\(\)\)\)/);
    assert.match(
      await refusal("made", { kind: "plugin", isConfigured: true }),
      /A configuration needs Fidius 0\.5\.0 or newer, and this workspace has 0\.4\.2/,
    );
    assert.match(await refusal("made", { kind: "plugin", methods: "streaming" }), /A stream needs/);
  });

  it("refuses what cannot be made, in a sentence, and writes nothing", async () => {
    shapesWorkspace();
    write({ "full/notes.txt": "mine", file: "mine" });
    const before = filesBelow(root);
    const refused: readonly (readonly [string, Omit<NewCrate, "folder">, RegExp])[] = [
      ["plugins/1st", { kind: "plugin" }, /"1st" cannot be the name of a crate/],
      ["full", { kind: "plugin" }, /has files already \(notes\.txt\), and none is overwritten/],
      ["file", { kind: "plugin" }, /is there and no folder/],
      ["plugins/one", { kind: "plugin" }, /has a package one already/],
      [
        "plugins/new",
        { kind: "plugin", interfaceName: "Shape" },
        /no interface "Shape".*shapes-interface::Shapes/,
      ],
      [
        "plugins/new",
        { kind: "host", methods: "sync" },
        /A host calls the methods that its interface has/,
      ],
      ["plugins/new", { kind: "host", isConfigured: true }, /Only a plugin is configured/],
      ["plugins/new", { kind: "interface", interfaceName: "Shapes" }, /needs no other one/],
    ];
    for (const [path, request, reason] of refused) {
      assert.match(await refusal(path, request), reason);
    }
    write({ "Cargo.toml": "[workspace\n" });
    assert.match(await refusal("plugins/new", { kind: "plugin" }), /Cargo\.toml cannot be used/);
    assert.deepEqual(filesBelow(root), before);
  });

  it("asks which interface is meant where there are several", async () => {
    shapesWorkspace();
    write({
      "interfaces/other-interface/Cargo.toml": shapesManifest.replace(
        "shapes-interface",
        "other-interface",
      ),
      "interfaces/other-interface/src/lib.rs": shapesSource,
      "interfaces/other-interface/src/model.rs": shapesModel,
    });
    assert.match(
      await refusal("plugins/new", { kind: "plugin" }),
      /several interfaces: .*other-interface::Shapes.*\. Say which one is meant/,
    );
    assert.match(
      await refusal("plugins/new", { kind: "plugin", interfaceName: "Shapes" }),
      /several/,
    );
    const plan = await planned("plugins/new", {
      kind: "plugin",
      interfaceName: "other-interface::Shapes",
    });
    assert.match(textOf(plan, "src/lib.rs"), /use other_interface::\{__fidius_Shapes/);
  });

  /** The shapes interface in `private` modules, with this at the root of its crate. */
  function hiddenShapes(rootText: string): void {
    shapesWorkspace();
    write({
      "interfaces/shapes-interface/src/lib.rs": rootText,
      "interfaces/shapes-interface/src/inner.rs": shapesSource
        .replace("pub mod model;\n\n", "")
        .replace("use model::", "use crate::model::"),
    });
  }

  it("finds the interface and its types behind re-exports of private modules, for plugins and hosts", async () => {
    const rows: readonly (readonly [rootText: string, ...uses: readonly string[]])[] = [
      [
        "mod inner;\nmod model;\npub use inner::*;\npub use model::Shape;\n",
        "use shapes_interface::Shape as Form;",
        "use shapes_interface::{__fidius_Shapes, Names, Shapes};",
      ],
      [
        "mod inner;\nmod model;\npub mod api {\n    pub use crate::inner as all;\n    pub use crate::model::Shape as Figure;\n}\n",
        "use shapes_interface::api::Figure as Form;",
        "use shapes_interface::api::all::{__fidius_Shapes, Names, Shapes};",
      ],
      [
        "mod inner;\npub mod model;\npub use inner::{Names, Shapes};\npub mod made {\n    pub use super::inner::__fidius_Shapes;\n}\n",
        "use shapes_interface::made::__fidius_Shapes;",
        "use shapes_interface::model::Shape as Form;",
        "use shapes_interface::{Names, Shapes};",
      ],
    ];
    for (const [rootText, ...uses] of rows) {
      hiddenShapes(rootText);
      const plugin = textOf(await planned("plugins/round", { kind: "plugin" }), "src/lib.rs");
      assert.deepEqual(plugin.match(/^use shapes_interface.*$/gmu), uses);
      const host = textOf(await planned("tools/caller", { kind: "host" }), "src/main.rs");
      const companion = uses.find((use) => use.includes("__fidius_Shapes"));
      assert.deepEqual(host.match(/^use shapes_interface.*$/gmu), [
        companion?.replace(/\{.*\}/u, "__fidius_Shapes"),
      ]);
    }
  });

  it("says which private module keeps an interface or a type inside, and what to write", async () => {
    const rows: readonly (readonly [rootText: string, reason: RegExp])[] = [
      [
        "mod inner;\npub mod model;\n",
        /^shapes_interface::inner::Shapes cannot be used in another crate: its module inner is private, and nothing public re-exports it\. Write pub mod inner, or re-export both .* by pub use inner::\{Shapes, __fidius_Shapes\}\.$/,
      ],
      [
        "mod inner;\npub mod model;\npub(crate) use inner::*;\n",
        /its module inner is private, and nothing public re-exports it/,
      ],
      [
        "mod inner;\npub mod model;\npub use inner::Shapes;\n",
        /: shapes_interface re-exports it from the private module inner, but without __fidius_Shapes, the module beside it/,
      ],
    ];
    for (const [rootText, reason] of rows) {
      hiddenShapes(rootText);
      assert.match(await refusal("plugins/round", { kind: "plugin" }), reason);
      assert.match(await refusal("tools/caller", { kind: "host" }), reason);
    }
    hiddenShapes("pub mod inner;\nmod model;\n");
    assert.match(
      await refusal("plugins/round", { kind: "plugin" }),
      /^The type Form of the interface cannot be named in another crate: the module model is private, and nothing public re-exports it\. Write pub mod model, or pub use model::Shape; beside it\./,
    );
  });

  it("reads open documents as they are, saved or not", async () => {
    shapesWorkspace();
    const source = join(root, "interfaces/shapes-interface/src/lib.rs");
    const openTexts = new Map([
      [source, shapesSource.replace("fn area(", "fn surface(")],
      [join(root, "Cargo.toml"), workspaceManifest.replace("# The root.", "# Unsaved.")],
    ]);
    const plan = await planCrate(
      { kind: "plugin", folder: join(root, "plugins/round") },
      { openTexts },
    );
    assert.ok(plan.ok);
    assert.match(textOf(plan.value, "src/lib.rs"), /fn surface\(/);
    assert.match(plan.value.changedFiles[0]?.before ?? "", /^# Unsaved\./);
  });

  it("a host without an interface, and an interface that no other crate can link, are told", async () => {
    write({ "Cargo.toml": "[workspace]\nmembers = []\n" });
    assert.match(
      await refusal("made", { kind: "host" }),
      /this workspace has none\. Make one first/,
    );
    const own = await planned("own", { kind: "plugin" });
    assert.ok((await writeCrate(own)).ok);
    assert.match(
      await refusal("made", { kind: "host", interfaceName: "Greeter" }),
      /declared in own, which other crates cannot link/,
    );
  });

  it("goes into folders without files, which an undone crate leaves", async () => {
    shapesWorkspace();
    mkdirSync(join(root, "plugins/round/src/deep"), { recursive: true });
    await planned("plugins/round", { kind: "plugin" });
    write({ "plugins/round/src/deep/lib.rs": "" });
    assert.match(
      await refusal("plugins/round", { kind: "plugin" }),
      /has files already \(src\/deep\/lib\.rs\)/,
    );
  });

  it("is written wholly, or not at all", async () => {
    shapesWorkspace();
    const plan = await planned("plugins/deep/round-shapes", { kind: "plugin" });
    const before = filesBelow(root);
    write({ "Cargo.toml": `${workspaceManifest}# changed meanwhile\n` });
    const late = await writeCrate(plan);
    assert.match(late.ok ? "" : late.error, /changed meanwhile/);
    assert.deepEqual(filesBelow(root), before);
    assert.ok(!readdirSync(root).includes("plugins"));
    write({ "Cargo.toml": workspaceManifest, "plugins/deep/round-shapes/src/lib.rs": "mine" });
    const taken = await writeCrate(plan);
    assert.ok(!taken.ok);
    assert.equal(readFileSync(join(plan.folder, "src/lib.rs"), "utf8"), "mine");
    assert.deepEqual(readdirSync(plan.folder), ["src"]);
    rmSync(join(root, "plugins"), { recursive: true });
    assert.deepEqual(await writeCrate(plan), { ok: true, value: undefined });
    assert.match(readFileSync(join(root, "Cargo.toml"), "utf8"), /plugins\/deep\/round-shapes/);
    assert.deepEqual(
      filesBelow(root).filter((file) => file.includes(".new-")),
      [],
    );
  });
});
