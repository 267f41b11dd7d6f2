// A type whose fields depend on how it is built crosses with the fields of the library that is called: the bridge is made in the
// same profile, with the same features, flags and packages.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { removeCache, runCli } from "../cli/cliProcess.ts";

const derives = "#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]";

/** Fields of one type that stand in some builds only; all are `u8`, so that a shift would pass as a value. */
const made = `
    #[hidden::crosses]
    pub struct Made {
        pub a: u8,
        #[cfg(debug_assertions)]
        pub trace: u8,
        #[cfg(panic = "abort")]
        pub abort: u8,
        #[cfg(feature = "extra")]
        pub extra: u8,
        #[cfg(marked)]
        pub marked: u8,
        #[cfg(scripted)]
        pub scripted: u8,
        pub b: u8,
        pub wide: shared::Wide,
    }
`;

const files = {
  "Cargo.toml":
    '[workspace]\nresolver = "2"\nmembers = ["hidden", "shared", "api", "plug", "other"]\n',
  "hidden/Cargo.toml": `[package]\nname = "hidden"\nversion = "0.1.0"\nedition = "2021"\n[lib]\nproc-macro = true\n`,
  // A macro of another crate: what it makes of a type, only the compiler knows.
  "hidden/src/lib.rs": `use proc_macro::TokenStream;
#[proc_macro_attribute]
pub fn crosses(_: TokenStream, item: TokenStream) -> TokenStream {
    let derives: TokenStream = "${derives}".parse().unwrap();
    derives.into_iter().chain(item).collect()
}
`,
  "shared/Cargo.toml": `[package]\nname = "shared"\nversion = "0.1.0"\nedition = "2021"\n[features]\nwide = []\nother = []\n[dependencies]\nserde = { version = "1", features = ["derive"] }\nhidden = { path = "../hidden" }\n`,
  "shared/src/lib.rs": `#[hidden::crosses]
pub struct Wide {
    #[cfg(feature = "wide")]
    pub first: u8,
    #[cfg(feature = "other")]
    pub other: u8,
    pub last: u8,
}
`,
  "api/Cargo.toml": `[package]\nname = "api"\nversion = "0.1.0"\nedition = "2021"\n[features]\nextra = []\n[dependencies]\nfidius = "0.5"\nserde = { version = "1", features = ["derive"] }\nhidden = { path = "../hidden" }\nshared = { path = "../shared" }\n[lints.rust]\nunexpected_cfgs = "allow"\n`,
  "api/build.rs": `fn main() {
    if std::env::var("OPT_LEVEL").as_deref() == Ok("1") {
        println!("cargo:rustc-cfg=scripted");
    }
}
`,
  "api/src/lib.rs": `pub use fidius::{plugin_impl, PluginError};
${made}
#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Prof: Send + Sync {
    fn made(&self, x: Made) -> String;
    fn back(&self, x: Made) -> Made;
}
`,
  "plug/Cargo.toml": `[package]\nname = "plug"\nversion = "0.1.0"\nedition = "2021"\n[lib]\ncrate-type = ["cdylib"]\n[features]\nextra = ["api/extra"]\n[dependencies]\nfidius = "0.5"\napi = { path = "../api" }\nshared = { path = "../shared", features = ["wide"] }\n`,
  "plug/src/lib.rs": `use api::*;
pub struct ProfP;
#[plugin_impl(Prof)]
impl Prof for ProfP {
    fn made(&self, x: Made) -> String {
        format!("{x:?}")
    }
    fn back(&self, x: Made) -> Made {
        x
    }
}
fidius::fidius_plugin_registry!();
`,
  // Another member of the workspace, whose features the plugin's build does not have.
  "other/Cargo.toml": `[package]\nname = "other"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nshared = { path = "../shared", features = ["other"] }\napi = { path = "../api", features = ["extra"] }\n`,
  "other/src/lib.rs": "",
};

describe("the bridge of a build", function () {
  this.timeout(900_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "fidius-bridge-builds-"));
  });
  beforeEach(() => {
    for (const [file, text] of Object.entries(files)) {
      write(file, text);
    }
    rmSync(join(folder, ".cargo"), { recursive: true, force: true });
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await removeCache();
  });

  function write(file: string, text: string): void {
    const target = join(folder, file);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }

  function profile(text: string): void {
    write("Cargo.toml", `${files["Cargo.toml"]}\n${text}\n`);
  }

  /** Sends `fields` to the plugin, and has it say what came, and send it back. */
  async function crosses(
    fields: readonly string[],
    more: readonly string[] = [],
    environment: Readonly<Record<string, string | undefined>> = {},
  ): Promise<void> {
    const numbered = fields.map((field, index) => [field, index + 1] as const);
    const wide = { first: 201, last: 202 };
    const value = { ...Object.fromEntries(numbered), wide };
    const text = JSON.stringify([value]);
    const target = { CARGO_TARGET_DIR: join(folder, "target"), ...environment };
    const call = (method: string) =>
      runCli(["call", `ProfP.${method}`, "--args", text, ...more], {
        cwd: folder,
        environment: target,
      });
    const said = await call("made");
    assert.equal(said.exitCode, 0, said.stderr);
    const shown = numbered.map(([field, number]) => `${field}: ${String(number)}`).join(", ");
    assert.equal(
      said.stdout.trim(),
      JSON.stringify(`Made { ${shown}, wide: Wide { first: 201, last: 202 } }`),
    );
    const back = await call("back");
    assert.equal(back.exitCode, 0, back.stderr);
    assert.deepEqual(JSON.parse(back.stdout), value);
  }

  it("is in the dev profile where nothing else is said, with the features of the plugin's build alone", async () => {
    await crosses(["a", "trace", "b"]);
  });

  it("has the settings of single packages", async () => {
    profile("[profile.dev.package.api]\ndebug-assertions = false");
    await crosses(["a", "b"]);
  });

  it("has the features of --features", async () => {
    await crosses(["a", "trace", "extra", "b"], ["--features", "extra"]);
  });

  it("sees a source that changed", async () => {
    await crosses(["a", "trace", "b"]);
    write("api/src/lib.rs", files["api/src/lib.rs"].replace("pub a: u8", "pub z: u8"));
    await crosses(["z", "trace", "b"]);
  });

  it("has the settings of the workspace's profile", async () => {
    profile('[profile.dev]\ndebug-assertions = false\npanic = "abort"');
    await crosses(["a", "abort", "b"]);
  });

  it("has the flags of cargo's configuration, in the target folder that it names", async () => {
    write(
      ".cargo/config.toml",
      '[build]\ntarget-dir = "built/here"\nrustflags = ["--cfg", "marked"]\n',
    );
    rmSync(join(folder, "target"), { recursive: true, force: true });
    await crosses(["a", "trace", "marked", "b"], [], { CARGO_TARGET_DIR: undefined });
    assert.ok(existsSync(join(folder, "built/here/fidius-bridge")));
    assert.ok(!existsSync(join(folder, "target")));
  });
});
