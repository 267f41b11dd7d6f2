// The panel's state from what is known: every reason why Invoke is off, and a method that went away.

import assert from "node:assert/strict";
import {
  findMethod,
  panelStateOf,
  titleOf,
  type PanelFacts,
} from "../../../src/extension/panel/panelState.ts";
import { emptyDraft } from "../../../src/extension/panel/draftStore.ts";
import type { PluginMethod, PluginSchema } from "../../../src/model/plugin.ts";

const span = {
  file: "lib.rs",
  start: { line: 0, character: 0 },
  end: { line: 0, character: 1 },
};

const method: PluginMethod = {
  name: "add",
  isAsync: false,
  wire: "bincode",
  stream: "none",
  arguments: [],
  returns: { kind: "value", type: { kind: "unit", rustType: "()" } },
  signature: "add:()",
  traitIndex: 0,
  slot: 0,
  nameSpan: span,
  fullSpan: span,
};

const plugin: PluginSchema = {
  id: "demo::Basic as Calculator",
  name: "Basic",
  interfaceName: "Calculator",
  signatures: [],
  crate: {
    name: "demo",
    version: "0.1.0",
    manifestPath: "Cargo.toml",
    workspaceRoot: ".",
    libraryName: "demo",
    crateTypes: ["cdylib"],
  },
  buffer: "PluginAllocated",
  methods: [method],
  types: {},
  nameSpan: span,
  missingAsyncFeatures: [],
};

const facts: PanelFacts = {
  target: { pluginId: plugin.id, method: "add" },
  found: { plugin, method },
  draft: emptyDraft,
  last: null,
  lastCall: null,
  phase: { kind: "idle" },
  build: "fresh",
  profile: "dev",
  defaultTimeoutSeconds: 30,
  settingsApart: [],
  maximumDepth: 2_000,
  isTrusted: true,
  instances: { list: [], selected: null, draft: emptyDraft },
  hostInterfaces: [],
  openStreams: [],
};

describe("panelStateOf", () => {
  it("has nothing in the way of a plain method", () => {
    const state = panelStateOf(facts);
    assert.equal(state.obstacle, null);
    assert.equal(state.asyncFix, null);
    assert.equal(state.title, "Calculator::add");
    assert.equal(state.build, "fresh");
  });

  it("keeps the title of a method that went away, and says so", () => {
    const state = panelStateOf({ ...facts, found: null });
    assert.equal(state.plugin, null);
    assert.equal(state.method, null);
    assert.equal(state.title, "Calculator::add");
    assert.match(state.obstacle?.message ?? "", /no longer exists/);
  });

  it("is off in Restricted Mode, with the way to trust", () => {
    assert.deepEqual(panelStateOf({ ...facts, isTrusted: false }).obstacle, {
      message: "Building and calling plugins runs code from this folder.",
      action: { label: "Manage Workspace Trust", id: "manageTrust" },
    });
  });

  it("has instances for a plugin with a configuration only", () => {
    const config = { kind: "string", rustType: "Options" } as const;
    const configured = { plugin: { ...plugin, config }, method };
    const state = panelStateOf({ ...facts, found: configured });
    assert.equal(state.obstacle, null);
    assert.deepEqual(state.instances, facts.instances);
    assert.equal(panelStateOf(facts).instances, null);
  });

  it("names the missing async features beside the fix, and does not stand in the way", () => {
    const found = { plugin: { ...plugin, missingAsyncFeatures: ["fidius/async"] }, method };
    const state = panelStateOf({ ...facts, found });
    assert.match(state.asyncFix?.message ?? "", /"fidius\/async".*--features fidius\/async/s);
    assert.equal(state.obstacle, null);
  });

  it("is building while the phase is", () => {
    const phase = {
      kind: "building",
      packageName: "demo",
      done: null,
      total: null,
      crateName: null,
      isWaitingForLock: false,
      startedAtMs: 0,
    } as const;
    assert.equal(panelStateOf({ ...facts, phase, build: "stale" }).build, "building");
  });
});

describe("findMethod", () => {
  const model = { interfaces: [], plugins: [plugin], hostInterfaces: [], notices: [] };

  it("finds by plugin id and method name", () => {
    assert.equal(findMethod(model, facts.target)?.method, method);
    assert.equal(findMethod(model, { ...facts.target, method: "gone" }), undefined);
    assert.equal(findMethod(model, { pluginId: "x", method: "add" }), undefined);
  });
});

describe("titleOf", () => {
  it("falls back to the whole id when it has no trait", () => {
    assert.equal(titleOf({ pluginId: "odd", method: "add" }), "odd::add");
    // A library may give its plugins any name.
    assert.equal(titleOf({ pluginId: "a\u202e\n as T\u0007", method: "add" }), "T\\u0007::add");
  });
});
