// What each fault gave, written down by the tests themselves: docs/faults.md is made of it (scripts/faultPage.mjs), so that
// the page can say nothing that was not seen.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CallOutcome, CallResult } from "../../src/model/outcome.ts";
import { assertNever } from "../../src/model/result.ts";
import { repositoryRoot } from "../support/fixtureLibraries.ts";

/** A line of the page; nothing in it may differ from run to run. */
interface FaultRow {
  readonly fault: string;
  readonly outcome: string;
  readonly message: string;
  /** What of the words before the fault arrived. */
  readonly output: string;
  /** Which process answers the next call. */
  readonly next: string;
}

/** The longest that this process's event loop waited in each test, for whoever wants to know. */
interface FaultMeasurement {
  readonly fault: string;
  readonly longestDelayMs: number;
}

export class FaultPage {
  readonly #order: number;
  readonly #title: string;
  readonly #rows: FaultRow[] = [];
  readonly #measurements: FaultMeasurement[] = [];

  /** `order` is the section's place on the page. */
  constructor(order: number, title: string) {
    this.#order = order;
    this.#title = title;
  }

  /** `next` is the call that followed, or how it ends in words where that is not the same in every run. */
  record(fault: string, outcome: CallOutcome, next: CallOutcome | string, what?: string): void {
    const { stdout, stderr } = outcome.output;
    const streams = [
      stdout.includes("stdout before") && "stdout",
      stderr.includes("stderr before") && "stderr",
    ];
    this.#rows.push({
      fault,
      ...(what === undefined ? describeResult(outcome.result) : { outcome: what, message: "" }),
      output: streams.filter((stream) => stream !== false).join(", "),
      next: typeof next === "string" ? next : describeNext(outcome, next),
    });
  }

  /** A line about something other than the outcome of a call. */
  note(fault: string, outcome: string): void {
    this.#rows.push({ fault, outcome, message: "", output: "", next: "" });
  }

  measure(fault: string, longestDelayMs: number): void {
    this.#measurements.push({ fault, longestDelayMs });
  }

  /** To be called when all tests of a section have run. */
  write(): void {
    const folder = join(repositoryRoot, "test-results/faults");
    mkdirSync(folder, { recursive: true });
    const section = { title: this.#title, rows: this.#rows, measurements: this.#measurements };
    const file = join(folder, `${String(this.#order)}.json`);
    writeFileSync(file, `${JSON.stringify(section, null, 2)}\n`);
  }
}

function describeNext(outcome: CallOutcome, next: CallOutcome): string {
  const isSame = outcome.measurements.hostPid === next.measurements.hostPid;
  return `${next.result.kind}, ${isSame ? "same process" : "new process"}`;
}

function describeResult(result: CallResult): { outcome: string; message: string } {
  switch (result.kind) {
    case "ok":
      return { outcome: "ok", message: "" };
    case "panic": {
      const { message, location } = result.panic;
      return {
        outcome: "panic",
        message: location === undefined ? message : `${message} — with its place`,
      };
    }
    case "crashed": {
      const { death, panic } = result;
      const before =
        panic === undefined ? "" : ` Before that it panicked: ${panic.message} — with its place`;
      return { outcome: `crash: ${death.kind}`, message: `${death.message}${before}` };
    }
    case "timedOut":
      return { outcome: "time-out", message: "The process group is ended with SIGKILL." };
    case "loadFailed":
      return { outcome: `load failed: ${result.failure.kind}`, message: result.failure.message };
    case "wireError":
      return { outcome: "wire error", message: result.message };
    case "notImplemented":
    case "unsupported":
    case "busy":
      return { outcome: result.kind, message: result.message };
    case "streamEnded":
    case "pluginError":
    case "cancelled":
    case "buildFailed":
    case "interfaceChanged":
    case "invalidArguments":
    case "invalidConfiguration":
    case "invalidHostFunctions":
    case "instanceBuilt":
      return { outcome: result.kind, message: "" };
    default:
      return assertNever(result);
  }
}
