// One host process: started with a clean environment in a process group of its own, spoken to over framed requests, its
// output always drained, its end described. It is ended by SIGKILL of the group and never outlives its owner.

import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { dirname } from "node:path";
import { Duplex } from "node:stream";
import type { Readable, Writable } from "node:stream";
import type { MessageConnection, RequestType } from "vscode-jsonrpc/node";
import type { Disposable } from "../../model/disposable.ts";
import type { Logger } from "../../model/logger.ts";
import type { ProcessDeath } from "../../model/outcome.ts";
import { defaultFrameLimits } from "../../protocol/frames.ts";
import type { FrameLimits } from "../../protocol/frames.ts";
import {
  debuggableHost,
  hostProtocolVersion,
  hostRequests,
  runnerRequests,
} from "../../protocol/host.ts";
import type { NextInputReply } from "../../protocol/host.ts";
import { readRecords } from "../../protocol/streamRecords.ts";
import type { StreamRecord } from "../../protocol/streamRecords.ts";
import { isHello } from "./checkReply.ts";
import type { ReplyCheck } from "./checkReply.ts";
import { endProcessTree } from "../../system/endProcessTree.ts";
import type { DebuggerProbe } from "./debugger/attachedDebugger.ts";
import { createDebuggerProbe } from "./debugger/debuggerProbe.ts";
import { connectFrames } from "./frameConnection.ts";
import { FunctionCalls, RecordReader } from "./functionRecords.ts";
import { hostEnvironment } from "./hostEnvironment.ts";
import { automaticMemoryLimit } from "./memoryLimit.ts";
import { OutputCapture } from "./outputCapture.ts";
import { describeDeath, failedStart, protocolDeath } from "./processDeath.ts";
import { ProcessEndWatch } from "./processEnd.ts";
import type { ProcessEnd } from "./processEnd.ts";

/** How to start hosts. */
export interface HostLaunch {
  /** The bundled host, dist/host.cjs. */
  readonly hostEntry: string;
  readonly nodeExecutable: string;
  /** `nodeExecutable` is Electron, which is told to be a plain Node. */
  readonly isElectron: boolean;
  /** Longest arguments and longest result, in bytes. */
  readonly bodyLimit: number;
  /** Most memory of a host that is started now, in bytes; null is no limit. Default {@link automaticMemoryLimit}. */
  readonly memoryLimit?: () => number | null;
  readonly logger: Logger;
  /** Sees what plugins print as it comes, for a live view. */
  readonly onOutput?: (stream: "stdout" | "stderr", chunk: Uint8Array) => void;
}

/** What sets one host apart from the others. */
export interface HostWish {
  /** Other processes of the user may debug it. */
  readonly isDebuggable?: boolean;
  /** Instead of {@link HostLaunch.memoryLimit}; undefined takes that. */
  readonly memoryLimit?: number | null | undefined;
}

/** The other side of a stream that runs in a host. */
export interface StreamPeer {
  /** Takes items; false when none were asked for. */
  onItems(records: readonly StreamRecord[]): boolean;
  /** The plugin asks for its next input item; absent for streams without input. */
  readonly nextInput?: () => Promise<NextInputReply>;
}

/** An answer of the host, or the end of its process. */
export type HostAnswer<T> =
  | { readonly kind: "answer"; readonly value: T }
  | { readonly kind: "died"; readonly death: ProcessDeath };

/** How long the rest of the output is waited for after the end: a grandchild may hold the pipes for ever. */
const drainMs = 200;

/** How long an idle host gets to destroy its instances. */
const closeMs = 1000;

export class HostProcess implements Disposable {
  readonly #child: ChildProcess;
  readonly #end: ProcessEndWatch;
  readonly #connection: MessageConnection;
  readonly #launch: HostLaunch;
  /** Tells of debuggers that hold the process. */
  readonly debuggers: DebuggerProbe;
  #capture = new OutputCapture();
  #functionCalls = new FunctionCalls();
  /** What waits for replies. */
  readonly #waiting = new Set<() => void>();
  #violation: string | null = null;
  #isStopped = false;
  #wasStopped = false;
  #isUp = false;
  #streamPeer: StreamPeer | null = null;
  #death: ProcessDeath | null = null;
  /** Settles when the process has ended and its output is drained. */
  readonly ended: Promise<ProcessDeath>;

