// Long use: a hundred thousand calls of every kind in one host, three hundred new builds, a hundred crashes. Memory is flat,
// nothing is left: no descriptor, thread, process or file. What is random is seeded.

import assert from "node:assert/strict";
import { copyFile, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PluginSchema } from "../../src/model/plugin.ts";
import type { JsonObject } from "../../src/model/value/value.ts";
import { allCalls, faults, inArena, method, plugin, types } from "../host/fixtureSchemas.ts";
import { resultOf, TestRunner, valueOf } from "../host/harness.ts";
import { buildFixture, fixtureLibrary } from "../support/fixtureLibraries.ts";
import {
  childrenOf,
  descriptorsOf,
  growthInSecondHalf,
  residentMebibytes,
  threadsOf,
  usedMebibytes,
} from "./footprint.ts";

const calls = 100_000;
const callsPerSample = 2500;
const cycles = 300;
/** Every so many cycles cargo itself builds; the others differ from its library in one constant. */
const cyclesPerCargoBuild = 50;
const crashes = 100;
const seed = 20_260_726;
const pollMs = 50;
/** So many polls that see the same are enough. */
const calmPolls = 3;
const mostPolls = 200;

interface KindOfCall {
  readonly share: number;
  readonly schema: PluginSchema;
  readonly method: string;
  readonly arguments: (index: number) => JsonObject;
  readonly check: (outcome: Awaited<ReturnType<TestRunner["call"]>>, index: number) => void;
}

const longText = "0123456789abcdef".repeat(4096);

const kinds: readonly KindOfCall[] = [
  {
    share: 0.6,
    schema: allCalls,
    method: "add",
    arguments: (index) => ({ left: index, right: 1 }),
    check: (outcome, index) => {
      assert.equal(valueOf(outcome), index + 1);
    },
  },
  {
    share: 0.2,
    schema: allCalls,
    method: "add_later",
    arguments: (index) => ({ left: String(index), right: "1" }),
    check: (outcome, index) => {
      assert.equal(valueOf(outcome), String(index + 1));
    },
  },
  {
    share: 0.05,
    schema: allCalls,
    method: "echo_text",
    arguments: () => ({ text: longText }),
    check: (outcome) => {
      assert.equal((valueOf(outcome) as string).length, longText.length);
    },
  },
  {
    share: 0.05,
    schema: inArena,
    method: "panic_now",
    arguments: (index) => ({ message: `panic ${String(index)}` }),
    check: (outcome, index) => {
      assert.equal(resultOf(outcome, "panic").panic.message, `panic ${String(index)}`);
    },
  },
  {
    share: 0.1,
    schema: allCalls,
    method: "divide",
    arguments: () => ({ dividend: 1, divisor: 0 }),
    check: (outcome) => {
      assert.equal(resultOf(outcome, "pluginError").error?.code, "DIVISION");
    },
  },
];

