// What cargo does after each kind of change is the oracle: where cargo would compile again, isFresh must be false.

import assert from "node:assert/strict";
import { existsSync, rmSync, statSync, utimesSync } from "node:fs";
import { afterEach, beforeEach, describe, it } from "mocha";
import { buildLibrary } from "../../src/cargo/build/buildLibrary.ts";
import type { BuildRequest, BuiltLibrary } from "../../src/cargo/build/builtLibrary.ts";
import { isFresh } from "../../src/cargo/build/freshness.ts";
import {
  cargoPath,
  type CargoWorkspace,
  createWorkspace,
  packageToml,
} from "./support/cargoWorkspace.ts";

const cdylib = '[lib]\ncrate-type = ["cdylib"]\n';

describe("freshness of a library against the real cargo", () => {
  let item: CargoWorkspace;
  let request: BuildRequest;

  beforeEach(() => {
    item = createWorkspace({
      "ws/Cargo.toml":
        '[workspace]\nresolver = "2"\nmembers = ["plug", "dep", "unrelated", "macros"]\n[workspace.package]\nversion = "0.1.0"\n',
      "ws/plug/Cargo.toml": packageToml(
        "plug",
        `${cdylib}[features]\nextra = []\n[dependencies]\ndep = { path = "../dep" }\nmacros = { path = "../macros" }\noutside = { path = "../../outside" }\n`,
      ),
      "ws/plug/src/lib.rs":
        'mod part;\npub fn all() -> i32 { dep::value() + outside::value() + part::value() + macros::three!() }\npub const TEXT: &str = include_str!("../data.txt");\n',
      "ws/plug/src/part.rs": "pub fn value() -> i32 { 1 }\n",
      "ws/plug/data.txt": "data",
      "ws/plug/notes.md": "not part of the build",
      "ws/dep/Cargo.toml": packageToml("dep"),
      "ws/dep/build.rs":
        'fn main() { println!("cargo::rerun-if-changed=rules"); println!("cargo::rerun-if-env-changed=FIDIUS_PROBE"); let out = std::env::var("OUT_DIR").unwrap(); std::fs::write(format!("{out}/made.rs"), "pub fn made() -> i32 { 7 }").unwrap(); }\n',
      "ws/dep/rules/a.txt": "a",
      "ws/dep/src/lib.rs":
        'include!(concat!(env!("OUT_DIR"), "/made.rs"));\npub fn value() -> i32 { made() }\n',
      "ws/macros/Cargo.toml": packageToml("macros", "[lib]\nproc-macro = true\n"),
      "ws/macros/src/lib.rs":
        'use proc_macro::TokenStream;\n#[proc_macro]\npub fn three(_: TokenStream) -> TokenStream { "3".parse().unwrap() }\n',
      "ws/unrelated/Cargo.toml": packageToml("unrelated"),
      "ws/unrelated/src/lib.rs": "",
      "outside/Cargo.toml": packageToml("outside"),
      "outside/src/lib.rs": "pub fn value() -> i32 { 1 }\n",
    });
    request = {
      cargo: cargoPath(),
      crate: item.crate("ws/plug"),
      features: [],
      profile: "dev",
      extraArguments: [],
      environment: {},
    };
  });
  afterEach(() => {
    item.dispose();
  });

  const build = async (changes: Partial<BuildRequest> = {}): Promise<BuiltLibrary> => {
    const result = await buildLibrary(
      { ...request, ...changes },
      {
        onProgress: () => undefined,
        onOutput: () => undefined,
        signal: new AbortController().signal,
      },
    );
    assert.ok(result.ok, JSON.stringify(result));
    return result.value;
  };

  /** Moves a file's time forward, as an editor's save does: a test is faster than the clock of some file systems. */
  const touch = (file: string): void => {
    const later = new Date(statSync(item.path(file)).mtimeMs + 2_000);
    utimesSync(item.path(file), later, later);
  };
  const edit = (file: string, text: string): void => {
    item.write(file, text);
    touch(file);
  };
  /** Sources older than the build, whatever the clock's grain. */
  const settle = async (): Promise<BuiltLibrary> => {
    await build();
    return build();
  };

  const rebuilding: readonly (readonly [string, () => void])[] = [
    [
      "the library's root is edited",
      () => {
        edit(
          "ws/plug/src/lib.rs",
          'mod part;\npub const TEXT: &str = include_str!("../data.txt");\n',
        );
      },
    ],
    [
      "a module is touched",
      () => {
        touch("ws/plug/src/part.rs");
      },
    ],
    [
      "an included file is edited",
      () => {
        edit("ws/plug/data.txt", "other");
      },
    ],
    [
      "a path dependency is edited",
      () => {
        edit(
          "ws/dep/src/lib.rs",
          'include!(concat!(env!("OUT_DIR"), "/made.rs"));\npub fn value() -> i32 { 2 }\n',
        );
      },
    ],
    [
      "a path dependency outside of the workspace is touched",
      () => {
        touch("outside/src/lib.rs");
      },
    ],
    [
      "a procedural macro is touched",
      () => {
        touch("ws/macros/src/lib.rs");
      },
    ],
    [
      "a build script is touched",
      () => {
        touch("ws/dep/build.rs");
      },
    ],
    [
      "a file in a folder that a build script watches is touched",
      () => {
        touch("ws/dep/rules/a.txt");
      },
    ],
    [
      "a file appears in a folder that a build script watches",
      () => {
        edit("ws/dep/rules/b.txt", "b");
      },
    ],
    [
      "the manifest gets a default feature",
      () => {
        edit(
          "ws/plug/Cargo.toml",
          packageToml(
            "plug",
            `${cdylib}[features]\ndefault = ["extra"]\nextra = []\n[dependencies]\ndep = { path = "../dep" }\nmacros = { path = "../macros" }\noutside = { path = "../../outside" }\n`,
          ),
        );
      },
    ],
    [
      "a dependency's manifest changes its edition",
      () => {
        edit("outside/Cargo.toml", packageToml("outside").replace("2021", "2018"));
      },
    ],
    [
      "the workspace's profile changes",
      () => {
        edit(
          "ws/Cargo.toml",
          '[workspace]\nresolver = "2"\nmembers = ["plug", "dep", "unrelated", "macros"]\n[profile.dev]\nopt-level = 1\n',
        );
      },
    ],
    [
      "a cargo configuration appears",
      () => {
        edit("ws/.cargo/config.toml", '[build]\nrustflags = ["--cfg", "probe"]\n');
      },
    ],
    [
      "a cargo configuration appears further up",
      () => {
        edit(".cargo/config.toml", '[build]\nrustflags = ["--cfg", "probe"]\n');
      },
    ],
    [
      "the library is deleted",
      () => {
        rmSync(item.path("ws/target"), { recursive: true });
      },
    ],
  ];

  it("is fresh right after a build, and after one that had nothing to do", async () => {
    const library = await build();
    assert.equal(library.didCompile, true);
    assert.equal(await isFresh(library, request), true, "nothing changed while it was built");
    const again = await build();
    assert.equal(again.didCompile, false);
    assert.equal(await isFresh(again, request), true);
    assert.equal(await isFresh(library), true);
  });

  for (const [change, apply] of rebuilding) {
    it(`is stale, and cargo compiles, when ${change}`, async () => {
      const library = await settle();
      assert.equal(await isFresh(library, request), true);
      apply();
      assert.equal(await isFresh(library, request), false);
      assert.equal((await build()).didCompile, true, "cargo agrees");
    });
  }

  it("is stale with other settings, for each of which cargo compiles again", async () => {
    const library = await settle();
    const others: readonly Partial<BuildRequest>[] = [
      { features: ["extra"] },
      { profile: "release" },
      { environment: { RUSTFLAGS: "--cfg probe" } },
      { environment: { FIDIUS_PROBE: "1" } },
      { targetDirectory: item.path("other-target") },
      { extraArguments: ["--config", "profile.dev.opt-level=1"] },
    ];
    for (const change of others) {
      assert.equal(
        await isFresh(library, { ...request, ...change }),
        false,
        JSON.stringify(change),
      );
      assert.equal((await build(change)).didCompile, true, JSON.stringify(change));
    }
  });

  it("stays fresh, and cargo has nothing to do, when something else changes", async () => {
    const library = await settle();
    touch("ws/unrelated/src/lib.rs");
    edit("ws/plug/notes.md", "changed");
    assert.equal(await isFresh(library, request), true);
    assert.equal((await build()).didCompile, false);
  });

  it("is stale when another build put its own library in the same place", async () => {
    const library = await settle();
    await build({ features: ["extra"] });
    assert.equal(await isFresh(library, request), false);
  });

  it("is never fresh when a source was saved while it was built", async () => {
    const library = await settle();
    // A time ahead of the clock is what a save during the build looks like.
    const ahead = new Date(Date.now() + 60_000);
    utimesSync(item.path("ws/plug/src/part.rs"), ahead, ahead);
    const during = await build();
    assert.equal(during.record.isUncertain, true);
    assert.equal(await isFresh(during, request), false);
    assert.equal(await isFresh(library, request), false);
  });

  it("watches a whole package whose build script names nothing to watch", async () => {
    item.write(
      "ws/dep/build.rs",
      'fn main() { let out = std::env::var("OUT_DIR").unwrap(); std::fs::write(format!("{out}/made.rs"), "pub fn made() -> i32 { 7 }").unwrap(); }\n',
    );
    const library = await settle();
    assert.equal(await isFresh(library, request), true);
    edit("ws/dep/anything.txt", "new");
    assert.equal(await isFresh(library, request), false);
    assert.equal((await build()).didCompile, true);
  });

  it("answers within a few milliseconds", async () => {
    const library = await settle();
    const times: number[] = [];
    for (let index = 0; index < 21; index += 1) {
      const startedAt = performance.now();
      assert.equal(await isFresh(library, request), true);
      times.push(performance.now() - startedAt);
    }
    const median = times.toSorted((a, b) => a - b)[10] ?? Infinity;
    assert.ok(median < 10, `${median} ms`);
    assert.ok(existsSync(library.libraryFile));
  });
});
