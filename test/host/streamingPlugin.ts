// The fixture plugin that streams, called by tests of streams: each test has hosts of its own.

import assert from "node:assert/strict";
import { loadProject } from "../../src/cli/options/project/loadProject.ts";
import { decodeItem, encodeInputItem } from "../../src/codec/method/streamItems.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { CallOutcome } from "../../src/model/outcome.ts";
import type { PluginSchema } from "../../src/model/plugin.ts";
import type { StreamControl } from "../../src/model/stream.ts";
import type { JsonObject, JsonValue } from "../../src/model/value/value.ts";
import type { CallRunnerOptions } from "../../src/runner/call/callRunner.ts";
import { fixtureLibrary, fixturesFolder } from "../support/fixtureLibraries.ts";
import { StreamRecorder } from "../support/streamRecorder.ts";
import { methodOf } from "./fixtureSchemas.ts";
import { TestRunner, type CallOptions } from "./harness.ts";

/** Calls on `AllStreams`. */
export interface StreamingPlugin {
  /** The hosts of the running test. */
  readonly hosts: () => TestRunner;
  /** Gives the running test other hosts. */
  readonly renewHosts: (options: Partial<CallRunnerOptions>) => Promise<void>;
  /** Opens a stream; its outcome comes when it ended. */
  readonly start: (
    name: string,
    args: JsonObject,
    stream: StreamRecorder,
    options?: CallOptions,
  ) => Promise<CallOutcome>;
  /** How many streams the plugin has open, by an ordinary call. */
  readonly countOpen: () => Promise<CallOutcome>;
  /** Values of the items that came out. */
  readonly outputs: (name: string, recorder: StreamRecorder) => readonly JsonValue[];
  /** Offers an item of the input; whether the plugin took it. */
  readonly send: (name: string, control: StreamControl, value: JsonValue) => Promise<boolean>;
}

/** Registers the suite's set-up. */
export function useStreamingPlugin(): StreamingPlugin {
  let hosts: TestRunner;
  let library: string;
  let schema: PluginSchema;

  before(async function () {
    this.timeout(600_000);
    library = await fixtureLibrary("streams");
    const model = await loadProject(fixturesFolder, nullLogger);
    const found = model.plugins.find(({ name }) => name === "AllStreams");
    assert.ok(found !== undefined);
    schema = found;
  });
  beforeEach(async () => {
    hosts = await TestRunner.create({ keepsSpare: false });
  });
  afterEach(() => hosts.dispose());

  return {
    hosts: () => hosts,
    renewHosts: async (options) => {
      await hosts.dispose();
      hosts = await TestRunner.create({ keepsSpare: false, ...options });
    },
    start: (name, args, stream, options = {}) =>
      hosts.call(library, schema, name, args, { ...options, stream }),
    countOpen: () => hosts.call(library, schema, "live"),
    outputs: (name, recorder) =>
      recorder.items
        .filter(({ direction }) => direction === "out")
        .map(({ bytes }) => {
          const decoded = decodeItem(methodOf(schema, name), schema.types, bytes);
          assert.ok(decoded.ok, JSON.stringify(decoded));
          return decoded.value.value;
        }),
    send: (name, control, value) => {
      const bytes = encodeInputItem(methodOf(schema, name), schema.types, value);
      assert.ok(bytes.ok, JSON.stringify(bytes));
      return control.send(bytes.value);
    },
  };
}

/** Takes all items as soon as they are there. */
export function runningRecorder(): StreamRecorder {
  return new StreamRecorder((control) => {
    control.run();
  });
}
