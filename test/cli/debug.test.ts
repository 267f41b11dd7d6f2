// fidius-call call --debug with a real tracer and a real terminal: it waits, says how to attach, and calls without a limit.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import {
  distFolder,
  fixtureLibrary,
  fixturesFolder,
  tracerProgram,
} from "../support/fixtureLibraries.ts";
import { Tracer } from "../support/tracer.ts";
import { cacheOfProcesses, isAlive, removeCache, runCli } from "./cliProcess.ts";
import type { CliResult } from "./cliProcess.ts";

const waiting = /waits for a debugger in process (\d+)\. The time limit is off\./;

if (process.platform === "linux") {
  describe("fidius-call call --debug", function () {
    this.timeout(120_000);
    let libraries: Readonly<Record<"faults" | "streams", string>>;

    before(async function () {
      this.timeout(600_000);
      libraries = {
        faults: await fixtureLibrary("faults"),
        streams: await fixtureLibrary("streams"),
      };
      await tracerProgram();
    });
    after(removeCache);

    const argumentsFor = (fixture: "faults" | "streams", call: readonly string[]): string[] => [
      "call",
      ...call,
      ...["--debug", "--manifest-path", join(fixturesFolder, fixture)],
      ...["--library", libraries[fixture]],
    ];

    /** Runs a call; `onWaiting` once it waits for a debugger in a process. */
    async function debug(
      fixture: "faults" | "streams",
      call: readonly string[],
      onWaiting: (pid: number, cancel: () => void) => Promise<void>,
    ): Promise<{ readonly result: CliResult; readonly pid: number }> {
      let stderr = "";
      let pid: number | undefined;
      let acted: Promise<void> = Promise.resolve();
      const result = await runCli(argumentsFor(fixture, call), {
        onStderr: (text, child) => {
          stderr += text;
          const found = waiting.exec(stderr)?.[1];
          if (found !== undefined && pid === undefined) {
            pid = Number(found);
            acted = onWaiting(pid, () => child.kill("SIGINT"));
          }
        },
      });
      await acted;
      assert.ok(pid !== undefined, result.stderr);
      assert.equal(await isAlive(pid), false, "the host ends with the call");
      return { result, pid };
    }

    it("calls the method when a debugger is attached, without a limit", async () => {
      let tracer: Tracer | undefined;
      const { result, pid } = await debug(
        "faults",
        ["Misbehaving.cause", "--args", '["sleep",600]', "--timeout", "100ms"],
        async (host) => {
          tracer = await Tracer.attach(host);
        },
      );
      await tracer?.[Symbol.asyncDispose]();
      assert.equal(result.exitCode, 0, result.stderr);
      assert.equal(result.stdout, '"survived"\n');
      for (const line of [`  lldb -p ${String(pid)}`, `  gdb -p ${String(pid)}`]) {
        assert.ok(result.stderr.split("\n").includes(line), result.stderr);
      }
      assert.match(
        result.stderr,
        /^It has loaded \/.*fixture_faults\.so, a copy of \/.*fixture_faults\.so\.$/m,
      );
      assert.match(result.stderr, /^The method stands at \/.*faults\/src\/lib\.rs:\d+\.$/m);
      assert.match(result.stderr, /^note: The time limit was off/m);
    });

    it("only the host of such a call may be debugged", async () => {
      let tracer: Tracer | undefined;
      const { result } = await debug(
        "faults",
        ["Misbehaving.cause", "--args", '["dumpable",0]'],
        async (host) => {
          tracer = await Tracer.attach(host);
        },
      );
      await tracer?.[Symbol.asyncDispose]();
      assert.equal(result.stdout, '"1"\n');
      const place = ["--manifest-path", join(fixturesFolder, "faults")];
      const usual = await runCli([
        ...["call", "Misbehaving.cause", "--args", '["dumpable",0]'],
        ...[...place, "--library", libraries.faults],
      ]);
      assert.equal(usual.stdout, '"0"\n');
    });

    it("Ctrl+C ends the wait, and a call that is stopped in the debugger", async () => {
      const call = ["Misbehaving.cause", "--args", '["loop",0]'];
      const early = await debug("faults", call, (_pid, cancel) => {
        cancel();
        return Promise.resolve();
      });
      assert.equal(early.result.error?.kind, "cancelled");

      let tracer: Tracer | undefined;
      const stopped = await debug("faults", call, async (host, cancel) => {
        tracer = await Tracer.attach(host);
        await tracer.step("stop");
        cancel();
      });
      await tracer?.[Symbol.asyncDispose]();
      assert.equal(stopped.result.error?.kind, "cancelled");
    });

    it("says how the process ended when it does while it waits", async () => {
      const { result } = await debug(
        "faults",
        ["Misbehaving.cause", "--args", '["none",0]'],
        (pid) => {
          process.kill(pid, "SIGSEGV");
          return Promise.resolve();
        },
      );
      assert.equal(result.exitCode, 6, result.stderr);
      assert.equal(result.error?.kind, "crashed");
    });

    it("streams, without a limit for each item", async () => {
      let tracer: Tracer | undefined;
      const { result } = await debug(
        "streams",
        ["AllStreams.ticks", "--args", "[300]", "--take", "2", "--timeout", "50ms"],
        async (host) => {
          tracer = await Tracer.attach(host);
        },
      );
      await tracer?.[Symbol.asyncDispose]();
      assert.equal(result.exitCode, 0, result.stderr);
      assert.equal(result.stdout, "0\n1\n");
    });

    it("calls without a debugger when Enter is pressed on a terminal", async () => {
      const entry = join(distFolder(), "cli.cjs");
      const call = argumentsFor("faults", ["Misbehaving.cause", "--args", '["none",0]']);
      const command = [process.execPath, entry, ...call].map((word) => `'${word}'`).join(" ");
      const terminal = spawn("script", ["-qec", command, "/dev/null"], {
        env: { ...process.env, XDG_CACHE_HOME: await cacheOfProcesses() },
        stdio: ["pipe", "pipe", "inherit"],
      });
      let seen = "";
      let isPressed = false;
      terminal.stdout.setEncoding("utf8").on("data", (text: string) => {
        seen += text;
        if (!isPressed && seen.includes("or when you press Enter; Ctrl+C cancels.")) {
          isPressed = true;
          terminal.stdin.write("\n");
        }
      });
      const [code] = (await once(terminal, "close")) as [number | null];
      assert.equal(code, 0, seen);
      assert.match(seen, /"survived"/);
    });
  });
}
