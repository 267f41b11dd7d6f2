// The program that tells of debuggers on Windows, played by one that leaves a child with its pipes behind.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { WindowsDebuggers } from "../../../src/runner/process/debugger/windowsDebuggers.ts";

/** Answers that nobody is attached. Its child lives for as long as the program's file is there. */
const program = `
const { spawn } = require("node:child_process");
const code = "setInterval(() => require('node:fs').existsSync(process.argv[1]) || process.exit(), 20)";
spawn(process.execPath, ["-e", code, __filename], { stdio: "inherit" });
process.stdout.write("0");
`;

const pipes = (): number =>
  process.getActiveResourcesInfo().filter((kind) => kind === "PipeWrap").length;

describe("the program that tells of debuggers on Windows", () => {
  it("keeps nothing open after its end, whoever has its pipes: this process can end", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fidius-debuggers-"));
    try {
      await writeFile(join(folder, "debuggers.cjs"), program);
      const before = pipes();
      const launch = {
        hostEntry: join(folder, "host.cjs"),
        nodeExecutable: process.execPath,
        isElectron: false,
      };
      const debuggers = new WindowsDebuggers(launch, process.pid);
      assert.equal(await debuggers.isAttached(), false);
      assert.ok(pipes() > before);
      debuggers.dispose();
      while (pipes() > before) {
        await setImmediate();
      }
    } finally {
      await rm(folder, { recursive: true, maxRetries: 8, retryDelay: 50 });
    }
  });
});
