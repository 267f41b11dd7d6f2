// A program that stands for an editor which is killed: starts a call and prints the ids of all processes that run by then.
// Arguments: the host's entry, the faults library, the fault, a folder for staging.

import { tmpdir } from "node:os";
import { nullLogger } from "../../src/model/logger.ts";
import { createCallRunner } from "../../src/runner/call/callRunner.ts";
import { faults, methodOf } from "./fixtureSchemas.ts";

const [hostEntry = "", library = "", fault = "", stagingDirectory = ""] = process.argv.slice(2);

const { promise: grandchild, resolve: onGrandchild } = promiseOfPid();
let printed = "";
const runner = createCallRunner({
  hostEntry,
  nodeExecutable: process.execPath,
  isElectron: false,
  stagingDirectory,
  logger: nullLogger,
  onOutput: (_, chunk) => {
    printed += Buffer.from(chunk).toString("utf8");
    const pid = /grandchild (\d+)\n/.exec(printed)?.[1];
    if (pid !== undefined) {
      onGrandchild(Number(pid));
    }
  },
});

function call(name: string, onCalling: () => void): Promise<unknown> {
  const request = {
    library,
    plugin: faults,
    method: methodOf(faults, "cause"),
    arguments: { fault: name, amount: 600_000 },
    timeoutMs: null,
    workingDirectory: tmpdir(),
    environment: {},
  };
  return runner.call(request, new AbortController().signal, (phase) => {
    if (phase === "calling") {
      onCalling();
    }
  });
}

await call("none", () => undefined);
if (fault === "none") {
  report([]);
} else {
  void call(fault, () => {
    if (fault === "grandchildAndLoop") {
      void grandchild.then((pid) => {
        report([pid]);
      });
    } else {
      // The request is on its way; by the time the reader acts the method runs.
      setTimeout(report, 100, []);
    }
  });
}

function report(more: readonly number[]): void {
  process.stdout.write(`${[...runner.hostPids, ...more].join(" ")}\n`);
  // Stays until it is killed.
  setInterval(() => undefined, 1000);
}

function promiseOfPid(): { promise: Promise<number>; resolve: (pid: number) => void } {
  let resolve: (pid: number) => void = () => undefined;
  const promise = new Promise<number>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
