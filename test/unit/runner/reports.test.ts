// What a host prints and how it ends, put into reports: output rings, panics, deaths, the environment it starts with.

import assert from "node:assert/strict";
import fc from "fast-check";
import { hostEnvironment } from "../../../src/runner/process/hostEnvironment.ts";
import { OutputCapture, OutputRing } from "../../../src/runner/process/outputCapture.ts";
import { reportPanic } from "../../../src/runner/outcome/panicReport.ts";
import { describeDeath, protocolDeath } from "../../../src/runner/process/processDeath.ts";

describe("output rings", () => {
  it("keep the last bytes and count the dropped ones, whatever the chunks", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 30 }), {
          maxLength: 40,
        }),
        (chunks) => {
          const ring = new OutputRing(50);
          for (const chunk of chunks) {
            ring.push(Buffer.from(chunk));
          }
          const all = chunks.join("");
          assert.equal(ring.text(), all.slice(-50));
          assert.equal(ring.droppedBytes, Math.max(0, all.length - 50));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("begin at a whole character", () => {
    const ring = new OutputRing(5);
    ring.push(Buffer.from("ééé"));
    assert.equal(ring.text(), "éé");
    assert.equal(ring.droppedBytes, 1);
  });

  it("stay cheap over very many small chunks", () => {
    const ring = new OutputRing(1000);
    const chunk = Buffer.from("0123456789");
    for (let count = 0; count < 200_000; count += 1) {
      ring.push(chunk);
    }
    assert.equal(ring.text().length, 1000);
    assert.equal(ring.droppedBytes, 1_999_000);
  });

  it("are kept apart by stream", () => {
    const capture = new OutputCapture();
    capture.stdout.push(Buffer.from("out"));
    capture.stderr.push(Buffer.from("err"));
    assert.deepEqual(capture.captured(), { stdout: "out", stderr: "err", droppedBytes: 0 });
  });
});

describe("panic reports", () => {
  const hook =
    "\nthread '<unnamed>' (4242) panicked at src/lib.rs:31:9:\nboom\nmore\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n";

  it("take the place from the hook's text", () => {
    assert.deepEqual(reportPanic("boom\nmore", hook), {
      message: "boom\nmore",
      location: { file: "src/lib.rs", line: 31, column: 9 },
    });
  });

  it("take the message from there too when the reply has none", () => {
    assert.equal(reportPanic(undefined, hook).message, "boom\nmore");
    assert.deepEqual(reportPanic(undefined, ""), { message: "The plugin gave no message." });
    assert.deepEqual(reportPanic("known", "unrelated"), { message: "known" });
  });

  it("understand older Rust, Windows paths and line ends", () => {
    const old = "thread 'main' panicked at C:\\work\\src\\lib.rs:3:5:\r\nit\r\n";
    assert.deepEqual(reportPanic("it", old).location, {
      file: "C:\\work\\src\\lib.rs",
      line: 3,
      column: 5,
    });
  });

  it("choose the panic whose message the reply has, among those of several threads", () => {
    const text =
      "thread 'main' (1) panicked at src/a.rs:1:2:\nmine\n" +
      "thread 'other' (2) panicked at src/b.rs:3:4:\ntheirs\n";
    assert.equal(reportPanic("mine", text).location?.file, "src/a.rs");
    assert.equal(reportPanic("theirs", text).location?.file, "src/b.rs");
    assert.equal(reportPanic(undefined, text).location?.file, "src/b.rs");
  });

  it("keep a backtrace", () => {
    const text =
      "thread 'main' (1) panicked at src/a.rs:1:2:\nmine\nstack backtrace:\n   0: a::b\n             at src/a.rs:1:2\nnote: Some details are omitted\n";
    const report = reportPanic("mine", text);
    assert.equal(report.backtrace, "   0: a::b\n             at src/a.rs:1:2");
    assert.equal(report.message, "mine");
  });
});

describe("process deaths", () => {
  it("have a kind and a sentence by signal", () => {
    assert.deepEqual(describeDeath(null, "SIGSEGV", ""), {
      kind: "memoryFault",
      exitCode: null,
      signal: "SIGSEGV",
      message: "Plugin process ended: SIGSEGV (memory fault or stack overflow).",
    });
    const kinds = ["SIGABRT", "SIGBUS", "SIGILL", "SIGKILL", "SIGUSR1"].map(
      (signal) => describeDeath(null, signal, "").kind,
    );
    assert.deepEqual(kinds, ["abort", "memoryFault", "illegalInstruction", "killed", "killed"]);
  });

  it("know Windows' codes, shown in hex, and other exit codes", () => {
    const death = describeDeath(0xc0000005, null, "");
    assert.equal(death.kind, "memoryFault");
    assert.match(death.message, /0xC0000005 \(access violation\)/);
    assert.equal(describeDeath(-1073740791, null, "").kind, "abort");
    assert.equal(describeDeath(0, null, "").kind, "exited");
  });

  it("tell lack of memory from other aborts", () => {
    const text = "memory allocation of 4096 bytes failed\n";
    assert.equal(describeDeath(null, "SIGABRT", text).kind, "outOfMemory");
    assert.equal(describeDeath(0, null, text).kind, "exited");
  });

  it("name what broke the protocol", () => {
    assert.match(protocolDeath("bad magic").message, /bad magic/);
  });
});

describe("the host's environment", () => {
  it("lacks what is meant for the editor, and has what the user asked for", () => {
    const base = {
      PATH: "/bin",
      NODE_OPTIONS: "--inspect",
      ELECTRON_RUN_AS_NODE: "1",
      VSCODE_PID: "1",
      NODE_ENV: "test",
      EMPTY: undefined,
    };
    assert.deepEqual(hostEnvironment(base, { PATH: "/usr/bin", NEW: "1" }, false), {
      PATH: "/usr/bin",
      NODE_ENV: "test",
      NEW: "1",
    });
    assert.equal(hostEnvironment(base, {}, true)["ELECTRON_RUN_AS_NODE"], "1");
  });
});
