// Backtraces as std prints them → frames: whose they are, and files that can be opened.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { parseBacktrace } from "../../../src/runner/outcome/backtrace.ts";
import { panicBeforeEnd, reportPanic } from "../../../src/runner/outcome/panicReport.ts";
import { SourcePlaces } from "../../../src/runner/outcome/sourcePlaces.ts";

describe("backtraces", () => {
  let root = "";
  let places: SourcePlaces;

  before(() => {
    root = mkdtempSync(join(tmpdir(), "fidius-backtrace-"));
    mkdirSync(join(root, "shapes/src"), { recursive: true });
    writeFileSync(join(root, "shapes/src/lib.rs"), "");
    places = new SourcePlaces({ workspaceRoot: root, workingDirectory: join(root, "shapes") });
  });
  after(() => {
    rmSync(root, { recursive: true });
  });

  const short = (): string => `   0: __rustc::rust_begin_unwind
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs:689:5
   1: core::panicking::panic_fmt
             at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:80:14
   2: shapes::area
             at ./src/lib.rs:31:9
   3: <shapes::Square as shapes::Shape>::area
             at ${root}/shapes/src/lib.rs:12:1
   4: shapes::__fidius_shim_Square_area::{{closure}}
             at ${root}/shapes/src/lib.rs:10:1
   5: tokio::runtime::park::CachedParkThread::block_on
             at /home/me/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/tokio-1.54.1/src/runtime/park.rs:376:31
   6: __rust_try
   7: <unknown>
   8: _ZN6v8impl12_GLOBAL__N_123FunctionCallbackWrapper6InvokeE`;

  it("tell own frames from those of Rust, of crates, of the macros and of the host", () => {
    const frames = parseBacktrace(short(), places);
    assert.deepEqual(
      frames.map(({ origin }) => origin),
      [
        "toolchain",
        "toolchain",
        "own",
        "own",
        "dependency",
        "dependency",
        "toolchain",
        "host",
        "host",
      ],
    );
    assert.deepEqual(frames[2], {
      function: "shapes::area",
      origin: "own",
      location: { file: "shapes/src/lib.rs", line: 31, column: 9 },
    });
    assert.deepEqual(frames[3]?.location, { file: "shapes/src/lib.rs", line: 12, column: 1 });
    assert.match(frames[5]?.location?.file ?? "", /^\/home\/me\/\.cargo\/registry\/.*park\.rs$/);
  });

  it("are read in the long form too, with inlined frames", () => {
    const text = `   0:     0x7f3a5b6c7d8e - std::backtrace::print::h0123456789abcdef
                               at /rustc/59807616e1/library/std/src/backtrace.rs:1:2
   1:     0x7f3a5b6c7d8f - shapes::inlined::haaaaaaaaaaaaaaaa
                               at ${root}/shapes/src/lib.rs:3:4
                           shapes::outer::hbbbbbbbbbbbbbbbb
                               at ${root}/shapes/src/lib.rs:5:6`;
    const own = parseBacktrace(text, places).filter(({ origin }) => origin === "own");
    assert.deepEqual(
      own.map((frame) => [frame.function, frame.location?.line]),
      [
        ["shapes::inlined", 3],
        ["shapes::outer", 5],
      ],
    );
  });

  it("leave crates alone that were copied into the workspace", () => {
    const text = `   0: serde::de\n             at ${root}/vendor/serde/src/de.rs:1:1`;
    assert.equal(parseBacktrace(text, places)[0]?.origin, "dependency");
  });

  it("never throw, whatever was printed", () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(...short().split("\n")),
      fc.stringMatching(/^ {0,12}(?:\d{1,3}: |at )?[\w:./<>-]{0,20}$/),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const text = lines.join("\n");
        assert.ok(parseBacktrace(text, places).length <= text.split("\n").length);
        reportPanic(undefined, text);
      }),
      { numRuns: 500 },
    );
  });

  it("belong to the panic with the reply's message, its place below the workspace root", () => {
    const stderr = `\nthread 'main' (25829) panicked at shapes/src/lib.rs:31:9:\nboom\nstack backtrace:\n${short()}\nnote: Some details are omitted\n`;
    const folders = { workspaceRoot: root, workingDirectory: join(root, "shapes") };
    const report = reportPanic("boom", stderr, folders);
    assert.deepEqual(report.location, { file: "shapes/src/lib.rs", line: 31, column: 9 });
    assert.equal(report.frames?.filter(({ origin }) => origin === "own").length, 2);
  });
});

describe("a panic before the end of a process", () => {
  const folders = { workspaceRoot: "", workingDirectory: "" };

  it("is the one that could not unwind, not what Rust says of it", () => {
    const stderr =
      "\nthread 'a' (1) panicked at src/lib.rs:1:2:\nfirst panic\n" +
      "\nthread 'a' (1) panicked at src/lib.rs:3:4:\npanic while dropping\n" +
      "\nthread 'a' (1) panicked at library/core/src/panicking.rs:233:5:\npanic in a destructor during cleanup\nthread caused non-unwinding panic. aborting.\n";
    assert.deepEqual(panicBeforeEnd(stderr, folders), {
      message: "panic while dropping",
      location: { file: "src/lib.rs", line: 3, column: 4 },
    });
  });

  it("is not made up", () => {
    assert.equal(panicBeforeEnd("free(): double free detected in tcache 2\n", folders), undefined);
  });
});
