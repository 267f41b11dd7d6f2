import assert from "node:assert/strict";
import { parse } from "@decimalturn/toml-patch";
import { describe, it } from "mocha";
import type { DependencyAddress } from "../../../../src/cargo/edit/dependencyEntries.ts";
import { enableFeatures } from "../../../../src/cargo/edit/editManifest.ts";
import { applyEdits } from "../../../../src/cargo/edit/textEdits.ts";

const fidius: DependencyAddress = { key: "fidius", kind: "normal", target: null };

/** Enables `async` (or `features`) on the dependency and compares the whole text. */
function check(
  before: string,
  after: string,
  address: DependencyAddress = fidius,
  features: readonly string[] = ["async"],
): void {
  for (const eol of ["\n", "\r\n"]) {
    const text = before.replaceAll("\n", eol);
    const result = enableFeatures(text, { ...address, features });
    assert.ok(result.ok, result.ok ? "" : result.error.message);
    assert.equal(result.value.text, after.replaceAll("\n", eol));
    assert.equal(applyEdits(text, result.value.edits), result.value.text);
    // toml-patch is another parser than the edits' own.
    assert.deepEqual(parse(result.value.text), parse(after));
    const again = enableFeatures(result.value.text, { ...address, features });
    assert.ok(again.ok);
    assert.deepEqual(again.value.edits, [], "a second time there is nothing to do");
  }
}