  /** Starts a process. To be called on the main thread: its end would be taken for the parent's (R8). */
  constructor(
    launch: HostLaunch,
    environment: Readonly<Record<string, string>>,
    { isDebuggable = false, memoryLimit: wished }: HostWish = {},
  ) {
    this.#launch = launch;
    const limits: FrameLimits = { ...defaultFrameLimits, bodyBytes: launch.bodyLimit };
    const limit = wished === undefined ? (launch.memoryLimit ?? automaticMemoryLimit)() : wished;
    const entryArguments = [
      launch.hostEntry,
      ...[process.pid, launch.bodyLimit, limit ?? 0].map(String),
      ...(isDebuggable ? [debuggableHost] : []),
    ];
    this.#child = spawn(launch.nodeExecutable, entryArguments, {
      cwd: dirname(launch.hostEntry),
      env: hostEnvironment(process.env, environment, launch.isElectron),
      // The last but one carries nothing: its end tells the host's watchdog of ours.
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", "pipe"],
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    this.debuggers = createDebuggerProbe(launch, this.#child.pid);
    this.#end = new ProcessEndWatch(this.#child, this.debuggers);
    this.ended = this.#watchEnd();
    this.#drain("stdout");
    this.#drain("stderr");
    this.#child.stdio[4]?.on("error", () => undefined);
    this.#readRecords();
    this.#connection = this.#connect(limits);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The program that it runs. */
  get program(): string {
    return this.#launch.nodeExecutable;
  }

  get isAlive(): boolean {
    return this.#death === null && this.#child.exitCode === null && !this.#isStopped;
  }

  /** How it ended when nobody stopped it; null while it lives and when it was stopped. */
  get ownDeath(): ProcessDeath | null {
    return this.#wasStopped ? null : this.#death;
  }

  /** Asks for versions: the first request, which also tells that the process is up. */
  async hello(): Promise<HostAnswer<null>> {
    const params = { protocolVersion: hostProtocolVersion };
    const answer = await this.request(hostRequests.hello, params, isHello);
    if (answer.kind === "answer" && answer.value.protocolVersion !== hostProtocolVersion) {
      return this.#failProtocol(
        `host protocol ${String(answer.value.protocolVersion)}, not ${String(hostProtocolVersion)}`,
      );
    }
    if (answer.kind === "died") {
      return answer;
    }
    this.#isUp = true;
    return { kind: "answer", value: null };
  }

  /** Sends a request and checks the answer's every field; never rejects. */
  async request<P, R>(
    type: RequestType<P, R, void>,
    params: P,
    isReply: ReplyCheck<R>,
  ): Promise<HostAnswer<R>> {
    if (this.#death !== null) {
      return { kind: "died", death: this.#death };
    }
    const first = await this.#untilReply(type.method, params);
    if (first === null) {
      return { kind: "died", death: await this.ended };
    }
    if (first.kind === "rejected") {
      return this.#failProtocol(`${type.method} failed: ${String(first.error)}`);
    }
    return isReply(first.value)
      ? { kind: "answer", value: first.value }
      : this.#failProtocol(`${type.method} answered with other fields than agreed`);
  }

  /**
   * The reply, or null when the process ends before it. Not by a race with {@link ended}: every race would leave its reply in
   * the memory of that promise until the process ends.
   */
  #untilReply(
    method: string,
    params: unknown,
  ): Promise<
    | { readonly kind: "reply"; readonly value: unknown }
    | { readonly kind: "rejected"; readonly error: unknown }
    | null
  > {
    return new Promise((resolve) => {
      const onEnd = (): void => {
        resolve(null);
      };
      this.#waiting.add(onEnd);
      this.#connection.sendRequest<unknown>(method, params).then(
        (value) => {
          this.#waiting.delete(onEnd);
          resolve({ kind: "reply", value });
        },
        (error: unknown) => {
          this.#waiting.delete(onEnd);
          resolve({ kind: "rejected", error });
        },
      );
    });
  }

  /** Whom the host reaches in the middle of a request; null when it must not. */
  attachStream(peer: StreamPeer | null): void {
    this.#streamPeer = peer;
  }

  /** Begins a new capture of what is printed, or goes on with one; what comes later goes to the next one. */
  capture(capture = new OutputCapture()): OutputCapture {
    this.#capture = capture;
    return capture;
  }

  /** Ends process and process group at once; the promise settles when that is done. */
  stop(): Promise<ProcessDeath> {
    if (!this.#isStopped) {
      this.#isStopped = true;
      this.#wasStopped = true;
      this.#killGroup();
      this.#end.killed();
    }
    return this.ended;
  }

  /** Lets an idle host destroy its instances, for a moment, then ends it. */
  async close(): Promise<void> {
    const timer = setTimeout(() => void this.stop(), closeMs);
    await this.request(hostRequests.close, null, (value): value is null => value === null);
    clearTimeout(timer);
    await this.stop();
  }

