// One webview panel for its whole life: which method it shows, the channel to its page, the run that belongs to it. It sends
// the whole state whenever something but the phase changed.

import * as vscode from "vscode";
import { createMessageConnection, type MessageConnection } from "vscode-jsonrpc/node";
import { outcomeOf } from "../../calls/callPlugin.ts";
import { DisposableStore } from "../../model/disposable.ts";
import type { MethodTarget } from "../../protocol/lsp.ts";
import {
  panelNotifications,
  type BuildState,
  type InvokeMode,
  type PanelState,
} from "../../protocol/panel.ts";
import { PostMessageReader, PostMessageWriter } from "../../protocol/postMessage.ts";
import type { PanelBridge } from "../../protocol/panelBridge.ts";
import type { PanelInstances } from "../../protocol/panelInstances.ts";
import { bridgeStateOf, configurationBridgeOf } from "../bridge/bridgeStates.ts";
import { messages } from "../platform/messages.ts";
import { HostFunctionsOfPanel } from "../hostFunctions/panelHostFunctions.ts";
import { PanelCalls } from "../history/panelCalls.ts";
import { configurationKey, methodKey } from "../methodKey.ts";
import { readMaximumDepth, readSettings, settingsApart } from "../platform/settings.ts";
import { optionsOf } from "../invoke/howToRun.ts";
import { CallSession } from "../invoke/callSession.ts";
import type { StoredOutcome } from "./outcomeStore.ts";
import type { PanelController } from "./panelController.ts";
import { bindPanelHandlers } from "./panelHandlers.ts";
import { panelHtml, panelOptions } from "./panelHtml.ts";
import { onDidChangeFacts } from "./panelFacts.ts";
import { PanelStream } from "./panelStream.ts";
import { OpenStreams } from "./openStreams.ts";
import { SteadyMethod } from "./steadyMethod.ts";
import {
  findMethod,
  forPage,
  panelStateOf,
  stateKey,
  titleOf,
  type FoundMethod,
} from "./panelState.ts";
import type { PanelServices } from "./panelServices.ts";