/** The same numbers in every run. */
function seededRandom(start: number): () => number {
  let state = start;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function pick(random: () => number): KindOfCall {
  let left = random();
  for (const kind of kinds) {
    left -= kind.share;
    if (left < 0) {
      return kind;
    }
  }
  const [first] = kinds;
  assert.ok(first !== undefined);
  return first;
}

describe("long use", function () {
  this.timeout(600_000);
  let test: TestRunner;

  beforeEach(async () => {
    test = await TestRunner.create();
  });
  afterEach(() => test.dispose());

  /** What this process holds once that does not change any more: a replaced host and its pipes end a little later. */
  async function settled(): Promise<string> {
    await test.runner.restart();
    let [seen, times] = ["", 0];
    for (let poll = 0; poll < mostPolls && times < calmPolls; poll += 1) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
      const { zombies, alive } = childrenOf(process.pid);
      const now = [descriptorsOf(process.pid), alive, zombies].join(" ");
      times = now === seen ? times + 1 : 0;
      seen = now;
    }
    return seen;
  }

  it(`${String(calls)} calls leave nothing behind in host and runner`, async () => {
    const library = await fixtureLibrary("calls");
    const random = seededRandom(seed);
    const [host, own]: [number[], number[]] = [[], []];
    const handles = new Set<string>();
    let pid = 0;
    for (let index = 0; index < calls; index += 1) {
      const kind = pick(random);
      const outcome = await test.call(library, kind.schema, kind.method, kind.arguments(index));
      kind.check(outcome, index);
      assert.ok(pid === 0 || pid === outcome.measurements.hostPid, "the host was replaced");
      pid = outcome.measurements.hostPid ?? 0;
      if (index % callsPerSample === callsPerSample - 1) {
        host.push(residentMebibytes(pid));
        own.push(usedMebibytes());
        if (index > calls / 10) {
          handles.add([descriptorsOf(pid), threadsOf(pid), descriptorsOf(process.pid)].join(" "));
        }
      }
    }
    const series = `host ${host.map(Math.round).join(" ")}, runner ${own.map((size) => size.toFixed(1)).join(" ")} MiB`;
    const last = host.at(-1) ?? Number.NaN;
    assert.ok(growthInSecondHalf(host) < Math.max(0.05 * last, 4), series);
    assert.ok(growthInSecondHalf(own) < 2, series);
    assert.equal(handles.size, 1, [...handles].join("; "));
  });

  it(`${String(cycles)} new builds: each is the one that answers, and nothing of the old ones is left`, async () => {
    const folder = await mkdtemp(join(tmpdir(), "fidius-soak-"));
    const file = join(folder, "plugin.so");
    const schema = plugin("Revised", "Revision", [
      method("revision", { slot: 0, returns: types.text }),
    ]);
    const name = (cycle: number): string => `revision-${String(cycle).padStart(6, "0")}`;
    let built = { cycle: 0, bytes: Buffer.alloc(0) };
    const own: number[] = [];
    const handles = new Set<string>();
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      if (cycle % cyclesPerCargoBuild === 0) {
        const environment = { FIDIUS_FIXTURE_REVISION: name(cycle) };
        const library = await buildFixture("revision", { environment });
        built = { cycle, bytes: await readFile(library) };
        await copyFile(library, `${file}.new`);
      } else {
        const next = Buffer.from(built.bytes);
        replaceAll(next, name(built.cycle), name(cycle));
        await writeFile(`${file}.new`, next);
      }
      // As cargo does it: another file under the same name.
      await rename(`${file}.new`, file);
      assert.equal(valueOf(await test.call(file, schema, "revision")), name(cycle));
      if (cycle % 10 === 9) {
        // The spare is the only process then.
        handles.add(await settled());
        own.push(usedMebibytes());
        const libraries = join(test.staging, "libraries");
        const [copies = "none"] = await readdir(libraries);
        assert.ok((await readdir(join(libraries, copies))).length <= 1, "old copies are left");
      }
    }
    assert.ok(growthInSecondHalf(own) < 1, `${own.map((size) => size.toFixed(1)).join(" ")} MiB`);
    assert.equal(handles.size, 1, [...handles].join("; "));
    assert.equal(childrenOf(process.pid).zombies, 0);
    await rm(folder, { recursive: true });
  });

  it(`${String(crashes)} crashes: each is told, no process or file is left`, async () => {
    const library = await fixtureLibrary("faults");
    const own: number[] = [];
    const handles = new Set<string>();
    for (let crash = 0; crash < crashes; crash += 1) {
      const args = { fault: crash % 2 === 0 ? "abort" : "segfault", amount: 0 };
      const outcome = await test.call(library, faults, "cause", args);
      assert.equal(outcome.result.kind, "crashed");
      // Three in a row would be refused.
      if (crash % 2 === 1) {
        handles.add(await settled());
        own.push(usedMebibytes());
      }
    }
    assert.ok(growthInSecondHalf(own) < 1, `${own.map((size) => size.toFixed(1)).join(" ")} MiB`);
    assert.equal(handles.size, 1, [...handles].join("; "));
  });
});

/** Replaces a text by another one of its length, wherever it stands. */
function replaceAll(bytes: Buffer, from: string, to: string): void {
  let count = 0;
  for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + from.length)) {
    bytes.write(to, at, "latin1");
    count += 1;
  }
  assert.ok(count > 0, `${from} is not in the library`);
}
