// The fixture plugin that keeps a state, called by tests of streams on instances: each test has hosts of its own.

import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadProject } from "../../src/cli/options/project/loadProject.ts";
import { decodeItem, encodeInputItem } from "../../src/codec/method/streamItems.ts";
import type { ConfiguredInstance } from "../../src/model/instance.ts";
import { nullLogger } from "../../src/model/logger.ts";
import type { CallOutcome } from "../../src/model/outcome.ts";
import type { PluginSchema, ProjectModel } from "../../src/model/plugin.ts";
import type { JsonObject, JsonValue } from "../../src/model/value/value.ts";
import type { DropOutcome } from "../../src/runner/session/configuredInstances.ts";
import { fixtureLibrary, fixturesFolder } from "../support/fixtureLibraries.ts";
import { StreamRecorder } from "../support/streamRecorder.ts";
import { methodOf } from "./fixtureSchemas.ts";
import { TestRunner, valueOf } from "./harness.ts";
import type { CallRunnerOptions } from "../../src/runner/call/callRunner.ts";

interface Options {
  readonly instance?: ConfiguredInstance | undefined;
  readonly plugin?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly library?: string;
  readonly stream?: StreamRecorder;
}

/** An instance of `Keeper` that begins with a value. */
export const keeper = (name: string, value = "0"): ConfiguredInstance => ({
  id: `id of ${name}`,
  name,
  configuration: { value },
});
export const a = keeper("a", "5");
export const b = keeper("b", "100");

/** Calls on `Keeper`, or on another plugin that the options name. */
export interface StatefulPlugin {
  /** The hosts of the running test. */
  readonly hosts: () => TestRunner;
  /** Gives the running test other hosts. */
  readonly renewHosts: (options: Partial<CallRunnerOptions>) => Promise<void>;
  /** Where cargo built the plugin. */
  readonly built: () => string;
  readonly call: (method: string, args: JsonObject, options: Options) => Promise<CallOutcome>;
  readonly on: (
    instance: ConfiguredInstance,
    method: string,
    args?: JsonObject,
    more?: Options,
  ) => Promise<CallOutcome>;
  /** An open stream, waiting for its user or for input. */
  readonly open: (method: string, args: JsonObject, options: Options) => Promise<OpenStream>;
  /** A stream that runs to its end. */
  readonly run: (method: string, args: JsonObject, options: Options) => Promise<CallOutcome>;
  /** Asks for items and waits for them. */
  readonly next: (recorder: StreamRecorder, count?: number) => Promise<void>;
  /** Values of the items that came out. */
  readonly outputs: (recorder: StreamRecorder, method: string, plugin?: string) => JsonValue[];
  /** Offers an item of the input; whether the plugin took it. */
  readonly send: (
    recorder: StreamRecorder,
    method: string,
    value: string,
    plugin?: string,
  ) => Promise<boolean>;
  readonly drop: (instance: ConfiguredInstance, endsStreams?: boolean) => Promise<DropOutcome>;
  /** What the instance holds now. */
  readonly valueIn: (instance: ConfiguredInstance) => Promise<unknown>;
}

export interface OpenStream {
  readonly recorder: StreamRecorder;
  readonly ending: Promise<CallOutcome>;
}

/** Registers the suite's set-up. */
export function useStatefulPlugin(): StatefulPlugin {
  let model: ProjectModel;
  let built: string;
  let hosts: TestRunner;

  before(async function () {
    this.timeout(600_000);
    model = await loadProject(join(fixturesFolder, "stateful"), nullLogger);
    built = await fixtureLibrary("stateful");
  });
  beforeEach(async () => {
    hosts = await TestRunner.create({ keepsSpare: false });
  });
  afterEach(() => hosts.dispose());

  function schema(name: string): PluginSchema {
    const found = model.plugins.find((plugin) => plugin.name === name);
    return found ?? assert.fail(`${name} was not found in the source`);
  }

  function call(method: string, args: JsonObject, options: Options): Promise<CallOutcome> {
    const plugin = schema(options.plugin ?? "Keeper");
    return hosts.runner.call(
      {
        library: options.library ?? built,
        plugin,
        method: methodOf(plugin, method),
        arguments: args,
        instance: options.instance,
        timeoutMs: options.timeoutMs ?? 20_000,
        workingDirectory: tmpdir(),
        environment: {},
        stream: options.stream,
      },
      options.signal ?? new AbortController().signal,
    );
  }

  const on = (instance: ConfiguredInstance, method: string, args: JsonObject = {}, more = {}) =>
    call(method, args, { instance, ...more });

  async function open(method: string, args: JsonObject, options: Options): Promise<OpenStream> {
    const recorder = new StreamRecorder();
    const ending = call(method, args, { ...options, stream: recorder });
    const isClient = methodOf(schema(options.plugin ?? "Keeper"), method).stream === "client";
    await recorder.until(({ wait }) => wait === (isClient ? "input" : "user"));
    return { recorder, ending };
  }

  function run(method: string, args: JsonObject, options: Options): Promise<CallOutcome> {
    const recorder = new StreamRecorder((control) => {
      control.run();
    });
    return call(method, args, { ...options, stream: recorder });
  }

  async function next(recorder: StreamRecorder, count = 1): Promise<void> {
    const wanted = recorder.items.length + count;
    recorder.control.next(count);
    await recorder.until(({ items, wait }) => items.length === wanted && wait === "user");
  }

  function outputs(recorder: StreamRecorder, method: string, plugin = "Keeper"): JsonValue[] {
    return recorder.items
      .filter(({ direction }) => direction === "out")
      .map(({ bytes }) => {
        const item = decodeItem(methodOf(schema(plugin), method), schema(plugin).types, bytes);
        return item.ok ? item.value.value : assert.fail(JSON.stringify(item));
      });
  }

  function send(
    recorder: StreamRecorder,
    method: string,
    value: string,
    plugin = "Keeper",
  ): Promise<boolean> {
    const item = encodeInputItem(methodOf(schema(plugin), method), schema(plugin).types, value);
    return recorder.control.send(item.ok ? item.value : assert.fail(JSON.stringify(item)));
  }

  function drop(instance: ConfiguredInstance, endsStreams = false): Promise<DropOutcome> {
    const live = { plugin: schema("Keeper").id, instance: instance.id };
    return hosts.runner.dropInstance(live, endsStreams);
  }

  const valueIn = async (instance: ConfiguredInstance): Promise<unknown> =>
    valueOf(await on(instance, "get"));

  return {
    hosts: () => hosts,
    renewHosts: async (options) => {
      await hosts.dispose();
      hosts = await TestRunner.create({ keepsSpare: false, ...options });
    },
    built: () => built,
    call,
    on,
    open,
    run,
    next,
    outputs,
    send,
    drop,
    valueIn,
  };
}