  dispose(): void {
    void this.stop();
  }

  async #failProtocol(what: string): Promise<{ kind: "died"; death: ProcessDeath }> {
    this.#violation ??= what;
    return { kind: "died", death: await this.stop() };
  }

  #connect(limits: FrameLimits): MessageConnection {
    const stream = this.#child.stdio[3];
    if (!(stream instanceof Duplex)) {
      throw new Error("the host's channel is no duplex stream");
    }
    // Broken pipes come with the end of the process; unheard they would end this one.
    stream.on("error", () => undefined);
    const connection = connectFrames(stream, limits, {
      onViolation: (what) => void this.#failProtocol(what),
      expectsRequest: (method) =>
        method === runnerRequests.nextInput.method && this.#streamPeer?.nextInput !== undefined,
      onItems: (body) => this.#takeItems(body),
    });
    connection.onRequest(runnerRequests.nextInput, () => this.#nextInput());
    return connection;
  }

  #takeItems(body: Uint8Array): boolean {
    const records = readRecords(body);
    return records !== undefined && this.#streamPeer?.onItems(records) === true;
  }

  #nextInput(): Promise<NextInputReply> {
    // Asked for by expectsRequest; a peer that left meanwhile has ended the process.
    return this.#streamPeer?.nextInput?.() ?? Promise.resolve({ kind: "finished" });
  }

  /** Records of host functions come on a pipe of their own, which a thread of the host writes at any time. */
  #readRecords(): void {
    const streams: readonly (Readable | Writable | null | undefined)[] = this.#child.stdio;
    const stream = streams[5];
    stream?.on("error", () => undefined);
    const reader = new RecordReader({
      called: (call) => {
        this.#functionCalls.called(call);
      },
      answered: (answer) => {
        this.#functionCalls.answered(answer);
      },
      violation: (what) => void this.#failProtocol(what),
    });
    stream?.on("data", (chunk: Uint8Array) => {
      reader.push(chunk);
    });
  }

  /** How many records have come; to wait until nothing more does. */
  get recordsSeen(): number {
    return this.#functionCalls.seen;
  }

  /** Collects calls of host functions in `calls` from now on; gives what collected them before, between two calls of methods too. */
  recordInto(calls: FunctionCalls): FunctionCalls {
    const before = this.#functionCalls;
    this.#functionCalls = calls;
    return before;
  }

  #drain(name: "stdout" | "stderr"): void {
    const stream = this.#child[name];
    stream?.on("error", () => undefined);
    stream?.on("data", (chunk: Uint8Array) => {
      this.#capture[name].push(chunk);
      this.#launch.onOutput?.(name, chunk);
    });
  }

  async #watchEnd(): Promise<ProcessDeath> {
    const child = this.#child;
    const isClosed = new Promise<void>((resolve) => {
      child.once("close", () => {
        resolve();
      });
    });
    const end = await this.#end.ended;
    this.#isStopped = true;
    // Programs that the plugin started stay in the group; nobody else would end them.
    this.#killGroup();
    let timer: NodeJS.Timeout | undefined;
    const isLate = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, end.error === undefined ? drainMs : 0);
    });
    await Promise.race([isClosed, isLate]);
    clearTimeout(timer);
    this.#death = this.#describe(end);
    for (const onEnd of this.#waiting) {
      onEnd();
    }
    this.#waiting.clear();
    this.#connection.dispose();
    this.debuggers.dispose();
    this.#destroyStreams();
    this.#launch.logger.trace(`host ${String(this.pid)} ended`, this.#death);
    return this.#death;
  }

  #describe(end: ProcessEnd): ProcessDeath {
    if (end.error !== undefined) {
      const message = `The host process could not be started: ${end.error.message}. Check that ${this.#launch.nodeExecutable} can be run.`;
      return { kind: "exited", exitCode: null, signal: null, message };
    }
    if (this.#violation !== null) {
      return protocolDeath(this.#violation);
    }
    const stderr = this.#capture.stderr.text();
    return this.#isUp || end.code === null
      ? describeDeath(end.code, end.signal, stderr)
      : failedStart(end.code, stderr);
  }

  #destroyStreams(): void {
    for (const stream of this.#child.stdio) {
      stream?.destroy();
    }
  }

  /**
   * Ends the host and what its plugin started. On Windows the host's job ends with the host's last breath, and all in it
   * (src/host/process/windowsJob.ts).
   */
  #killGroup(): void {
    if (process.platform === "win32") {
      this.#child.kill("SIGKILL");
    } else {
      endProcessTree(this.#child, "SIGKILL");
    }
  }
}
