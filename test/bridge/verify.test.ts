// `fidius-call types --verify`: the model's bytes against serde's, for every interface of the examples and the fixtures; and
// what it says where the model is wrong.

import assert from "node:assert/strict";
import { join } from "node:path";
import { examplesFolder, removeCache, runCli } from "../cli/cliProcess.ts";
import { fixturesFolder, repositoryRoot } from "../support/fixtureLibraries.ts";

interface VerifiedType {
  readonly method: string;
  readonly place: string;
  readonly label: string;
  readonly type: string;
  readonly compared: number;
  readonly obstacle: string | null;
  readonly note: string | null;
  readonly differences: readonly {
    readonly pointer: string;
    readonly type: string;
    readonly message: string;
    readonly modelBytes: string;
    readonly serdeBytes: string;
    readonly value?: unknown;
  }[];
}

interface Verified {
  readonly values: number;
  readonly seed: string;
  readonly interfaces: readonly { readonly id: string; readonly types: readonly VerifiedType[] }[];
}

async function verify(
  cwd: string,
  ...more: string[]
): Promise<Verified & { exitCode: number | null }> {
  const { exitCode, stdout, stderr } = await runCli(["types", "--verify", "--json", ...more], {
    cwd,
  });
  assert.ok(exitCode === 0 || exitCode === 8, stderr);
  return { ...(JSON.parse(stdout) as Verified), exitCode };
}

/** All is compared and alike, but for the places listed, as `method label`. */
function assertAlike(verified: Verified & { exitCode: number | null }, ...left: string[]): void {
  const types = verified.interfaces.flatMap((each) => each.types);
  assert.deepEqual(
    types.flatMap(({ differences }) => differences),
    [],
  );
  assert.equal(verified.exitCode, 0);
  const notCompared = types.filter(({ obstacle }) => obstacle !== null);
  assert.deepEqual(
    notCompared.map(({ method, label }) => `${method} ${label}`),
    left,
  );
  for (const { method, compared, obstacle } of types) {
    // Few of the texts that are made up are what a struct of dates, versions and durations reads.
    assert.ok(obstacle !== null || compared > 5, `${method}: only ${String(compared)} compared`);
  }
}

const releases = ["alpha", "0.0.4", "0.0.5", "0.1", "0.2", "0.3", "0.4", "streams-0.4", "0.5"];
const wrong = join(repositoryRoot, "test/bridge/wrong");

describe("the model's bytes are serde's", function () {
  this.timeout(1_800_000);
  after(removeCache);

  it("in the examples", async () => {
    const verified = await verify(examplesFolder);
    assert.equal(verified.interfaces.length, 2);
    assertAlike(verified);
  });

  it("in every fixture, where a type reads as bincode can", async () => {
    const verified = await verify(fixturesFolder);
    assert.ok(verified.interfaces.length >= 15, String(verified.interfaces.length));
    assertAlike(verified, "read_internal value", "read_adjacent value", "no_three item");
  });

  it("in the framework of several crates, with two interfaces of one name, built and found again", async () => {
    for (let round = 0; round < 2; round++) {
      const verified = await verify(join(fixturesFolder, "framework"));
      assert.equal(verified.interfaces.length, 3);
      assertAlike(verified);
    }
  });

  it("for the well-known crates of the catalogue", async () => {
    const verified = await verify(join(repositoryRoot, "test/host/catalogue"));
    const [echoes] = verified.interfaces;
    assert.ok((echoes?.types.length ?? 0) > 100);
    assertAlike(verified, "parse_decimal result");
  });

  it("where the source tells, beside types that only the compiler knows", async () => {
    const verified = await verify(join(repositoryRoot, "test/bridge/fixture"));
    const types = verified.interfaces.flatMap((each) => each.types);
    assert.deepEqual(
      types.flatMap(({ differences }) => differences),
      [],
    );
    const depth = types.find(({ method, label }) => method === "depth" && label === "result");
    assert.equal(depth?.obstacle, null);
    const obstacles = types.flatMap(({ obstacle }) => obstacle ?? []);
    assert.ok(obstacles.length > 10);
    assert.ok(
      obstacles.every((obstacle) =>
        /^The model does not know it\. |lacks|does not implement/u.test(obstacle),
      ),
    );
  });

  for (const release of releases) {
    it(`with Fidius ${release}`, async () => {
      // 0.0.5 has a plugin whose tagged enums JSON carries and bincode cannot read.
      const left =
        release === "0.0.5" ? ["tagged result", "adjacent result", "is_named value"] : [];
      assertAlike(await verify(join(repositoryRoot, "test/fixtures-abis", release)), ...left);
    });
  }

  it("the same values come for the same seed, others for another", async () => {
    const of = async (seed: string): Promise<string> => {
      const { interfaces } = await verify(wrong, "--values", "40", "--seed", seed);
      return JSON.stringify(interfaces);
    };
    const first = await of("7");
    assert.equal(await of("7"), first);
    assert.notEqual(await of("8"), first);
  });
});

