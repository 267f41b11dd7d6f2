import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync, watch } from "node:fs";
import { dirname, join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, describe, it } from "mocha";
import { buildLibrary } from "../../src/cargo/build/buildLibrary.ts";
import type { BuildProgress } from "../../src/cargo/build/buildProgress.ts";
import type { BuildError, BuildRequest, BuiltLibrary } from "../../src/cargo/build/builtLibrary.ts";
import type { Result } from "../../src/model/result.ts";
import {
  cargoPath,
  type CargoWorkspace,
  createWorkspace,
  packageToml,
} from "./support/cargoWorkspace.ts";

interface Run {
  readonly result: Result<BuiltLibrary, BuildError>;
  readonly progress: readonly BuildProgress[];
  readonly output: string;
}

const cdylib = '[lib]\ncrate-type = ["cdylib"]\n';

describe("building with the real cargo", () => {
  const workspaces: CargoWorkspace[] = [];
  const workspace = (files: Record<string, string>): CargoWorkspace => {
    const created = createWorkspace(files);
    workspaces.push(created);
    return created;
  };
  afterEach(() => {
    for (const item of workspaces.splice(0)) {
      item.dispose();
    }
  });

  const run = async (
    item: CargoWorkspace,
    member: string,
    changes: Partial<BuildRequest> = {},
    listen: (progress: BuildProgress, output: string) => void = () => undefined,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Run> => {
    const progress: BuildProgress[] = [];
    const output: string[] = [];
    const request: BuildRequest = {
      cargo: cargoPath(),
      crate: item.crate(member),
      features: [],
      profile: "dev",
      extraArguments: [],
      environment: {},
      ...changes,
    };
    const result = await buildLibrary(request, {
      onProgress: (step) => {
        progress.push(step);
        listen(step, output.join("\n"));
      },
      onOutput: (text) => {
        output.push(text);
        listen(
          progress.at(-1) ?? { done: null, total: null, crateName: null, isWaitingForLock: false },
          text,
        );
      },
      signal,
    });
    return { result, progress, output: output.join("\n") };
  };

  const built = ({ result }: Run): BuiltLibrary => {
    assert.ok(result.ok, JSON.stringify(result));
    return result.value;
  };
  const failed = ({ result }: Run): BuildError => {
    assert.ok(!result.ok, "the build was expected to fail");
    return result.error;
  };

  const project = (): CargoWorkspace =>
    workspace({
      "Cargo.toml":
        '[workspace]\nresolver = "2"\nmembers = ["my plugs/*", "dep"]\ndefault-members = ["dep"]\n',
      "my plugs/one/Cargo.toml": packageToml(
        "plug-one",
        `${cdylib}[dependencies]\ndep = { path = "../../dep" }\n`,
      ),
      "my plugs/one/src/lib.rs": '#[no_mangle]\npub extern "C" fn one() -> i32 { dep::value() }\n',
      "dep/Cargo.toml": packageToml("dep", "[features]\nbig = []\n"),
      "dep/src/lib.rs": 'pub fn value() -> i32 { if cfg!(feature = "big") { 2 } else { 1 } }\n',
    });

  it("gives the library of the package, with cargo's own counts on the way", async () => {
    const item = project();
    const first = await run(item, "my plugs/one");
    const library = built(first);
    assert.ok(existsSync(library.libraryFile), library.libraryFile);
    assert.ok(library.libraryFile.startsWith(item.path("target")));
    assert.ok(existsSync(library.depInfoFile));
    assert.equal(library.didCompile, true);
    assert.ok(library.durationMs > 0);
    const counts = first.progress.filter((step) => step.total !== null);
    assert.ok(counts.length > 0, first.output);
    assert.ok(counts.every((step) => step.total === 2 && (step.done ?? 9) <= 2));
    assert.ok(counts.some((step) => step.crateName === "dep" || step.crateName === "plug-one"));
    assert.match(first.output, /Compiling dep v0\.1\.0/u);
    assert.doesNotMatch(first.output, /Building \[/u);
    const second = built(await run(item, "my plugs/one"));
    assert.equal(second.didCompile, false);
    assert.equal(second.libraryFile, library.libraryFile);
  });

  it("passes features of dependencies, the profile, the target folder and the environment", async () => {
    const item = project();
    const target = item.path("elsewhere");
    const library = built(
      await run(item, "my plugs/one", {
        features: ["dep/big"],
        profile: "release",
        targetDirectory: target,
        extraArguments: ["--config", "profile.release.opt-level=0"],
        environment: { RUSTFLAGS: "--cfg fidius_probe" },
      }),
    );
    assert.equal(library.libraryFile.startsWith(join(target, "release")), true);
    assert.deepEqual(library.features, ["dep/big"]);
  });

  it("reports compile errors with place, code and text", async () => {
    const item = project();
    item.write(
      "dep/src/lib.rs",
      'macro_rules! bad { ($e:expr) => { let _: () = $e; } }\npub fn value() -> i32 {\n    let s = "é😀"; let x: i32 = "text";\n    bad!(1u8);\n    x\n}\n',
    );
    const ended = await run(item, "my plugs/one");
    const failure = failed(ended);
    assert.ok(failure.kind === "compileErrors", failure.kind);
    assert.equal(failure.errorCount, 2);
    const [first, second] = failure.errors;
    assert.equal(first?.code, "E0308");
    assert.equal(first.message, "mismatched types");
    assert.match(first.rendered, /error\[E0308\]: mismatched types/u);
    assert.equal(first.rendered.includes("\u001B"), false);
    assert.deepEqual(first.span, {
      file: item.path("dep/src/lib.rs"),
      start: { line: 2, character: 32 },
      end: { line: 2, character: 38 },
    });
    assert.equal(second?.span?.file, item.path("dep/src/lib.rs"));
    assert.match(ended.output, /mismatched types/u);
  });

  it("names the macro call in the user's file when the error is inside a foreign macro", async () => {
    const item = project();
    item.write(
      "dep/src/lib.rs",
      'pub fn value() -> i32 {\n    println!("{}", missing);\n    vec![1, "x"];\n    1\n}\n',
    );
    const failure = failed(await run(item, "my plugs/one"));
    assert.ok(failure.kind === "compileErrors");
    for (const error of failure.errors) {
      assert.equal(error.span?.file, item.path("dep/src/lib.rs"));
    }
  });

  it("never hands out the library of an earlier build when this one fails", async () => {
    const item = project();
    const library = built(await run(item, "my plugs/one"));
    item.write("my plugs/one/src/lib.rs", "pub fn broken( {\n");
    assert.equal(failed(await run(item, "my plugs/one")).kind, "compileErrors");
    assert.ok(existsSync(library.libraryFile), "cargo leaves the old file where it is");
  });

  it("says what to add when a package is no dynamic library", async () => {
    const item = workspace({
      "Cargo.toml": packageToml("plain"),
      "src/lib.rs": "",
      "bin/Cargo.toml": packageToml("only-bin", "[workspace]\n"),
      "bin/src/main.rs": "fn main() {}\n",
    });
    for (const member of [".", "bin"]) {
      const failure = failed(await run(item, member));
      assert.ok(failure.kind === "noLibrary", JSON.stringify(failure));
      assert.match(
        failure.message,
        /add crate-type = \["cdylib"\] under \[lib\] of .*Cargo\.toml\.$/u,
      );
    }
  });

  it("repeats cargo's words when cargo itself fails", async () => {
    const item = workspace({ "Cargo.toml": packageToml("plug", cdylib), "src/lib.rs": "" });
    const crate = item.crate(".");
    item.write(
      "Cargo.toml",
      packageToml("plug", `${cdylib}[dependencies]\nx = { path = "gone" }\n`),
    );
    const failure = failed(await run(item, ".", { crate }));
    assert.ok(failure.kind === "cargoFailed");
    assert.equal(failure.exitCode, 101);
    assert.match(failure.message, /^error: failed to (?:load|get)/u);
    const unknown = failed(await run(item, ".", { crate, extraArguments: ["--no-such-option"] }));
    assert.ok(unknown.kind === "cargoFailed");
    assert.match(unknown.message, /no-such-option/u);
  });

  it("repeats a build script's failure", async () => {
    const item = workspace({
      "Cargo.toml": packageToml("plug", cdylib),
      "src/lib.rs": "",
      "build.rs": 'fn main() { println!("not json"); panic!("the script gave up"); }\n',
    });
    const failure = failed(await run(item, "."));
    assert.ok(failure.kind === "cargoFailed");
    assert.match(failure.message, /the script gave up/u);
  });

  it("does not start with a cargo that is not there", async () => {
    const item = project();
    const failure = failed(await run(item, "my plugs/one", { cargo: item.path("no-cargo") }));
    assert.ok(failure.kind === "cargoNotFound");
    assert.match(failure.message, /Install Rust with rustup, or set fidius\.cargo\.path\.$/u);
  });

  it("keeps the editor's own variables away from build scripts", async () => {
    const item = workspace({
      "Cargo.toml": packageToml("plug", cdylib),
      "src/lib.rs": "",
      "build.rs":
        'fn main() { for (k, _) in std::env::vars() { if k == "NODE_OPTIONS" || k.starts_with("VSCODE_") || k.starts_with("ELECTRON_") { panic!("leaked {k}"); } } assert_eq!(std::env::var("MINE").unwrap(), "1"); }\n',
    });
    process.env["VSCODE_FIDIUS_PROBE"] = "1";
    process.env["ELECTRON_FIDIUS_PROBE"] = "1";
    try {
      built(await run(item, ".", { environment: { MINE: "1" } }));
    } finally {
      delete process.env["VSCODE_FIDIUS_PROBE"];
      delete process.env["ELECTRON_FIDIUS_PROBE"];
    }
  });

  it("ends cargo and everything it started when cancelled", async function () {
    this.timeout(20_000);
    const item = workspace({
      "Cargo.toml": packageToml("plug", cdylib),
      "src/lib.rs": "",
      // The script says its pid, then sleeps far longer than the test may take.
      "build.rs":
        'use std::io::Write;\nfn main() { let p = format!("{}/pid", std::env::var("CARGO_MANIFEST_DIR").unwrap()); let mut f = std::fs::File::create(format!("{p}.tmp")).unwrap(); write!(f, "{}", std::process::id()).unwrap(); std::fs::rename(format!("{p}.tmp"), p).unwrap(); loop { std::thread::sleep(std::time::Duration::from_secs(600)); } }\n',
    });
    const controller = new AbortController();
    const running = run(item, ".", {}, () => undefined, controller.signal);
    const pid = await waitForPid(item.path("pid"));
    const startedAt = performance.now();
    controller.abort();
    assert.deepEqual(failed(await running), { kind: "cancelled" });
    assert.ok(performance.now() - startedAt < 5_000, "the end comes within the grace time");
    await waitForEnd(pid);
    assert.equal(
      failed(await run(item, ".", {}, () => undefined, AbortSignal.abort())).kind,
      "cancelled",
    );
  });

  it("tells when it waits for another cargo", async function () {
    this.timeout(20_000);
    const item = workspace({
      "Cargo.toml": packageToml("plug", cdylib),
      "src/lib.rs": "",
      "build.rs":
        'fn main() { let dir = std::env::var("CARGO_MANIFEST_DIR").unwrap(); std::fs::write(format!("{dir}/pid.tmp"), std::process::id().to_string()).unwrap(); std::fs::rename(format!("{dir}/pid.tmp"), format!("{dir}/pid")).unwrap(); while !std::path::Path::new(&format!("{dir}/go")).exists() { std::thread::sleep(std::time::Duration::from_millis(20)); } println!("cargo::rerun-if-changed=build.rs"); }\n',
    });
    const holder = run(item, ".");
    await waitForPid(item.path("pid"));
    const waiting = await run(item, ".", {}, (step) => {
      if (step.isWaitingForLock) {
        item.write("go", "");
      }
    });
    built(waiting);
    built(await holder);
    assert.ok(waiting.progress.some((step) => step.isWaitingForLock));
    assert.equal(waiting.progress.at(-1)?.isWaitingForLock, false);
  });
});

/** The number in a file that a build script writes; bounded, because the script may fail before it. */
function waitForPid(file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => {
      watcher.close();
      reject(new Error(`${file} did not appear`));
    }, 15_000);
    const look = (): void => {
      if (statSync(file, { throwIfNoEntry: false }) !== undefined) {
        clearTimeout(deadline);
        watcher.close();
        resolve(Number(readFileSync(file, "utf8")));
      }
    };
    const watcher = watch(dirname(file), look);
    look();
  });
}

/** A process that was killed stays visible until the system has collected it: nobody tells when that is. */
async function waitForEnd(pid: number): Promise<void> {
  const deadline = performance.now() + 5_000;
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    assert.ok(performance.now() < deadline, `process ${pid} outlived the cancelled build`);
    await nextTurn();
  }
}