describe("enabling a feature in a manifest", () => {
  it("makes a version an inline table and keeps its quotes", () => {
    check(
      '[dependencies]\n# why\nfidius = "0.5" # note\nserde = "1"\n',
      '[dependencies]\n# why\nfidius = { version = "0.5", features = ["async"] } # note\nserde = "1"\n',
    );
    check(
      "[dependencies]\nfidius   =   '0.5'",
      "[dependencies]\nfidius   =   { version = '0.5', features = [\"async\"] }",
    );
  });

  it("extends an inline table", () => {
    check(
      '[dependencies]\nfidius = { version = "0.5", default-features = false } # x\n',
      '[dependencies]\nfidius = { version = "0.5", default-features = false, features = ["async"] } # x\n',
    );
    check(
      '[dependencies]\nfidius = {version="0.5"}\n',
      '[dependencies]\nfidius = {version="0.5", features = ["async"]}\n',
    );
    check(
      '[dependencies]\nfidius = { version = "0.5", features = [] }\n',
      '[dependencies]\nfidius = { version = "0.5", features = ["async"] }\n',
    );
    check(
      "[dependencies]\nfidius = { version = '0.5', features = ['host'] }\n",
      "[dependencies]\nfidius = { version = '0.5', features = ['host', 'async'] }\n",
    );
    check(
      '[dependencies]\nfidius = { features = ["host", ], version = "0.5" }\n',
      '[dependencies]\nfidius = { features = ["host", "async", ], version = "0.5" }\n',
    );
  });

  it("extends an inline table over several lines, as TOML 1.1 allows", () => {
    check(
      '[dependencies]\nfidius = {\n  version = "0.5", # v\n  default-features = false, # d\n}\n',
      '[dependencies]\nfidius = {\n  version = "0.5", # v\n  default-features = false, features = ["async"], # d\n}\n',
    );
  });

  it("adds the feature at the member's line when the dependency is inherited", () => {
    check(
      "[dependencies]\nfidius = { workspace = true }\n",
      '[dependencies]\nfidius = { workspace = true, features = ["async"] }\n',
    );
    check(
      "[dependencies]\nfidius.workspace = true # from the root\n# next\nserde.workspace = true\n",
      '[dependencies]\nfidius.workspace = true # from the root\nfidius.features = ["async"]\n# next\nserde.workspace = true\n',
    );
  });

  it("extends a table of its own and stays off the next table's comment", () => {
    check(
      '[dependencies.fidius]\nversion = "0.5" # v\n\n# about dev\n[dev-dependencies]\n',
      '[dependencies.fidius]\nversion = "0.5" # v\nfeatures = ["async"]\n\n# about dev\n[dev-dependencies]\n',
    );
    check(
      '  [dependencies.fidius]\n    version = "0.5"',
      '  [dependencies.fidius]\n    version = "0.5"\n    features = ["async"]',
    );
    check(
      '[dependencies.fidius]\nfeatures = ["host"]\nversion = "0.5"\n',
      '[dependencies.fidius]\nfeatures = ["host", "async"]\nversion = "0.5"\n',
    );
  });

  it("extends dotted keys, at the root and inside inline tables too", () => {
    check(
      '[dependencies]\n"fidius" . version = "0.5" # v\nserde = "1"\n',
      '[dependencies]\n"fidius" . version = "0.5" # v\n"fidius".features = ["async"]\nserde = "1"\n',
    );
    check(
      'dependencies.fidius.version = "0.5"\n[package]\nname = "p"\n',
      'dependencies.fidius.version = "0.5"\ndependencies.fidius.features = ["async"]\n[package]\nname = "p"\n',
    );
    check(
      'dependencies = { fidius.version = "0.5", serde = "1" }\n',
      'dependencies = { fidius.version = "0.5", fidius.features = ["async"], serde = "1" }\n',
    );
    check(
      '[dependencies]\nfidius.features = ["host"]\nfidius.version = "0.5"\n',
      '[dependencies]\nfidius.features = ["host", "async"]\nfidius.version = "0.5"\n',
    );
  });

  it("extends arrays over several lines in their own manner", () => {
    check(
      '[dependencies.fidius]\nfeatures = [\n  "host", # h\n  "wasm", # w\n  # "x",\n]\n',
      '[dependencies.fidius]\nfeatures = [\n  "host", # h\n  "wasm", # w\n  "async",\n  # "x",\n]\n',
    );
    check(
      '[dependencies]\nfidius = { version = "0.5", features = [\n\t"host", # h\n\t"wasm" # w\n] }\n',
      '[dependencies]\nfidius = { version = "0.5", features = [\n\t"host", # h\n\t"wasm", # w\n\t"async"\n] }\n',
    );
    check(
      '[dependencies.fidius]\nfeatures = [\n  "host"\n]\n',
      '[dependencies.fidius]\nfeatures = [\n  "host",\n  "async"\n]\n',
    );
    check(
      '[dependencies.fidius]\nfeatures = [\n  "host" # h\n  , # odd\n]\n',
      '[dependencies.fidius]\nfeatures = [\n  "host" # h\n  , # odd\n  "async",\n]\n',
    );
    check(
      '[dependencies.fidius]\nfeatures = ["host",\n            "wasm"]\n',
      '[dependencies.fidius]\nfeatures = ["host",\n            "wasm", "async"]\n',
    );
    check(
      "[dependencies.fidius]\nfeatures = [\n  # none yet\n]\n",
      '[dependencies.fidius]\nfeatures = ["async"\n  # none yet\n]\n',
    );
  });

  it("adds only what is missing, several at once", () => {
    check(
      '[dependencies]\ntokio = { version = "1", features = ["rt"] }\n',
      '[dependencies]\ntokio = { version = "1", features = ["rt", "time", "net"] }\n',
      { key: "tokio", kind: "normal", target: null },
      ["time", "rt", "net", "time"],
    );
  });

  it("finds renamed, target, dev and workspace dependencies", () => {
    check(
      '[dependencies]\nfidius = "0.4"\nfid = { package = "fidius", version = "0.5" }\n',
      '[dependencies]\nfidius = "0.4"\nfid = { package = "fidius", version = "0.5", features = ["async"] }\n',
      { key: "fid", kind: "normal", target: null },
    );
    check(
      '[dependencies]\nfidius = "0.5"\n[target.\'cfg(unix)\'.dependencies]\nfidius = "0.5"\n',
      '[dependencies]\nfidius = "0.5"\n[target.\'cfg(unix)\'.dependencies]\nfidius = { version = "0.5", features = ["async"] }\n',
      { key: "fidius", kind: "normal", target: "cfg(unix)" },
    );
    check(
      '[target."cfg(unix)".dependencies.fidius]\nversion = "0.5"\n',
      '[target."cfg(unix)".dependencies.fidius]\nversion = "0.5"\nfeatures = ["async"]\n',
      { key: "fidius", kind: "normal", target: "cfg(unix)" },
    );
    check(
      '[dev_dependencies]\nfidius = "0.5"\n',
      '[dev_dependencies]\nfidius = { version = "0.5", features = ["async"] }\n',
      { key: "fidius", kind: "dev", target: null },
    );
    check(
      '[workspace.dependencies]\nfidius = "0.5"\n',
      '[workspace.dependencies]\nfidius = { version = "0.5", features = ["async"] }\n',
      { key: "fidius", kind: "workspace", target: null },
    );
  });

  it("keeps a byte order mark and gives ranges in lines and columns", () => {
    const text = '\uFEFF[dependencies]\r\nfidius = "0.5"\r\n';
    const result = enableFeatures(text, { ...fidius, features: ["async"] });
    assert.ok(result.ok);
    assert.ok(result.value.text.startsWith("\uFEFF[dependencies]\r\nfidius = {"));
    assert.deepEqual(result.value.edits, [
      {
        start: 26,
        end: 31,
        newText: '{ version = "0.5", features = ["async"] }',
        range: { start: { line: 1, character: 9 }, end: { line: 1, character: 14 } },
      },
    ]);
  });

  it("refuses what it cannot edit, and says so", () => {
    const kindOf = (text: string): string => {
      const result = enableFeatures(text, { ...fidius, features: ["async"] });
      return result.ok ? result.value.text : result.error.kind;
    };
    assert.equal(kindOf("[dependencies\n"), "syntax");
    assert.equal(kindOf("[dependencies]\nfidius-core = '1'\n"), "noSuchDependency");
    assert.equal(
      kindOf("[dependencies]\nfidius = { version = '1', features = 'async' }\n"),
      "unexpectedForm",
    );
    // An array beside these keys would be TOML no more.
    assert.equal(kindOf("[dependencies]\nfidius = { features.a = '1' }\n"), "unexpectedForm");
  });
});
