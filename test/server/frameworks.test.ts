// Lenses and plugins of packages whose plugins are made by macros: before and after the client has looked into the real
// libraries, after edits of the interface, and where a library has nothing to invoke.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { LibraryReport } from "../../src/model/libraryReport.ts";
import type { PluginCandidate } from "../../src/model/plugin.ts";
import { err, ok } from "../../src/model/result.ts";
import type { LibraryAnswer } from "../../src/protocol/lsp.ts";
import { TestRunner } from "../host/harness.ts";
import { frameworkFolder, frameworkLibrary } from "../support/fixtureLibraries.ts";
import { LspClient, textAt } from "./lspClient.ts";

const options = {
  isTrusted: false,
  commands: { invoke: "editor.invoke", build: "editor.build" },
} as const;

const sourceOf = (packageName: string): string =>
  path.join(frameworkFolder, packageName, "src/lib.rs");

/** Lenses as `text under the range: title → argument`, with ids for short. */
async function lensesIn(client: LspClient, packageName: string): Promise<readonly string[]> {
  const text = readFileSync(sourceOf(packageName), "utf8");
  const lenses = await client.codeLenses(sourceOf(packageName));
  return lenses.map(({ range, command }) => {
    const [argument] = (command?.arguments ?? []) as { pluginId: string; method?: string }[];
    const target =
      argument && `${argument.pluginId.replace(/ \(.*/u, "")} ${argument.method ?? ""}`;
    const what = target === undefined ? "" : ` → ${command?.command} ${target.trim()}`;
    return `${textAt(text, range)}: ${command?.title}${what}`;
  });
}

describe("lenses on macro calls", function () {
  this.timeout(300_000);
  let runner: TestRunner;
  const reports = new Map<string, LibraryAnswer["report"]>();

  before(async () => {
    runner = await TestRunner.create();
    for (const name of [
      "polite-greeter",
      "casual-greeter",
      "story-teller",
      "private-greeter",
      "no-greeter",
      "greeting-table",
    ]) {
      const report = await runner.runner.inspect(await frameworkLibrary(name));
      reports.set(name, report.ok ? ok(report.value) : err(report.error.message));
    }
  });
  after(() => runner.dispose());

  const candidateOf = async (client: LspClient, name: string): Promise<PluginCandidate> => {
    const { candidates = [] } = await client.project();
    const found = candidates.find(({ crate }) => crate.name === name);
    assert.ok(found, `${name} is no candidate`);
    return found;
  };

  /** Tells the server of the real libraries of these packages. */
  async function look(client: LspClient, ...names: readonly string[]): Promise<void> {
    const answers: LibraryAnswer[] = [];
    for (const name of names) {
      const report = reports.get(name);
      assert.ok(report);
      answers.push({
        candidateId: (await candidateOf(client, name)).id,
        report,
        isOutdated: false,
      });
    }
    await client.librariesSaid(answers);
  }

  it("offer a build before anything is known", async () => {
    await using client = await LspClient.start({ folders: [frameworkFolder], options });
    assert.deepEqual(await lensesIn(client, "polite-greeter"), [
      "greeter_plugin: $(search) Build to see methods → editor.build polite-greeter",
    ]);
    assert.deepEqual(await lensesIn(client, "casual-greeter"), [
      "#[derive(GreeterPlugin)]: $(search) Build to see methods → editor.build casual-greeter",
    ]);
    assert.deepEqual((await client.project()).plugins, []);
  });

  it("invoke what the library has, one method at once, more by choice", async () => {
    await using client = await LspClient.start({ folders: [frameworkFolder], options });
    await look(client, "polite-greeter", "story-teller", "casual-greeter");
    assert.deepEqual(await lensesIn(client, "polite-greeter"), [
      "greeter_plugin: $(play) Invoke… (Polite: 4 methods) → editor.invoke polite_greeter::Polite as Greeter",
      "greeter_plugin: Build → editor.build polite-greeter",
    ]);
    assert.deepEqual(await lensesIn(client, "story-teller"), [
      "greeting_framework::teller_plugin: $(play) Invoke tell → editor.invoke story_teller::Grandmother as Teller tell",
      "greeting_framework::teller_plugin: Build → editor.build story-teller",
    ]);
    const { plugins } = await client.project();
    const polite = plugins.find(({ name }) => name === "Polite");
    assert.equal(polite?.library?.slotOrder, "symbols");
    const greet = polite.methods[0];
    assert.deepEqual(
      greet?.arguments.map(({ type }) => type.kind === "named" && type.id),
      ["greeting_types::Person", "greeting_types::Tone"],
    );
    assert.ok("greeting_types::Greeting" in polite.types);
  });

  it("follow the interface while it is edited, and stay while the text does not parse", async () => {
    await using client = await LspClient.start({ folders: [frameworkFolder], options });
    await look(client, "story-teller");
    const framework = sourceOf("greeting-framework");
    await client.open(framework, readFileSync(framework, "utf8"), false);
    await client.edit(
      framework,
      "async fn tell(&self, topic: String)",
      "async fn narrate(&self, lines: u32)",
    );
    const { plugins } = await client.project();
    const [plugin] = plugins;
    assert.ok(plugin);
    const { report } = { report: reports.get("story-teller") };
    assert.ok(report?.ok);
    const hash = (report.value satisfies LibraryReport).plugins[0]?.interfaceHash;
    assert.deepEqual(
      [plugin.methods.map(({ name }) => name), plugin.library?.outdatedHash],
      [["narrate"], hash],
    );
    assert.match((await lensesIn(client, "story-teller"))[0] ?? "", /Invoke narrate/u);

    const teller = sourceOf("story-teller");
    const text = readFileSync(teller, "utf8");
    await client.open(teller, text, false);
    await client.edit(teller, "teller_plugin!(Grandmother);", "teller_plugin! Grandmother");
    assert.equal((await client.codeLenses(teller)).length > 0, true);
  });

  it("say why there is nothing to invoke", async () => {
    await using client = await LspClient.start({ folders: [frameworkFolder], options });
    await look(client, "private-greeter", "no-greeter", "greeting-table");
    const [first] = await lensesIn(client, "private-greeter");
    assert.match(
      first ?? "",
      /\$\(warning\) No source has the library's Greeter \(hash [\da-f]{16}\)$/u,
    );
    const hidden = (await candidateOf(client, "private-greeter")).contents;
    assert.ok(hidden?.kind === "read");
    const { interfaces } = await client.project();
    assert.deepEqual(
      hidden.unmatched.map(({ name, sourceHashes }) => [name, sourceHashes]),
      [["Hidden", interfaces.filter(({ name }) => name === "Greeter").map(({ hash }) => hash)]],
    );
    const empty = (await candidateOf(client, "no-greeter")).contents;
    assert.deepEqual(empty, { kind: "read", isOutdated: false, plugins: 0, unmatched: [] });
    const none = (await candidateOf(client, "greeting-table")).contents;
    assert.ok(none?.kind === "failed");
    assert.match(none.message, /fidius_get_registry/u);
  });
});
