// "Never build": what is called is the last build of the chosen profile and features, or a sentence says why there is none.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  PluginBuilder,
  type BuildSettings,
  type BuildStep,
} from "../../src/calls/pluginBuilder.ts";
import { type CargoWorkspace, createWorkspace, packageToml } from "./support/cargoWorkspace.ts";

const { signal } = new AbortController();

describe("the last build of a profile and features", function () {
  this.timeout(120_000);
  let item: CargoWorkspace;
  let builder: PluginBuilder;

  before(() => {
    item = createWorkspace({
      "Cargo.toml": packageToml("plug", '[lib]\ncrate-type = ["cdylib"]\n[features]\nextra = []\n'),
      "src/lib.rs":
        '#[no_mangle]\npub static MARK: &str = if cfg!(feature = "extra") { "mark=extra;" } else if cfg!(debug_assertions) { "mark=dev;" } else { "mark=release;" };\n',
    });
    builder = new PluginBuilder();
  });
  after(() => {
    item.dispose();
  });

  const step = (
    when: BuildSettings["when"],
    profile: string,
    extraArguments: readonly string[] = [],
  ): Promise<BuildStep> =>
    builder.ensureBuilt(
      { id: "plug", crate: item.crate(""), missingAsyncFeatures: [] },
      {
        when,
        cargoPath: null,
        profile,
        features: [],
        extraArguments,
        environment: {},
        targetDirectory: item.path("target"),
      },
      {},
      signal,
    );
  const markOf = (built: BuildStep): string | undefined => {
    assert.equal(built.kind, "ready", JSON.stringify(built));
    return /mark=(\w+);/u.exec(readFileSync(built.library, "latin1"))?.[1];
  };
  const reason = (built: BuildStep): string => {
    assert.equal(built.kind, "failed", JSON.stringify(built));
    return built.failure.kind === "noLibrary" ? built.failure.message : built.failure.kind;
  };

  it("is that of the profile, whatever was built last, and never that of another one", async () => {
    assert.match(reason(await step("never", "dev")), /^plug has not been built here yet, and/u);
    assert.equal(markOf(await step("stale", "dev")), "dev");
    assert.equal(
      reason(await step("never", "release")),
      'plug has not been built here yet with the profile release, and the setting fidius.build.beforeInvoke is "never". Run Fidius: Build Plugin first.',
    );
    assert.equal(markOf(await step("stale", "release")), "release");
    assert.equal(markOf(await step("never", "dev")), "dev");
    assert.equal(markOf(await step("never", "debug")), "dev");
    assert.equal(markOf(await step("never", "release")), "release");
  });

  it("is that of the features, or was replaced by one of others", async () => {
    const extra = ["--features", "extra"];
    assert.match(
      reason(await step("never", "dev", extra)),
      /^plug has not been built here yet with the profile dev and the features extra, and/u,
    );
    assert.equal(markOf(await step("stale", "dev", extra)), "extra");
    assert.equal(markOf(await step("never", "dev", ["-F", "extra"])), "extra");
    assert.equal(
      reason(await step("never", "dev")),
      'The last build of plug with the profile dev has been replaced or removed since, and the setting fidius.build.beforeInvoke is "never". Run Fidius: Build Plugin first.',
    );
    assert.equal(markOf(await step("never", "release")), "release");
  });
});