describe("where the model is wrong", function () {
  this.timeout(600_000);
  after(removeCache);

  it("each difference is told with its place, the model's type and the bytes of both", async () => {
    const verified = await verify(wrong);
    assert.equal(verified.exitCode, 8);
    const types = verified.interfaces.flatMap((each) => each.types);
    const at = (method: string, label: string): VerifiedType => {
      const found = types.find((type) => type.method === method && type.label === label);
      assert.ok(found !== undefined, `${method} ${label}`);
      return found;
    };
    const hidden = at("hidden", "value").differences.find(({ pointer }) => pointer === "/sizes/0");
    assert.ok(hidden !== undefined);
    assert.equal(hidden.type, "u16");
    assert.match(hidden.message, /The model has a u16 there, serde reads a u32\./u);
    assert.match(hidden.modelBytes, /^hex:0{16}0100000000000000[\da-f]{4}$/u);
    assert.ok("value" in hidden);
    assert.notDeepEqual(at("hidden", "result").differences, []);
    assert.deepEqual(at("count", "numbers").differences, []);
    assert.ok(at("count", "numbers").compared > 100);
  });

  it("types that macros, derives of other crates and build scripts may change are not guessed", async () => {
    const { interfaces } = await verify(wrong);
    const types = interfaces[0]?.types ?? [];
    const words: Readonly<Record<string, RegExp>> = {
      "altered value": /The macro `#\[odd_macros::widened\]` may change `Altered`/u,
      "renamed value": /The macro `#\[changed_by_name\]` may change `Renamed`/u,
      "silent result": /`Silent` derives a `odd_macros::Serialize` that is not serde's/u,
      "mute result": /`Mute` derives a `Serialize` that is not serde's/u,
      "decide decided": /Which `Decided::size` is there depends on a `cfg`/u,
    };
    const left = types.filter(({ obstacle }) => obstacle !== null);
    assert.deepEqual(
      left.map(({ method, label }) => `${method} ${label}`),
      Object.keys(words),
    );
    for (const { method, label, obstacle } of left) {
      assert.match(obstacle ?? "", words[`${method} ${label}`] ?? /never/u);
    }
    const differing = types.filter(({ differences }) => differences.length > 0);
    assert.deepEqual([...new Set(differing.map(({ method }) => method))], ["hidden"]);
    assert.ok(types.some(({ method, compared }) => method === "decorated" && compared > 50));
  });

  it("a type that is written otherwise than it is read is a note, since the plugin only reads it", async () => {
    const { interfaces } = await verify(wrong);
    const lying = interfaces[0]?.types.find(({ label }) => label === "lying");
    assert.deepEqual(lying?.differences, []);
    assert.match(lying.note ?? "", /hosts written in Rust send other bytes/u);
  });

  it("what an attribute makes unreadable is a note with its reason, and no fault of the model", async () => {
    const { interfaces } = await verify(wrong);
    const sometimes = interfaces[0]?.types.find(({ method }) => method === "sometimes");
    assert.ok((sometimes?.compared ?? 0) > 50);
    assert.deepEqual(sometimes?.differences, []);
    assert.match(
      sometimes.note ?? "",
      /some values cannot be read, as the source says: `Sometimes.first` is left out of the bytes when its `skip_serializing_if` holds/u,
    );
  });

  it("says so to people, and to scripts in the last line", async () => {
    const { exitCode, stdout, error } = await runCli(["types", "--verify"], { cwd: wrong });
    assert.equal(exitCode, 8);
    assert.equal(error?.kind, "typesDiffer");
    assert.match(stdout, /^ {2}hidden, value: Widened at \/sizes\/0 \(u16\) differs\./mu);
    assert.match(stdout, /^ {4}model {2}hex:/mu);
    assert.match(stdout, /^ {4}serde {2}/mu);
  });
});
