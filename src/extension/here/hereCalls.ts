// Calls that are asked for in the source and whose result is shown there: with the arguments of the method's form, else with those of
// its last call. What cannot be called like that opens the panel, which says what is missing.

import { parseArguments } from "../../codec/json/parseArguments.ts";
import type { CallDetail } from "../../history/callEntry.ts";
import { optionsAgain } from "../../history/keptOptions.ts";
import { isGood } from "../../history/outcomeWords.ts";
import { comparableText } from "../../history/valueText.ts";
import type { ConfiguredInstance } from "../../model/instance.ts";
import type { CallOutcome } from "../../model/outcome.ts";
import type { RunOptions } from "../../model/runOptions.ts";
import type { JsonObject } from "../../model/value/value.ts";
import type { MethodTarget } from "../../protocol/lsp.ts";
import { howToRun, optionsOf } from "../invoke/howToRun.ts";
import { invoke } from "../invoke/panelRuns.ts";
import { methodKey } from "../methodKey.ts";
import type { PanelManager } from "../panel/panelManager.ts";
import type { PanelServices } from "../panel/panelServices.ts";
import { findMethod, titleOf, type FoundMethod } from "../panel/panelState.ts";
import { messages } from "../platform/messages.ts";
import { withSlowProgress } from "../platform/slowProgress.ts";
import type { InlineResults } from "./inlineResults.ts";
import { inlineText } from "./inlineText.ts";

export class HereCalls {
  readonly #services: PanelServices;
  readonly #panels: PanelManager;
  readonly #results: InlineResults;
  readonly #running = new Set<string>();

  constructor(services: PanelServices, panels: PanelManager, results: InlineResults) {
    this.#services = services;
    this.#panels = panels;
    this.#results = results;
  }

  /** Calls the method and shows its outcome beside its name; the panel where it cannot be called like that. */
  async run(target: MethodTarget): Promise<void> {
    const { project } = this.#services;
    const found = findMethod(project.model, target) ?? findMethod(await project.refresh(), target);
    const values = found === undefined ? undefined : await this.#argumentsOf(target, found);
    if (values === undefined) {
      this.#panels.show(target, { invoke: null, preserveFocus: false });
      return;
    }
    const outcome = await this.call(target, values);
    if (outcome !== undefined) {
      this.show(target, outcome);
    }
    if (outcome?.result.kind === "invalidArguments") {
      this.#panels.show(target, { invoke: null, preserveFocus: true });
    }
  }

  /** Calls the method with these arguments; undefined when it runs already, or when there is nothing to show. */
  async call(
    target: MethodTarget,
    values: JsonObject,
    instance?: ConfiguredInstance,
    options?: RunOptions,
  ): Promise<CallOutcome | undefined> {
    const key = methodKey(target);
    const panel = this.#panels.showing(target);
    if (this.#running.has(key) || panel?.session.isRunning === true) {
      return undefined;
    }
    this.#running.add(key);
    try {
      if (panel === undefined) {
        return await this.#callAlone(target, values, instance, options);
      }
      const before = this.#services.outcomes.get(key);
      await invoke(panel, this.#services, values, { instance, options });
      const after = this.#services.outcomes.get(key);
      return after === before ? undefined : after?.outcome;
    } finally {
      this.#running.delete(key);
    }
  }

  /** The run options of a remembered call. */
  optionsOf(target: MethodTarget, { options }: CallDetail): RunOptions {
    const today = optionsOf(this.#services.drafts.get(methodKey(target)));
    return optionsAgain(options, today.environment);
  }

  /** Shows the outcome of a call; `before` is the value that it gave last, when it is another one now. */
  show(target: MethodTarget, outcome: CallOutcome, before?: string): void {
    const found = findMethod(this.#services.project.model, target);
    if (found === undefined) {
      return;
    }
    const { plugin, method } = found;
    const typed = { method, types: plugin.types };
    const isLarge = (outcome.measurements.outputBytes ?? 0) > largestDetail;
    const text = inlineText(outcome, typed, plugin.crate.name, before);
    this.#results.show({
      ...text,
      key: methodKey(target),
      title: titleOf(target),
      span: method.nameSpan,
      detail:
        isLarge || !isGood(outcome.result) ? text.line : comparableText(outcome.result, typed),
    });
  }

  async #callAlone(
    target: MethodTarget,
    values: JsonObject,
    instance: ConfiguredInstance | undefined,
    options: RunOptions | undefined,
  ): Promise<CallOutcome | undefined> {
    const { drafts, history, instances, invoker, outcomes, project } = this.#services;
    const key = methodKey(target);
    const how = howToRun(drafts.get(key), findMethod(project.model, target)?.plugin);
    const request = {
      ...how,
      arguments: values,
      options: options ?? how.options,
      instance: instance ?? instances.selected(target.pluginId),
    };
    const outcome = await withSlowProgress(messages.invoking(titleOf(target)), ({ signal }) =>
      invoker.runOf(target)(
        () => request,
        signal,
        () => undefined,
      ),
    );
    if (outcome !== undefined) {
      outcomes.set(key, history.stored(outcome, Date.now()));
      this.#panels.showing(target)?.refresh();
    }
    return outcome;
  }

  /** Undefined where the panel has to be asked. */
  async #argumentsOf(
    target: MethodTarget,
    { plugin, method }: FoundMethod,
  ): Promise<JsonObject | undefined> {
    const { drafts, history, instances } = this.#services;
    const needsInstance =
      plugin.config !== undefined && instances.selected(plugin.id) === undefined;
    if (needsInstance || method.stream !== "none") {
      return undefined;
    }
    if (method.arguments.length === 0) {
      return {};
    }
    const draft = drafts.get(methodKey(target));
    if (draft.arguments !== null) {
      return draft.jsonText === null ? draft.arguments : undefined;
    }
    const last = history.newest(target);
    const detail = last && (await history.calls.detail(last.id));
    const parsed =
      detail &&
      parseArguments(method, plugin.types, detail.arguments, {
        allowsFileReferences: true,
        allowsSerdeText: true,
      });
    return parsed?.ok === true ? parsed.value : undefined;
  }
}

const largestDetail = 64 * 1024;
