// Bridges of one process: built once, started again after their end, ended when nobody asks, and cancelled.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Bridges, type Bridge } from "../../src/bridge/bridges.ts";
import { plainBuild } from "../../src/cargo/graph/buildChoice.ts";
import type { BridgeRequest } from "../../src/bridge/bridgeRequest.ts";
import { loadProject } from "../../src/cli/options/project/loadProject.ts";
import { nullLogger } from "../../src/model/logger.ts";
import { distFolder, repositoryRoot, testTargetFolder } from "../support/fixtureLibraries.ts";

const dist = distFolder();
const fixture = join(repositoryRoot, "test/bridge/fixture");
const never = new AbortController().signal;

async function requestFor(name: string): Promise<BridgeRequest> {
  const { interfaces } = await loadProject(fixture, nullLogger);
  const found = interfaces.find((each) => each.name === name);
  assert.ok(found !== undefined);
  return {
    interface: found,
    workspaceRoot: found.crate.workspaceRoot,
    cargoPath: null,
    environment: {},
    build: { manifestPath: null, choice: plainBuild },
    targetDirectory: testTargetFolder(),
    runtimeFolder: join(dist, "bridge"),
  };
}

describe("bridges of a process", function () {
  this.timeout(600_000);
  let request: BridgeRequest;
  const opened: Bridges[] = [];

  before(async () => {
    request = await requestFor("Stamping");
  });
  after(() => {
    opened.forEach((bridges) => {
      bridges.dispose();
    });
  });

  function create(idleMs?: number): Bridges {
    const bridges = new Bridges(idleMs);
    opened.push(bridges);
    return bridges;
  }

  async function open(bridges: Bridges, onStart: () => void = () => undefined): Promise<Bridge> {
    const result = await bridges.open(request, { onStart }, never);
    assert.ok(result.ok, JSON.stringify(result));
    return result.value;
  }

  async function ended(bridge: Bridge): Promise<string> {
    while (bridge.end === null) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return bridge.end;
  }

  it("are built once: later ones start no cargo, and are the same process while it lives", async () => {
    const bridges = create();
    const first = await open(bridges);
    assert.equal(await bridges.isReady(request), true);
    let starts = 0;
    const count = (): void => {
      starts++;
    };
    assert.equal(await open(bridges, count), first);
    assert.notEqual(await open(create(), count), first);
    assert.equal(starts, 0);
  });

  it("say how their process ended, and the next one is a new process", async () => {
    const bridges = create();
    const first = await open(bridges);
    const answer = await first.encode("unstable", "argument 0", "13");
    assert.deepEqual(answer, {
      ok: false,
      error: "The bridge's process ended (SIGABRT).",
    });
    assert.match(await ended(first), /SIGABRT/u);
    const later = await first.encode("unstable", "argument 0", "1");
    assert.equal(later.ok, false);
    const second = await open(bridges);
    assert.notEqual(second, first);
    const fine = await second.encode("unstable", "argument 0", "1");
    assert.deepEqual(fine.ok && [...fine.value], [1]);
  });

  it("end when nobody asked for a while, and come back", async () => {
    const bridges = create(50);
    const first = await open(bridges);
    assert.equal(await ended(first), "The bridge was ended.");
    assert.notEqual(await open(bridges), first);
  });

  it("answer requests one after the other, whoever asks", async () => {
    const bridge = await open(create());
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        bridge.encode("unstable", "argument 0", index === 50 ? '"text"' : String(index % 10)),
      ),
    );
    answers.forEach((answer, index) => {
      assert.equal(answer.ok, index !== 50);
      assert.deepEqual(answer.ok ? [...answer.value] : [], index === 50 ? [] : [index % 10]);
    });
  });

  it("name the trait that a type lacks, and the type", async () => {
    const bridge = await open(create());
    assert.match(
      bridge.obstacle("sealed", "value") ?? "",
      /^`(?:\w+::)?Sealed` does not implement serde's `Deserialize`\.$/u,
    );
    const asked = await bridge.decode("sealed", "value", new Uint8Array());
    assert.deepEqual(asked, { ok: false, error: bridge.obstacle("sealed", "value") });
    assert.equal(bridge.obstacle("later", "argument 0"), null);
  });

  it("make the same value of a type for the same seed", async () => {
    const bridge = await open(create());
    const made = await bridge.make("later", "argument 0", 5n);
    assert.deepEqual(await bridge.make("later", "argument 0", 5n), made);
    const seeds = Array.from({ length: 30 }, (_, seed) => BigInt(seed));
    const all = await Promise.all(seeds.map((seed) => bridge.make("later", "argument 0", seed)));
    const texts = new Set(
      all.map((each) => (each.ok ? Buffer.from(each.value).toString("hex") : "")),
    );
    assert.ok(texts.size > 10);
    for (const each of all) {
      assert.ok(each.ok);
      const reading = await bridge.read("later", "argument 0", each.value);
      assert.equal(reading.ok && reading.value.problem, null);
      assert.match(reading.ok ? reading.value.trace : "", /^i64 o(?:0|1 i16)$/u);
    }
    const cut = await bridge.read("later", "argument 0", Uint8Array.of(1, 2));
    assert.match(cut.ok ? (cut.value.problem ?? "") : "", /io error|unexpected end/u);
  });

  it("are cancelled before and while they answer", async () => {
    const bridges = create();
    const bridge = await open(bridges);
    const aborted = AbortSignal.abort();
    const answer = await bridge.encode("unstable", "argument 0", "1", aborted);
    assert.deepEqual(answer, { ok: false, error: "The conversion was cancelled." });
    const cancelled = await bridges.open(
      { ...request, interface: { ...request.interface, id: "another::Stamping" } },
      {},
      aborted,
    );
    assert.equal(!cancelled.ok && cancelled.error.kind, "cancelled");
  });

  it("list all that they depend on, the user's lock file and the fields of other crates included", async () => {
    await open(create());
    const record = await readFile(
      join(testTargetFolder(), "fidius-bridge", keyIn(request), "bridge.json"),
      "utf8",
    );
    assert.match(record, /Cargo\.lock/u);
    assert.match(record, /fixture\/types|odd-types|types\/src\/lib\.rs/u);
  });
});

/** The folder that the record lies in, found by what is built there. */
function keyIn({ interface: schema, build }: BridgeRequest): string {
  return createHash("sha256")
    .update(JSON.stringify([schema.crate.manifestPath, schema.id, build]))
    .digest("hex")
    .slice(0, 16);
}