export class InvokePanel implements PanelController {
  readonly #panel: vscode.WebviewPanel;
  readonly #services: PanelServices;
  readonly #store = new DisposableStore();
  readonly #connection: MessageConnection;
  #target: MethodTarget;
  #session: CallSession;
  #build: BuildState = "unknown";
  #bridge: PanelBridge | undefined;
  #configurationBridge: PanelBridge | undefined;
  /** The user asked to invoke before the page was there to check the arguments. */
  #dueInvoke: InvokeMode | null = null;
  #isPageReady = false;
  /** The method as its library is called, for the model that it was looked at in. */
  #described: { readonly today: FoundMethod; readonly described: FoundMethod } | undefined;
  #sentState = "";
  readonly #steady = new SteadyMethod();
  readonly #openStreams = new OpenStreams();
  readonly #calls: PanelCalls;
  /** Arguments for the form that came before the page was there to take them. */
  #dueArguments: string | null = null;
  readonly #stream = new PanelStream((update) => {
    if (this.#isPageReady) {
      void this.#connection.sendNotification(panelNotifications.stream, update);
    }
  });

  readonly #hostFunctions: HostFunctionsOfPanel;

  constructor(panel: vscode.WebviewPanel, target: MethodTarget, services: PanelServices) {
    this.#panel = panel;
    this.#target = target;
    this.#services = services;
    this.#calls = new PanelCalls(services.history, services.outcomes);
    this.#session = this.#makeSession();
    this.#hostFunctions = this.#store.add(
      new HostFunctionsOfPanel(
        services,
        () => this.found?.plugin,
        (update) => {
          if (this.#isPageReady) {
            void this.#connection.sendNotification(panelNotifications.hostFunctions, update);
          }
        },
      ),
    );
    const { webview } = panel;
    webview.options = panelOptions(services.mediaFolder);
    const port = {
      postMessage: (message: unknown) => webview.postMessage(message),
      onMessage: (listener: (message: unknown) => void) => webview.onDidReceiveMessage(listener),
    };
    this.#connection = this.#store.add(
      createMessageConnection(new PostMessageReader(port), new PostMessageWriter(port)),
    );
    for (const binding of bindPanelHandlers(this.#connection, this, services)) {
      this.#store.add(binding);
    }
    this.#connection.listen();
    this.#store.add(
      onDidChangeFacts(services, () => {
        this.refresh();
      }),
    );
    this.#store.add(
      panel.onDidChangeViewState(() => {
        if (panel.visible) {
          this.refresh();
        } else {
          // A hidden page is thrown away; it says `ready` when it comes back.
          this.#isPageReady = false;
        }
      }),
    );
    this.#showTitle();
    webview.html = panelHtml(webview, services.mediaFolder, panel.title);
  }

  get target(): MethodTarget {
    return this.#target;
  }

  get folder(): string | undefined {
    return this.found?.plugin.crate.workspaceRoot;
  }

  get found(): FoundMethod | undefined {
    const found = findMethod(this.#services.project.model, this.#target);
    const { today, described } = this.#described ?? {};
    return found !== undefined && found.method === today?.method ? described : found;
  }

  get stream(): PanelStream {
    return this.#stream;
  }

  get hostFunctions(): HostFunctionsOfPanel {
    return this.#hostFunctions;
  }

  get session(): CallSession {
    return this.#session;
  }

  /** Turns to another method; the draft of the one before stays in the store. */
  show(target: MethodTarget): void {
    if (methodKey(target) !== methodKey(this.#target)) {
      this.#openStreams.leave(this.#target, this.#session);
      this.#target = target;
      this.#session = this.#openStreams.take(target) ?? this.#makeSession();
      this.#build = "unknown";
      this.#bridge = undefined;
      this.#dueInvoke = null;
      this.#dueArguments = null;
      this.#steady.reset();
      this.#described = undefined;
      this.#showTitle();
      // At once: the form of the method before must not stand under this one's title while the build is looked at.
      this.#sendState();
      this.#stream.show(methodKey(target));
      void this.#calls.restore(target).then(() => {
        this.#sendState();
      });
    }
    this.refresh();
  }

  reveal(preserveFocus: boolean): void {
    this.#panel.reveal(undefined, preserveFocus);
  }

  /** Presses Invoke or Debug for the user: the page checks the arguments as if its own button was pressed. */
  requestInvoke(mode: InvokeMode): void {
    if (this.#session.isRunning) {
      return;
    }
    if (this.#isPageReady) {
      void this.#connection.sendNotification(panelNotifications.invokeRequested, { mode });
    } else {
      this.#dueInvoke = mode;
    }
  }

  /** Puts arguments into the form, where they can be undone like other edits. */
  offerArguments(text: string): void {
    if (this.#isPageReady) {
      void this.#connection.sendNotification(panelNotifications.argumentsOffered, { text });
    } else {
      this.#dueArguments = text;
    }
  }

  /** Shows the outcome of a remembered call of the method. */
  showCall(stored: StoredOutcome): void {
    this.#services.outcomes.set(methodKey(this.#target), stored);
    this.#sendOutcome(stored, false);
  }

  /** Shows the call before or after the one that is shown. */
  async stepCall(direction: "older" | "newer"): Promise<void> {
    const target = this.#target;
    const stored = await this.#calls.step(target, direction);
    if (stored !== undefined && target === this.#target && !this.#session.isRunning) {
      this.showCall(stored);
    }
  }

  /** The page is up and asks what to show. */
  async ready(): Promise<PanelState> {
    await this.#services.project.whenReady();
    await this.#calls.restore(this.#target);
    await this.#readBuildState();
    const state = this.#state();
    this.#sentState = stateKey(state);
    this.#isPageReady = true;
    const dueInvoke = this.#dueInvoke;
    const dueArguments = this.#dueArguments;
    this.#dueInvoke = null;
    this.#dueArguments = null;
    // After the answer to `ready`, which the page needs first.
    setImmediate(() => {
      this.#stream.sendWhole();
      this.#hostFunctions.sendWhole();
      if (dueArguments !== null) {
        this.offerArguments(dueArguments);
      }
      if (dueInvoke !== null) {
        this.requestInvoke(dueInvoke);
      }
    });
    return state;
  }

  dispose(): void {
    this.#session.dispose();
    this.#openStreams.dispose();
    this.#stream.dispose();
    this.#store.dispose();
  }

  #makeSession(): CallSession {
    const target = this.#target;
    const { invoker, outcomes, history, log } = this.#services;
    const isCurrent = (): boolean => session === this.#session;
    const isOver = (): void => {
      this.#stream.end(methodKey(target));
      this.#openStreams.ended(target, session);
      this.refresh();
    };
    const session: CallSession = new CallSession(invoker.runOf(target), {
      onPhase: (phase) => {
        if (isCurrent()) {
          void this.#connection.sendNotification(panelNotifications.phaseChanged, phase);
          if (phase.kind === "idle") {
            this.refresh();
          }
        }
      },
      onOutcome: (outcome) => {
        const atMs = Date.now();
        isOver();
        const stored = history.stored(outcome, atMs);
        outcomes.set(methodKey(target), stored);
        if (isCurrent()) {
          this.#sendOutcome(stored, true);
        }
      },
      onError: (error) => {
        isOver();
        log.error(`invoking ${titleOf(target)} failed`, error);
        if (isCurrent()) {
          const message = messages.commandFailed(titleOf(target), reasonOf(error));
          const outcome = outcomeOf({ kind: "unsupported", message }, 0);
          this.#sendOutcome({ outcome, atMs: Date.now(), call: null }, true);
        }
      },
    });
    return session;
  }

  #sendOutcome({ outcome, atMs }: StoredOutcome, isNews: boolean): void {
    if (this.#isPageReady) {
      void this.#connection.sendNotification(panelNotifications.outcome, {
        outcome: forPage(outcome),
        atMs,
        call: this.#calls.place(this.#target, this.found ?? null),
        isNews,
      });
    }
    this.refresh();
  }

  /** Sends the state when it is another than the page has. */
  refresh(): void {
    void this.#hostFunctions.refresh();
    void this.#readBuildState().then(() => {
      this.#sendState();
    });
  }

  #sendState(): void {
    if (!this.#isPageReady || this.#store.isDisposed) {
      return;
    }
    const state = this.#state();
    const key = stateKey(state);
    if (key !== this.#sentState) {
      this.#sentState = key;
      void this.#connection.sendNotification(panelNotifications.stateChanged, state);
    }
  }

  async #readBuildState(): Promise<void> {
    const target = this.#target;
    const today = findMethod(this.#services.project.model, target);
    const found = today && (await this.#services.ages.described(today));
    const state: BuildState =
      found === undefined
        ? "unknown"
        : found.plugin.library?.file === undefined
          ? await this.#services.builds.libraryState(
              found.plugin,
              optionsOf(this.#services.drafts.get(methodKey(target))),
            )
          : "opened";
    const bridge =
      found === undefined ? undefined : await bridgeStateOf(found, this.#services.bridges);
    const configurationBridge =
      found === undefined ? undefined : await configurationBridgeOf(found, this.#services.bridges);
    if (target === this.#target) {
      this.#described = today && found && { today, described: found };
      this.#build = state;
      this.#bridge = bridge;
      this.#configurationBridge = configurationBridge;
    }
  }

  #state(): PanelState {
    const { drafts, outcomes, trust } = this.#services;
    const { pluginId } = this.#target;
    const { unparsedFiles = [] } = this.#services.project.model;
    const found = this.#steady.of(this.found, unparsedFiles) ?? null;
    const scope = found === null ? null : vscode.Uri.file(found.plugin.crate.manifestPath);
    const settings = readSettings(scope);
    const key = methodKey(this.#target);
    const last = outcomes.get(key);
    return panelStateOf({
      target: this.#target,
      found,
      draft: { ...drafts.get(key), key },
      last: last === undefined ? null : { ...last, outcome: forPage(last.outcome) },
      lastCall: this.#calls.place(this.#target, found),
      phase: this.#session.phase,
      build: this.#build,
      profile: optionsOf(drafts.get(key)).profile ?? settings.profile,
      defaultTimeoutSeconds: settings.timeoutSeconds,
      settingsApart: settingsApart(scope),
      maximumDepth: readMaximumDepth(),
      isTrusted: trust.isTrusted,
      hostInterfaces: this.#services.project.model.hostInterfaces,
      instances: {
        ...instancesOf(this.#services, pluginId),
        ...(this.#configurationBridge === undefined ? {} : { bridge: this.#configurationBridge }),
      },
      bridge: this.#bridge,
      openStreams: this.#openStreams.list(titleOf),
    });
  }

  #showTitle(): void {
    this.#panel.title = `Invoke: ${titleOf(this.#target)}`;
  }
}

/** The kept configurations, with what lives of them. */
function instancesOf(
  { instances, invoker, drafts }: PanelServices,
  pluginId: string,
): PanelInstances {
  const { list, selected } = instances.of(pluginId);
  const live = invoker.liveInstances(pluginId);
  const key = configurationKey(pluginId);
  return {
    list: list.map((instance) => ({ ...instance, isLive: live.has(instance.id) })),
    selected,
    draft: { ...drafts.get(key), key },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
