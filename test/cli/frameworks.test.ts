// Plugins that no source shows, on a workspace as a framework ships it: its macros write plugin_impl and registry. The
// libraries are built and asked; what they say is listed and called with full types.

import assert from "node:assert/strict";
import { frameworkFolder } from "../support/fixtureLibraries.ts";
import { removeCache, runCli, type CliResult } from "./cliProcess.ts";

const inFramework = (
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CliResult> => runCli(args, { cwd: frameworkFolder, environment });

interface ListedPlugin {
  readonly name: string;
  readonly package: string;
  readonly interface: string;
  readonly interfaceHash: string;
  readonly foundIn: string;
  readonly fidiusVersion: string | null;
  readonly slotOrder: string;
  readonly missingAsyncFeatures: readonly string[];
  readonly methods: readonly {
    readonly name: string;
    readonly slot: number;
    readonly implemented: boolean;
    readonly arguments: readonly { readonly name: string; readonly type: string }[];
    readonly returns: string;
  }[];
}

interface Listing {
  readonly interfaces: readonly { readonly name: string; readonly hash: string }[];
  readonly plugins: readonly ListedPlugin[];
  readonly candidates: readonly {
    readonly package: string;
    readonly macroCalls: readonly { readonly macro: string; readonly line: number }[];
    readonly plugins: number | null;
    readonly problem: string | null;
    readonly unmatched: readonly { readonly hash: string; readonly sourceHashes: string[] }[];
  }[];
}

async function listed(): Promise<Listing> {
  const { exitCode, stdout, stderr } = await inFramework(["list", "--json"]);
  assert.equal(exitCode, 0, stderr);
  return JSON.parse(stdout) as Listing;
}

describe("fidius-call and plugins that macros make", function () {
  this.timeout(600_000);
  after(removeCache);

  it("builds nothing with --no-build and says what is missing", async () => {
    const { exitCode, stdout, stderr } = await inFramework(["list", "--no-build"]);
    assert.equal(exitCode, 0);
    assert.match(stderr, /polite-greeter has no fresh library.*Run without --no-build/);
    assert.doesNotMatch(stdout, /plugin Polite/);
    assert.match(stdout, /interface Greeter, version 2/);
  });

  it("lists every method with full types and the slots that the library has", async () => {
    const { exitCode, stdout, stderr } = await inFramework(["list"]);
    assert.equal(exitCode, 0, stderr);
    assert.match(stderr, /Building polite-greeter: no source shows/);
    assert.match(
      stdout,
      /^ {2}plugin Polite, implements Greeter {2}\[from its library\]\n {4}greet\(person: Person, tone: Tone\) -> Greeting\n {4}longest\(names: Vec<String>\) -> u64\n {4}refuse\(reason: String\) -> Result<String, PluginError>\n {4}farewell\(person: Person\) -> String {2}\[optional\]$/m,
    );
    assert.match(stdout, /^ {2}plugin Casual, implements Greeter/m);
    assert.match(stdout, /^ {4}async tell\(topic: String\) -> String$/m);
  });

  it("tells interfaces of one name apart by their hash", async () => {
    const { plugins, interfaces } = await listed();
    const [polite, veteran] = ["Polite", "Veteran"].map((name) =>
      plugins.find((plugin) => plugin.name === name),
    );
    assert.deepEqual(
      interfaces.filter(({ name }) => name === "Greeter").map(({ hash }) => hash),
      [polite?.interfaceHash, veteran?.interfaceHash],
    );
    assert.deepEqual(
      veteran?.methods.map(({ name, arguments: list }) => [name, list.map(({ type }) => type)]),
      [["greet", ["String"]]],
    );
    assert.equal(polite?.methods.length, 4);
    assert.ok(
      polite.methods.every(({ slot, implemented }, index) => implemented && slot === index),
    );
    assert.match(polite.fidiusVersion ?? "", /^0\.5\.\d+$/);
    assert.deepEqual([polite.foundIn, polite.slotOrder], ["library", "symbols"]);
  });

  it("finds the macro calls, through re-exports, nested macros and a derive", async () => {
    const { candidates } = await listed();
    const calls = candidates.map(({ package: name, macroCalls }) => [
      name,
      macroCalls.map(({ macro, line }) => `${macro}:${line}`),
    ]);
    assert.deepEqual(Object.fromEntries(calls), {
      "casual-greeter": ["GreeterPlugin:5"],
      "first-greeter": ["greeting_framework::first_greeter_plugin:3"],
      "greeting-table": [],
      "no-greeter": [],
      "polite-greeter": ["greeter_plugin:5"],
      "private-greeter": ["PrivatePlugin:5"],
      "story-teller": ["greeting_framework::teller_plugin:3"],
    });
  });

  it("says of libraries without plugins that they have none, and why", async () => {
    const { candidates } = await listed();
    const empty = candidates.find((candidate) => candidate.package === "no-greeter");
    assert.deepEqual([empty?.plugins, empty?.problem], [0, null]);
    const none = candidates.find((candidate) => candidate.package === "greeting-table");
    assert.match(none?.problem ?? "", /no Fidius plugin library/);
    const { stdout } = await inFramework(["list", "no-greeter"]);
    assert.match(stdout, /no plugin: its library has a Fidius registry with nothing in it/);
  });

  it("names both hashes where no source has the interface", async () => {
    const { candidates, interfaces } = await listed();
    const [found] = candidates.find((each) => each.package === "private-greeter")?.unmatched ?? [];
    assert.deepEqual(
      found?.sourceHashes,
      interfaces.filter(({ name }) => name === "Greeter").map(({ hash }) => hash),
    );
    const { exitCode, error } = await inFramework(["call", "Hidden.wave", "--args", "[1]"]);
    assert.equal(exitCode, 3);
    assert.equal(error?.kind, "interfaceNotFound");
    for (const hash of [found.hash, ...found.sourceHashes]) {
      assert.ok(error.message.includes(hash), error.message);
    }
  });

  it("calls by name with typed values", async () => {
    const args = '{"person":{"name":"Ada","age":36},"tone":{"Warm":{"exclamation_marks":2}}}';
    const { exitCode, stdout, stderr } = await inFramework([
      "call",
      "Polite.greet",
      "--args",
      args,
    ]);
    assert.equal(exitCode, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), {
      text: "Good day, Ada!!",
      tone: { Warm: { exclamation_marks: 2 } },
      counts: { characters: 15 },
    });
    const derived = await inFramework([
      "call",
      "casual-greeter/Casual.longest",
      "--args",
      '[["a","bcd"]]',
    ]);
    assert.equal(derived.stdout.trim(), "3", derived.stderr);
    const refused = await inFramework(["call", "Polite.refuse", "--args", '["no"]']);
    assert.equal(refused.exitCode, 4);
    assert.equal(refused.error?.["code"], "REFUSED");
  });

  it("refuses values that do not fit the types, before anything is called", async () => {
    const args = '{"person":{"name":"Ada","age":360},"tone":"Formal"}';
    const { exitCode, error, stderr } = await inFramework(["call", "Polite.greet", "--args", args]);
    assert.equal(exitCode, 1);
    assert.equal(error?.kind, "invalidArguments");
    assert.match(stderr, /age/);
  });

  it("builds a macro's async plugin with the feature that no manifest turns on", async () => {
    const { exitCode, stdout, stderr } = await inFramework([
      "call",
      "Grandmother.tell",
      "--args",
      '["x"]',
    ]);
    assert.equal(exitCode, 0, stderr);
    assert.equal(stdout.trim(), '"Once upon a time: x"');
    assert.match(stderr, /Built with --features greeting-framework\/async/);
    const { plugins } = await listed();
    assert.deepEqual(
      plugins
        .filter(({ missingAsyncFeatures }) => missingAsyncFeatures.length > 0)
        .map(({ name }) => name),
      ["Grandmother"],
    );
  });

  it("starts no cargo for a library that is fresh", async () => {
    await listed();
    const { exitCode, stdout, stderr } = await inFramework(["list", "polite-greeter"], {
      RUSTC: "rustc-that-is-not-there",
    });
    assert.equal(exitCode, 0, stderr);
    // Another RUSTC is another build, which cannot succeed; the list says so and goes on.
    assert.match(stdout, /plugins unknown: /);
    const fresh = await inFramework(["list", "--no-build", "polite-greeter"]);
    assert.match(fresh.stdout, /plugin Polite, implements Greeter/, fresh.stderr);
    assert.equal(fresh.stderr, "");
  });
});
