// What the real language server costs, as the system counts it: processor time and memory beyond a server on an empty folder in
// the same run, and beside reading the same files once. Cargo is not asked, so that only our own work is measured.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readFileSyntax } from "../../src/rust/syntax/fileSyntax.ts";
import { writeForeignWorkspace, writeUsualWorkspace } from "./madeWorkspaces.ts";
import { median, print, time } from "./measure.ts";
import { ServerProcess, type Usage } from "./serverProcess.ts";

const rounds = 3;
const keystrokes = 30;
const folder = mkdtempSync(join(tmpdir(), "fidius-bench-server-"));

try {
  const empty = join(folder, "empty");
  mkdirSync(empty);
  const base = await startOn(empty);
  print(`Empty folder: ${described(base.usage)}`);

  const usual = writeUsualWorkspace(join(folder, "usual"));
  const parseMs = readOnce(usual.folder);
  const started = await startOn(usual.folder);
  print(`300 files, 40 interfaces: ${described(started.usage)}`);
  printBeyond(started.usage, base.usage);
  print(
    `  reading the files once ${time(parseMs)}, ratio ${((started.usage.cpuMs - base.usage.cpuMs) / parseMs).toFixed(2)}`,
  );
  print(`  first diagnostics after ${time(started.firstMs)} (goal: at most 1.50 s)`);
  print(
    `  memory ${megabytes(started.usage.memoryMb)} (goal: at most 150 MB), peak ${megabytes(started.usage.peakMb)} (goal: at most 180 MB)`,
  );
  await measureKeystrokes("plugin file", usual.folder, usual.pluginFile);
  await measureKeystrokes("interface file", usual.folder, usual.interfaceFile);
  await measureAnswers(usual.folder, usual.interfaceFile);

  const guest = await startOn(writeForeignWorkspace(join(folder, "guest"), false));
  print(`90 packages and 1,800 files without Fidius: ${described(guest.usage)}`);
  printBeyond(guest.usage, base.usage, "goal: at most 300 ms and 40 MB");
  const beside = await startOn(writeForeignWorkspace(join(folder, "beside"), true));
  print(`The same with one plugin (${String(beside.plugins)} found): ${described(beside.usage)}`);
  printBeyond(beside.usage, base.usage, "goal: at most 800 ms and 60 MB");
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface Started {
  readonly usage: Usage;
  readonly firstMs: number;
  readonly plugins: number;
}

/** The median of some starts. */
async function startOn(path: string): Promise<Started> {
  const starts: Started[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = performance.now();
    await using server = await ServerProcess.start(path, false);
    const firstMs = performance.now() - before;
    const usage = await server.idle();
    starts.push({ usage, firstMs, plugins: (await server.project()).plugins.length });
  }
  const of = (value: (start: Started) => number): number => median(starts.map(value));
  return {
    usage: {
      cpuMs: of(({ usage }) => usage.cpuMs),
      childrenCpuMs: of(({ usage }) => usage.childrenCpuMs),
      memoryMb: of(({ usage }) => usage.memoryMb),
      peakMb: of(({ usage }) => usage.peakMb),
    },
    firstMs: of(({ firstMs }) => firstMs),
    plugins: of(({ plugins }) => plugins),
  };
}

async function measureKeystrokes(title: string, path: string, file: string): Promise<void> {
  await using server = await ServerProcess.start(path, false);
  const text = readFileSync(file, "utf8");
  await server.setText(file, text);
  const before = await server.idle();
  const at = text.indexOf("fn step_3(") + "fn step_3".length;
  for (let index = 1; index <= keystrokes; index += 1) {
    const typed = text.slice(0, at) + "x".repeat(index) + text.slice(at);
    await server.changeAfter(() => server.setText(file, typed));
  }
  const { cpuMs } = await server.idle();
  print(
    `  a keystroke in the ${title} ${time((cpuMs - before.cpuMs) / keystrokes)} of processor time (goal: at most 30 ms)`,
  );
}

/** What one hover and one completion cost. */
async function measureAnswers(path: string, file: string): Promise<void> {
  await using server = await ServerProcess.start(path, false);
  const text = readFileSync(file, "utf8");
  await server.setText(file, text);
  const asked = [
    ["hover", "on a method", "fn step_", "Slot"],
    ["hover", "on Fidius' macro", "#[plugin_inter", "Work0"],
    ["completion", "of the macro's arguments", "#[plugin_interface(", "crate"],
  ] as const;
  for (const [request, place, before, part] of asked) {
    const first = await server.askAt(request, file, text, before);
    if (!first.toLowerCase().includes(part.toLowerCase())) {
      throw new Error(`${request} ${place} answers ${first}`);
    }
    const started = await server.idle();
    for (let index = 0; index < keystrokes; index += 1) {
      await server.askAt(request, file, text, before);
    }
    const { cpuMs } = await server.idle();
    print(
      `  a ${request} ${place} ${time((cpuMs - started.cpuMs) / keystrokes)} of processor time (goal: at most 20 ms)`,
    );
  }
}

/** Processor time of reading every source in this process, warmed up. */
function readOnce(path: string): number {
  const texts = readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".rs"))
    .map((file) => readFileSync(join(path, file), "utf8"));
  const samples = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage();
    for (const text of texts) {
      readFileSyntax("x.rs", text, undefined);
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return median(samples);
}

function described({ cpuMs, memoryMb, peakMb }: Usage): string {
  return `${time(cpuMs)} of processor time, ${megabytes(memoryMb)}, peak ${megabytes(peakMb)}`;
}

function printBeyond(usage: Usage, base: Usage, goal = ""): void {
  const cpu = time(usage.cpuMs - base.cpuMs);
  print(
    `  beyond the empty folder: ${cpu}, ${megabytes(usage.peakMb - base.peakMb)}${goal === "" ? "" : ` (${goal})`}`,
  );
}

function megabytes(value: number): string {
  return `${value.toFixed(0)} MB`;
}
