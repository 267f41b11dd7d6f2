// Packages whose library was not to be built: why, and what to do, by who forbade it.

import assert from "node:assert/strict";
import type { BuildSettings, PluginBuilder } from "../../../src/calls/pluginBuilder.ts";
import { learnCandidates } from "../../../src/cli/commands/candidates.ts";
import { Terminal } from "../../../src/cli/output/terminal.ts";
import type { PluginCandidate } from "../../../src/model/plugin.ts";
import { sampleModel, samplePlugin } from "../../support/schemaSamples.ts";

const { crate } = samplePlugin("provider", "Unused");
const candidate: PluginCandidate = {
  id: "provider",
  crate,
  interfaceIds: [],
  macroCalls: [],
  missingAsyncFeatures: [],
};

async function warningOf(options: { readonly isNoBuild?: boolean }): Promise<string> {
  const model = { ...sampleModel(), candidates: [candidate] };
  const settings: BuildSettings = {
    when: "stale",
    cargoPath: null,
    profile: "dev",
    features: [],
    extraArguments: [],
    environment: {},
    targetDirectory: null,
  };
  const silent = { write: () => true };
  const { failures } = await learnCandidates(
    model,
    [candidate],
    { settings, mayBuild: false, ...options },
    {
      // Only these two are asked for: nothing is built, so no library is looked into.
      builder: { freshLibrary: () => Promise.resolve(undefined) } as unknown as PluginBuilder,
      runner: { inspect: () => assert.fail("nothing to inspect"), warmUp: () => undefined },
      terminal: new Terminal(silent, silent),
      signal: new AbortController().signal,
      reload: () => Promise.resolve(model),
    },
  );
  return failures.map(({ message }) => message).join("\n");
}

describe("a package that is not built to be listed", () => {
  it("blames --no-build where it was given", async () => {
    assert.match(await warningOf({ isNoBuild: true }), /Run without --no-build to build it\.$/u);
  });

  it("does not blame --no-build where it was not given", async () => {
    for (const options of [{}, { isNoBuild: false }]) {
      const warning = await warningOf(options);
      assert.doesNotMatch(warning, /--no-build/u);
      assert.match(warning, /call one of its methods, which builds it, or run cargo build in it/u);
    }
  });
});
